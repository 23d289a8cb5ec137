// SPDX-License-Identifier: Apache-2.0
#include "ingest/seen_records.hpp"

#include <string>

#include "base/fetch.hpp"

namespace seatlint {
namespace {

constexpr std::size_t least_slots = 1u << 12;
constexpr std::uint64_t spread = 0x9E3779B97F4A7C15u;  // the golden ratio: hashes may be alike in their low bits

}  // namespace

std::size_t SeenRecords::first_slot(std::uint64_t hash) const { return (hash * spread >> 20u) & (slots_.size() - 1); }

std::uint64_t SeenRecords::hash_of(std::string_view fields, std::span<const std::size_t> ends) {
  std::uint64_t hash = hash64(fields);
  for (const std::size_t end : ends) hash = (hash ^ end) * spread;
  return hash;
}

std::uint64_t SeenRecords::hash_of(const csv::Record& record) {
  std::string fields;
  std::vector<std::size_t> ends;
  for (const std::string_view field : record.fields) ends.push_back(fields.append(field).size());
  return hash_of(fields, ends);
}

void SeenRecords::expect(std::uint64_t hash) const {
  if (!slots_.empty()) fetch_line(&slots_[first_slot(hash)]);
}

std::uint64_t& SeenRecords::slot_of(std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = first_slot(hash);
  while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & mask;
  return slots_[at];
}

void SeenRecords::grow() {
  std::vector<std::uint64_t> old(slots_.empty() ? least_slots : slots_.size() * 2);
  old.swap(slots_);
  for (const std::uint64_t hash : old)
    if (hash != 0) slot_of(hash) = hash;
}

bool SeenRecords::insert(std::uint64_t hash) {
  hash = hash == 0 ? 1 : hash;
  const bool may_keep = most_ == 0 || size_ < most_;
  if (may_keep && (size_ + 1) * 4 > slots_.size() * 3) grow();
  std::uint64_t& slot = slot_of(hash);
  if (slot == hash) return false;
  if (may_keep) {
    slot = hash;
    ++size_;
  } else {
    full_ = true;
  }
  return true;
}

}  // namespace seatlint
