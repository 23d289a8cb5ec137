// SPDX-License-Identifier: Apache-2.0
// Whatever somebody changes in a store by hand, `verify` finds it: random changes, deletions, copies and swaps in every
// table, and chains cut at their end. SEATLINT_TAMPERINGS=1000 runs the long campaign.
#include <sqlite3.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "folder.hpp"
#include "seatlint/cli.hpp"
#include "store/database.hpp"

namespace tampering_test {

namespace fs = std::filesystem;
using seatlint::Database;
using seatlint::Statement;
using seatlint::testing::Folder;

namespace {

int seatlint_run(const std::vector<std::string>& args, const std::map<std::string, std::string>& variables = {},
                 std::string* said = nullptr) {
  std::istringstream in;
  std::ostringstream out, err;
  const int code = seatlint::run(args, in, out, err, {variables, *seatlint::parse_day("2026-10-05"), false, 100});
  if (said != nullptr) *said = out.str() + err.str();
  return code;
}

/// Imports, an audit under a policy with a waiver, an erasure, and another audit.
void fill(const fs::path& folder) {
  const std::string db = (folder / "store.db").string(), policy = (folder / "seatlint.toml").string();
  std::ofstream(policy) << "[[waiver]]\nrule = \"idle\"\nproduct = "
                           "\"dynamics365.sales-enterprise\"\nowner = \"it\"\nreason = \"LIC-1\"\nuntil = 2027-03-31\n";
  const std::vector<std::string> base{"--db", db, "--config", policy};
  const auto command = [&](std::vector<std::string> words) {
    words.insert(words.begin(), base.begin(), base.end());
    return seatlint_run(words, {{"SEATLINT_ANCHOR", (folder / "heads").string()}});
  };
  command({"import", SEATLINT_SOURCE_DIR "/examples/quarterly-audit/exports"});
  REQUIRE(command({"audit"}) == 0);
  fs::copy_file(db, folder / "earlier.db");
  REQUIRE(command({"forget", "oskar.nyberg@tidewater.example"}) == 0);
  REQUIRE(command({"audit"}) == 0);
}

class Tamperer {
 public:
  Tamperer(const std::string& path, unsigned seed) : db_(path, Database::Access::write, 1000), random_(seed) {
    db_.execute("PRAGMA foreign_keys = OFF; PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF");
    Statement table =
        db_.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
    while (table.step())
      if (db_.integer("SELECT count(*) FROM " + std::string(table.text(0))) > 0) tables_.emplace_back(table.text(0));
  }

  /// What was done, or nothing where the store did not take it.
  std::string once() {
    table_ = tables_[random_() % tables_.size()];
    columns_.clear();
    Statement info = db_.prepare("SELECT name, type, pk FROM pragma_table_info('" + table_ + "')");
    while (info.step()) columns_.push_back({std::string(info.text(0)), std::string(info.text(1)), info.integer(2) > 0});
    try {
      switch (random_() % 4) {
        case 0:
          return change();
        case 1:
          return remove();
        case 2:
          return copy();
        default:
          return swap();
      }
    } catch (const seatlint::Error&) {  // a constraint: not even by hand
      return {};
    }
  }

 private:
  struct Column {
    std::string name, type;
    bool key;
  };

  /// A condition that holds for one row chosen at random.
  std::string some_row() {
    const std::int64_t rows = db_.integer("SELECT count(*) FROM " + table_);
    Statement row = db_.prepare("SELECT * FROM " + table_ + " LIMIT 1 OFFSET " +
                                std::to_string(static_cast<std::int64_t>(random_() % static_cast<unsigned>(rows))));
    REQUIRE(row.step());
    std::string where;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!columns_[i].key) continue;
      const std::string value = row.type(static_cast<int>(i)) == SQLITE_INTEGER
                                    ? std::to_string(row.integer(static_cast<int>(i)))
                                    : "'" + std::string(row.text(static_cast<int>(i))) + "'";
      where += (where.empty() ? "" : " AND ") + columns_[i].name + " = " + value;
    }
    return where;
  }

  /// An expression for another value of the column's type.
  static std::string another(const Column& column) {
    if (column.type == "INTEGER") return "ifnull(" + column.name + ", 0) + 1";
    if (column.type == "BLOB") return "CAST(" + column.name + " || x'00' AS BLOB)";
    return "ifnull(" + column.name + ", '') || 'x'";
  }

