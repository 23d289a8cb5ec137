// SPDX-License-Identifier: Apache-2.0
// See granted_rights.hpp. Whatever a right draws on that is not among the licenses held leaves the question open.
#include "fleet/granted_rights.hpp"

#include <algorithm>
#include <cstdlib>

namespace seatlint {
namespace {

bool is_given(const Product& product, const Account& account) {
  return std::any_of(product.given_by.begin(), product.given_by.end(), [&](const std::string& pattern) {
    return glob_match(pattern, account.more().profile_name) ||
           std::any_of(account.more().roles.begin(), account.more().roles.end(),
                       [&](std::string_view role) { return glob_match(pattern, role); });
  });
}

}  // namespace

GrantedRights::GrantedRights(const Store& store, const Fleet& fleet, const std::vector<SnapshotSeries>& series)
    : fleet_(fleet) {
  for (const SnapshotSeries& one : series) {
    if (one.chosen < 0 || one.kind != RecordKind::assignments) continue;
    const auto& [date, files] = one.snapshots[static_cast<std::size_t>(one.chosen)];
    for (const int file : files) {
      LicenseIds found = store.license_ids(fleet.files[static_cast<std::size_t>(file)].id);
      if (found.of == LicenseIds::Of::nothing) continue;
      Lists& lists = lists_[{one.org, one.vendor}];
      const bool of_rights = found.of == LicenseIds::Of::rights;
      (of_rights ? lists.rights : lists.seats) = {file, 0};
      (of_rights ? lists.rights_on : lists.seats_on) = date;
      lists.license_ids.merge(found.ids);
      const ImportedFile& list = fleet.files[static_cast<std::size_t>(file)];
      lists.may_lack_rights |= of_rights && (list.row_cap || list.shrink_allowed || list.rows.rejected > 0);
    }
  }
}

RecordPlace GrantedRights::without_need_of(const Product& product, const Account& account,
                                           std::span<const LicenseTie> ties) const {
  if (lists_.empty()) return {};
  const auto found =
      lists_.find({fleet_.orgs[static_cast<std::size_t>(account.org)].name, std::string(account.vendor)});
  if (found == lists_.end()) return {};
  const Lists& lists = found->second;
  const bool of_one_time = std::abs(lists.rights_on - lists.seats_on) <= fleet_.policy->snapshot_slack_days.value;
  if (lists.rights.file < 0 || lists.seats.file < 0 || lists.may_lack_rights || !of_one_time ||
      is_given(product, account))
    return {};
  std::set<std::string> held;
  for (const LicenseTie& tie : ties)
    if (tie.product == product.id) held.insert(tie.license_id);
  const bool open = std::any_of(ties.begin(), ties.end(), [&](const LicenseTie& tie) {
    const bool needs = tie.product.empty() && !tie.license_id.empty();
    return needs && (held.contains(tie.license_id) || !lists.license_ids.contains(tie.license_id));
  });
  return held.empty() || open ? RecordPlace{} : lists.rights;
}

}  // namespace seatlint
