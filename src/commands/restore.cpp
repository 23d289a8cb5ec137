// SPDX-License-Identifier: Apache-2.0
// `seatlint restore`: a backup becomes the store again; what was there is kept beside it.
#include "commands/restore.hpp"

#include <fmt/core.h>

#include "commands/session.hpp"
#include "store/opening.hpp"

namespace seatlint {
namespace {

void declare(OptionSet& set, RestoreOptions& options) {
  set.positional("FILE", options.file, "the backup; it is copied and stays");
}

void refuse_damage(const Store& backup) {
  Statement row = backup.database().prepare("PRAGMA integrity_check(1)");
  if (row.step() && row.text(0) == "ok") return;
  throw Error(fmt::format("{}: the backup is damaged ({}); nothing was restored", backup.path(), row.text(0)));
}

}  // namespace

int run_restore(const RestoreOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  const Store backup(options.file, Store::Open::read, io.globals.lock_timeout_ms);
  refuse_damage(backup);
  const std::string path = absolute_path(store_path(io, policy));
  if (path == backup.path()) throw Error(path + " is the store itself; name a backup");
  const std::string kept = replace_store(path, backup.database(), io.globals.lock_timeout_ms);
  note(io, fmt::format("restored {} from {}", path, backup.path()));
  if (!kept.empty()) note(io, "what was there is now " + kept);
  return 0;
}

std::unique_ptr<Command> restore_command() {
  return make_command<RestoreOptions>(
      {"restore", "make a backup the store again, keeping what was there", "seatlint restore seatlint-2026-09-30.db"},
      declare, run_restore);
}

}  // namespace seatlint
