// SPDX-License-Identifier: Apache-2.0
// Linear probing over slots that keep half of the hash, so that other texts are seldom compared.
#include "base/numbered_texts.hpp"

#include <bit>

namespace seatlint {

/// The slot of the text, or the free one where it belongs. There must be one.
std::size_t NumberedTexts::slot_of(std::uint64_t hash, std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  const auto low = static_cast<std::uint32_t>(hash);
  for (std::size_t at = first_slot(hash);; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.number < 0 || (slot.hash == low && texts_[static_cast<std::size_t>(slot.number)] == text)) return at;
  }
}

void NumberedTexts::grow(std::size_t slots) {
  const std::vector<Slot> old = std::move(slots_);
  slots_.assign(slots, {});
  for (const Slot& slot : old) {
    if (slot.number < 0) continue;
    const std::string_view text = texts_[static_cast<std::size_t>(slot.number)];
    slots_[slot_of(hash_of(text), text)] = slot;
  }
}

void NumberedTexts::reserve(std::size_t texts) {
  if (const std::size_t wanted = std::bit_ceil(texts * 2 + 2); wanted > slots_.size()) grow(wanted);
  texts_.reserve(texts);
}

/// The text's slot, with the next number where it is new: its text is then to be added.
NumberedTexts::Slot& NumberedTexts::slot_for(std::string_view text, std::uint64_t hash) {
  if (texts_.size() * 2 >= slots_.size()) grow(slots_.empty() ? 64 : slots_.size() * 2);
  Slot& slot = slots_[slot_of(hash, text)];
  if (slot.number < 0) slot = {static_cast<std::uint32_t>(hash), static_cast<std::int32_t>(texts_.size())};
  return slot;
}

int NumberedTexts::add(std::string_view text, std::uint64_t hash) {
  const Slot& slot = slot_for(text, hash);
  if (static_cast<std::size_t>(slot.number) == texts_.size()) texts_.push_back(memory_.keep(text));
  return slot.number;
}

int NumberedTexts::add_lasting(std::string_view text, std::uint64_t hash) {
  const Slot& slot = slot_for(text, hash);
  if (static_cast<std::size_t>(slot.number) == texts_.size()) texts_.push_back(text);
  return slot.number;
}

int NumberedTexts::find(std::string_view text, std::uint64_t hash) const {
  return slots_.empty() ? -1 : slots_[slot_of(hash, text)].number;
}

}  // namespace seatlint
