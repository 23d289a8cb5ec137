// SPDX-License-Identifier: Apache-2.0
// Opening a store: older ones, ones that somebody has added to, ones in the way, and what is left beside them.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "folder.hpp"
#include "seatlint/embedded.hpp"
#include "store/opening.hpp"
#include "store/schema.hpp"

namespace store_opening_test {

using namespace seatlint;
using seatlint::testing::Folder;

namespace {

namespace fs = std::filesystem;

std::size_t entries(const Folder& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()));
}

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A store as the first version of this program made it.
void make_first_version(const std::string& path) {
  std::ofstream(path, std::ios::binary).flush();
  const Database db(path, Database::Access::write, 0);
  for (const EmbeddedFile& step : embedded_files())
    if (step.folder == "store/schema" && step.name.starts_with("0001")) db.execute(std::string(step.text));
  db.execute("INSERT INTO org (id, name) VALUES (1, 'default')");
  db.execute("PRAGMA application_id = " + std::to_string(application_id));
  db.execute("PRAGMA user_version = 1");
}

}  // namespace

TEST_CASE("the build packs the schema that a new store has") {
  const Store store("", Store::Open::temporary);
  const auto built = schema_of_build();
  std::size_t at = 0;
  for (Statement row = store.database().prepare(schema_objects); row.step(); ++at) {
    REQUIRE(at < built.size());
    CHECK(row.text(0) == built[at].name);
    CHECK(row.text(1) == built[at].sql);
  }
  CHECK(at == built.size());
}

TEST_CASE("an older store is read without a byte written, and upgraded with a copy kept") {
  const Folder folder;
  const std::string path = folder.file("s.db");
  make_first_version(path);
  const std::string before = bytes_of(path);
  {
    const Store store(path, Store::Open::read);
    CHECK(store.orgs() == std::vector<std::string>{"default"});
    CHECK(schema_differences(store.database(), newest_schema()).empty());
  }
  CHECK(bytes_of(path) == before);
  { const Store store(path, Store::Open::write); }
  const Database db(path, Database::Access::read, 0);
  CHECK(db.integer("PRAGMA user_version") == newest_schema());
  CHECK(db.integer("SELECT count(*) FROM org") == 1);
  CHECK(fs::exists(path + ".schema-1") == (newest_schema() > 1));
}

TEST_CASE("whatever was added to a store, it is refused and left alone") {
  for (const char* sql :
       {"CREATE TABLE more (x)", "CREATE VIEW more AS SELECT * FROM org",
        "CREATE TRIGGER more AFTER INSERT ON org BEGIN DELETE FROM setting; END", "CREATE INDEX more ON org (name, id)",
        "DROP VIEW account", "PRAGMA user_version = 99", "PRAGMA application_id = 1"}) {
    const Folder folder;
    const std::string path = folder.file("s.db");
    { const Store store(path, Store::Open::create); }
    { Database(path, Database::Access::write, 0).execute(sql); }
    const std::string before = bytes_of(path);
    for (const auto how : {Store::Open::read, Store::Open::write, Store::Open::create})
      CHECK_THROWS_AS(Store(path, how), Error);
    INFO(sql);
    CHECK(bytes_of(path) == before);
    CHECK(entries(folder) == 1);
  }
}

