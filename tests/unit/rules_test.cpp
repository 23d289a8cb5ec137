// SPDX-License-Identifier: Apache-2.0
// The list of rules, its page in docs/, and the rules about products, accounts, files and waivers.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "fleet_builder.hpp"

namespace rules_test {

using namespace seatlint;
using seatlint::testing::day;
using seatlint::testing::FleetBuilder;

namespace {

struct Found {
  std::vector<Finding> findings;
  std::vector<Doubt> doubts;
};

Found run(FleetBuilder& org, const std::string& name) {
  Found found;
  const Rule* rule = find_rule(name);
  REQUIRE(rule != nullptr);
  REQUIRE(rule->find != nullptr);
  const Judged judged = judge(org.fleet());
  rule->find(org.fleet(), judged, found.findings, found.doubts);
  return found;
}

struct Org : FleetBuilder {
  Org() {
    product("acme.pro", ProductKind::base, 5000, {"contact.write"});
    log("2026-01-01", "2026-09-30");
  }
  int person(const std::string& key) {
    const int at = add_account(key);
    seat(at, "acme.pro");
    return at;
  }
};

Waiver waiver_for(const std::string& rule, const std::string& id, const char* until) {
  Waiver waiver;
  waiver.rule = rule;
  waiver.match.keys = {{"id", {id}}};
  waiver.until = day(until);
  waiver.owner = "it@example.com";
  waiver.reason = "LIC-1";
  waiver.line = 7;
  return waiver;
}

}  // namespace

TEST_CASE("the verdict table comes first, names and codes are unique", "[rules]") {
  const std::vector<std::string> table{"free",       "departed", "disabled",     "duplicate",     "redundant",
                                       "orphan",     "outside",  "new",          "unjudged",      "machine-only",
                                       "never-used", "idle",     "unused-addon", "underlicensed", "downgrade",
                                       "wrong-role", "low-use",  "used"};
  std::set<std::string_view> names, codes;
  for (std::size_t i = 0; i < rules().size(); ++i) {
    const Rule& rule = *rules()[i];
    CHECK((rule.applies != nullptr) == (i < table.size()));
    if (i < table.size()) CHECK(rule.name == table[i]);
    CHECK(names.insert(rule.name).second);
    CHECK(codes.insert(rule.code).second);
    CHECK_FALSE(rule.summary.empty());
    CHECK(rule.description.size() > 40);
    CHECK(find_rule(rule.name) == &rule);
  }
  CHECK(find_rule("idle")->code == "SL201");
  CHECK(find_rule("never-used")->code == "SL202");
  CHECK(find_rule("nothing") == nullptr);
}

TEST_CASE("docs/rules.md is fresh", "[rules]") {
  std::ifstream file(SEATLINT_SOURCE_DIR "/docs/rules.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  // Stale: write what rules_page() gives into docs/rules.md.
  CHECK(page == rules_page());
}

TEST_CASE("unassigned and overassigned", "[rules]") {
  Org org;
  org.contract("acme.pro", 3, 4000);
  org.person("a");
  const Found spare = run(org, "unassigned");
  REQUIRE(spare.findings.size() == 1);
  CHECK(spare.findings[0].saving == Money{8000, "USD"});
  CHECK(spare.findings[0].why == "3 purchased, 1 assigned");
  CHECK(run(org, "overassigned").findings.empty());

  Org short_of;
  short_of.contract("acme.pro", 1, 4000);
  short_of.person("a");
  short_of.person("b");
  const Found missing = run(short_of, "overassigned");
  REQUIRE(missing.findings.size() == 1);
  CHECK(missing.findings[0].cost == Money{4000, "USD"});
  CHECK_FALSE(missing.findings[0].saving.has_value());
  CHECK(run(short_of, "unassigned").findings.empty());

  Org no_contract;
  no_contract.person("a");
  CHECK(run(no_contract, "unassigned").findings.empty());
  CHECK(run(no_contract, "overassigned").findings.empty());
}

TEST_CASE("active-after-departure", "[rules]") {
  Org org;
  const int a = org.person("a"), b = org.person("b"), c = org.person("c");
  for (int at : {a, b, c}) org.use(at, "contact.write", {"2026-09-10"});
  org.hr(a).last_day = day("2026-09-09");
  org.hr(b).last_day = day("2026-09-10");
  const Found found = run(org, "active-after-departure");
  REQUIRE(found.findings.size() == 1);
  CHECK(found.findings[0].account == "a");
  CHECK(found.findings[0].severity == Severity::critical);
}

TEST_CASE("dormant-admin", "[rules]") {
  Org org;
  for (const char* key : {"a", "b", "c", "d"}) org.person(key);
  org.roles(0, {"System Administrator"});
  org.roles(1, {"Admissions Officer"});
  org.roles(2, {"Org admin"});
  org.use(2, "contact.write", {"2026-09-10"});
  org.account(3).account_class = AccountClass::admin;
  org.account(3).state = AccountState::disabled;
  const Found found = run(org, "dormant-admin");
  REQUIRE(found.findings.size() == 1);
  CHECK(found.findings[0].account == "a");

  Org blind;  // no evidence, no finding
  blind.roles(blind.person("a"), {"System Administrator"});
  blind.suspect("feed-stopped", "2026-09-01", "2026-09-30");
  CHECK(run(blind, "dormant-admin").findings.empty());
}

TEST_CASE("unknown-actor and excess-access", "[rules]") {
  Org org;
  org.person("a");
  org.person("b");
  for (const int at : {0, 1}) org.roles(at, {"System Administrator"});
  org.account(0).department = "IT";
  org.account(1).department = "Sales";
  Reserve reserve;
  reserve.role = "System Administrator";
  reserve.match.keys = {{"department", {"IT*"}}};
  org.policy.reserves.push_back(reserve);
  org.fleet().unknown_actors.push_back({0, "acme", "ghost", day("2026-09-01"), day("2026-09-03"), 2, false, {}});
  const Found excess = run(org, "excess-access");
  REQUIRE(excess.findings.size() == 1);
  CHECK(excess.findings[0].account == "b");
  const Found unknown = run(org, "unknown-actor");
  REQUIRE(unknown.findings.size() == 1);
  CHECK(unknown.findings[0].account == "ghost");
}

TEST_CASE("doubts say which days are missing", "[rules]") {
  FleetBuilder org;
  org.product("acme.pro", ProductKind::base, 5000, {"contact.write"});
  org.log("2026-08-01", "2026-09-30");
  const int a = org.add_account("a"), b = org.add_account("b");
  org.seat(a, "acme.pro");
  org.seat(b, "acme.pro");
  org.use(b, "contact.write", {"2026-09-01"});
  const Found gap = run(org, "coverage-gap");
  REQUIRE(gap.doubts.size() == 2);
  CHECK(gap.doubts[0].says == "acme: 1 seat cannot be judged: sign-ins of 2026-07-03..2026-07-31 are not proven");
  CHECK(gap.doubts[1].fetch.find("2026-07-03..2026-07-31") != std::string::npos);

  org.suspect("row-cap", "2026-08-01", "2026-08-01");
  org.suspect("feed-stopped", "2026-09-20", "2026-09-30");
  org.suspect("stale-snapshot", "2026-08-01", "2026-08-01");
  org.suspect("shrunk-snapshot", "2026-09-01", "2026-09-01");
  for (const char* rule : {"row-cap", "feed-stopped", "stale-snapshot", "shrunk-snapshot"}) {
    INFO(rule);
    CHECK(run(org, rule).doubts.size() == 1);
  }
  org.fleet().unknown_actors.push_back({0, "acme", "ghost", day("2026-09-01"), day("2026-09-03"), 2, false, {}});
  CHECK(run(org, "unmatched-identities").doubts.size() == 1);
}

TEST_CASE("waivers: expired, unused, overlapping", "[rules]") {
  Org org;
  org.person("a");
  org.policy.waivers = {waiver_for("idle", "a", "2026-12-31"), waiver_for("never-used", "a", "2027-12-31"),
                        waiver_for("idle", "nobody", "2027-01-31"), waiver_for("idle", "a", "2026-01-31")};
  const Found expired = run(org, "waiver-expired");
  REQUIRE(expired.findings.size() == 1);
  CHECK(expired.findings[0].why.find("expired on 2026-01-31") != std::string::npos);
  const Found unused = run(org, "waiver-unused");
  REQUIRE(unused.findings.size() == 1);
  CHECK(unused.findings[0].why.find("id=nobody") != std::string::npos);
  CHECK(run(org, "waiver-overlap").findings.size() == 1);
}

TEST_CASE("a waiver of an access rule is used, too", "[rules]") {
  Org org;
  const int a = org.person("a");
  org.use(a, "contact.write", {"2026-09-10"});
  org.hr(a).last_day = day("2026-09-01");
  org.policy.waivers = {waiver_for("access", "a", "2026-12-31")};
  const Found found = run(org, "active-after-departure");
  REQUIRE(found.findings.size() == 1);
  CHECK(found.findings[0].waived != nullptr);
  CHECK(run(org, "waiver-unused").findings.empty());
}

}  // namespace rules_test
