// SPDX-License-Identifier: Apache-2.0
// See collector.hpp. Partitions are packed by two threads, one of which hands them on.
#include "ingest/collector.hpp"

#include <array>

#include "base/in_order.hpp"

namespace seatlint {
namespace {

constexpr std::size_t few_rows = 50'000;    // not worth a second thread
constexpr std::size_t packed_ahead = 32;    // partitions
constexpr std::size_t usual_row_bytes = 9;  // or a little less; the same however threads shared the rows

}  // namespace

void ActivityCollector::add(const ActivityRow& row, std::uint64_t line) {
  const std::uint16_t action = actions_.handle({row.object, row.verb, row.app, row.environment, row.machine});
  if (action == ActionNumbers::most)
    throw Error("more than 65,535 different actions: the column mapped to the object holds no kind of record");
  if (sink_ == nullptr) return;
  const ActorTable::Found found = actors_->actor_of(row.actor);
  rows_.front().add(found.partition, {found.actor, action, static_cast<std::uint16_t>(row.day.days),
                                      static_cast<std::uint32_t>(line - base_line_)});
}

void ActivityCollector::relieve(std::uint64_t line) {
  actors_->drop_outgrown();
  std::size_t used = actors_->bytes();
  for (const DayRows& rows : rows_) used += rows.count() * usual_row_bytes;
  if (used < memory_ && line - base_line_ < 0x7FFFFFFFu) return;
  write_part();
  actors_ = std::make_unique<ActorTable>();
  base_line_ = line;
}

void ActivityCollector::write_part() {
  actions_.settle();
  std::array packers{PartitionPacker(*actors_, actions_, rows_, base_line_),
                     PartitionPacker(*actors_, actions_, rows_, base_line_)};
  const auto hand_on = [&](const PackedPartition& packed) {
    packed.each(*actors_, part_, [&](const ActivityBlock& block) { sink_->activity(block); });
  };
  std::size_t rows = 0;
  for (const DayRows& part : rows_) rows += part.count();
  if (rows > few_rows) {
    const auto pack = [&](std::size_t partition, unsigned thread) { return packers.at(thread).pack(partition); };
    make_in_order(actor_partitions, packed_ahead, pack, hand_on);
  } else if (rows > 0) {
    for (std::size_t partition = 0; partition < actor_partitions; ++partition) hand_on(packers[0].pack(partition));
  }
  for (DayRows& part : rows_) part = DayRows();
  ++part_;
}

std::vector<ActionKey> ActivityCollector::finish() {
  write_part();
  actors_.reset();
  return actions_.keys();
}

}  // namespace seatlint
