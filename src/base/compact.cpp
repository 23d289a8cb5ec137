// SPDX-License-Identifier: Apache-2.0
// See compact.hpp.
#include "seatlint/compact.hpp"

#include <deque>
#include <mutex>

namespace seatlint {

TextRef TextRef::long_text(std::string_view text) {
  static std::mutex one_at_a_time;
  static std::deque<std::string_view> kept;
  const std::lock_guard lock(one_at_a_time);
  return at(&kept.emplace_back(text), kept_elsewhere);
}

}  // namespace seatlint
