// SPDX-License-Identifier: Apache-2.0
// Everything is unpacked once, and nothing kept.
#include "store/damaged_files.hpp"

#include "ingest/activity_block.hpp"
#include "store/log_rows.hpp"
#include "store/user_rows.hpp"

namespace seatlint {
namespace {

template <typename Work>
bool is_damaged(const Work& work) {
  try {
    work();
    return false;
  } catch (const Error& error) {
    if (error.kind() == Error::Kind::try_again) throw;
    return true;
  }
}

void unpack_facts(std::string_view facts) {
  FactReader reader(facts);
  for (PackedFact fact; reader.next(fact);) {
    DayBits days;
    fact.add_to(days);
    fact.proven_by();
  }
}

}  // namespace

std::vector<std::string> damaged_files(const Database& db) {
  std::vector<std::string> damaged;
  Statement file = db.prepare("SELECT id, name FROM imported_file ORDER BY id");
  while (file.step()) {
    const std::int64_t id = file.integer(0);
    const std::string name(file.text(1));
    if (is_damaged([&] { each_user_row(db, id, user_part::all, [](const UserRow&, std::uint64_t) { return true; }); }))
      damaged.push_back(name + ": accounts that can't be unpacked");
    const auto unpack = [](const BlockKey&, const LogRow& row) {
      unpack_facts(row.facts);
      return true;
    };
    if (is_damaged([&] { each_log_row(db, id, unpack); }))
      damaged.push_back(name + ": activity that can't be unpacked");
  }
  return damaged;
}

}  // namespace seatlint
