// SPDX-License-Identifier: Apache-2.0
// A block holds for each of its seats org, account and product: 0 for the text of the seat before, else one more than
// its length (LEB128), and its bytes. Without an account, it is the seat of one who was erased.
#include "store/audited_seats.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/in_parallel.hpp"
#include "base/leb128.hpp"

namespace seatlint {
namespace {

constexpr std::int64_t most_seats = 1024;  // in a block

std::string_view take_text(std::string_view& block, std::string_view before) {
  const auto size = take_number(block);
  if (!size || *size > block.size() + 1)
    throw Error("the names of recorded audits can't be read: the store is damaged");
  if (*size == 0) return before;
  const std::string_view text = block.substr(0, *size - 1);
  block.remove_prefix(*size - 1);
  return text;
}

void put_text(std::string& block, std::string_view text, std::string_view before, bool first) {
  if (!first && text == before) return put_number(block, 0);
  put_number(block, text.size() + 1);
  block += text;
}

void put_name(std::string& block, const SeatName& name, const SeatName& before) {
  const bool first = block.empty();
  put_text(block, name.org, before.org, first);
  put_text(block, name.account, before.account, first);
  put_text(block, name.product, before.product, first);
}

/// All of a block, erased ones too.
template <typename Visit>
std::int64_t each_in_block(std::string_view block, std::int64_t first, Visit visit) {
  SeatName name;
  while (!block.empty()) {
    name.org = take_text(block, name.org);
    name.account = take_text(block, name.account);
    name.product = take_text(block, name.product);
    visit(first++, std::as_const(name));
  }
  return first;
}

/// The number behind the last one.
std::int64_t next_number(const Database& db) {
  Statement row = db.prepare("SELECT first, names FROM audited_seat_block ORDER BY first DESC LIMIT 1");
  return row.step() ? each_in_block(row.blob_view(1), row.integer(0), [](std::int64_t, const SeatName&) {}) : 1;
}

}  // namespace

void each_audited_seat(const Database& db, const std::function<void(std::int64_t number, const SeatName&)>& visit) {
  const CacheSize cache(db, 1024);
  Statement row = db.prepare("SELECT first, names FROM audited_seat_block ORDER BY first");
  while (row.step())
    each_in_block(row.blob_view(1), row.integer(0), [&](std::int64_t number, const SeatName& name) {
      if (!name.account.empty()) visit(number, name);
    });
}

void each_audited_seat_in_parallel(const Database& db,
                                   const std::function<std::function<void(std::int64_t, const SeatName&)>()>& visitor) {
  constexpr std::size_t at_a_time = 8;  // blocks
  const CacheSize cache(db, 1024);
  Statement row = db.prepare("SELECT first, names FROM audited_seat_block ORDER BY first");
  bool more = true;
  std::mutex one_at_a_time;
  struct Some {
    std::string names;
    std::vector<std::pair<std::int64_t, std::size_t>> blocks;  ///< first number, and where its names end
  };
  const auto take = [&](Some& some) {
    const std::lock_guard lock(one_at_a_time);
    some.names.clear();
    some.blocks.clear();
    while (more && some.blocks.size() < at_a_time) {
      if (more = row.step(); !more) break;
      some.names += row.blob_view(1);
      some.blocks.emplace_back(row.integer(0), some.names.size());
    }
    return !some.blocks.empty();
  };
  const auto seats = static_cast<std::size_t>(db.integer("SELECT ifnull(max(first), 0) FROM audited_seat_block"));
  const std::size_t parts = part_count(seats, at_a_time * static_cast<std::size_t>(most_seats));
  in_parallel(parts, 1, [&](std::size_t, std::size_t, std::size_t) {
    const auto visit = visitor();
    for (Some some; take(some);) {
      std::size_t begin = 0;
      for (const auto& [first, end] : some.blocks) {
        const auto names = std::string_view(some.names).substr(begin, end - begin);
        each_in_block(names, first, [&](std::int64_t number, const SeatName& name) {
          if (!name.account.empty()) visit(number, name);
        });
        begin = end;
      }
    }
  });
}

AuditedSeatWriter::AuditedSeatWriter(const Database& db) : db_(db), first_(next_number(db)), next_(first_) {}

std::int64_t AuditedSeatWriter::add(const SeatName& name) {
  put_name(names_, name, {org_, account_, product_});
  org_ = name.org;
  account_ = name.account;
  product_ = name.product;
  const std::int64_t number = next_++;
  if (next_ - first_ == most_seats) finish();
  return number;
}

void AuditedSeatWriter::finish() {
  if (next_ == first_) return;
  Statement write = db_.prepare("INSERT INTO audited_seat_block VALUES (?1, ?2)");
  write.bind(1, first_).bind_blob_view(2, names_).run();
  first_ = next_;
  names_.clear();
}

void erase_audited_seats(const Database& db, const std::vector<std::int64_t>& numbers) {
  Statement row = db.prepare("SELECT first, names FROM audited_seat_block ORDER BY first");
  std::vector<std::pair<std::int64_t, std::string>> changed;
  while (row.step()) {
    std::string names;
    SeatName before;
    bool erased = false;
    each_in_block(row.blob_view(1), row.integer(0), [&](std::int64_t number, const SeatName& name) {
      const bool gone = std::binary_search(numbers.begin(), numbers.end(), number);
      const SeatName left = gone ? SeatName{} : name;
      put_name(names, left, before);
      before = left;
      erased = erased || gone;
    });
    if (erased) changed.emplace_back(row.integer(0), std::move(names));
  }
  row.reset();
  Statement write = db.prepare("UPDATE audited_seat_block SET names = ?2 WHERE first = ?1");
  for (const auto& [first, names] : changed) write.bind(1, first).bind_blob_view(2, names).run();
}

}  // namespace seatlint
