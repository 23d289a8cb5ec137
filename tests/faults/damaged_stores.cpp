// SPDX-License-Identifier: Apache-2.0
// Files in the place of the store that are none, are broken, or were prepared by somebody: each is met by several
// commands, none of which may crash, hang, take much memory, or write to what it refuses.
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <random>

#include "campaigns.hpp"

namespace seatlint::faults {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long most_kib = 1024 * 1024;  // the sanitizer's own
#else
constexpr long most_kib = 64 * 1024;
#endif

void put(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void edit(const fs::path& store, const std::string& sql) {
  sqlite3* db = nullptr;
  sqlite3_open(store.c_str(), &db);
  sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(db);
}

using Damage = std::function<void(const fs::path&, std::mt19937_64&)>;

struct Kind {
  std::string name;
  Damage damage;
  bool must_be_refused = true;
};

Damage statement(std::string sql) {
  return [sql = std::move(sql)](const fs::path& store, std::mt19937_64&) { edit(store, sql); };
}

/// What somebody may have prepared; each must be refused.
std::vector<Kind> prepared() {
  const auto replaced = [](auto make) {
    return [make](const fs::path& store, std::mt19937_64&) {
      const fs::path aside = store.string() + ".aside";
      fs::rename(store, aside);
      make(store, aside);
    };
  };
  return {
      {"foreign application id", statement("PRAGMA application_id = 252006673")},
      {"no application id", statement("PRAGMA application_id = 0")},
      {"newer version", statement("PRAGMA user_version = 999")},
      {"negative version", statement("PRAGMA user_version = -1")},
      {"version 0", statement("PRAGMA user_version = 0")},
      {"extra table", statement("CREATE TABLE more (x)")},
      {"extra view", statement("CREATE VIEW more AS SELECT * FROM org")},
      {"extra index", statement("CREATE INDEX more ON org (name, id)")},
      {"extra trigger", statement("CREATE TRIGGER more AFTER INSERT ON org BEGIN DELETE FROM imported_file; END")},
      {"view replaced", statement("DROP VIEW account; CREATE VIEW account AS SELECT 1 AS org")},
      {"table missing", statement("DROP TABLE setting")},
      {"column added", statement("ALTER TABLE org ADD COLUMN more TEXT")},
      {"endless view", statement("DROP VIEW account; CREATE VIEW account AS WITH RECURSIVE n (x) AS (SELECT 1 UNION "
                                 "ALL SELECT x + 1 FROM n) SELECT x AS org FROM n")},
      {"virtual table", statement("CREATE VIRTUAL TABLE more USING fts5 (x)")},
      {"link", replaced([](const fs::path& store, const fs::path& aside) { fs::create_symlink(aside, store); })},
      {"dangling link", replaced([](const fs::path& store, const fs::path&) { fs::create_symlink("nowhere", store); })},
      {"pipe", replaced([](const fs::path& store, const fs::path&) { ::mkfifo(store.c_str(), 0600); })},
      {"folder", replaced([](const fs::path& store, const fs::path&) { fs::create_directory(store); })},
      {"text", replaced([](const fs::path& store, const fs::path&) { put(store, std::string(5000, 'x')); })},
      {"zeros", replaced([](const fs::path& store, const fs::path&) { put(store, std::string(8192, '\0')); })},
      {"only a header", [](const fs::path& store, std::mt19937_64&) { fs::resize_file(store, 100); }},
  };
}

/// What disks, transfers and careless tools do; some of it goes unnoticed by commands that never read that page.
std::vector<Kind> accidents() {
  const auto noise = [](std::mt19937_64& random, std::size_t size) {
    std::string bytes(size, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    return bytes;
  };
  const auto changed = [](auto change) {
    return [change](const fs::path& store, std::mt19937_64& random) {
      std::string bytes = bytes_of(store);
      change(bytes, random);
      put(store, bytes);
    };
  };
  return {
      {"one bit",
       changed([](std::string& b, auto& random) { b[random() % b.size()] ^= static_cast<char>(1u << random() % 8); }),
       false},
      {"fifty bits", changed([](std::string& b, auto& random) {
         for (int i = 0; i < 50; ++i) b[random() % b.size()] ^= static_cast<char>(1u << random() % 8);
       }),
       false},
      {"first page", changed([](std::string& b, auto& random) { b[random() % 4096] = static_cast<char>(random()); }),
       false},
      {"a page of noise", changed([noise](std::string& b, auto& random) {
         b.replace(random() % (b.size() / 4096) * 4096, 4096, noise(random, 4096));
       }),
       false},
      {"a page of zeros", changed([](std::string& b, auto& random) {
         b.replace(random() % (b.size() / 4096) * 4096, 4096, std::string(4096, '\0'));
       }),
       false},
      {"two pages swapped", changed([](std::string& b, auto& random) {
         const std::size_t x = random() % (b.size() / 4096) * 4096, y = random() % (b.size() / 4096) * 4096;
         const std::string page = b.substr(x, 4096);
         b.replace(x, 4096, b, y, 4096);
         b.replace(y, 4096, page);
       }),
       false},
      {"cut", changed([](std::string& b, auto& random) { b.resize(random() % b.size()); }), false},
      {"noise behind", changed([noise](std::string& b, auto& random) { b += noise(random, 10'000); }), false},
      {"a log of noise",
       [noise](const fs::path& store, std::mt19937_64& random) { put(store.string() + "-wal", noise(random, 20'000)); },
       false},
      {"a journal of noise",
       [noise](const fs::path& store, std::mt19937_64& random) {
         put(store.string() + "-journal", noise(random, 20'000));
       },
       false},
  };
}

}  // namespace

Tally damage_stores(const Stage& stage, Part part) {
  Tally tally;
  std::vector<Kind> kinds = prepared();
  for (Kind& kind : accidents()) kinds.push_back(std::move(kind));
  const std::vector<std::vector<std::string>> commands{
      {"verify"}, {"status"}, {"audit", "-o", "json"}, {"import", "log.csv"}, {"backup", "copy.db"}};
  for (long trial = part.first; trial < part.first + part.count; ++trial) {
    const auto n = static_cast<std::size_t>(trial);
    const Kind& kind = kinds[n % kinds.size()];
    const auto& words = commands[n / kinds.size() % commands.size()];
    std::mt19937_64 random(n + 1);
    stage.set(1 + static_cast<int>(random() % 2));
    const fs::path store = stage.path("seatlint.db"), aside = stage.path("seatlint.db.aside");
    kind.damage(store, random);
    const std::string before = bytes_of(store), before_aside = bytes_of(aside);
    const std::string name = "store " + std::to_string(trial) + " (" + kind.name + ", " + words[0] + ")";
    const Outcome outcome = stage.program().run(stage.command(words));
    check_ending(name, outcome, false, tally);
    if (outcome.peak_kib > most_kib) tally.add(name + ": takes " + std::to_string(outcome.peak_kib) + " KiB");
    if (kind.must_be_refused && outcome.exit_code < 2) tally.add(name + ": is taken for a store");
    if (outcome.exit_code >= 2 && (bytes_of(store) != before || bytes_of(aside) != before_aside))
      tally.add(name + ": is refused, but was written to");
    if (outcome.exit_code >= 2 && outcome.err.empty()) tally.add(name + ": is refused without a word");
  }
  return tally;
}

}  // namespace seatlint::faults
