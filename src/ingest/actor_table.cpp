// SPDX-License-Identifier: Apache-2.0
// See actor_table.hpp. A reader that misses what another thread adds at that moment takes the slow way and finds it.
#include "ingest/actor_table.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <new>
#include <tuple>

#include "ingest/activity_block.hpp"

namespace seatlint {
namespace {

constexpr std::size_t most_chunks = 1u << 15;  // a thousand million different cells
constexpr std::size_t first_slots = 1u << 12;

std::uint64_t tag_of(std::uint64_t hash) { return hash & 0xFFFFFFFF00000000u; }

std::uint64_t eight_bytes(const char* text) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  return bytes;
}

/// Texts are short, and nearly always equal: a call would cost as much as comparing them.
bool same(const char* a, const char* b, std::size_t size) {
  if (size < 8) return size == 0 || std::memcmp(a, b, size) == 0;
  for (std::size_t i = 0; i + 8 < size; i += 8)
    if (eight_bytes(a + i) != eight_bytes(b + i)) return false;
  return eight_bytes(a + size - 8) == eight_bytes(b + size - 8);
}

// Of an identity's hash, which has 63 bits.
std::uint64_t identity_tag(std::uint64_t hash) { return tag_of(hash << 1u); }
std::size_t partition_of(std::uint64_t hash) { return static_cast<std::size_t>(hash >> (63 - actor_partition_bits)); }

}  // namespace

void ActorTable::Free::operator()(Cells** chunks) const { std::free(chunks); }

ActorTable::ActorTable()
    : chunks_(static_cast<Cells**>(std::calloc(most_chunks, sizeof(Cells*)))),
      actors_(actor_partitions),
      by_identity_(std::make_unique<Slots>(first_slots)) {
  if (chunks_ == nullptr) throw std::bad_alloc();
  grow();
}

ActorTable::Found ActorTable::find(std::uint64_t hash, std::string_view text) const {
  const Slots& slots = *slots_.load(std::memory_order_acquire);
  for (std::uint64_t place = hash;; ++place) {
    const std::uint64_t slot = slots.at(place).load(std::memory_order_acquire);
    if (slot == 0) return {};
    if (tag_of(slot) != tag_of(hash)) continue;
    const Cells& known = cells(static_cast<std::uint32_t>(slot) - 1);
    if (known.size == text.size() && same(known.text(), text.data(), text.size()))
      return {known.actor, known.partition, true};
  }
}

void ActorTable::prefetch(std::uint64_t hash) const { slots_.load(std::memory_order_acquire)->prefetch(hash); }

std::uint32_t ActorTable::candidate(std::uint64_t hash) const {
  const Slots& slots = *slots_.load(std::memory_order_acquire);
  for (std::uint64_t place = hash;; ++place) {
    const std::uint64_t slot = slots.at(place).load(std::memory_order_acquire);
    if (slot == 0) return nobody;
    if (tag_of(slot) != tag_of(hash)) continue;
    const std::uint32_t index = static_cast<std::uint32_t>(slot) - 1;
    fetch_line(&cells(index));
    return index;
  }
}

ActorTable::Found ActorTable::is(std::uint32_t candidate, const CellKey& key, std::string_view text) const {
  if (candidate == nobody) return {};
  const Cells& known = cells(candidate);
  if (known.size != text.size()) return {};
  const bool same_text =
      text.size() <= Cells::most_inside ? key.is(known.inside) : same(known.outside, text.data(), text.size());
  return same_text ? Found{known.actor, known.partition, true} : Found{};
}

ActorTable::Text ActorTable::text_of(const Identity& identity) {
  return {identity.id, identity.login,
          identity.email == identity.login ? std::string_view{} : std::string_view(identity.email)};
}

std::uint64_t ActorTable::Text::hash() const { return identity_hash(id, login, email); }

ActorTable::Found ActorTable::actor_of(const Identity& identity) {
  const Text text = text_of(identity);
  return actor_of(text, text.hash(), nullptr);
}

ActorTable::Found ActorTable::actor_of(const Text& text, std::uint64_t hash, const char* kept) {
  if (text.size() == 0) return {nobody, 0, true};
  const auto partition = static_cast<std::uint16_t>(partition_of(hash));
  std::vector<Actor>& actors = actors_[partition];
  for (std::uint64_t place = hash;; ++place) {
    const std::uint64_t slot = by_identity_->at(place).load(std::memory_order_relaxed);
    if (slot == 0) break;
    if (tag_of(slot) != identity_tag(hash)) continue;
    const std::uint32_t index = static_cast<std::uint32_t>(slot) - 1;
    const Actor& known = actors[index];
    if (known.hash == hash && known.id() == text.id && known.login() == text.login && known.email() == text.email)
      return {index, partition, true};
  }
  const auto index = static_cast<std::uint32_t>(actors.size());
  const auto size = [](std::string_view part) { return static_cast<std::uint32_t>(part.size()); };
  // Counted whether kept here or in the cells that came first: which of them did may be chance.
  if (text.login.size() != text.size() || text.size() > Cells::most_inside) text_bytes_ += text.size();
  if (++actor_count_ * 2 > by_identity_->mask) grow_identities();
  actors.push_back({hash, kept != nullptr ? kept : keep(text), size(text.id), size(text.login), size(text.email)});
  put(*by_identity_, hash, identity_tag(hash), index);
  return {index, partition, true};
}

