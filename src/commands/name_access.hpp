// SPDX-License-Identifier: Apache-2.0
// Who looked: each command that shows what named persons did leaves a line in the store.
#pragma once

#include <string>

#include "commands/command.hpp"
#include "store/store.hpp"

namespace seatlint {

struct Look {
  std::string command;
  std::string names;   ///< show, pseudonym or hide; looks without names are not recorded
  std::string reason;  ///< --reason; may be empty
};

/// The store once more, for a line about what was read: nobody who only reads should wait long for others to write.
Store to_note_in(const Io& io, const Store& store);
/// Throws Error where it can't be written.
void write_look(const Io& io, Store& store, const Look& look);
/// Says on stderr where it could not be recorded: whoever may read the store but not write it can still look.
void record_look(Io& io, const Store& store, const Look& look);

}  // namespace seatlint
