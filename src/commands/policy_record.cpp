// SPDX-License-Identifier: Apache-2.0
// The chain commits to waivers by a salted digest: they may name persons.
#include "commands/policy_record.hpp"

#include <nlohmann/json.hpp>

#include "store/chain.hpp"
#include "store/content_digest.hpp"

namespace seatlint {
namespace {

std::string waivers_digest(const Policy& policy) {
  ContentDigest digest;
  for (const Waiver& waiver : policy.waivers) {
    for (const std::string* text : {&waiver.rule, &waiver.product, &waiver.department, &waiver.owner, &waiver.reason})
      digest.text(*text);
    for (const auto& [key, globs] : waiver.match.keys) {
      digest.text(key);
      for (const std::string& glob : globs) digest.text(glob);
    }
    digest.integer(waiver.until.days);
  }
  return digest.hex();
}

}  // namespace

void record_policy(Store& store, const Policy& policy) {
  const Database& db = store.database();
  const Chain chain(db);
  db.execute("SAVEPOINT record_policy");
  const auto last = chain.last_of("policy");
  const std::string says = nlohmann::json{{"policy_sha256", policy.sha256}}.dump();
  if (!last || last->says != says) chain.note("policy", says);
  const Unit unit{std::string(waivers_unit), 0};
  const std::string digest = waivers_digest(policy);
  const bool sealed = chain.last_of("waivers").has_value();
  if ((sealed || !policy.waivers.empty()) && !chain.fits(unit, digest))
    chain.seal("waivers", unit, nlohmann::json{{"waivers", policy.waivers.size()}}.dump(), digest);
  db.execute("RELEASE record_policy");
}

}  // namespace seatlint
