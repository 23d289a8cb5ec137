// SPDX-License-Identifier: Apache-2.0
// Rows 13 to 15: unused add-ons, work beyond the license, and the cheapest set that would do.
#include <catch2/catch.hpp>

#include "fleet_builder.hpp"

namespace tier_test {

using namespace seatlint;
using seatlint::testing::day;
using seatlint::testing::FleetBuilder;
using seatlint::testing::listed;
using Words = std::vector<std::string>;

namespace {

struct Org : FleetBuilder {
  explicit Org(bool actions = true) {
    product("acme.enterprise", ProductKind::base, 9500, {"contact.write", "lead.write", "deal.write"});
    product("acme.members", ProductKind::base, 800, {"contact.write"});
    product("acme.voice", ProductKind::attach, 2000, {"call.write"}, {"acme.enterprise", "acme.members"});
    log("2026-01-01", "2026-09-30", actions);
  }
  int person(const std::string& key, Words held = {"acme.enterprise"}) {
    const int at = add_account(key);
    for (const std::string& each : held) seat(at, each);
    return at;
  }
};

bool noted(const Judgment& judgment, const std::string& note) {
  const auto notes = judgment.remarks().notes;
  return std::any_of(notes.begin(), notes.end(), [&](std::string_view each) { return each.starts_with(note); });
}

}  // namespace

TEST_CASE("downgrade: contacts alone do not need the dear license", "[tier]") {
  Org org;
  org.use(org.person("a"), "contact.write", {"2026-09-01"});
  org.use(org.person("b"), "deal.write", {"2026-09-01"});
  CHECK(org.verdicts() == Words{"downgrade", "used"});
  const Judgment& first = org.judged().seats[0];
  CHECK(listed(first.remarks().suggest) == Words{"acme.members"});
  CHECK(first.saving() == Money{8700, "USD"});
  CHECK(first.remarks().suggest_cost == Money{800, "USD"});
}

TEST_CASE("sign-ins never justify a tier change", "[tier]") {
  Org org;
  org.use(org.person("a"), "sign-in", {"2026-09-01"});
  CHECK(org.verdicts() == Words{"used"});
  CHECK(noted(org.judged().seats[0], "tier-unjudged"));

  Org only_sign_ins(false);
  only_sign_ins.use(only_sign_ins.person("a"), "contact.write", {"2026-09-01"});
  CHECK(only_sign_ins.verdicts() == Words{"used"});
  CHECK(noted(only_sign_ins.judged().seats[0], "tier-unjudged"));
}

TEST_CASE("the role keeps features and the dear license with them", "[tier]") {
  Org org;
  Role role;
  role.name = "sales";
  role.match.keys = {{"title", {"Sales*"}}};
  role.license = {"acme.enterprise"};
  role.keep = {"deal.write"};
  org.policy.roles.push_back(role);
  const int a = org.person("a");
  org.account(a).title = "Sales rep";
  org.use(a, "contact.write", {"2026-09-01"});
  CHECK(org.verdicts() == Words{"used"});
}

TEST_CASE("unused-addon: none of its own features was used", "[tier]") {
  Org org;
  const int a = org.person("a", {"acme.enterprise", "acme.voice"});
  org.use(a, "deal.write", {"2026-09-01"});
  const int b = org.person("b", {"acme.enterprise", "acme.voice"});
  org.use(b, "deal.write", {"2026-09-01"});
  org.use(b, "call.write", {"2026-09-02"}, true);  // a program's use needs the license, too
  CHECK(org.verdicts() == Words{"used", "unused-addon", "used", "used"});
}

TEST_CASE("underlicensed: on the dearest seat, unless granted under a condition", "[tier]") {
  Org org;
  org.use(org.person("a", {"acme.members"}), "lead.write", {"2026-09-01"});
  CHECK(org.verdicts() == Words{"underlicensed"});
  CHECK(listed(org.judged().seats[0].remarks().suggest) == Words{"acme.enterprise"});
  CHECK_FALSE(org.judged().seats[0].saving().has_value());

  FleetBuilder other;
  other.product("acme.members", ProductKind::base, 800, {"contact.write"}).conditional = {"lead.write"};
  other.log("2026-01-01", "2026-09-30");
  const int b = other.add_account("b");
  other.seat(b, "acme.members");
  other.use(b, "lead.write", {"2026-09-01"});
  CHECK(other.verdicts() == Words{"used"});
}

TEST_CASE("several seats of one account: the dearest carries the saving", "[tier]") {
  FleetBuilder org;
  org.product("acme.a", ProductKind::base, 3000, {"contact.write", "x.write"});
  org.product("acme.b", ProductKind::base, 4000, {"contact.write", "y.write"});
  org.product("acme.c", ProductKind::base, 1000, {"contact.write"});
  org.log("2026-01-01", "2026-09-30");
  const int a = org.add_account("a");
  org.seat(a, "acme.a");
  org.seat(a, "acme.b");
  org.use(a, "contact.write", {"2026-09-01"});
  CHECK(org.verdicts() == Words{"downgrade", "downgrade"});
  CHECK(org.judged().seats[0].saving() == Money{0, "USD"});
  CHECK(org.judged().seats[1].saving() == Money{6000, "USD"});
}

TEST_CASE("no price, no downgrade, but a note", "[tier]") {
  FleetBuilder org;
  org.product("acme.enterprise", ProductKind::base, -1, {"contact.write", "lead.write"});
  org.product("acme.members", ProductKind::base, 800, {"contact.write"});
  org.log("2026-01-01", "2026-09-30");
  const int a = org.add_account("a");
  org.seat(a, "acme.enterprise");
  org.use(a, "contact.write", {"2026-09-01"});
  CHECK(org.verdicts() == Words{"used"});
  CHECK(listed(org.judged().seats[0].remarks().notes) == Words{"tier-unpriced"});
  CHECK_FALSE(org.judged().seats[0].cost.has_value());
}

TEST_CASE("what is no longer sold, for everybody at once or for others is not recommended", "[tier]") {
  for (int reason = 0; reason < 4; ++reason) {
    FleetBuilder org;
    org.product("acme.enterprise", ProductKind::base, 9500, {"contact.write", "lead.write"});
    Product& members = org.product("acme.members", ProductKind::base, 800, {"contact.write"});
    if (reason == 0) members.offered = false;
    if (reason == 1) members.account_scope = true;
    if (reason == 2) members.classes = {AccountClass::external};
    if (reason == 3) members.list_prices[0].money.currency = "EUR";
    org.log("2026-01-01", "2026-09-30");
    const int a = org.add_account("a");
    org.seat(a, "acme.enterprise");
    org.use(a, "contact.write", {"2026-09-01"});
    CHECK(org.verdicts() == Words{"used"});
  }
}

TEST_CASE("conditional-downgrade: a tier that may not share an environment, or a limited right", "[tier]") {
  FleetBuilder org;
  org.product("acme.enterprise", ProductKind::base, 9500, {"contact.write", "lead.write", "deal.write"});
  org.product("acme.pro", ProductKind::base, 6500, {"contact.write", "lead.write"}).not_in_environment_with = {
      "acme.enterprise"};
  org.log("2026-01-01", "2026-09-30");
  const int a = org.add_account("a"), b = org.add_account("b");
  for (int at : {a, b}) org.seat(at, "acme.enterprise");
  org.use(a, "lead.write", {"2026-09-01"});
  org.use(b, "deal.write", {"2026-09-01"});
  CHECK(org.verdicts() == Words{"used", "used"});
  const Judgment& first = org.judged().seats[0];
  CHECK(noted(first, "conditional-downgrade: acme.pro"));
  CHECK(first.remarks().conditional_saving == Money{3000, "USD"});
  CHECK_FALSE(first.saving().has_value());

  FleetBuilder alone;  // nobody else holds the other tier
  alone.product("acme.enterprise", ProductKind::base, 9500, {"contact.write", "lead.write", "deal.write"});
  alone.product("acme.pro", ProductKind::base, 6500, {"contact.write", "lead.write"}).not_in_environment_with = {
      "acme.enterprise"};
  alone.log("2026-01-01", "2026-09-30");
  const int c = alone.add_account("c");
  alone.seat(c, "acme.enterprise");
  alone.use(c, "lead.write", {"2026-09-01"});
  CHECK(alone.verdicts() == Words{"downgrade"});
}

TEST_CASE("an active account without sign-in is a finding of its own", "[tier]") {
  Org org;
  org.use(org.person("a"), "deal.write", {"2026-09-01"});
  org.use(org.person("b", {}), "contact.write", {"2026-09-01"});
  org.use(org.person("c", {}), "contact.write", {"2026-03-01"});
  const Judged& judged = org.judged();
  REQUIRE(judged.account_findings.size() == 1);
  CHECK(judged.account_findings[0].rule == "underlicensed");
  CHECK(judged.account_findings[0].account == "b");

  Org silent;  // nobody's seats are known: nothing can be said
  silent.use(silent.person("b", {}), "contact.write", {"2026-09-01"});
  for (Account& account : silent.fleet().accounts) account.licenses_told = false;
  CHECK(silent.judged().account_findings.empty());
}

}  // namespace tier_test
