// SPDX-License-Identifier: Apache-2.0
// Packed logs into the store; another thread works out their digest.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/content_digest.hpp"
#include "store/log_block.hpp"

namespace seatlint {

class BlockWriter {
 public:
  /// Writes into the open transaction of `db`, which must outlive this.
  BlockWriter(const Database& db, std::int64_t file);

  /// In key order. Written when many have come together.
  void add(std::int64_t part, const LogRow& row);
  /// Writes what is left. The digest over all rows; call once.
  std::string finish();

 private:
  /// A row that waits to be written.
  struct Row {
    std::int64_t part = 0, actor = 0;
    std::size_t begin = 0, size = 0;  ///< in bytes_
  };

  void end_block();
  void write();
  void insert();
  void add_to_digest();
  std::string_view bytes(const Row& row) const { return std::string_view(bytes_).substr(row.begin, row.size); }

  std::int64_t file_;
  Statement insert_;
  ContentDigest digest_;
  LogBlockWriter block_;
  std::int64_t part_ = 0;  ///< of block_
  std::vector<Row> rows_;
  std::string bytes_;
};

}  // namespace seatlint
