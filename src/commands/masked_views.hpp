// SPDX-License-Identifier: Apache-2.0
// The views of the store with pseudonyms in place of persons, and nothing else to read beside them.
#pragma once

#include "report/pseudonyms.hpp"
#include "report/scrubber.hpp"
#include "store/store.hpp"

namespace seatlint {

/// Lays a masked view of the same name over every view of the store, for this connection only.
class MaskedViews {
 public:
  /// Both must outlive the connection's use.
  MaskedViews(const Store& store, const Pseudonyms& pseudonyms);
  MaskedViews(const MaskedViews&) = delete;
  MaskedViews& operator=(const MaskedViews&) = delete;

 private:
  void learn_identities(const Database& db);
  void lay_over(const Database& db, const std::string& view);
  const Pseudonyms& pseudonyms_;
  Scrubber scrub_;
};

/// For an authorizer: may a statement read from this schema? The stored tables and views only through a masked view.
bool reads_masked(const char* schema, const char* view);

}  // namespace seatlint
