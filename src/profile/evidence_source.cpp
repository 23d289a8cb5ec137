// SPDX-License-Identifier: Apache-2.0
// Which export to fetch when evidence is missing: the menu path behind every "cannot judge".
#include <fmt/core.h>

#include <tuple>

#include "profile/rules.hpp"
#include "seatlint/profile.hpp"

namespace seatlint {

const Profile* evidence_source(std::string_view vendor, bool actions, const std::set<std::string>& used,
                               int days_back) {
  const Profile* best = nullptr;
  const auto rank = [&](const Profile& profile) {
    const bool reaches = profile.retention_days == 0 || profile.retention_days >= days_back;
    return std::tuple(profile.covers_days, !profile.together_with.empty(), reaches, used.contains(profile.name));
  };
  for (const Profile* profile : builtin_profiles_of(vendor)) {
    const bool fits =
        profile->kind == RecordKind::activity && profile->refuse.empty() && profile->suggest &&
        (profile->covers_days ? !actions || profile->gives_actions : actions && !profile->together_with.empty());
    if (fits && (best == nullptr || rank(*profile) > rank(*best))) best = profile;
  }
  return best;
}

LicenseIdsOf license_ids_of(const Profile& profile) {
  const auto& columns = profile.rules->columns;
  if (!profile.refuse.empty() || columns.count("license_id") == 0) return LicenseIdsOf::nothing;
  return columns.count("products") > 0 ? LicenseIdsOf::seats : LicenseIdsOf::rights;
}

std::string how_to_get(const Profile& profile) {
  std::string text = profile.get;
  for (const std::string& name : profile.together_with)
    if (const Profile* other = builtin_profile(name)) text += "; and " + other->get;
  if (profile.retention_days > 0) text += fmt::format(" (kept {} days)", profile.retention_days);
  return text;
}

}  // namespace seatlint
