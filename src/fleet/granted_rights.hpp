// SPDX-License-Identifier: Apache-2.0
// Licenses that only rights draw on (Salesforce permission set licenses): which of them nobody's rights need any more.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fleet/audit_date.hpp"
#include "seatlint/fleet.hpp"
#include "store/store.hpp"

namespace seatlint {

/// A license id in a record of an account: with the product it assigns, or without one where a right needs it.
struct LicenseTie {
  std::string license_id;  ///< empty: a right that needs none
  std::string product;
};

class GrantedRights {
 public:
  GrantedRights(const Store& store, const Fleet& fleet, const std::vector<SnapshotSeries>& series);

  /// The list of rights that shows that none of this account's needs its license of the product. No file: one needs it,
  /// or nobody can tell.
  RecordPlace without_need_of(const Product& product, const Account& account, std::span<const LicenseTie> ties) const;

 private:
  /// The lists of one org and vendor on the audit date.
  struct Lists {
    RecordPlace rights, seats;
    Day rights_on, seats_on;
    bool may_lack_rights = false;       ///< cut at a limit, shrunk, or with rejected rows: what lacks proves nothing
    std::set<std::string> license_ids;  ///< of all seats
  };

  const Fleet& fleet_;
  std::map<std::pair<std::string, std::string>, Lists> lists_;
};

}  // namespace seatlint
