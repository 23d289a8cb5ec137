// SPDX-License-Identifier: Apache-2.0
// Thousands of small random companies: what the tool says of each must be what the oracle says, to the cent.
//   SEATLINT_FLEETS=N      how many (default 1000)      SEATLINT_FIRST_SEED=N  where to begin (default 1)
//   SEATLINT_KEEP=DIR      keep each world's files and the tool's report in DIR/seed-N

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "oracle.hpp"
#include "tool_run.hpp"

namespace {

using nlohmann::json;
using property::number_from;
using property::Price;
using property::Scratch;
using property::tool;
using Lines = std::multiset<std::string>;

std::string text_of(const std::optional<Price>& price) {
  return price && price->minor != 0 ? std::to_string(price->minor) + " " + price->currency
                                    : "-";  // a saving of nothing is none
}
std::optional<Price> price_of(const json& value) {
  if (!value.is_object()) return {};
  return Price{value.at("minor").get<long long>(), value.at("currency").get<std::string>()};
}
std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : "+") + item;
  return text.empty() ? "-" : text;
}

/// Verdicts on seats, accounts and products; access and data verdicts are not the oracle's business.
bool is_compared(const std::string& rule) {
  return !property::family_of(rule).empty() || rule == "low-use" || rule == "unassigned" || rule == "overassigned";
}

std::string finding_line(const property::Finding& one) {
  const bool fleet_exposure = one.rule == "overassigned";  // its cost is left to the tool
  return "finding " + one.rule + " org=" + one.org + " account=" + one.account + " product=" + one.product +
         " cost=" + (fleet_exposure ? "-" : text_of(one.cost)) +
         " saving=" + (fleet_exposure || one.waived ? "-" : text_of(one.saving)) +
         " suggest=" + (one.rule == "downgrade" ? joined(one.suggest) : "-") + (one.waived ? " waived" : "");
}

void add_counts(Lines& lines, const std::string& org, const std::string& product, const property::ProductCount& count) {
  if (count.assigned == 0 && !count.purchased) return;
  std::ostringstream out;
  out << "product org=" << org << " " << product
      << " purchased=" << (count.purchased ? std::to_string(*count.purchased) : "-") << " assigned=" << count.assigned
      << " used=" << count.used << " idle=" << count.idle << " overprovisioned=" << count.overprovisioned
      << " mistiered=" << count.mistiered << " waived=" << count.waived << " unjudged=" << count.unjudged
      << " outside=" << count.outside
      << " unassigned=" << (count.purchased ? std::to_string(*count.purchased - count.assigned) : "-")
      << " unit=" << text_of(count.unit);
  lines.insert(out.str());
}

void add_money(Lines& lines, const std::string& currency, const property::Totals& t) {
  if (t.contract == 0 && t.used == 0 && t.idle == 0 && t.overprovisioned == 0 && t.unassigned == 0 && t.outside == 0)
    return;
  std::ostringstream out;
  out << "money " << currency << " contract=" << t.contract << " used=" << t.used << " idle=" << t.idle
      << " overprovisioned=" << t.overprovisioned << " tier_excess=" << t.tier_excess << " unassigned=" << t.unassigned
      << " waived=" << t.waived << " unjudged=" << t.unjudged << " outside=" << t.outside;
  lines.insert(out.str());
}
void add_savings(Lines& lines, const std::string& currency, long long exposure, long long reassignable) {
  if (exposure || reassignable)
    lines.insert("savings " + currency + " exposure=" + std::to_string(exposure) +
                 " reassignable=" + std::to_string(reassignable));
}

void add_reducible(Lines& lines, const std::string& currency, const std::string& day, long long minor) {
  lines.insert("reducible " + currency + " " + std::to_string(minor) + " from " + day);
}

