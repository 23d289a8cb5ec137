// SPDX-License-Identifier: Apache-2.0
// Loads files into a store, each in its own transaction: shared by `import`, `inspect` and `audit --from`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands/command.hpp"
#include "commands/lazy_store.hpp"
#include "ingest/ingest.hpp"
#include "seatlint/policy.hpp"
#include "store/store.hpp"

namespace seatlint {

struct ImportOptions {
  std::vector<std::string> paths;
  std::string org, profile;  ///< profile: a built-in's name or a file
  std::optional<Day> snapshot_date;
  std::string covers;  ///< FIRST..LAST
  std::string timezone, encoding, delimiter;
  std::string rejects;  ///< file to write rejected rows to
  std::string max_rejects = "0";
  std::string memory;  ///< for the days of a log: 256M, 1G
  std::string format = "table";
  bool dry_run = false, allow_shrink = false;
  std::size_t sample_rows = 0;
};

enum class FileStatus {
  stored,    ///< in the store now; under --dry-run: would be
  known,     ///< was there before: same digest, org, profile and snapshot date
  refused,   ///< can't be imported, or is not allowed to
  rejected,  ///< too many rejected rows
  ignored,   ///< not named like an export
};
std::string_view to_string(FileStatus status);

struct FileOutcome {
  std::string name;
  FileStatus status = FileStatus::stored;
  Ingested ingested;    ///< `file` has the org; of a known file only the ledger line, all its rows counted as duplicate
  std::string message;  ///< why it was refused, rejected or ignored
  int exit_code = 0;
};

struct ImportSummary {
  std::vector<FileOutcome> files;
  int exit_code = 0;  ///< the highest of the files
  bool store_created = false;
  std::string store_path;  ///< absolute; empty when there is no store
};

/// Imports all files the paths stand for. What is wrong with one file is complained about on stderr and counted in
/// its exit code; the others go on. Throws Error for wrong options and for a store that can't be written.
ImportSummary import_paths(LazyStore& store, const ImportOptions& options, const Policy& policy, Io& io);

/// The profile an option names: a built-in one, or read from a file.
Profile profile_named(const std::string& name_or_file);
}  // namespace seatlint
