// SPDX-License-Identifier: Apache-2.0
// The verdict table row by row: a hit, a near miss and, where evidence counts, a "cannot judge".
#include <catch2/catch.hpp>

#include "fleet_builder.hpp"

namespace judge_test {

using namespace seatlint;
using seatlint::testing::day;
using seatlint::testing::FleetBuilder;
using seatlint::testing::listed;
using Words = std::vector<std::string>;

namespace {

/// One product and a log over the whole year.
struct Org : FleetBuilder {
  Org() {
    product("acme.pro", ProductKind::base, 5000, {"contact.write", "lead.write"});
    log("2026-01-01", "2026-09-30");
  }
  int person(const std::string& key, const std::string& held = "acme.pro") {
    const int at = add_account(key);
    if (!held.empty()) seat(at, held);
    return at;
  }
};

bool noted(const Judgment& judgment, const std::string& note) {
  const auto notes = judgment.remarks().notes;
  return std::any_of(notes.begin(), notes.end(), [&](std::string_view each) { return each.starts_with(note); });
}

}  // namespace

TEST_CASE("idle: the later of last human activity and clock start", "[judge]") {
  Org org;
  org.use(org.person("a"), "contact.write", {"2026-05-02"});
  org.use(org.person("b"), "contact.write", {"2026-07-02"});  // 90 days before
  org.use(org.person("c"), "contact.write", {"2026-07-03"});  // 89
  const int d = org.person("d");
  org.use(d, "contact.write", {"2026-05-02"});
  org.last_seat().clock_start = day("2026-07-03");
  CHECK(org.verdicts() == Words{"idle", "idle", "used", "used"});
  const Judgment& first = org.judged().seats[0];
  CHECK(first.remarks().why == "last human activity 2026-05-02, 151 days before 2026-09-30; threshold 90 (default)");
  CHECK(first.last_activity == day("2026-05-02"));
  CHECK(first.remarks().certainty == "certain");
}

TEST_CASE("never-used, and how far back never reaches", "[judge]") {
  Org org;
  org.person("a");
  org.account(org.person("b")).created = day("2026-03-01");
  CHECK(org.verdicts() == Words{"never-used", "never-used"});
  CHECK(listed(org.judged().seats[0].remarks().notes) == Words{"since 2026-01-01"});
  CHECK(org.judged().seats[1].remarks().notes.empty());
}

TEST_CASE("new: within the grace days after clock start", "[judge]") {
  Org org;
  org.person("a");
  org.last_seat().clock_start = day("2026-09-01");  // 29 days
  org.person("b");
  org.last_seat().clock_start = day("2026-08-31");  // 30
  CHECK(org.verdicts() == Words{"new", "never-used"});
}

TEST_CASE("unjudged: a day of silence that nothing proves", "[judge]") {
  FleetBuilder org;
  org.product("acme.pro", ProductKind::base, 5000, {"contact.write"});
  org.log("2026-07-04", "2026-09-30");  // the first of the ninety days is missing
  const int a = org.add_account("a"), b = org.add_account("b"), c = org.add_account("c");
  for (int at : {a, b, c}) org.seat(at, "acme.pro");
  org.use(b, "contact.write", {"2026-09-01"});
  org.last_seat().clock_start = day("2026-07-20");  // c: judged from its clock start on
  CHECK(org.verdicts() == Words{"unjudged", "used", "never-used"});
  CHECK(listed(org.judged().seats[0].remarks().missing) == std::vector{DayRange{day("2026-07-03"), day("2026-07-03")}});
}

TEST_CASE("a stopped feed proves nothing", "[judge]") {
  Org org;
  org.use(org.person("a"), "contact.write", {"2026-05-02"});
  org.suspect("feed-stopped", "2026-09-15", "2026-09-30");
  CHECK(org.verdicts() == Words{"unjudged"});
}

TEST_CASE("a last-activity column is one day of use and proves up to its snapshot", "[judge]") {
  FleetBuilder org;
  org.product("acme.pro", ProductKind::base, 5000, {"contact.write"});
  const auto add = [&](const char* key, LastActivity::Kind kind, const char* last, const char* until) {
    const int at = org.add_account(key);
    org.seat(at, "acme.pro");
    org.column(at, {kind, last ? day(last) : Day{}});
    if (until) org.account(at).column_until = day(until);
  };
  add("a", LastActivity::Kind::on, "2026-09-20", "2026-09-30");
  add("b", LastActivity::Kind::on, "2026-05-20", "2026-09-30");
  add("c", LastActivity::Kind::never, nullptr, "2026-09-30");
  add("d", LastActivity::Kind::absent, nullptr, nullptr);
  add("e", LastActivity::Kind::before, "2026-08-31", "2026-09-30");  // only thirty days are proven
  add("f", LastActivity::Kind::before, "2026-07-03", "2026-09-30");
  add("g", LastActivity::Kind::never, nullptr, "2026-09-28");  // two days are missing
  CHECK(org.verdicts() == Words{"used", "idle", "never-used", "unjudged", "unjudged", "never-used", "unjudged"});
  CHECK(org.judged().seats[1].remarks().certainty == "likely");
}

TEST_CASE("column and log disagree: the later wins and the conflict is noted", "[judge]") {
  Org org;
  const int a = org.person("a");
  org.use(a, "contact.write", {"2026-09-01"});
  org.column(a, {LastActivity::Kind::on, day("2026-05-02")});
  org.account(a).column_until = day("2026-09-30");
  CHECK(org.verdicts() == Words{"used"});
  CHECK(noted(org.judged().seats[0], "conflict: "));
}

TEST_CASE("machine-only: never idle, never used by people", "[judge]") {
  Org org;
  const int a = org.person("a");
  org.use(a, "sign-in", {"2026-09-01"}, true);
  org.use(a, "contact.write", {"2026-02-02"});
  const int b = org.person("b");
  org.use(b, "sign-in", {"2026-05-01"}, true);
  CHECK(org.verdicts() == Words{"machine-only", "idle"});
}

TEST_CASE("departed and disabled come before anything that is measured", "[judge]") {
  Org org;
  org.hr(org.person("a")).last_day = day("2026-09-30");
  org.hr(org.person("b")).last_day = day("2026-10-01");
  org.account(org.person("c")).state = AccountState::disabled;
  org.account(org.person("d")).state = AccountState::frozen;
  org.account(org.person("e")).state = AccountState::deleted;
  CHECK(org.verdicts() == Words{"departed", "never-used", "disabled", "disabled", "departed"});
  CHECK(listed(org.judged().seats[2].remarks().notes) == Words{"never-used"});
}

TEST_CASE("free seats and a trial beside a paid product", "[judge]") {
  Org org;
  org.product("acme.taster", ProductKind::trial, -1, {"contact.write"}).family = "acme";
  Product& big = org.product("acme.zbig", ProductKind::base, 9000, {"contact.write", "lead.write", "deal.write"});
  big.family = "acme";
  const int a = org.add_account("a");
  org.seat(a, "acme.taster");
  org.seat(a, "acme.zbig");
  CHECK(org.verdicts() == Words{"free", "never-used"});
  CHECK(listed(org.judged().seats[0].remarks().notes) == Words{"trial beside acme.zbig"});
  CHECK(org.judged().seats[0].cost == Money{0, "USD"});
}

TEST_CASE("duplicate: the account used last keeps the product", "[judge]") {
  Org org;
  const int a = org.person("a"), b = org.person("b"), c = org.person("c"), d = org.person("d"), e = org.person("e"),
            f = org.person("f");
  org.account(a).person = org.account(b).person = 1;
  org.use(a, "contact.write", {"2026-09-01"});
  org.use(b, "contact.write", {"2026-09-02"});
  org.account(c).person = org.account(d).person = 2;  // neither was ever used: the lower id is kept
  org.account(e).person = org.account(f).person = 3;  // a locked account does not take the seat from the other one
  org.account(f).state = AccountState::disabled;
  org.use(f, "contact.write", {"2026-09-20"});
  org.use(e, "contact.write", {"2026-09-10"});
  CHECK(org.verdicts() == Words{"duplicate", "used", "never-used", "duplicate", "used", "disabled"});
}

TEST_CASE("redundant: another product grants everything, or the same one twice", "[judge]") {
  Org org;
  org.product("acme.small", ProductKind::base, 1000, {"contact.write"});
  org.product("acme.twin", ProductKind::base, 4000, {"contact.write", "lead.write"});
  const int a = org.add_account("a");
  org.seat(a, "acme.pro");
  org.seat(a, "acme.small");
  const int b = org.add_account("b");
  org.seat(b, "acme.pro");
  org.seat(b, "acme.twin");  // equal grants: the cheaper is kept
  const int c = org.add_account("c");
  org.seat(c, "acme.pro");
  org.seat(c, "acme.pro");
  org.last_seat().by_group = true;
  for (int at : {a, b, c}) org.use(at, "lead.write", {"2026-09-01"});
  const auto verdicts = org.verdicts();
  CHECK(verdicts[0] != "redundant");
  CHECK(verdicts[1] == "redundant");
  CHECK(verdicts[2] == "redundant");
  CHECK(verdicts[3] == "used");
  CHECK(verdicts[4] == "redundant");  // the direct one; the group's stays
  CHECK(verdicts[5] != "redundant");
}

TEST_CASE("orphan: an attach without any of its bases", "[judge]") {
  Org org;
  org.product("acme.voice", ProductKind::attach, 1500, {"call.write"}, {"acme.pro"});
  const int a = org.add_account("a");
  org.seat(a, "acme.voice");
  const int b = org.person("b");
  org.seat(b, "acme.voice");
  org.use(b, "call.write", {"2026-09-01"});
  CHECK(org.verdicts() == Words{"orphan", "used", "used"});
}

TEST_CASE("outside: unknown products and products nothing imported can show", "[judge]") {
  Org org;
  org.product("other.mail", ProductKind::base, 1000, {"mail.write"});
  org.product("acme.phone", ProductKind::base, 1000, {"call.write"}).observable = false;
  org.person("a", "Mystery Suite");
  org.person("b", "other.mail");
  org.person("c", "acme.phone");
  CHECK(org.verdicts() == Words{"outside", "outside", "outside"});
}

TEST_CASE("classes: programs and guests end at row 7, administrators at row 12", "[judge]") {
  Org org;
  org.account(org.person("a")).account_class = AccountClass::integration;
  org.account(org.person("b")).account_class = AccountClass::shared;
  org.account(org.person("c")).account_class = AccountClass::external;
  org.account(org.person("d")).account_class = AccountClass::admin;
  const int e = org.person("e");
  org.account(e).account_class = AccountClass::admin;
  org.use(e, "deal.write", {"2026-09-01"});  // granted by nothing, but tiers are not asked
  CHECK(org.verdicts() == Words{"used", "used", "used", "never-used", "used"});
}

TEST_CASE("on leave: no idleness, the role is still asked", "[judge]") {
  Org org;
  Role role;
  role.name = "sales";
  role.match.keys = {{"title", {"Sales*"}}};
  role.license = {"acme.other"};
  org.policy.roles.push_back(role);
  org.leave(org.person("a"), "2026-04-01", "2026-12-31");
  const int b = org.person("b");
  org.leave(b, "2026-04-01", "2026-12-31");
  org.account(b).title = "Sales rep";
  org.leave(org.person("c"), "2026-04-01", "2026-09-29");
  org.last_seat().clock_start = day("2026-09-30");
  CHECK(org.verdicts() == Words{"used", "wrong-role", "new"});
  CHECK(listed(org.judged().seats[0].remarks().notes) == Words{"on-leave"});
  CHECK(org.judged().seats[1].remarks().role == "sales");
}

TEST_CASE("low-use is off unless asked for, and can be forbidden", "[judge]") {
  Org org;
  org.use(org.person("a"), "lead.write", {"2026-09-01", "2026-09-02"});
  CHECK(org.verdicts() == Words{"used"});
  org.policy.low_use_days = {3, "seatlint.toml:9"};
  CHECK(org.verdicts() == Words{"low-use"});
  CHECK(org.judged().seats[0].remarks().certainty == "hint");
  org.policy.privacy.forbid = {"low-use"};
  CHECK(org.verdicts() == Words{"used"});
}

TEST_CASE("thresholds by product and class", "[judge]") {
  Org org;
  org.policy.product_thresholds["acme.pro"].idle_days = 200;
  org.use(org.person("a"), "contact.write", {"2026-04-02"});
  CHECK(org.verdicts() == Words{"used"});
}

TEST_CASE("used seats fill the dearest lines, waste the cheapest", "[judge][money]") {
  Org org;
  org.contract("acme.pro", 1, 9000);
  org.contract("acme.pro", 2, 5000);
  org.person("a");  // never used
  org.use(org.person("b"), "lead.write", {"2026-09-01"});
  const Judged& judged = org.judged();
  CHECK(judged.seats[0].cost == Money{5000, "USD"});
  CHECK(judged.seats[0].saving() == Money{5000, "USD"});
  CHECK(judged.seats[1].cost == Money{9000, "USD"});
  REQUIRE(judged.positions.size() == 1);
  CHECK(judged.positions[0].purchased == 3);
  CHECK(judged.positions[0].contract.at("USD") == 19000);
  CHECK(judged.positions[0].unassigned.at("USD") == 5000);
}

TEST_CASE("seats beyond the contract cost as much as its cheapest line", "[judge][money]") {
  Org org;
  org.contract("acme.pro", 1, 9000);
  org.contract("acme.pro", 0, 20000);
  for (const char* key : {"a", "b"}) org.use(org.person(key), "lead.write", {"2026-09-01"});
  const Judged& judged = org.judged();
  const Position& position = judged.positions[0];
  CHECK(position.contract.at("USD") + 0 ==
        judged.seats[0].cost->minor + judged.seats[1].cost->minor + position.unassigned.at("USD"));
  CHECK(position.unassigned.at("USD") == -9000);
}

TEST_CASE("a waiver takes a seat out of the savings, until it ends", "[judge][waiver]") {
  Org org;
  org.person("a");
  org.person("b");
  Waiver waiver;
  waiver.rule = "idle";  // the family, so never-used, too
  waiver.match.keys = {{"id", {"a"}}};
  waiver.until = day("2026-09-30");
  waiver.reason = "LIC-1";
  org.policy.waivers.push_back(waiver);
  const Judged& judged = org.judged();
  REQUIRE(judged.seats[0].waived());
  CHECK(org.policy.waivers[static_cast<std::size_t>(judged.seats[0].waiver)].reason == "LIC-1");
  CHECK_FALSE(judged.seats[1].waived());
  org.policy.waivers[0].until = day("2026-09-29");
  CHECK_FALSE(org.judged().seats[0].waived());
}

}  // namespace judge_test
