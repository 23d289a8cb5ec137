// SPDX-License-Identifier: Apache-2.0
// Linear probing over slots that keep half of the hash, so that other texts are seldom compared.
#include "base/numbered_texts.hpp"

#include <algorithm>
#include <bit>

namespace seatlint {

/// The slot of the text, or the free one where it belongs. There must be a free one.
std::size_t NumberedTexts::slot_of(std::uint64_t hash, std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  const auto low = static_cast<std::uint32_t>(hash);
  for (std::size_t at = first_slot(hash);; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.number < 0 || (slot.hash == low && texts_[static_cast<std::size_t>(slot.number)] == text)) return at;
  }
}

void NumberedTexts::grow(std::size_t slots) {
  slots_ = {};
  slots_.reserve(slots);
  wish_large_pages(slots_.data(), slots * sizeof(Slot));
  slots_.resize(slots);
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    const std::uint64_t hash = hash_of(texts_[i]);
    slots_[slot_of(hash, texts_[i])] = {static_cast<std::uint32_t>(hash), static_cast<std::int32_t>(i)};
  }
}

void NumberedTexts::reserve(std::size_t texts) {
  texts_.reserve(texts);
  if (const std::size_t wanted = std::bit_ceil(texts * 2 + 2); !slots_.empty() && wanted > slots_.size()) grow(wanted);
}

int NumberedTexts::number_for(std::string_view text, std::uint64_t hash) {
  const auto next = static_cast<int>(texts_.size());
  if (slots_.empty()) {
    if (texts_.empty() || texts_.back() < text) return next;
    if (texts_.back() == text) return next - 1;
  }
  if (texts_.size() * 2 >= slots_.size()) grow(std::bit_ceil(std::max<std::size_t>(texts_.capacity(), 16) * 2 + 2));
  Slot& slot = slots_[slot_of(hash, text)];
  if (slot.number < 0) slot = {static_cast<std::uint32_t>(hash), next};
  return slot.number;
}

int NumberedTexts::add(std::string_view text, std::uint64_t hash) {
  const int number = number_for(text, hash);
  if (static_cast<std::size_t>(number) == texts_.size()) texts_.push_back(memory_.keep(text));
  return number;
}

int NumberedTexts::add_lasting(std::string_view text, std::uint64_t hash) {
  const int number = number_for(text, hash);
  if (static_cast<std::size_t>(number) == texts_.size()) texts_.push_back(text);
  return number;
}

int NumberedTexts::find(std::string_view text, std::uint64_t hash) const {
  if (!slots_.empty()) return slots_[slot_of(hash, text)].number;
  const auto at = std::lower_bound(texts_.begin(), texts_.end(), text);
  return at == texts_.end() || *at != text ? -1 : static_cast<int>(at - texts_.begin());
}

}  // namespace seatlint
