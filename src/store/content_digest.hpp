// SPDX-License-Identifier: Apache-2.0
// One streaming SHA-256 over stored values, equal whether fed while rows are written or when they are read again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace seatlint {

/// Feed the columns of each row in table order, rows in key order. Every value goes in with its type and length, so
/// different rows never give the same stream.
class ContentDigest {
 public:
  void null() { put('n', {}); }
  void integer(std::int64_t value);
  void text(std::string_view value) { put('t', value); }
  void blob(std::string_view value) { put('b', value); }
  /// Columns [first, last) of a result row; without `last` all that follow.
  void row(const Statement& row, int first = 0, int last = -1);
  /// 64 hexadecimal digits; call once.
  std::string hex();

 private:
  void put(char type, std::string_view bytes);
  Sha256 hash_;
  std::string buffer_;
};

/// A statement that writes a row and feeds it to a digest: bind all columns in table order, each exactly once.
class SealedInsert {
 public:
  SealedInsert(const Database& db, std::string_view sql) : statement_(db.prepare(sql)) {}
  SealedInsert& add(std::int64_t value);
  SealedInsert& add(std::string_view text);
  /// Without a copy: the bytes must stay until the row was run.
  SealedInsert& add_blob_view(std::string_view bytes);
  SealedInsert& add_null();
  SealedInsert& add_text_or_null(std::string_view text) { return text.empty() ? add_null() : add(text); }
  SealedInsert& add_day(const std::optional<Day>& day) { return day ? add(std::int64_t{day->days}) : add_null(); }
  template <typename Integer>
  SealedInsert& add_optional(const std::optional<Integer>& value) {
    return value ? add(static_cast<std::int64_t>(*value)) : add_null();
  }
  void run();
  /// Of all rows written; call once.
  std::string hex() { return digest_.hex(); }

 private:
  Statement statement_;
  ContentDigest digest_;
  int at_ = 0;
};

}  // namespace seatlint
