// SPDX-License-Identifier: Apache-2.0
// Values are gathered into blocks: one call of the hash a value would cost more than the hashing.
#include "store/content_digest.hpp"

#include <sqlite3.h>

#include <cstring>

namespace seatlint {
namespace {

constexpr std::size_t block = 1 << 12;

template <typename Integer>
void append(std::string& to, Integer value) {
  // Little-endian whatever the machine, so that a store may move.
  for (std::size_t i = 0; i < sizeof value; ++i)
    to += static_cast<char>((static_cast<std::uint64_t>(value) >> (8 * i)) & 0xFF);
}

}  // namespace

void ContentDigest::put(char type, std::string_view bytes) {
  buffer_ += type;
  append(buffer_, static_cast<std::uint32_t>(bytes.size()));
  buffer_ += bytes;
  if (buffer_.size() < block) return;
  hash_.update(buffer_);
  buffer_.clear();
}

void ContentDigest::integer(std::int64_t value) {
  buffer_ += 'i';
  append(buffer_, value);
}

void ContentDigest::row(const Statement& row, int first, int last) {
  const int end = last < 0 ? row.columns() : last;
  for (int i = first; i < end; ++i) {
    switch (row.type(i)) {
      case SQLITE_NULL:
        null();
        break;
      case SQLITE_INTEGER:
        integer(row.integer(i));
        break;
      case SQLITE_BLOB:
        blob(row.blob_view(i));
        break;
      default:
        text(row.text(i));
    }
  }
}

std::string ContentDigest::hex() {
  hash_.update(buffer_);
  buffer_.clear();
  return hash_.hex();
}

SealedInsert& SealedInsert::add(std::int64_t value) {
  statement_.bind(++at_, value);
  digest_.integer(value);
  return *this;
}
SealedInsert& SealedInsert::add(std::string_view text) {
  statement_.bind(++at_, text);
  digest_.text(text);
  return *this;
}
SealedInsert& SealedInsert::add_blob_view(std::string_view bytes) {
  statement_.bind_blob_view(++at_, bytes);
  digest_.blob(bytes);
  return *this;
}
SealedInsert& SealedInsert::add_null() {
  statement_.bind_null(++at_);
  digest_.null();
  return *this;
}
void SealedInsert::run() {
  statement_.run();
  at_ = 0;
}

}  // namespace seatlint
