// SPDX-License-Identifier: Apache-2.0
// Heads of the chain written down outside the store, where whoever changes the store can't reach them.
#pragma once

#include <string>
#include <vector>

#include "commands/command.hpp"
#include "store/store.hpp"
#include "store/verify_chain.hpp"

namespace seatlint {

/// Adds the newest entry's number and head to the file that SEATLINT_ANCHOR names, if any; says so where it can't.
void anchor_head(Io& io, const Store& store);
/// An anchor file, an evidence bundle, or a report as JSON. Throws Error for anything else.
std::vector<Anchor> read_anchors(const std::string& path);

}  // namespace seatlint
