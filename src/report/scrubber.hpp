// SPDX-License-Identifier: Apache-2.0
// Takes identities out of sentences: wherever one of them stands as a word of its own, its stand-in takes the place.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seatlint {

class Scrubber {
 public:
  void add(std::string_view identity, std::string stand_in);
  /// Call once, after the last `add`.
  void finish();
  /// The longest identity wins. Case makes no difference. Identities so short or so like a number that they would be
  /// found everywhere are replaced only in quotation marks.
  std::string operator()(std::string_view text) const;

 private:
  const std::pair<std::string, std::string>* longest_at(std::string_view text, std::size_t at) const;
  std::vector<std::pair<std::string, std::string>> known_;        ///< folded identity, stand-in; sorted
  mutable std::map<std::string, std::string, std::less<>> seen_;  ///< the same sentences come again and again
};

}  // namespace seatlint
