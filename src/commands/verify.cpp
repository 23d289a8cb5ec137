// SPDX-License-Identifier: Apache-2.0
// `seatlint verify`: is the store whole, is its schema the one this program writes, do its rows and counts agree.
#include "commands/verify.hpp"

#include <fmt/core.h>

#include <ostream>

#include "commands/anchor_file.hpp"
#include "commands/session.hpp"
#include "report/amounts.hpp"
#include "store/damaged_files.hpp"
#include "store/name_index.hpp"
#include "store/schema.hpp"

namespace seatlint {
namespace {

/// A statement that lists what is wrong, one text a row, and what is right when it lists nothing.
struct Check {
  std::string_view right, sql;
};

constexpr Check checks[] = {
    {"every row belongs to an imported file",
     "SELECT 'a ' || t || ' of a file that is not in the ledger, line ' || line FROM ("
     "SELECT 'block of user rows' t, first_line AS line, file_id FROM user_block UNION ALL SELECT 'lookup row', line, "
     "file_id FROM lookup_row "
     "UNION ALL SELECT 'entitlement row', line, file_id FROM entitlement_row "
     "UNION ALL SELECT 'person row', line, file_id FROM person_row "
     "UNION ALL SELECT 'block of activity', 0, file_id FROM activity_block) "
     "WHERE file_id NOT IN (SELECT id FROM imported_file) LIMIT 20"},
    {"every activity is of an action its file has, every file of an org",
     "SELECT 'action ' || x.action || ' of file ' || b.file_id FROM activity_block b JOIN log_row(b.rows) l "
     "JOIN activity_fact(l.facts) x LEFT JOIN activity_action a ON a.file_id = b.file_id AND a.number = x.action "
     "WHERE a.number IS NULL "
     "UNION ALL SELECT 'file ' || name || ' of no org' FROM imported_file WHERE org_id NOT IN (SELECT id FROM org) "
     "LIMIT 20"},
    {"rows read = stored + rejected + skipped + duplicate, for every file",
     "SELECT name || ': ' || rows_read || ' read' FROM imported_file "
     "WHERE rows_read <> rows_stored + rows_rejected + rows_skipped + rows_duplicate LIMIT 20"},
    {"every snapshot still has the rows its import counted",
     "SELECT f.name || ': ' || f.rows_stored || ' stored, ' || n || ' found' FROM imported_file f JOIN ("
     "SELECT i.id, (SELECT count(*) FROM user_block b, user_row(b.rows) WHERE b.file_id = i.id)"
     " + (SELECT count(*) FROM entitlement_row r WHERE r.file_id = i.id)"
     " + (SELECT count(*) FROM person_row r WHERE r.file_id = i.id)"
     " + (SELECT count(*) FROM lookup_row r WHERE r.file_id = i.id) AS n FROM imported_file i) c ON c.id = f.id "
     "WHERE f.kind <> 'activity' AND f.rows_stored <> n LIMIT 20"},
    {"activity lies within the days of its file",
     "SELECT 'activity of file ' || f.name FROM activity_block b JOIN log_row(b.rows) l "
     "JOIN activity_fact(l.facts) x JOIN imported_file f ON f.id = b.file_id "
     "WHERE x.first_day < f.first_day OR x.last_day > f.last_day LIMIT 20"},
};

class Verification {
 public:
  explicit Verification(const Store& store, Io& io) : db_(store.database()), io_(io) {}

  bool run(const std::vector<Anchor>& anchors) {
    list("the file is whole", "PRAGMA integrity_check", "ok");
    list("references lead somewhere",
         "SELECT \"table\" || ', row ' || ifnull(rowid, '?') FROM pragma_foreign_key_check LIMIT 20");
    find("the schema is the one this program writes", [&] { return schema_differences(db_, newest_schema()); });
    find("everything packed can be unpacked", [&] { return damaged_files(db_); });
    for (const Check& check : checks) list(check.right, std::string(check.sql));
    find("every name is found where it stands", [&] { return wrongly_indexed_files(db_); });
    std::vector<ChainCheck> chain;
    if (const auto failed = failure_of([&] { chain = check_chain(db_, anchors); }))
      tell("the chain can be read", {*failed});
    for (const ChainCheck& check : chain) tell(check.right, check.wrong);
    return good_;
  }

 private:
  void list(std::string_view right, const std::string& sql, std::string_view silence = {}) {
    find(right, [&] {
      Statement row = db_.prepare(sql);
      std::vector<std::string> wrong;
      while (row.step())
        if (row.text(0) != silence || silence.empty()) wrong.emplace_back(row.text(0));
      return wrong;
    });
  }

  /// What is damaged may stop a check, but not those behind it.
  template <typename Look>
  void find(std::string_view right, const Look& look) {
    std::vector<std::string> wrong;
    if (const auto failed = failure_of([&] { wrong = look(); })) wrong = {*failed};
    tell(right, wrong);
  }

  template <typename Work>
  static std::optional<std::string> failure_of(const Work& work) {
    try {
      work();
      return std::nullopt;
    } catch (const Error& error) {
      if (error.kind() == Error::Kind::try_again) throw;
      return error.what();
    }
  }

  void tell(std::string_view right, const std::vector<std::string>& wrong) {
    good_ = good_ && wrong.empty();
    print_cells(io_, {wrong.empty() ? Cell{"ok     ", Paint::good} : Cell{"BROKEN ", Paint::bad},
                      {std::string(right), Paint::plain}});
    for (const std::string& what : wrong) io_.out << "         " << printable(what) << '\n';
  }

  const Database& db_;
  Io& io_;
  bool good_ = true;
};

void declare(OptionSet& set, VerifyOptions& options) {
  set.option("--anchor", options.anchor,
             "what was noted elsewhere: an anchor file, an evidence bundle, or a report as JSON", "FILE");
}

}  // namespace

int run_verify(const VerifyOptions& options, Io& io) {
  const std::vector<Anchor> anchors = options.anchor.empty() ? std::vector<Anchor>() : read_anchors(options.anchor);
  const Store store = open_store(io, Store::Open::read);
  if (!Verification(store, io).run(anchors)) {
    complain(io, store.path() + ": the store is damaged; restore a backup, or import the exports into a new one");
    return 2;
  }
  io.out << store.path() << ": " << counted(static_cast<std::int64_t>(store.files().size()), "imported file")
         << ", all is well\n";
  return 0;
}

std::unique_ptr<Command> verify_command() {
  return make_command<VerifyOptions>({"verify", "check that the store is whole and unchanged",
                                      "seatlint verify                     the store of this folder\n"
                                      "seatlint verify --anchor heads.txt  is it still what was noted there\n"
                                      "seatlint --db copy.db verify        a backup"},
                                     declare, run_verify);
}

}  // namespace seatlint
