// SPDX-License-Identifier: Apache-2.0
// `seatlint import`: exports into the store.
#include "commands/import.hpp"

#include <algorithm>
#include <ostream>

#include "commands/anchor_file.hpp"
#include "commands/describe_file.hpp"
#include "commands/import_report.hpp"
#include "commands/session.hpp"

namespace seatlint {
namespace {

constexpr std::size_t dry_run_rows = 3;

void declare(OptionSet& set, ImportOptions& options) {
  set.positionals("PATH", options.paths, "exports: files, folders, .zip archives, or - for standard input");
  declare_reading_options(set, options);
  set.flag("--dry-run", options.dry_run, "say what would be imported; change nothing");
  set.option("--rejects", options.rejects, "write rejected rows, with reason, line and column, to this CSV file",
             "FILE");
  set.option("--max-rejects", options.max_rejects,
             "store a file with up to this many rejected rows (default: 0, nothing of such a file is stored)", "N|N%");
  set.option("--memory", options.memory, "how much the days of a log may take before they are written in parts (256M)",
             "SIZE");
  set.flag("--allow-shrink", options.allow_shrink, "accept a snapshot with 30 % fewer rows than the one before");
  set.choice("--format", options.format, {"table", "json"}, "how to print what was done");
}

}  // namespace

void declare_reading_options(OptionSet& set, ImportOptions& options) {
  set.option("--org", options.org, "the tenant the files belong to (default: found by the ids in them)", "NAME");
  set.option("--profile", options.profile, "what the columns mean: a built-in profile or a file (default: recognized)",
             "NAME|FILE");
  set.day("--snapshot-date", options.snapshot_date, "when a snapshot that does not say so was exported");
  set.option("--covers", options.covers, "the period a log was exported for, quiet days included", "FIRST..LAST");
  set.option("--timezone", options.timezone, "the zone of times written without one", "ZONE");
  set.option("--encoding", options.encoding, "such as utf-8 or windows-1252 (default: found out)", "NAME");
  set.option("--delimiter", options.delimiter, "a character, or tab, comma, semicolon, pipe (default: found out)", "C");
}

int run_import(const ImportOptions& given, Io& io) {
  ImportOptions options = given;
  if (options.dry_run) options.sample_rows = dry_run_rows;
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  LazyStore store(store_path(io, policy), io.globals.lock_timeout_ms);
  const ImportSummary summary = import_paths(store, options, policy, io);
  const bool stored = std::any_of(summary.files.begin(), summary.files.end(),
                                  [](const FileOutcome& file) { return file.status == FileStatus::stored; });
  if (stored && !options.dry_run) anchor_head(io, store.writable());
  if (options.format == "json") {
    print_import_json(io, summary);
    return summary.exit_code;
  }
  if (options.dry_run)
    for (const FileOutcome& outcome : summary.files)
      if (outcome.status == FileStatus::stored || outcome.status == FileStatus::rejected) {
        describe_file(io, outcome);
        io.out << '\n';
      }
  print_import_table(io, summary);
  if (options.dry_run) print_cells(io, {{"dry run: nothing was changed", Paint::dim}});
  return summary.exit_code;
}

std::unique_ptr<Command> import_command() {
  return make_command<ImportOptions>(
      {"import", "load exports into the store",
       "seatlint import exports/                                  a folder of exports, in any order\n"
       "seatlint import users.csv --snapshot-date 2026-09-30      an export that does not say its day\n"
       "seatlint import log.csv --covers 2026-07-01..2026-09-30   a log with quiet days at its ends\n"
       "seatlint import crm.csv --profile acme.toml               a layout of your own\n"
       "seatlint import exports/ --dry-run                        look first"},
      declare, run_import);
}

}  // namespace seatlint
