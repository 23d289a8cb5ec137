// SPDX-License-Identifier: Apache-2.0
// Blocks of activity into the store, many a statement; another thread works out their digest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "seatlint/facts.hpp"
#include "store/content_digest.hpp"

namespace seatlint {

/// Blocks that wait to be written, put together in one piece of memory.
class BlockBatch {
 public:
  void add(std::int64_t part, std::int64_t actor, const ActivityBlock& block);
  void clear() { rows_.clear(), bytes_.clear(); }
  std::size_t size() const { return rows_.size(); }
  bool full() const { return rows_.size() >= most_rows || bytes_.size() >= most_bytes; }

  struct Row {
    std::int64_t part = 0, actor = 0;
    std::size_t id = 0, login = 0, email = 0, facts = 0, end = 0;  ///< where each begins
  };
  const Row& row(std::size_t at) const { return rows_[at]; }
  std::string_view bytes(std::size_t begin, std::size_t end) const { return {bytes_.data() + begin, end - begin}; }

 private:
  static constexpr std::size_t most_rows = 4096, most_bytes = 1u << 20;
  std::vector<Row> rows_;
  std::string bytes_;
};

class BlockWriter {
 public:
  /// Writes into the open transaction of `db`, which must outlive this.
  BlockWriter(const Database& db, std::int64_t file) : db_(db), file_(file) {}

  /// In key order. `actor` is the key, nearly always that of the block. Written when many have come together.
  void add(std::int64_t actor, const ActivityBlock& block);
  /// Writes what is left. The digest over all rows; call once.
  std::string finish();

 private:
  void write();
  void insert();
  void add_to_digest();

  const Database& db_;
  std::int64_t file_;
  BlockBatch batch_;
  ContentDigest digest_;
  std::optional<Statement> insert_;
};

}  // namespace seatlint
