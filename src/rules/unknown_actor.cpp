// SPDX-License-Identifier: Apache-2.0
// Somebody at work whom no snapshot knows.
#include <fmt/core.h>

#include "rules/findings.hpp"
#include "rules/waivers.hpp"
#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule unknown_actor_rule;

namespace {

constexpr std::size_t most_cited = 3;  // a busy stranger stands in thousands of records

/// The newest record of a few files. A day after the audit date proves nothing before it, so the file's first is named.
void cite_stranger(const Fleet& fleet, const UnknownActor& actor, Finding& finding) {
  for (const Proof& proof : proofs_of(fleet, actor)) {
    if (finding.evidence.size() == most_cited) return;
    const bool is_last = proof.last <= fleet.as_of;
    const Day day = is_last ? proof.last : proof.first;
    cite(fleet, {proof.file, is_last ? proof.last_line : proof.first_line, "active on " + to_string(day)}, finding);
  }
}

void find_unknown_actor(const Fleet& fleet, const Judged&, std::vector<Finding>& findings, std::vector<Doubt>&) {
  for (const UnknownActor& actor : fleet.unknown_actors) {
    Finding finding;
    finding.rule = unknown_actor_rule.name;
    finding.code = unknown_actor_rule.code;
    finding.family = unknown_actor_rule.family;
    finding.severity = unknown_actor_rule.severity;
    finding.org = fleet.orgs[static_cast<std::size_t>(actor.org)].name;
    finding.account = finding.user = actor.key;
    finding.last_activity = actor.last;
    finding.why = fmt::format("{} activity on {} from {} to {} by an identity in no {} snapshot",
                              actor.machine ? "machine" : "human", days_text(actor.days), to_string(actor.first),
                              to_string(actor.last), actor.vendor);
    cite_stranger(fleet, actor, finding);
    Account stranger;
    stranger.identity.id = stranger.identity.login = stranger.identity.email = actor.key;
    waive(fleet, unknown_actor_rule, {&stranger, nullptr}, finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace

const Rule unknown_actor_rule{
    .name = "unknown-actor",
    .code = "SL503",
    .family = Family::access,
    .severity = Severity::medium,
    .summary = "activity by an identity in no snapshot",
    .description =
        R"(A log names an identity that joins no account of any snapshot: an account deleted before the first snapshot, a file of
another tenant, a guest, or an account nobody knows of.

**False alarms:** hidden (hashed) names can never join; see `unmatched-identities`. A users export that leaves out
service accounts.)",
    .find = find_unknown_actor,
};

}  // namespace seatlint
