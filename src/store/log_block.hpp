// SPDX-License-Identifier: Apache-2.0
// The packed form in which a log is kept: about a hundred of its identities in one block, each with what it did.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/byte_buffer.hpp"

namespace seatlint {

/// One identity of a log and what it did. The views live as long as the bytes they were read from.
struct LogRow {
  std::int64_t actor = 0;             ///< hash of the identity, nearly always; not negative
  std::string_view id, login, email;  ///< `email` is empty where it equals `login`
  std::string_view facts;             ///< see ingest/activity_block.hpp
};

/// Packs identities as they come. Bytes, an identity after the other, all numbers as LEB128: actor as a step from the
/// one before, or for the first of a block from 0; sizes of id, login, email and facts; these themselves.
class LogBlockWriter {
 public:
  /// `actor` ascending; throws Error where it is not.
  void add(const LogRow& row);
  bool empty() const { return bytes_.empty(); }
  /// Time to begin another block.
  bool full() const { return bytes_.size() >= usual_bytes; }
  std::int64_t first_actor() const { return first_actor_; }
  std::string_view block() const { return bytes_.view(); }
  void clear() { bytes_.clear(); }

 private:
  /// With the key a little more than three pages hold of a long row, so that hardly a page stays half empty.
  static constexpr std::size_t usual_bytes = 12'800;

  std::int64_t first_actor_ = 0, actor_ = 0;
  ByteBuffer bytes_;
};

/// Walks over a block. Throws Error where it is damaged.
class LogBlockReader {
 public:
  explicit LogBlockReader(std::string_view block) : rest_(block) {}
  /// False: there is no further identity.
  bool next(LogRow& row);

 private:
  std::uint64_t number();

  std::string_view rest_;
  std::int64_t actor_ = -1;  ///< none so far
};

}  // namespace seatlint
