// SPDX-License-Identifier: Apache-2.0
// Finds identities in text by narrowing a sorted list one byte at a time.
#include "report/scrubber.hpp"

#include <algorithm>

#include "seatlint/base.hpp"

namespace seatlint {
namespace {

bool is_word(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

bool found_everywhere(std::string_view identity) {
  const bool digits = identity.find_first_not_of("0123456789-. ") == std::string_view::npos;
  return identity.size() < 4 || (digits && identity.size() < 12);
}

bool quoted(std::string_view text, std::size_t first, std::size_t size) {
  return first > 0 && text[first - 1] == '"' && first + size < text.size() && text[first + size] == '"';
}

}  // namespace

void Scrubber::add(std::string_view identity, std::string stand_in) {
  const std::string_view name = trim(identity);
  if (!name.empty()) known_.emplace_back(fold_case(name), std::move(stand_in));
}

void Scrubber::finish() {
  std::sort(known_.begin(), known_.end());
  known_.erase(
      std::unique(known_.begin(), known_.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
      known_.end());
}

const std::pair<std::string, std::string>* Scrubber::longest_at(std::string_view text, std::size_t at) const {
  auto first = known_.begin(), last = known_.end();
  const std::pair<std::string, std::string>* best = nullptr;
  for (std::size_t size = 0; at + size < text.size() && first != last; ++size) {
    const char wanted = text[at + size];
    const auto byte = [size](const auto& entry) {
      return entry.first.size() > size ? static_cast<int>(static_cast<unsigned char>(entry.first[size])) : -1;
    };
    const int key = static_cast<unsigned char>(wanted);
    first = std::partition_point(first, last, [&](const auto& entry) { return byte(entry) < key; });
    last = std::partition_point(first, last, [&](const auto& entry) { return byte(entry) <= key; });
    if (first == last || first->first.size() != size + 1) continue;
    const std::size_t end = at + size + 1;
    const bool whole = end == text.size() || !is_word(static_cast<unsigned char>(text[end])) ||
                       !is_word(static_cast<unsigned char>(text[end - 1]));
    if (whole && (!found_everywhere(first->first) || quoted(text, at, size + 1))) best = &*first;
  }
  return best;
}

std::string Scrubber::operator()(std::string_view text) const {
  if (const auto seen = seen_.find(text); seen != seen_.end()) return seen->second;
  const std::string folded = fold_case(text);
  // Folding may change the length of exotic letters; then positions would not fit, and the folded text is taken.
  const std::string_view shown = folded.size() == text.size() ? text : std::string_view(folded);
  std::string result;
  for (std::size_t at = 0; at < folded.size();) {
    const bool starts = at == 0 || !is_word(static_cast<unsigned char>(folded[at - 1])) ||
                        !is_word(static_cast<unsigned char>(folded[at]));
    const auto* hit = starts ? longest_at(folded, at) : nullptr;
    if (hit == nullptr) {
      result += shown[at++];
    } else {
      result += hit->second;
      at += hit->first.size();
    }
  }
  if (seen_.size() < 100'000) seen_.emplace(text, result);
  return result;
}

}  // namespace seatlint
