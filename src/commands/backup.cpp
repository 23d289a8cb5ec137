// SPDX-License-Identifier: Apache-2.0
// `seatlint backup`: a consistent copy of the store, while others read and write it.
#include "commands/backup.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "base/new_file.hpp"
#include "commands/session.hpp"

namespace seatlint {
namespace {

namespace fs = std::filesystem;

void declare(OptionSet& set, BackupOptions& options) {
  set.positional("FILE", options.file, "the copy; must not be there yet");
}

}  // namespace

int run_backup(const BackupOptions& options, Io& io) {
  const Store store = open_store(io, Store::Open::read);
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(options.file, ignored)))
    throw Error(options.file + " is already there; a backup never overwrites");
  NewFile copy(options.file);
  {
    const Database target(copy.path(), Database::Access::write, io.globals.lock_timeout_ms);
    copy_database(store.database(), target);
    // One file is all a copy should be.
    target.execute("PRAGMA journal_mode = DELETE");
  }
  if (!copy.place()) throw Error(options.file + " is already there; a backup never overwrites");
  note(io, fmt::format("copied {} to {} ({} bytes)", store.path(),
                       fs::absolute(options.file).lexically_normal().string(), fs::file_size(options.file, ignored)));
  return 0;
}

std::unique_ptr<Command> backup_command() {
  return make_command<BackupOptions>(
      {"backup", "a consistent copy of the store, while others use it", "seatlint backup seatlint-2026-09-30.db"},
      declare, run_backup);
}

}  // namespace seatlint