const char* ActorTable::keep(const Text& text) {
  char* to = text_.room<char>(text.size());
  char* end = std::copy(text.id.begin(), text.id.end(), to);
  end = std::copy(text.login.begin(), text.login.end(), end);
  std::copy(text.email.begin(), text.email.end(), end);
  return to;
}

void ActorTable::grow_identities() {
  auto larger = std::make_unique<Slots>((by_identity_->mask + 1) * 2);
  for (const std::vector<Actor>& actors : actors_)
    for (std::uint32_t i = 0; i < actors.size(); ++i) put(*larger, actors[i].hash, identity_tag(actors[i].hash), i);
  by_identity_ = std::move(larger);
}

ActorTable::Found ActorTable::name(std::uint64_t hash, std::string_view text, const Identity& identity) {
  Cells& cells = add_cells(hash, text);
  const Text said = text_of(identity);
  const Found actor = actor_of(said, said.hash(), nullptr);
  publish(cells, actor);
  return actor;
}

ActorTable::Found ActorTable::name_login(std::uint64_t hash, std::string_view login) {
  const Text text{{}, login, {}};
  const std::uint64_t identity = text.hash();
  by_identity_->prefetch(identity);
  Cells& cells = add_cells(hash, login);
  const Found actor = actor_of(text, identity, cells.text());
  publish(cells, actor);
  return actor;
}

/// Cells that nobody sees before they are published.
ActorTable::Cells& ActorTable::add_cells(std::uint64_t hash, std::string_view text) {
  if (cells_ % chunk_cells == 0 && cells_ / chunk_cells == owned_.size()) {
    owned_.emplace_back(LargePages::page);
    std::atomic_ref(chunks_[owned_.size() - 1])
        .store(reinterpret_cast<Cells*>(owned_.back().data()), std::memory_order_release);
  }
  Cells& cells = *new (owned_.back().data() + cells_ % chunk_cells * sizeof(Cells)) Cells;
  cells.hash = hash;
  cells.size = static_cast<std::uint16_t>(text.size());
  if (text.size() <= Cells::most_inside) {
    std::fill(std::copy(text.begin(), text.end(), cells.inside), std::end(cells.inside), '\0');
  } else {
    cells.outside = text_.keep(text).data();
    text_bytes_ += text.size();
  }
  return cells;
}

void ActorTable::publish(Cells& cells, Found actor) {
  cells.actor = actor.actor;
  cells.partition = actor.partition;
  if (++cells_ * 2 > generations_.back()->mask) grow();
  put(*generations_.back(), cells.hash, tag_of(cells.hash), static_cast<std::uint32_t>(cells_ - 1));
}

void ActorTable::put(const Slots& slots, std::uint64_t place, std::uint64_t tag, std::uint32_t index) {
  while (slots.at(place).load(std::memory_order_relaxed) != 0) ++place;
  slots.at(place).store(tag | (std::uint64_t{index} + 1), std::memory_order_release);
}

void ActorTable::grow() {
  auto slots = std::make_unique<Slots>(generations_.empty() ? first_slots : (generations_.back()->mask + 1) * 2);
  for (std::uint32_t i = 0; i + 1 < cells_; ++i) put(*slots, cells(i).hash, tag_of(cells(i).hash), i);
  generations_.push_back(std::move(slots));
  slots_.store(generations_.back().get(), std::memory_order_release);
}

void ActorTable::drop_outgrown() { generations_.erase(generations_.begin(), generations_.end() - 1); }

std::vector<std::uint32_t> ActorTable::sorted(std::size_t partition) const {
  const std::vector<Actor>& actors = actors_[partition];
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  order.reserve(actors.size());
  for (std::uint32_t i = 0; i < actors.size(); ++i) order.emplace_back(actors[i].hash, i);
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    const Actor &x = actors[a.second], &y = actors[b.second];
    return std::tuple(x.id(), x.login(), x.email()) < std::tuple(y.id(), y.login(), y.email());
  });
  std::vector<std::uint32_t> indexes;
  indexes.reserve(order.size());
  for (const auto& [hash, index] : order) indexes.push_back(index);
  return indexes;
}

std::size_t ActorTable::bytes() const {
  return (generations_.back()->mask + by_identity_->mask + 2) * sizeof(std::uint64_t) + text_bytes_ +
         owned_.size() * LargePages::page + actor_count_ * sizeof(Actor);
}

}  // namespace seatlint
