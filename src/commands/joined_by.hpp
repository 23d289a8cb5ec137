// SPDX-License-Identifier: Apache-2.0
// Which key made each file speak of an account: what `explain` shows, so that a wrong join can be seen.
#pragma once

#include <string>
#include <vector>

#include "fleet/load.hpp"
#include "store/store.hpp"

namespace seatlint {

struct JoinedFile {
  std::string file;  ///< with the line, where it is one
  std::string by;    ///< "id 0058...", "login ana@example.com"; empty: nothing else was joined to it
};
/// The records of snapshots and of HR, and the logs, sorted by file.
std::vector<JoinedFile> joined_by(const Store& store, const Fleet& fleet, const Account& account);

}  // namespace seatlint