Lines expected(const property::Verdicts& verdicts) {
  Lines lines{"as of " + property::iso(verdicts.as_of), "tier_unjudged " + std::to_string(verdicts.tier_unjudged),
              "tier_unpriced " + std::to_string(verdicts.tier_unpriced)};
  for (const auto& [key, count] : verdicts.products) add_counts(lines, key.first, key.second, count);
  for (const auto& [currency, totals] : verdicts.money) {
    add_money(lines, currency, totals);
    add_savings(lines, currency, totals.exposure(), totals.reassignable());
    for (const auto& [day, minor] : totals.reducible)
      if (minor > 0) add_reducible(lines, currency, property::iso(day), minor);
  }
  for (const auto& [verdict, seats] : verdicts.by_verdict)
    lines.insert("verdict " + verdict + " " + std::to_string(seats));
  for (const property::Finding& finding : verdicts.findings) lines.insert(finding_line(finding));
  return lines;
}

std::string text_or_empty(const json& value) { return value.is_string() ? value.get<std::string>() : ""; }

property::ProductCount read_product(const json& row) {
  property::ProductCount count;
  if (!row.at("purchased").is_null()) count.purchased = row.at("purchased").get<int>();
  count.assigned = row.at("assigned");
  count.used = row.at("used");
  count.idle = row.at("idle");
  count.overprovisioned = row.at("overprovisioned");
  count.mistiered = row.at("mistiered");
  count.waived = row.at("waived");
  count.unjudged = row.at("unjudged");
  count.outside = row.at("outside");
  count.unit = price_of(row.at("unit_price"));
  return count;
}

property::Totals read_totals(const json& row) {
  property::Totals t;
  t.contract = row.at("contract");
  t.used = row.at("used");
  t.idle = row.at("idle");
  t.overprovisioned = row.at("overprovisioned");
  t.tier_excess = row.at("tier_excess");
  t.unassigned = row.at("unassigned");
  t.waived = row.at("waived");
  t.unjudged = row.at("unjudged");
  t.outside = row.at("outside");
  return t;
}

Lines said(const json& report) {
  const json& seats = report.at("seats");
  Lines lines{"as of " + report.at("as_of").get<std::string>(),
              "tier_unjudged " + std::to_string(seats.at("tier_unjudged").get<int>()),
              "tier_unpriced " + std::to_string(seats.at("tier_unpriced").get<int>())};
  for (const json& row : report.at("products")) add_counts(lines, row.at("org"), row.at("product"), read_product(row));
  for (const json& row : report.at("money")) {
    add_money(lines, row.at("currency"), read_totals(row));
    add_savings(lines, row.at("currency"), row.at("savings").at("exposure"), row.at("savings").at("reassignable"));
    std::map<std::string, long long> reducible;  // the same day may stand there with two days of notice
    for (const json& part : row.at("savings").at("reducible"))
      reducible[part.at("on").get<std::string>()] += part.at("minor").get<long long>();
    for (const auto& [day, minor] : reducible) add_reducible(lines, row.at("currency"), day, minor);
  }
  for (const auto& [verdict, count] : seats.at("by_verdict").items())
    if (count.get<int>() != 0) lines.insert("verdict " + verdict + " " + std::to_string(count.get<int>()));
  for (const json& row : report.at("findings")) {
    if (!is_compared(row.at("rule"))) continue;
    property::Finding one{row.at("rule"),
                          row.at("org"),
                          text_or_empty(row.at("account")),
                          text_or_empty(row.at("product")),
                          price_of(row.at("cost")),
                          price_of(row.at("saving")),
                          {},
                          row.contains("waived") && !row.at("waived").is_null()};
    if (row.contains("suggest") && row.at("suggest").is_array())
      one.suggest = row.at("suggest").get<std::vector<std::string>>();
    if (one.rule == "unassigned" || one.rule == "overassigned") one.waived = false;  // no seat, no waived money
    lines.insert(finding_line(one));
  }
  return lines;
}

std::string difference(const Lines& oracle, const Lines& tool) {
  std::string text;
  std::vector<std::string> missing, extra;
  std::set_difference(oracle.begin(), oracle.end(), tool.begin(), tool.end(), std::back_inserter(missing));
  std::set_difference(tool.begin(), tool.end(), oracle.begin(), oracle.end(), std::back_inserter(extra));
  for (const std::string& line : missing) text += "  - oracle: " + line + "\n";
  for (const std::string& line : extra) text += "  + tool:   " + line + "\n";
  return text;
}