TEST_CASE("a store is private whatever the umask, and lies under its name only when it is complete") {
  const Folder folder;
  const mode_t usual = ::umask(0777);
  { const Store store(folder.file("s.db"), Store::Open::create); }
  ::umask(usual);
  struct stat info {};
  REQUIRE(::stat(folder.file("s.db").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK(entries(folder) == 1);
}

TEST_CASE("an unused store is removed, one that somebody else has open stays") {
  const Folder folder;
  const Store mine(folder.file("s.db"), Store::Open::create);
  {
    const Store other(folder.file("s.db"), Store::Open::write);
    CHECK(other.files().empty());
    mine.finish_new();
    CHECK(fs::exists(folder.file("s.db")));
  }
  mine.finish_new();
  CHECK_FALSE(fs::exists(folder.file("s.db")));
  // What would be written now would be lost.
  CHECK_THROWS_WITH(mine.database().begin_write(), Catch::Contains("replaced or removed"));
}

TEST_CASE("a backup takes the place of the store, which is kept") {
  const Folder folder;
  const std::string path = folder.file("s.db");
  { const Store store(path, Store::Open::create); }
  make_first_version(folder.file("backup.db"));
  const Store backup(folder.file("backup.db"), Store::Open::read);
  CHECK(replace_store(path, backup.database(), 0) == path + ".before-restore-1");
  CHECK(Store(path, Store::Open::read).orgs() == std::vector<std::string>{"default"});
  CHECK(Store(path + ".before-restore-1", Store::Open::read).orgs().empty());
  const Store user(path, Store::Open::write);
  CHECK(user.files().empty());
  CHECK_THROWS_AS(replace_store(path, backup.database(), 0), Error);
  std::ofstream(folder.file("broken.db")) << "no store";
  CHECK(replace_store(folder.file("broken.db"), backup.database(), 0) == folder.file("broken.db.before-restore-1"));
}

namespace {

/// Leaves at `path` what somebody leaves who is killed while he writes without a write-ahead log.
void interrupt_a_write(const Folder& folder, const std::string& path) {
  const std::string other = folder.file("other.db");
  { const Store store(other, Store::Open::create); }
  const Database db(other, Database::Access::write, 0);
  db.execute("PRAGMA journal_mode = DELETE; PRAGMA cache_size = 2; PRAGMA cache_spill = 1");
  db.execute("INSERT INTO setting VALUES ('kept', 'yes'); BEGIN; DELETE FROM setting");
  for (int i = 0; i < 2000; ++i)
    db.execute("INSERT INTO setting VALUES ('" + std::to_string(i) + "', '" + std::string(50, 'x') + "')");
  fs::copy_file(other, path);
  fs::copy_file(other + "-journal", path + "-journal");
  db.execute("ROLLBACK");
}

}  // namespace

TEST_CASE("a write that was interrupted is undone, whoever opens the store next") {
  for (const auto how : {Store::Open::read, Store::Open::write}) {
    const Folder folder;
    const std::string path = folder.file("s.db");
    interrupt_a_write(folder, path);
    const Store store(path, how);
    CHECK(store.setting("kept") == "yes");
    CHECK(store.database().integer("SELECT count(*) FROM setting WHERE value LIKE 'x%'") == 0);
    CHECK_FALSE(fs::exists(path + "-journal"));
  }
}

TEST_CASE("a journal that is not of a store, or names other files, is left alone and refused") {
  const Folder folder;
  const std::string path = folder.file("s.db");
  interrupt_a_write(folder, path);
  std::string journal = bytes_of(path + "-journal"), store = bytes_of(path);
  SECTION("other files") {
    std::ofstream(path + "-journal", std::ios::binary | std::ios::app)
        << "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" << std::flush;
    journal = bytes_of(path + "-journal");
  }
  SECTION("another program's") {
    store[68] = 1;
    std::ofstream(path, std::ios::binary) << store << std::flush;
  }
  for (const auto how : {Store::Open::read, Store::Open::write, Store::Open::create})
    CHECK_THROWS_AS(Store(path, how), Error);
  CHECK(bytes_of(path) == store);
  CHECK(bytes_of(path + "-journal") == journal);
}

TEST_CASE("lines noted by readers do not make the log beside the store grow without end") {
  const Folder folder;
  const std::string path = folder.file("s.db");
  { const Store store(path, Store::Open::create); }
  { const Store store(path, Store::Open::write); }
  const auto note_lines = [&](const Store& reader) {
    for (int i = 0; i < 60; ++i)
      reader.again_for_writing(1000).record_names_override(Day{i}, "audit", "hide", "show", std::string(2000, 'r'));
  };
  const Store reader(path, Store::Open::read);
  note_lines(reader);
  CHECK(fs::file_size(path + "-wal") < 512 << 10);
  // Somebody who reads meanwhile is in the way, and nobody waits for that.
  const Database other(path, Database::Access::read, 0);
  Statement row = other.prepare("SELECT id FROM names_override_row");
  REQUIRE(row.step());
  note_lines(reader);
  CHECK(reader.database().integer("SELECT count(*) FROM names_override_row") == 120);
}

}  // namespace store_opening_test
