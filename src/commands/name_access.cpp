// SPDX-License-Identifier: Apache-2.0
// The line says on which day, by which login of this machine, with which command and for what reason.
#include "commands/name_access.hpp"

#include <algorithm>

#include "commands/session.hpp"

namespace seatlint {

Store to_note_in(const Io& io, const Store& store) {
  constexpr int patience_ms = 2000;
  return store.again_for_writing(std::min(io.globals.lock_timeout_ms, patience_ms));
}

void write_look(const Io& io, Store& store, const Look& look) {
  if (look.names != "show") return;
  std::string who = variable(io, "LOGNAME");
  if (who.empty()) who = variable(io, "USER");
  store.record_name_access({io.environment.today, who, look.command, look.names, look.reason});
}

void record_look(Io& io, const Store& store, const Look& look) {
  if (look.names != "show") return;
  try {
    Store writable = to_note_in(io, store);
    write_look(io, writable, look);
  } catch (const Error& error) {
    note(io, std::string("that names were shown could not be recorded: ") + error.what());
  }
}

}  // namespace seatlint
