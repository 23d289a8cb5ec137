// SPDX-License-Identifier: Apache-2.0
// What was seen in one file, as text: `inspect` and `import --dry-run` say the same.
#pragma once

#include "commands/import_files.hpp"

namespace seatlint {

/// `16 read = 14 stored + 0 rejected + 2 skipped + 0 duplicate`, with the reasons of the skipped ones.
std::string tell_rows(const ImportedFile& file);
/// `2026-09-15`, `2026-07-01 to 2026-09-30`, or empty.
std::string tell_days(const ImportedFile& file);
void describe_file(Io& io, const FileOutcome& outcome);

}  // namespace seatlint
