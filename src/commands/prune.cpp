// SPDX-License-Identifier: Apache-2.0
// `seatlint prune`: takes out of the store what is older than it may be kept.
#include "commands/prune.hpp"

#include <fmt/core.h>

#include <ostream>

#include "commands/anchor_file.hpp"
#include "commands/session.hpp"
#include "commands/store_status.hpp"
#include "report/amounts.hpp"
#include "store/erase.hpp"
#include "store/retention.hpp"

namespace seatlint {
namespace {

std::string tell(const Pruned& pruned) {
  return fmt::format("{}, {}, days out of {}", counted(pruned.files, "file"), counted(pruned.records, "record"),
                     counted(pruned.day_sets, "set", "sets"));
}

void declare(OptionSet& set, PruneOptions& options) {
  set.option("--keep", options.keep, "keep this long, e.g. 13mo, 90 days, 2 years (default: [privacy] keep)", "PERIOD");
  set.flag("--dry-run", options.dry_run, "say what would go; change nothing");
}

}  // namespace

std::optional<Day> first_kept_day(const std::string& keep, Day today) {
  if (keep.empty()) return std::nullopt;
  const auto day = before_period(today, keep);
  if (!day) throw Error(fmt::format("\"{}\" is no period; write it like 13mo, 90 days or 2 years", printable(keep)));
  return day;
}

void keep_retention(Store& store, const Policy& policy, Io& io) {
  const auto first = first_kept_day(policy.privacy.keep, io.environment.today);
  if (!first) return;
  const Pruned pruned = prune(store, *first, io.environment.today, false);
  if (!pruned.nothing())
    note(io, fmt::format("older than {} ([privacy] keep), so removed: {}", to_string(*first), tell(pruned)));
}

int run_prune(const PruneOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  const auto first = first_kept_day(options.keep.empty() ? policy.privacy.keep : options.keep, io.environment.today);
  if (!first) throw Error("how long is data to be kept? Say --keep 13mo, or keep = \"13mo\" under [privacy]");
  Store store = open_store(io, policy, Store::Open::write);
  const Pruned pruned = prune(store, *first, io.environment.today, options.dry_run);
  if (pruned.nothing()) {
    if (!options.dry_run) scrub(store);
    io.out << "nothing is older than " << to_string(*first) << '\n';
    return 0;
  }
  io.out << (options.dry_run ? "would remove, older than " : "removed, older than ") << to_string(*first) << ": "
         << tell(pruned) << '\n';
  if (options.dry_run) return 0;
  scrub(store);
  anchor_head(io, store);
  return 0;
}

std::unique_ptr<Command> prune_command() {
  return make_command<PruneOptions>({"prune", "remove what is older than it may be kept",
                                     "  seatlint prune --keep 13mo --dry-run  what would go\n"
                                     "  seatlint prune --keep 13mo            activity and snapshots before that day\n"
                                     "  seatlint prune                        as [privacy] keep says\n"},
                                    declare, run_prune);
}

}  // namespace seatlint
