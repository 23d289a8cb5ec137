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

/// Says on stderr where it could not be recorded: whoever may read the store but not write it can still look.
void record_look(Io& io, const Store& store, const Look& look);

}  // namespace seatlint
