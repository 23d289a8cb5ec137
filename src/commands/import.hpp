// SPDX-License-Identifier: Apache-2.0
// `seatlint import` as a function.
#pragma once

#include "commands/import_files.hpp"

namespace seatlint {

int run_import(const ImportOptions& options, Io& io);
/// The options that say how files are read, shared with commands that import on the way.
void declare_reading_options(OptionSet& set, ImportOptions& options);

}  // namespace seatlint
