// SPDX-License-Identifier: Apache-2.0
// Which profile a header belongs to. Names never decide alone: files get renamed.
#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "profile/columns.hpp"
#include "profile/parse.hpp"
#include "seatlint/profile.hpp"

namespace seatlint {
namespace {

using profile::Header;

struct Fit {
  std::vector<std::string> present, missing;
  bool forbidden = false;
  bool fits() const { return missing.empty() && !forbidden; }
};

Fit fit_of(const Profile& profile, const Header& header) {
  Fit out;
  for (const auto& name : profile.require) (header.find(name) ? out.present : out.missing).push_back(name);
  for (const auto& group : profile.rules->any_of) {
    const auto found =
        std::find_if(group.begin(), group.end(), [&](const auto& name) { return header.find(name).has_value(); });
    if (found != group.end())
      out.present.push_back(*found);
    else
      out.missing.push_back(fmt::format("{}", fmt::join(group, " or ")));
  }
  for (const auto& name : profile.rules->forbid) out.forbidden = out.forbidden || header.find(name).has_value();
  return out;
}

/// Columns of the header some field of the profile reads.
std::size_t mapped_columns(const Profile& profile, const Header& header) {
  std::vector<std::size_t> used;
  const auto add = [&](std::string_view name, unsigned nth) {
    if (const auto index = header.find(name, nth)) used.push_back(*index);
  };
  for (const auto& [name, field] : profile.rules->columns) {
    for (const auto& source : field.sources) {
      if (!source.column.empty()) add(source.column, source.nth);
      for (const auto& column : source.join) add(column, 1);
    }
    for (const auto& wide : field.wide) add(wide.column, 1);
  }
  std::sort(used.begin(), used.end());
  return static_cast<std::size_t>(std::unique(used.begin(), used.end()) - used.begin());
}

std::string near_sentence(const Profile& profile, const Fit& fit) {
  return fmt::format("{} (lacks {})", profile.name, fmt::join(fit.missing, ", "));
}

}  // namespace

Recognition recognize(const std::vector<Profile>& profiles, const std::vector<std::string>& header,
                      std::string_view file_name) {
  const Header names(header);
  // Compared from the left: a vendor's profile before a generic one, more demanded columns, more mapped ones, file
  // name.
  using Score = std::tuple<bool, std::size_t, std::size_t, bool>;
  Score best_score{};
  Recognition out;
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const auto& profile : profiles) {
    const Fit fit = fit_of(profile, names);
    if (fit.present.empty()) continue;
    if (!fit.fits()) {
      if (!fit.forbidden && !profile.rules->fallback && fit.present.size() >= fit.missing.size())
        near.emplace_back(fit.missing.size(), near_sentence(profile, fit));
      continue;
    }
    const auto& hints = profile.rules->name_hints;
    const bool hinted = profile::fits_any(hints, file_name, false);
    const Score score{!profile.rules->fallback, fit.present.size(), mapped_columns(profile, names), hinted};
    if (out.profile != nullptr && (score < best_score || (score == best_score && out.profile->name <= profile.name)))
      continue;
    best_score = score;
    out.profile = &profile;
    out.why = fmt::format("has {}", fmt::join(fit.present, ", "));
  }
  std::sort(near.begin(), near.end());
  for (std::size_t i = 0; i < near.size() && i < 3; ++i) out.near.push_back(near[i].second);
  return out;
}

}  // namespace seatlint
