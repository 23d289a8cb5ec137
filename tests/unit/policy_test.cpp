// SPDX-License-Identifier: Apache-2.0
// A policy is read key by key, every mistake named with its place, and corrects the catalog where it says so.
#include "seatlint/policy.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

namespace policy_test {

using namespace seatlint;

namespace {

const std::vector<std::string> rules{"idle", "never-used", "low-use", "downgrade", "overprovisioned", "mistiered"};

struct ReadPolicy {
  Catalog catalog = builtin_catalog();
  Policy policy;
  explicit ReadPolicy(std::string_view toml) : policy(parse_policy(toml, "dir/seatlint.toml", catalog, rules)) {}
  bool warns(std::string_view text) const {
    for (const auto& warning : policy.warnings) {
      if (warning.says.find(text) != std::string::npos) return true;
    }
    return false;
  }
};

std::string error_of(std::string_view toml) {
  try {
    const ReadPolicy read(toml);
  } catch (const Error& problem) {
    return problem.what();
  }
  return "";
}

bool says(std::string_view toml, std::string_view part) {
  const std::string error = error_of(toml);
  INFO(error);
  const bool found = error.find(part) != std::string::npos;
  CHECK(found);
  return found;
}

}  // namespace

TEST_CASE("policy: an empty one is all defaults") {
  const ReadPolicy read("");
  CHECK(read.policy.idle_days.value == 90);
  CHECK(read.policy.idle_days.origin == "default");
  CHECK(read.policy.currency == "USD");
  CHECK(read.policy.sha256 == sha256_hex(""));
  CHECK(read.policy.warnings.empty());
}

TEST_CASE("policy: settings keep the line they stand on, product beats class beats general") {
  const ReadPolicy read(
      "timezone = \"Europe/Berlin\"\n[audit]\nidle_days = 60\n"
      "[audit.product.\"dynamics365.team-members\"]\nidle_days = 180\n"
      "[audit.class.admin]\nidle_days = 120\ngrace_days = 5\n");
  CHECK(read.policy.timezone == "Europe/Berlin");
  CHECK(read.policy.idle_days.origin == "seatlint.toml:3");
  const auto members = read.policy.idle_days_for("dynamics365.team-members", AccountClass::admin);
  CHECK(members.value == 180);
  CHECK(members.origin == "seatlint.toml:5, of the product");
  CHECK(read.policy.idle_days_for("dynamics365.finance", AccountClass::admin).value == 120);
  CHECK(read.policy.idle_days_for("dynamics365.finance", AccountClass::human).value == 60);
  CHECK(read.policy.grace_days_for("dynamics365.team-members", AccountClass::admin).origin ==
        "seatlint.toml:8, of class admin");
  CHECK(read.policy.grace_days_for("dynamics365.team-members", AccountClass::human).origin == "default");
}

TEST_CASE("policy: unknown keys, wrong types and bad values are named with their place") {
  says("[audit]\nidel_days = 90\n",
       "dir/seatlint.toml:2:1: unknown key \"idel_days\" in [audit]; did you mean \"idle_days\"?");
  says("timezne = \"UTC\"\n",
       "dir/seatlint.toml:1:1: unknown key \"timezne\" at the top level; did you mean \"timezone\"?");
  says("[audit]\nidle_days = \"90\"\n",
       "dir/seatlint.toml:2:13: idle_days in [audit] must be a whole number, not a text");
  says("[audit]\nidle_days = 0\n", "must be from 1 to 3660, not 0");
  says("[audit]\nreview_every = \"often\"\n", "must be a period such as \"3 months\"");
  says("[audit]\nignore = [\"idel\"]\n", "there is no rule or family \"idel\"; did you mean \"idle\"?");
  says("[audit.class.admins]\nidle_days = 3\n", "\"admins\" is no account class; did you mean \"admin\"?");
  says("currency = \"euro\"\n", "ISO 4217");
  says("alias_domains = [\"a.example\", \"b.example\"]\n", "alias_domains must be lists");
  says("audit = 3\n", "audit at the top level must be a table, not a whole number");
  says("[[contract]]\nproduct = \"x\"\n", "quantity is missing in [[contract]]");
  says("[[contract]]\nproduct = \"x\"\nquantity = -1\nunit_price = \"ten\"\n", "\"ten\" is no amount");
  says("[[contract]]\nproduct = \"x\"\nquantity = 1\nunit_price = 95.0\n", "must be an amount in quotes");
  says("[[contract]]\nproduct=\"x\"\nquantity=1\nunit_price=\"1\"\nterm_start=2026-02-01\nterm_end=2026-01-01\n",
       "is before term_start");
  says("[[contract]]\nproduct=\"x\"\nquantity=1\nunit_price=\"1\"\nterm_start=\"2026-02-30\"\n", "is no date");
  says("[[contract]]\nproduct=\"x\"\nquantity=1\nunit_price=\"1\"\nreducible=\"anytime\"\n",
       "did you mean \"any-time\"?");
  says("[[waiver]]\nrule = \"idle\"\nproduct = \"dynamics365.finance\"\n", "until is missing in [[waiver]]");
  says("[[waiver]]\nrule = \"idel\"\nproduct = \"dynamics365.finance\"\nuntil = 2027-01-01\n",
       "did you mean \"idle\"?");
  says("[[waiver]]\nrule = \"idle\"\nuntil = 2027-01-01\n", "must say for whom");
  says("[[role]]\nmatch = { titel = \"Sales*\" }\nlicense = []\n",
       "match cannot ask for \"titel\"; did you mean \"title\"?");
  says("[[class]]\nmatch = { login = \"\" }\nclass = \"admin\"\n", "has an empty pattern");
  says("[[class]]\nmatch = {}\nclass = \"admin\"\n", "match is empty");
  says("[[class]]\nmatch = { login = \"a\" }\nclass = \"robot\"\n", "it is one of human, integration");
  says("[[product]]\nid = \"Basic\"\n", "write vendor.product in lower case");
  says("[privacy]\nnames = \"hidden\"\n", "it is one of show, pseudonym, hide");
  says("[budget]\nmax_idle_pct = 101\n", "must be from 0 to 100");
  says("a = 1\na = 2\n", "dir/seatlint.toml:2:");
}

TEST_CASE("policy: all mistakes come in one error, in file order") {
  const std::string error = error_of("[audit]\nidle_days = \"x\"\nwindw_days = 3\n[[waiver]]\nrule = 3\n");
  std::istringstream lines(error);
  std::vector<int> numbers;
  for (std::string line; std::getline(lines, line);)
    numbers.push_back(std::stoi(line.substr(std::string("dir/seatlint.toml:").size())));
  CHECK(numbers.size() >= 4);
  CHECK(std::is_sorted(numbers.begin(), numbers.end()));
}

TEST_CASE("policy: contracts, with the policy's currency for bare amounts") {
  const ReadPolicy read(
      "currency = \"EUR\"\n[[contract]]\nproduct = \"dynamics365.sales-enterprise\"\nquantity = 40\nunit_price = "
      "\"95.00 USD\"\n"
      "term_end = 2027-01-31\nnotice_days = 30\nfloor = 30\nreducible = \"any-time\"\n"
      "[[contract]]\norg = \"emea\"\nproduct = \"Sales Premium\"\nquantity = 2\nunit_price = \"120\"\n");
  REQUIRE(read.policy.contracts.size() == 2);
  const Contract& first = read.policy.contracts[0];
  CHECK(first.unit_price == Money{9500, "USD"});
  CHECK(first.term_end == make_day(2027, 1, 31));
  CHECK(first.floor == 30);
  CHECK(first.line == 2);
  CHECK(read.policy.contracts[1].unit_price == Money{12000, "EUR"});
  CHECK(read.policy.contracts[1].org == "emea");
}

TEST_CASE("policy: doubtful entries are warnings") {
  CHECK(ReadPolicy("[audit.product.\"dynamics365.team-member\"]\nidle_days = 3\n")
            .warns("did you mean \"dynamics365.team-members\"?"));
  const std::string contract = "[[contract]]\nproduct = \"acme.x\"\nquantity = 4\nunit_price = \"9 USD\"\n";
  CHECK(ReadPolicy(contract + contract).warns("repeats the one on line 1; both count, 8 seats in all"));
  CHECK(ReadPolicy("[[contract]]\nproduct = \"acme.x\"\nquantity = 4\nunit_price = \"9 USD\"\nfloor = 5\n")
            .warns("floor 5 is more"));
  const std::string waiver =
      "[[waiver]]\nrule = \"idle\"\ndepartment = \"IT\"\nowner = \"a\"\nreason = \"b\"\nuntil = 2027-01-01\n";
  CHECK(ReadPolicy(waiver + waiver).warns("overlaps the one on line 1"));
  CHECK(ReadPolicy(waiver).policy.warnings.empty());
  CHECK(ReadPolicy("[[role]]\nmatch={title=\"x\"}\nkeep=[\"opportunty.write\"]\n")
            .warns("did you mean \"opportunity.write\"?"));
  CHECK(ReadPolicy("[[product]]\nid = \"dynamics365.sales-enterprize\"\n")
            .warns("did you mean to correct \"dynamics365.sales-enterprise\"?"));
}

TEST_CASE("policy: a known product id corrects only the keys given") {
  const ReadPolicy read(
      "[[product]]\nid = \"dynamics365.field-service\"\nlist_price = \"110.00 USD\"\nprice_as_of = 2026-07-01\n");
  const Product* corrected = read.catalog.find("dynamics365.field-service");
  REQUIRE(corrected);
  CHECK(corrected->from_policy);
  CHECK(corrected->origin == "seatlint.toml:1");
  REQUIRE(corrected->list_prices.size() == 1);
  CHECK(corrected->list_prices[0].money == Money{11000, "USD"});
  CHECK(corrected->list_prices[0].as_of == make_day(2026, 7, 1));
  CHECK(corrected->name == builtin_catalog().find("dynamics365.field-service")->name);
  CHECK(corrected->grants == builtin_catalog().find("dynamics365.field-service")->grants);
  CHECK(read.catalog.resolve("dynamics365", "DYN365_ENTERPRISE_FIELD_SERVICE", false) == corrected);
}

TEST_CASE("policy: a price in another currency is added, grants are replaced") {
  const ReadPolicy read(
      "[[product]]\nid = \"dynamics365.sales-premium\"\nlist_price = \"140 EUR\"\ngrants = [\"any.read\"]\n");
  const Product* corrected = read.catalog.find("dynamics365.sales-premium");
  CHECK(corrected->list_prices.size() == builtin_catalog().find("dynamics365.sales-premium")->list_prices.size() + 1);
  CHECK(corrected->grants == std::vector<std::string>{"any.read", "sign-in"});
}

TEST_CASE("policy: an own product is a base, is found by its names, and borrows the generic features it grants") {
  const ReadPolicy read(
      "[[product]]\nid = \"acme.basic\"\nname = \"ACME Basic\"\naliases = [\"BASIC_USER\"]\ngrants = "
      "[\"case.write\"]\n");
  const Product* own = read.catalog.resolve("acme", "basic_user", false);
  REQUIRE(own);
  CHECK(own->kind == ProductKind::base);
  CHECK(own->vendor == "acme");
  CHECK(own->grants == std::vector<std::string>{"case.write", "sign-in"});
  REQUIRE(read.catalog.features_of("acme", "case.write").size() == 1);
  CHECK(read.catalog.features_of("acme", "opportunity.write").empty());
  CHECK(read.policy.warnings.empty());
}

TEST_CASE("policy: an own name beats the catalog's") {
  const ReadPolicy read(
      "[[product]]\nid = \"dynamics365.bespoke\"\nname = \"Bespoke\"\naliases = [\"Dynamics 365 Sales Enterprise\"]\n");
  CHECK(read.catalog.resolve("dynamics365", "dynamics 365 sales enterprise", false)->id == "dynamics365.bespoke");
}

TEST_CASE("policy: [[feature]] adds patterns") {
  const ReadPolicy read(
      "[[feature]]\nid = \"custom.write\"\nvendor = \"dynamics365\"\nmatch = [{ object = \"contoso*\", verb = "
      "\"update\" }]\n"
      "[[feature]]\nid = \"own.thing\"\nmatch = [{ object = [\"a\", \"b\"] }]\n");
  const auto custom = read.catalog.features_of("dynamics365", "custom.write");
  REQUIRE(custom.size() == 1);
  CHECK(custom[0]->match.size() == builtin_catalog().features_of("dynamics365", "custom.write")[0]->match.size() + 1);
  const auto own = read.catalog.features_of("whoever", "own.thing");
  REQUIRE(own.size() == 1);
  CHECK(own[0]->match.size() == 2);
}

TEST_CASE("policy: a match needs all its keys and any of its globs") {
  const ReadPolicy read(
      "[[role]]\nname = \"rep\"\nmatch = { title = [\"Sales Rep*\", \"AE\"], department = \"sales*\", role = "
      "\"Sales?erson\" }\n"
      "license = [\"dynamics365.sales-professional\"]\n");
  REQUIRE(read.policy.roles.size() == 1);
  const Match& match = read.policy.roles[0].match;
  CHECK(match.keys[0].first == "title");
  const std::vector<std::string_view> roles{"Basic User", "Salesperson"}, none;
  Subject subject;
  subject.title = "sales representative";
  subject.department = "Sales EMEA";
  CHECK(!match(subject));
  subject.roles = roles;
  CHECK(match(subject));
  subject.title = "AE";
  CHECK(match(subject));
  subject.title = "Manager";
  CHECK(!match(subject));
  CHECK(!Match{}(subject));
}

TEST_CASE("policy: waivers, classes, reserves, assumptions, privacy and budget") {
  const ReadPolicy read(
      "[[waiver]]\nrule = \"*\"\nmatch = { email = \"ana@example.com\" }\nowner = \"it\"\nreason = \"LIC-1\"\nuntil = "
      "2027-03-31\n"
      "[[class]]\nmatch = { login = \"svc-*\" }\nclass = \"integration\"\n"
      "[[reserve]]\nrole = \"System Administrator\"\nmatch = { department = \"IT*\" }\n"
      "[[assume]]\nmatch = { profile = \"Sales*\" }\nproduct = \"SFDC\"\n"
      "[privacy]\nnames = \"pseudonym\"\nkeep = \"13mo\"\nmin_group = 7\nforbid = [\"low-use\", \"training\"]\n"
      "[budget]\nmax_cost = \"12000.00 USD\"\nmax_idle_pct = 10\nmax_unassigned = "
      "5\n[budget.seats]\n\"dynamics365.sales-enterprise\" = 40\n");
  CHECK(read.policy.waivers[0].until == make_day(2027, 3, 31));
  CHECK(read.policy.classes[0].account_class == AccountClass::integration);
  CHECK(read.policy.reserves[0].role == "System Administrator");
  CHECK(read.policy.assumptions[0].product == "salesforce.salesforce");
  CHECK(read.policy.privacy.min_group == 7);
  CHECK(read.policy.budget.max_cost == Money{1200000, "USD"});
  CHECK(read.policy.budget.seats.at("dynamics365.sales-enterprise") == 40);
  CHECK(read.policy.warnings.empty());
}

TEST_CASE("policy: the template parses as it is and with every example used") {
  for (const auto* vendor :
       {"", "generic", "dynamics365", "salesforce", "hubspot", "zoho", "pipedrive", "sugarcrm", "zendesk", "acme"}) {
    CAPTURE(vendor);
    const std::string text = policy_template(vendor, builtin_catalog());
    CHECK_NOTHROW(ReadPolicy(text));
    std::istringstream lines(text);
    std::string used;
    for (std::string line; std::getline(lines, line);) {
      used += (line.size() > 1 && line[0] == '#' && line[1] != ' ' ? line.substr(1) : line) + "\n";
    }
    INFO(used);
    CHECK(error_of(used).empty());
    if (error_of(used).empty()) {
      const ReadPolicy read(used);
      CHECK(!read.policy.waivers.empty());
      for (const auto& warning : read.policy.warnings) UNSCOPED_INFO(warning.line << ": " << warning.says);
      CHECK(read.policy.warnings.empty());
    }
  }
}

TEST_CASE("policy: show prints each value with its origin") {
  const ReadPolicy read(
      "[audit]\nidle_days = 60\n[[contract]]\nproduct = \"acme.x\"\nquantity = 4\nunit_price = \"9 USD\"\n");
  const std::string shown = show_policy(read.policy);
  CHECK(shown.find("audit.idle_days = 60  # seatlint.toml:2\n") != std::string::npos);
  CHECK(shown.find("audit.grace_days = 30  # default\n") != std::string::npos);
  CHECK(shown.find("contract[1] = { org = \"default\", product = \"acme.x\", quantity = 4, unit_price = \"9.00 USD\", "
                   "reducible = "
                   "\"at-renewal\" }  # seatlint.toml:3\n") != std::string::npos);
}

}  // namespace policy_test
