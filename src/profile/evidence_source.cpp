// SPDX-License-Identifier: Apache-2.0
// Which export to fetch when evidence is missing: the menu path behind every "cannot judge".
#include <tuple>

#include "seatlint/profile.hpp"

namespace seatlint {

const Profile* evidence_source(std::string_view vendor, bool actions, const std::set<std::string>& used, int days_back) {
  const Profile* best = nullptr;
  const auto rank = [&](const Profile& profile) {
    const bool reaches = profile.retention_days == 0 || profile.retention_days >= days_back;
    return std::tuple(profile.covers_days, reaches, used.contains(profile.name));
  };
  for (const Profile& profile : builtin_profiles()) {
    const bool fits = profile.kind == RecordKind::activity && profile.vendor == vendor && profile.refuse.empty() && profile.suggest &&
                      (actions ? profile.maps_object : profile.covers_days);
    if (fits && (best == nullptr || rank(profile) > rank(*best))) best = &profile;
  }
  return best;
}

std::string how_to_get(const Profile& profile) {
  return profile.covers_days ? profile.get : profile.get + "; import it with --covers FIRST..LAST";
}

}  // namespace seatlint
