// SPDX-License-Identifier: Apache-2.0
// See block_writer.hpp.
#include "store/block_writer.hpp"

#include <future>

namespace seatlint {
namespace {

constexpr std::size_t enough_to_write = std::size_t{1} << 20;

}  // namespace

BlockWriter::BlockWriter(const Database& db, std::int64_t file)
    : file_(file), insert_(db.prepare("INSERT INTO activity_block VALUES (?1, ?2, ?3, ?4)")) {}

void BlockWriter::add(std::int64_t part, const LogRow& row) {
  if (block_.full() || part != part_) end_block();
  part_ = part;
  block_.add(row);
}

std::string BlockWriter::finish() {
  end_block();
  write();
  return digest_.hex();
}

void BlockWriter::end_block() {
  if (block_.empty()) return;
  rows_.push_back({part_, block_.first_actor(), bytes_.size(), block_.block().size()});
  bytes_ += block_.block();
  block_.clear();
  if (bytes_.size() >= enough_to_write) write();
}

void BlockWriter::write() {
  // Deferred where no thread is to be had: then `get` does the work.
  auto digested = std::async(std::launch::async | std::launch::deferred, [this] { add_to_digest(); });
  insert();
  digested.get();
  rows_.clear();
  bytes_.clear();
}

void BlockWriter::insert() {
  for (const Row& row : rows_)
    insert_.bind(1, file_).bind(2, row.part).bind(3, row.actor).bind_blob_view(4, bytes(row)).run();
}

void BlockWriter::add_to_digest() {
  for (const Row& row : rows_) {
    digest_.integer(file_);
    digest_.integer(row.part);
    digest_.integer(row.actor);
    digest_.blob(bytes(row));
  }
}

}  // namespace seatlint
