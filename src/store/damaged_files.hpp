// SPDX-License-Identifier: Apache-2.0
// What is packed in the store and can no longer be unpacked.
#pragma once

#include <string>
#include <vector>

#include "store/database.hpp"

namespace seatlint {

/// Imported files some of whose rows can't be unpacked: "users.csv: accounts that can't be unpacked".
std::vector<std::string> damaged_files(const Database& db);

}  // namespace seatlint