  std::string done(const std::string& sql) {
    db_.execute(sql);
    return db_.integer("SELECT changes()") > 0 ? sql : std::string();
  }

  std::string change() {
    const Column& column = columns_[random_() % columns_.size()];
    return done("UPDATE " + table_ + " SET " + column.name + " = " + another(column) + " WHERE " + some_row());
  }
  std::string remove() { return done("DELETE FROM " + table_ + " WHERE " + some_row()); }
  /// The same row once more under another key.
  std::string copy() {
    std::string values;
    bool moved = false;
    for (const Column& column : columns_) {
      std::string value = column.name;
      if (column.key && !moved)
        value = column.type == "INTEGER" ? value + " + 1000000" : value + " || 'x'", moved = true;
      values += (values.empty() ? "" : ", ") + value;
    }
    return done("INSERT INTO " + table_ + " SELECT " + values + " FROM " + table_ + " WHERE " + some_row());
  }
  /// Two rows exchange a value.
  std::string swap() {
    const Column& column = columns_[random_() % columns_.size()];
    if (column.key) return {};
    const std::string a = some_row(), b = some_row(),
                      of_a = "(SELECT " + column.name + " FROM " + table_ + " WHERE " + a + ")",
                      of_b = "(SELECT " + column.name + " FROM " + table_ + " WHERE " + b + ")";
    if (db_.integer("SELECT " + of_a + " IS " + of_b) != 0) return {};
    db_.execute("CREATE TEMP TABLE swapped AS SELECT " + of_a + " AS a, " + of_b + " AS b");
    db_.execute("UPDATE " + table_ + " SET " + column.name + " = (SELECT b FROM swapped) WHERE " + a);
    return done("UPDATE " + table_ + " SET " + column.name + " = (SELECT a FROM swapped) WHERE " + b);
  }

  Database db_;
  std::mt19937 random_;
  std::vector<std::string> tables_;
  std::string table_;
  std::vector<Column> columns_;
};

int wanted_tamperings() {
  const char* text = std::getenv("SEATLINT_TAMPERINGS");
  return text == nullptr ? 60 : std::atoi(text);
}

}  // namespace

TEST_CASE("verify finds what was changed by hand") {
  const Folder folder;
  fill(folder.path);
  const fs::path store = folder.path / "store.db", copy = folder.path / "copy.db";
  const std::string heads = (folder.path / "heads").string();
  std::string said;
  const auto verify = [&](const fs::path& file) {
    return seatlint_run({"--db", file.string(), "verify", "--anchor", heads}, {}, &said);
  };
  INFO(said);
  REQUIRE(verify(store) == 0);

  SECTION("anything, anywhere") {
    int found = 0;
    const int wanted = wanted_tamperings();
    for (unsigned seed = 1; found < wanted; ++seed) {
      fs::copy_file(store, copy, fs::copy_options::overwrite_existing);
      const std::string done = Tamperer(copy.string(), seed).once();
      if (done.empty()) continue;
      const int code = verify(copy);
      INFO("seed " << seed << ": " << done << "\n" << said);
      REQUIRE(code == 2);
      ++found;
    }
    WARN(found << " of " << wanted << " tamperings found");
  }

  SECTION("what can no longer be unpacked, file by file, and all the other checks are made") {
    for (const auto& [table, what] : {std::pair("user_block", "accounts"), std::pair("activity_block", "activity")}) {
      fs::copy_file(store, copy, fs::copy_options::overwrite_existing);
      Database(copy.string(), Database::Access::write, 1000)
          .execute("UPDATE " + std::string(table) + " SET rows = substr(rows, 1, length(rows) / 2)");
      REQUIRE(verify(copy) == 2);
      CHECK(said.find(".csv: " + std::string(what) + " that can't be unpacked") != std::string::npos);
      CHECK(said.find("BROKEN every name is found where it stands") != std::string::npos);
      CHECK(said.find("BROKEN everything stored is what the chain says") != std::string::npos);
    }
  }

  SECTION("a chain cut at its end, with all that its last entries sealed") {
    REQUIRE(verify(folder.path / "earlier.db") == 2);
    CHECK(said.find("the chain was cut") != std::string::npos);
    CHECK(seatlint_run({"--db", (folder.path / "earlier.db").string(), "verify"}) == 0);
  }
}

}  // namespace tampering_test
