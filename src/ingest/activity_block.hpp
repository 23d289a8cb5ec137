// SPDX-License-Identifier: Apache-2.0
// The packed form in which a log's facts are kept: for each action of one identity in one file the days, and the
// lines of the records that prove the first and the last of them. About four bytes a day.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "base/byte_buffer.hpp"
#include "seatlint/facts.hpp"

namespace seatlint {

/// 63 bits of hash over an identity; `email` empty where it equals `login`.
std::uint64_t identity_hash(std::string_view id, std::string_view login, std::string_view email);

/// One action's days. Views live as long as the block.
///
/// Bytes, all numbers as LEB128: action (as a step from the one before), first day (zigzag, from 2010-01-01), size and
/// form of the days behind it, those days, line of the first, and where there are more days line of the last (zigzag,
/// from the first). Form 0: a step of at least 1 for each further day. Form 1: bits, most significant first; bit i is
/// day first + 1 + i.
struct PackedFact {
  std::uint32_t action = 0;
  Day first, last;
  std::string_view more;
  bool as_bits = false;
  std::string_view lines;

  /// Lines of the records that prove the first and the last day.
  std::pair<std::uint64_t, std::uint64_t> proven_by() const;

  void add_to(DayBits& days) const;
  /// Sets the days in `grid`: as many zeroed bytes from the one that holds `first` on as reach to `last` (see DayView).
  void mark(std::uint8_t* grid) const;
};

/// Walks over a block. Throws Error where it is damaged.
class FactReader {
 public:
  explicit FactReader(std::string_view block) : rest_(block) {}
  bool next(PackedFact& fact);

 private:
  std::string_view rest_;
  std::uint32_t action_ = 0;
};

/// Builds a block, action by action in ascending order.
class FactWriter {
 public:
  /// `days` ascending, without repetition, not empty.
  void add(std::uint32_t action, std::span<const std::int32_t> days, std::uint64_t first_line, std::uint64_t last_line);
  std::string_view block() const { return bytes_.view(); }
  void clear() { bytes_.clear(), action_ = 0; }

 private:
  ByteBuffer bytes_;
  std::uint32_t action_ = 0;
};

}  // namespace seatlint
