// SPDX-License-Identifier: Apache-2.0
// Linear probing over slots that keep half of the hash, so that other texts are seldom compared.
#include "base/numbered_texts.hpp"

#include <functional>

namespace seatlint {

/// The slot of the text, or the free one where it belongs. There must be one.
std::size_t NumberedTexts::slot_of(std::uint64_t hash, std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  const auto low = static_cast<std::uint32_t>(hash);
  for (std::size_t at = static_cast<std::size_t>(hash >> 32u) & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.number < 0 || (slot.hash == low && texts_[static_cast<std::size_t>(slot.number)] == text)) return at;
  }
}

void NumberedTexts::grow() {
  const std::vector<Slot> old = std::move(slots_);
  slots_.assign(old.empty() ? 64 : old.size() * 2, {});
  for (const Slot& slot : old) {
    if (slot.number < 0) continue;
    const std::string_view text = texts_[static_cast<std::size_t>(slot.number)];
    slots_[slot_of(std::hash<std::string_view>{}(text), text)] = slot;
  }
}

int NumberedTexts::add(std::string_view text) {
  if (texts_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = std::hash<std::string_view>{}(text);
  Slot& slot = slots_[slot_of(hash, text)];
  if (slot.number >= 0) return slot.number;
  slot = {static_cast<std::uint32_t>(hash), static_cast<std::int32_t>(texts_.size())};
  texts_.push_back(memory_.keep(text));
  return slot.number;
}

int NumberedTexts::find(std::string_view text) const {
  return slots_.empty() ? -1 : slots_[slot_of(std::hash<std::string_view>{}(text), text)].number;
}

}  // namespace seatlint
