// SPDX-License-Identifier: Apache-2.0
// Everybody fell silent on the same day: that is a broken feed.
#include <fmt/core.h>

#include "base/day_ranges.hpp"
#include "rules/findings.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule feed_stopped_rule;

namespace {

void find_feed_stopped(const Fleet& fleet, const Judged&, std::vector<Finding>&, std::vector<Doubt>& doubts) {
  for (const Suspicion* suspicion : suspicions_of(fleet, feed_stopped_rule.name)) {
    const bool ever = fleet.last_activity.count({suspicion->org, suspicion->vendor}) > 0;
    const std::string since = ever ? "after " + to_string(suspicion->days.first - 1) : "at all";
    const std::string days = ever ? to_string(DayRanges{suspicion->days}) : "up to " + to_string(fleet.as_of);
    doubts.push_back(
        doubt_about(fleet, feed_stopped_rule, suspicion->org,
                    fmt::format("{}: nobody has activity {}; the feed seems to have stopped", suspicion->vendor, since),
                    fmt::format("{} activity or sign-in export of {}", suspicion->vendor, days)));
  }
}

}  // namespace

const Rule feed_stopped_rule{
    .name = "feed-stopped",
    .code = "SL603",
    .family = Family::data,
    .severity = Severity::medium,
    .summary = "no account at all has activity after some day",
    .description =
        R"(No account of the org and vendor has activity after a day more than `feed_gap_days` before the audit date. That is an
export that stopped, not an organization that stopped working: those days prove nothing.

**Settings:** `feed_gap_days` in `[audit]`.)",
    .find = find_feed_stopped,
};

}  // namespace seatlint
