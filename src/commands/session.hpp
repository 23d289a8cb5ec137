// SPDX-License-Identifier: Apache-2.0
// What nearly every command begins with: which policy, which store, and how the terminal wants to be written to.
#pragma once

#include <string>

#include "commands/command.hpp"
#include "report/layout.hpp"
#include "seatlint/catalog.hpp"
#include "seatlint/policy.hpp"
#include "store/store.hpp"

namespace seatlint {

/// A variable of the environment, or the empty text.
std::string variable(const Io& io, const std::string& name);

/// --config, else ./seatlint.toml, else the user's, else the system's; empty where there is none.
std::string config_path(const Io& io);
/// The policy from there, applied to `catalog`, or the defaults. Its warnings go to stderr.
Policy load_policy(Io& io, Catalog& catalog);

/// --db, SEATLINT_DB, `db` of the policy (relative to the policy's folder), $STATE_DIRECTORY, else ./seatlint.db.
std::string store_path(const Io& io, const Policy& policy);
Store open_store(const Io& io, const Policy& policy, Store::Open how);
/// The same for commands that need nothing else of the policy.
Store open_store(Io& io, Store::Open how);

bool wants_color(const Io& io);
/// A note on stderr, unless --quiet.
void note(Io& io, const std::string& text);
/// A message on stderr, always. It may quote file names and cells, which must not steer a terminal.
void complain(Io& io, const std::string& text);
void print_table(Io& io, const TextTable& table, int indent = 0);
void print_cells(Io& io, const Cells& cells);

/// The whole of a file; throws Error.
std::string read_text_file(const std::string& path);
/// Writes a new file of mode 0600, or 0644 with `for_all`, next to `path`, makes it durable and moves it there: whole
/// or not at all. Without `replace` an existing file is an Error.
void write_text_file(const std::string& path, const std::string& text, bool replace, bool for_all = false);

}  // namespace seatlint
