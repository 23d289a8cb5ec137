// SPDX-License-Identifier: Apache-2.0
// See actor_table.hpp. A reader that misses what another thread adds at that moment takes the slow way and finds it.
#include "ingest/actor_table.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <tuple>

#include "ingest/activity_block.hpp"

namespace seatlint {
namespace {

constexpr std::size_t most_chunks = 1u << 18;  // a thousand million different cells
constexpr std::size_t first_slots = 1u << 12;

std::uint64_t tag_of(std::uint64_t hash) { return hash & 0xFFFFFFFF00000000u; }

std::size_t partition_of(std::uint64_t hash) { return static_cast<std::size_t>(hash >> (63 - actor_partition_bits)); }

}  // namespace

const char* ActorTable::keep(std::string_view text) {
  text_bytes_ += text.size();
  return text_.keep(text).data();
}

void ActorTable::Free::operator()(Cells** chunks) const { std::free(chunks); }

ActorTable::ActorTable()
    : chunks_(static_cast<Cells**>(std::calloc(most_chunks, sizeof(Cells*)))),
      by_identity_(first_slots),
      partitions_(actor_partitions) {
  if (chunks_ == nullptr) throw std::bad_alloc();
  grow();
}

ActorTable::Found ActorTable::find(std::uint64_t hash, std::string_view text) const {
  const Slots& slots = *slots_.load(std::memory_order_acquire);
  for (std::uint64_t at = hash & slots.mask;; at = (at + 1) & slots.mask) {
    const std::uint64_t slot = slots.slot[at].load(std::memory_order_acquire);
    if (slot == 0) return {};
    if (tag_of(slot) != tag_of(hash)) continue;
    const Cells& known = cells(static_cast<std::uint32_t>(slot) - 1);
    if (known.size == text.size() && (text.empty() || std::memcmp(known.text(), text.data(), text.size()) == 0))
      return {known.actor, known.partition, true};
  }
}

void ActorTable::prefetch(std::uint64_t hash) const {
  const Slots& slots = *slots_.load(std::memory_order_acquire);
  __builtin_prefetch(&slots.slot[hash & slots.mask]);
}

void ActorTable::prefetch_cells(std::uint64_t hash) const {
  const Slots& slots = *slots_.load(std::memory_order_acquire);
  const std::uint64_t slot = slots.slot[hash & slots.mask].load(std::memory_order_acquire);
  if (slot != 0) __builtin_prefetch(&cells(static_cast<std::uint32_t>(slot) - 1));
}

ActorTable::Found ActorTable::found(std::uint32_t actor) const {
  return {actor, static_cast<std::uint16_t>(partition_of(actors_[actor].hash)), true};
}

ActorTable::Found ActorTable::actor_of(const Identity& identity) {
  const std::string_view id = identity.id, login = identity.login;
  const std::string_view email = identity.email == identity.login ? std::string_view{} : identity.email;
  if (id.empty() && login.empty() && email.empty()) return {nobody, 0, true};
  const std::uint64_t hash = identity_hash(id, login, email);
  if (actors_.size() * 2 >= by_identity_.size()) {
    by_identity_.assign(by_identity_.size() * 2, 0);
    for (std::uint32_t i = 0; i < actors_.size(); ++i) {
      std::size_t at = actors_[i].hash & (by_identity_.size() - 1);
      while (by_identity_[at] != 0) at = (at + 1) & (by_identity_.size() - 1);
      by_identity_[at] = i + 1;
    }
  }
  std::size_t at = hash & (by_identity_.size() - 1);
  for (; by_identity_[at] != 0; at = (at + 1) & (by_identity_.size() - 1)) {
    const std::uint32_t index = by_identity_[at] - 1;
    const Actor& known = actors_[index];
    if (known.hash == hash && known.id() == id && known.login() == login && known.email() == email) return found(index);
  }
  const auto index = static_cast<std::uint32_t>(actors_.size());
  by_identity_[at] = index + 1;
  std::string text;
  text.reserve(id.size() + login.size() + email.size());
  text.append(id).append(login).append(email);
  const auto size = [](std::string_view part) { return static_cast<std::uint32_t>(part.size()); };
  actors_.push_back({hash, keep(text), size(id), size(login), size(email)});
  partitions_[partition_of(hash)].push_back(index);
  return found(index);
}

void ActorTable::name(std::uint64_t hash, std::string_view text, Found actor) {
  if (find(hash, text).known) return;
  const auto index = static_cast<std::uint32_t>(hashes_.size());
  if (index % chunk_cells == 0) {
    owned_.push_back(std::make_unique<Cells[]>(chunk_cells));
    std::atomic_ref(chunks_[index / chunk_cells]).store(owned_.back().get(), std::memory_order_release);
  }
  Cells& cells = owned_.back()[index % chunk_cells];
  cells.actor = actor.actor;
  cells.size = static_cast<std::uint16_t>(text.size());
  cells.partition = actor.partition;
  if (text.size() <= Cells::most_inside)
    std::copy_n(text.data(), text.size(), cells.inside);
  else
    cells.outside = keep(text);
  hashes_.push_back(hash);
  if (hashes_.size() * 2 > slots_.load(std::memory_order_relaxed)->mask) grow();
  put(*generations_.back(), hash, index);
}

void ActorTable::put(const Slots& slots, std::uint64_t hash, std::uint32_t index) {
  std::uint64_t at = hash & slots.mask;
  while (slots.slot[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & slots.mask;
  slots.slot[at].store(tag_of(hash) | (std::uint64_t{index} + 1), std::memory_order_release);
}

void ActorTable::grow() {
  const std::size_t size = generations_.empty() ? first_slots : (generations_.back()->mask + 1) * 4;
  auto slots = std::make_unique<Slots>();
  slots->mask = size - 1;
  slots->slot = std::make_unique<std::atomic<std::uint64_t>[]>(size);
  for (std::uint32_t i = 0; i + 1 < hashes_.size(); ++i) put(*slots, hashes_[i], i);
  slots_.store(slots.get(), std::memory_order_release);
  generations_.push_back(std::move(slots));
}

const std::vector<std::uint32_t>& ActorTable::sort_partition(std::size_t partition) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  order.reserve(partitions_[partition].size());
  for (const std::uint32_t actor : partitions_[partition]) order.emplace_back(actors_[actor].hash, actor);
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    const Actor &x = actors_[a.second], &y = actors_[b.second];
    return std::tuple(x.id(), x.login(), x.email()) < std::tuple(y.id(), y.login(), y.email());
  });
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    partitions_[partition][i] = order[i].second;
    ranks_[order[i].second] = i;
  }
  return partitions_[partition];
}

std::size_t ActorTable::bytes() const {
  std::size_t slots = 0;
  for (const auto& generation : generations_) slots += (generation->mask + 1) * sizeof(std::uint64_t);
  return slots + text_bytes_ + owned_.size() * chunk_cells * sizeof(Cells) +
         hashes_.capacity() * sizeof(std::uint64_t) + actors_.size() * sizeof(Actor) +
         by_identity_.capacity() * sizeof(std::uint32_t) + actors_.size() * 2 * sizeof(std::uint32_t);
}

}  // namespace seatlint
