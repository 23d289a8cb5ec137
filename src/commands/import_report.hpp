// SPDX-License-Identifier: Apache-2.0
// What an import did, for people and (schema seatlint.import/1) for scripts.
#pragma once

#include "commands/import_files.hpp"

namespace seatlint {

void print_import_table(Io& io, const ImportSummary& summary);
void print_import_json(Io& io, const ImportSummary& summary);

}  // namespace seatlint
