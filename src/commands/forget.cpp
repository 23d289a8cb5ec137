// SPDX-License-Identifier: Apache-2.0
// `seatlint forget`: erases one person from the store for good.
#include "commands/forget.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <ostream>

#include "commands/anchor_file.hpp"
#include "commands/person_records.hpp"
#include "commands/session.hpp"
#include "report/amounts.hpp"
#include "store/erase.hpp"
#include "store/tombstones.hpp"

namespace seatlint {
namespace {

namespace fs = std::filesystem;

bool was_forgotten(const Store& store, const std::string& user) {
  const Tombstones tombstones(store);
  for (const ImportedFile& file : store.files())
    if (tombstones.mention(file.vendor, user)) return true;
  return tombstones.mention("", user);
}

void tell(const Erasure& erasure, bool dry_run, Io& io) {
  const auto line = [&](std::int64_t number, std::string_view what) {
    if (number != 0) io.out << fmt::format("  {:>7}  {}\n", grouped(number), what);
  };
  io.out << (dry_run ? "would remove\n" : "removed\n");
  line(erasure.user_rows, "records of accounts in snapshots");
  line(erasure.hr_rows, "records of departures and leave");
  line(erasure.log_identities, "identities in logs, a file each, with all days");
  line(erasure.audited_seats, "names of seats in recorded audits");
  line(erasure.mentions, "mentions in other records, such as a manager's name");
  io.out << "from " << counted(static_cast<std::int64_t>(erasure.files.size()), "imported file") << '\n';
  for (const std::string& file : erasure.files) io.out << "  " << printable(file) << '\n';
}

/// Copies of the store that this program or an administrator made beside it.
void warn_of_copies(const Store& store, Io& io) {
  const fs::path path(store.path());
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(path.parent_path(), ignored)) {
    const std::string name = entry.path().filename().string();
    const std::string own = path.filename().string();
    if (!name.starts_with(own) || name == own || name == own + "-wal" || name == own + "-shm") continue;
    complain(io, entry.path().string() + " looks like a copy of the store and may still hold the person");
  }
  note(io, "exports, reports and backups elsewhere are not touched");
}

void declare(OptionSet& set, ForgetOptions& options) {
  set.positional("USER", options.user, "login, e-mail, vendor id, alias or HR number");
  set.flag("--dry-run", options.dry_run, "say what would be removed; change nothing");
}

}  // namespace

int run_forget(const ForgetOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  Store store = open_store(io, policy, Store::Open::write);
  const Erasure erasure = erase_person(store, options.user, io.environment.today, options.dry_run);
  if (erasure.nothing()) {
    if (!was_forgotten(store, options.user)) throw unknown_person(store, policy, options.user);
    if (!options.dry_run) scrub(store);
    io.out << "nothing is stored about this person any longer; old exports do not bring the records back\n";
    return 0;
  }
  tell(erasure, options.dry_run, io);
  if (options.dry_run) return 0;
  scrub(store);
  anchor_head(io, store);
  io.out << "kept: " << counted(erasure.tombstones, "keyed digest")
         << ", so that importing an old export again does not bring the person back\n";
  warn_of_copies(store, io);
  return 0;
}

std::unique_ptr<Command> forget_command() {
  return make_command<ForgetOptions>(
      {"forget", "erase a person from the store for good",
       "  seatlint forget ana@example.com --dry-run    what would go\n"
       "  seatlint forget ana@example.com              all accounts, activity, HR records and mentions\n",
       "Backups, reports and the exports themselves are yours to delete. Policies stay as they are, too."},
      declare, run_forget);
}

}  // namespace seatlint
