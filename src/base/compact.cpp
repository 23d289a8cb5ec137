// SPDX-License-Identifier: Apache-2.0
// See compact.hpp.
#include "seatlint/compact.hpp"

#include <array>
#include <deque>
#include <map>
#include <mutex>
#include <string>

namespace seatlint {
namespace {

constexpr std::size_t most_shared_texts = UINT16_MAX;

/// By number; the first is the empty text. No memory is taken for those that are not there.
constinit std::array<std::string_view, most_shared_texts + 1> shared_texts;

}  // namespace

TextRef TextRef::long_text(std::string_view text) {
  static std::mutex one_at_a_time;
  static std::deque<std::string_view> kept;
  const std::lock_guard lock(one_at_a_time);
  return at(&kept.emplace_back(text), kept_elsewhere);
}

std::uint16_t SharedText::number_of(std::string_view text) {
  static std::mutex one_at_a_time;
  static auto& numbers = *new std::map<std::string, std::uint16_t, std::less<>>;
  if (text.empty()) return 0;
  const std::lock_guard lock(one_at_a_time);
  if (const auto known = numbers.find(text); known != numbers.end()) return known->second;
  if (numbers.size() == most_shared_texts) throw Error("more than 65,535 vendors, classes and origins of settings");
  const auto [fresh, added] = numbers.emplace(text, static_cast<std::uint16_t>(numbers.size() + 1));
  shared_texts[fresh->second] = fresh->first;
  return fresh->second;
}

const std::string_view* SharedText::texts() { return shared_texts.data(); }

}  // namespace seatlint