/// "The identity holds exactly": in the tool's own figures and in each product's seats.
std::string broken_identity(const json& report) {
  for (const json& row : report.at("money"))
    if (!read_totals(row).balanced())
      return "the money identity is broken in " + row.at("currency").get<std::string>() + "\n";
  for (const json& row : report.at("products")) {
    const property::ProductCount c = read_product(row);
    if (c.used + c.idle + c.overprovisioned + c.mistiered + c.waived + c.unjudged + c.outside != c.assigned)
      return "the seats of " + row.at("product").get<std::string>() + " do not add up\n";
  }
  return "";
}

/// Empty when tool and oracle agree on this world.
std::string disagreement(const property::World& world, const std::string& folder) {
  auto commands = property::write_world(world, folder);
  property::Dice dice(world.seed + 77);
  if (dice.chance(10)) {  // some files twice
    const std::vector<std::vector<std::string>> again(
        commands.begin(), commands.begin() + static_cast<std::ptrdiff_t>(commands.size() / 2));
    commands.insert(commands.end(), again.begin(), again.end());
  }
  for (std::size_t i = commands.size(); i > 1; --i)  // "in any order of files"
    std::swap(commands[i - 1], commands[static_cast<std::size_t>(dice.between(0, static_cast<int>(i) - 1))]);
  try {
    for (const auto& command : commands) tool(world, folder, command);
    const std::string answer = tool(world, folder, property::audit_arguments(world));
    std::ofstream(folder + "/audit.json") << answer;
    const json report = json::parse(answer);
    const property::Verdicts verdicts = property::judge(world);
    std::string wrong = broken_identity(report) + difference(expected(verdicts), said(report));
    if (!wrong.empty() || !dice.chance(25)) return wrong;
    property::World earlier = world;  // the same store, asked about an earlier day
    earlier.as_of = verdicts.as_of - dice.between(10, 130);
    wrong = difference(expected(property::judge(earlier)),
                       said(json::parse(tool(world, folder, property::audit_arguments(earlier)))));
    return wrong.empty() ? wrong : "as of the earlier day " + property::iso(*earlier.as_of) + "\n" + wrong;
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("the oracle itself balances and reaches every verdict", "[property]") {
  std::map<std::string, int> seats, notes;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const property::World world = property::make_world(seed);
    const property::Verdicts verdicts = property::judge(world);
    for (const auto& [currency, totals] : verdicts.money)
      if (!totals.balanced()) FAIL("seed " << seed << ": the oracle's money does not balance in " << currency);
    for (const property::Seat& seat : verdicts.seats) {
      ++seats[seat.verdict];
      for (const std::string& note : seat.notes) ++notes[note];
    }
  }
  for (const char* verdict : {"free", "departed", "disabled", "duplicate", "redundant", "orphan", "outside", "new",
                              "unjudged", "machine-only", "never-used", "idle", "unused-addon", "underlicensed",
                              "downgrade", "wrong-role", "low-use", "used"})
    CHECK(seats[verdict] >= 10);
  for (const char* note : {"on-leave", "tier-unjudged", "tier-unpriced", "since", "trial-beside-paid"})
    CHECK(notes[note] >= 5);
}

TEST_CASE("tool and oracle agree on random fleets", "[property][fleets]") {
  const int first = number_from("SEATLINT_FIRST_SEED", 1), fleets = number_from("SEATLINT_FLEETS", 1000);
  for (int seed = first; seed < first + fleets; ++seed) {
    const property::World world = property::make_world(static_cast<std::uint64_t>(seed));
    Scratch scratch(world.seed);
    const std::string diff = disagreement(world, scratch.path());
    if (diff.empty()) continue;
    scratch.keep();
    FAIL("seed " << seed << " (SEATLINT_FIRST_SEED=" << seed << " SEATLINT_FLEETS=1 repeats it); files in "
                 << scratch.path() << "\n"
                 << diff);
  }
  SUCCEED();
}
