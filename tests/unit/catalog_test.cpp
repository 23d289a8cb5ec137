// SPDX-License-Identifier: Apache-2.0
// The catalogs that travel in the binary are sound: they parse, refer to what exists, and know the names real exports
// use.
#include "seatlint/catalog.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "catalog/catalog_pack.hpp"
#include "seatlint/policy.hpp"

namespace catalog_test {

using namespace seatlint;

namespace {

bool holds(const std::vector<std::string>& list, const std::string& id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

const Catalog& builtin() {
  static const Catalog catalog = builtin_catalog();
  return catalog;
}

const Product& product(const std::string& id) {
  const Product* found = builtin().find(id);
  if (!found) throw std::runtime_error("no product " + id);
  return *found;
}

std::string resolved(std::string_view vendor, std::string_view text, bool any_vendor = false) {
  const Product* found = builtin().resolve(vendor, text, any_vendor);
  return found ? found->id : "";
}

Catalog read(std::string_view toml) {
  Catalog catalog;
  add_catalog(catalog, toml, "mine.toml");
  catalog.index();
  return catalog;
}

std::string error_of(std::string_view toml) {
  try {
    read(toml);
  } catch (const Error& problem) {
    return problem.what();
  }
  return "";
}

/// Fields of one CSV line, quotes taken off; enough for the samples read here.
std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      out.emplace_back();
    } else if (c != '\r') {
      out.back() += c;
    }
  }
  return out;
}

/// The products of a "+" list, where a plus beside a blank belongs to a name.
std::vector<std::string> listed(const std::string& cell) {
  std::vector<std::string> out(1);
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const bool inside = i == 0 || i + 1 == cell.size() || cell[i - 1] == ' ' || cell[i + 1] == ' ';
    if (cell[i] == '+' && !inside) {
      out.emplace_back();
    } else {
      out.back() += cell[i];
    }
  }
  return out;
}

constexpr std::string_view small_head = "[catalog]\nid = \"acme\"\nas_of = 2026-01-01\nsource = \"us\"\n";

}  // namespace

TEST_CASE("a trial of a base lets people in as the base does, an attach does not") {
  const Catalog catalog = builtin_catalog();
  const auto lets_in = [&](const char* id) { return holds(catalog.find(id)->grants, std::string(sign_in_feature)); };
  CHECK(lets_in("dynamics365.sales-enterprise"));
  CHECK(lets_in("dynamics365.field-service-trial"));
  CHECK_FALSE(lets_in("dynamics365.sales-enterprise-attach"));
}

TEST_CASE("a product of the policy changes no other one, and to index again changes nothing") {
  const Catalog before = builtin_catalog();
  Catalog catalog = before;
  parse_policy("[[product]]\nid = \"acme.pro\"\nname = \"Pro\"\ngrants = [\"account.read\"]\n", "seatlint.toml",
               catalog, {});
  for (Product& product : catalog.products) product.expanded = false;
  catalog.index();
  REQUIRE(catalog.products.size() == before.products.size() + 1);
  for (const Product& product : before.products) {
    INFO(product.id);
    CHECK(catalog.find(product.id)->grants == product.grants);
    CHECK(catalog.find(product.id)->conditional == product.conditional);
  }
}

TEST_CASE("catalog: the built-in ones are present, dated and sourced") {
  const Catalog& catalog = builtin();
  for (const auto* id :
       {"dynamics365", "generic", "hubspot", "pipedrive", "salesforce", "sugarcrm", "zendesk", "zoho"}) {
    const auto source = std::find_if(catalog.sources.begin(), catalog.sources.end(),
                                     [&](const CatalogSource& each) { return each.id == id; });
    REQUIRE(source != catalog.sources.end());
    CHECK(source->as_of > make_day(2025, 1, 1));
    CHECK(!source->source.empty());
  }
}

TEST_CASE("catalog: relations point to products that exist") {
  for (const Product& each : builtin().products) {
    CAPTURE(each.id);
    for (const auto* list : {&each.requires_any, &each.excludes, &each.not_in_environment_with, &each.includes}) {
      for (const auto& id : *list) {
        CAPTURE(id);
        CHECK(builtin().find(id));
        CHECK(id != each.id);
      }
    }
  }
}

TEST_CASE("catalog: granted features exist, and none is both granted and conditional") {
  for (const Product& each : builtin().products) {
    CAPTURE(each.id);
    CHECK(std::is_sorted(each.grants.begin(), each.grants.end()));
    for (const auto* list : {&each.grants, &each.conditional}) {
      for (const auto& id : *list) {
        CAPTURE(id);
        CHECK(!builtin().features_of(each.vendor, id).empty());
      }
    }
    for (const auto& id : each.conditional) CHECK(!holds(each.grants, id));
  }
}

TEST_CASE("catalog: every price says where and is marked when unverified") {
  for (const Product& each : builtin().products) {
    CAPTURE(each.id);
    std::vector<std::string> currencies;
    for (const ListPrice& price : each.list_prices) {
      CHECK(price.money.minor >= 0);
      CHECK(price.source.size() > 10);
      CHECK(!holds(currencies, price.money.currency));
      currencies.push_back(price.money.currency);
    }
  }
}

TEST_CASE("catalog: names and aliases are nobody else's within a vendor") {
  for (const Product& each : builtin().products) {
    CAPTURE(each.id);
    CHECK(resolved(each.vendor, each.id) == each.id);
    CHECK(resolved(each.vendor, each.name) == each.id);
    for (const auto& alias : each.aliases) {
      CAPTURE(alias);
      CHECK(resolved(each.vendor, alias) == each.id);
    }
  }
}

TEST_CASE("catalog: base and bundle grant sign-in, attach and add-on never") {
  for (const Product& each : builtin().products) {
    CAPTURE(each.id);
    const bool granted = holds(each.grants, std::string(sign_in_feature));
    if (each.kind == ProductKind::base || each.kind == ProductKind::bundle) CHECK(granted);
    if (each.kind == ProductKind::attach || each.kind == ProductKind::addon) CHECK(!granted);
  }
}

TEST_CASE("catalog: every Dynamics SKU resolves by part number, GUID and display name") {
  std::ifstream file(SEATLINT_TEST_DATA "/d365_sku_reference.csv");
  REQUIRE(file);
  std::string line;
  std::getline(file, line);
  int rows = 0;
  while (std::getline(file, line)) {
    ++rows;
    CAPTURE(line);
    const auto first = line.find(','), second = line.find(',', first + 1);
    const std::string sku = line.substr(0, first), guid = line.substr(first + 1, second - first - 1);
    const std::string id = resolved("dynamics365", sku);
    CHECK(!id.empty());
    CHECK(resolved("dynamics365", guid) == id);
    std::string name = line.substr(second + 1, line.rfind(',') - second - 1);
    if (name.starts_with('"')) name = name.substr(1, name.size() - 2);
    CHECK(!resolved("dynamics365", name).empty());
  }
  CHECK(rows == 127);
}

TEST_CASE("catalog: license names as the admin center, reports and scripts write them") {
  const std::vector<std::pair<std::string, std::string>> names{
      {"Dynamics 365 Sales Enterprise", "sales-enterprise"},
      {"DYNAMICS 365 FOR SALES ENTERPRISE EDITION", "sales-enterprise"},
      {"contoso:DYN365_ENTERPRISE_SALES", "sales-enterprise"},
      {"1E1A282C-9C54-43A2-9310-98EF728FAACE", "sales-enterprise"},
      {" Dynamics 365 Sales  Premium ", "sales-premium"},
      {"DYNAMICS 365 FOR SALES PROFESSIONAL", "sales-professional"},
      {"Dynamics 365 Customer Service Enterprise Attach to Qualifying Dynamics 365 Base Offer",
       "customer-service-enterprise-attach"},
      {"DYNAMICS 365 FOR CUSTOMER SERVICE ENTERPRISE ATTACH TO QUALIFYING DYNAMICS 365 BASE OFFER A",
       "customer-service-enterprise-attach"},
      {"Dynamics 365 Customer Service Enterprise", "customer-service-enterprise"},
      {"Dynamics 365 Customer Service Professional", "customer-service-professional"},
      {"Dynamics 365 Field Service", "field-service"},
      {"Dynamics 365 Team Members", "team-members"},
      {"Dynamics 365 Sales Premium Viral Trial", "sales-premium-trial"},
      {"Microsoft Power Automate Free", "power-automate-free"},
      {"Team Members", "team-members"},
      {"Supply Chain Management", "supply-chain"},
      {"DYN365_ENTERPRISE_RELATIONSHIP_SALES", "relationship-sales"}};
  for (const auto& [name, id] : names) {
    CAPTURE(name);
    CHECK(resolved("dynamics365", name) == "dynamics365." + id);
  }
  for (const auto* name :
       {"Microsoft 365 E3", "Microsoft 365 E5", "Microsoft 365 F3", "Power BI Pro", "Enterprise Mobility + Security E3",
        "SPE_E3", "Exchange Online (Plan 2)", "", "Unlicensed"}) {
    CAPTURE(name);
    CHECK(resolved("dynamics365", name).empty());
  }
}

TEST_CASE("catalog: every license in the sample user lists is known, or outside on purpose") {
  const std::vector<std::string> outside{"microsoft 365",   "power bi", "enterprise mobility", "unlicensed",
                                         "exchange online", "visio",    "project plan",        "microsoft teams"};
  int known = 0;
  for (const std::string name :
       {"users_9_15_2026 9_17_18 AM.csv", "users_9_15_2021 3_22_41 PM.csv", "getOffice365ActiveUserDetail_D180.csv"}) {
    std::ifstream file(SEATLINT_TEST_DATA "/samples/dynamics/" + name);
    REQUIRE(file);
    std::string line;
    std::getline(file, line);
    const auto header = fields(line);
    while (std::getline(file, line)) {
      const auto row = fields(line);
      for (std::size_t at = 0; at < std::min(row.size(), header.size()); ++at) {
        const bool products =
            header[at] == "Licenses" || header[at] == "License assignment details" || header[at] == "Assigned Products";
        if (!products || row[at].empty()) continue;
        for (const auto& license : listed(row[at])) {
          CAPTURE(name, license);
          const bool found = !resolved("dynamics365", license).empty();
          const std::string folded = fold_case(license);
          const bool left_out = std::any_of(outside.begin(), outside.end(),
                                            [&](const std::string& start) { return folded.starts_with(start); });
          CHECK(found != left_out);
          known += found;
        }
      }
    }
  }
  CHECK(known > 30);
}

TEST_CASE("catalog: Team Members writes contacts and activities, not accounts or leads") {
  const Product& members = product("dynamics365.team-members");
  for (const auto* id : {"any.read", "contact.write", "activity.write", "note.write"}) CHECK(holds(members.grants, id));
  for (const auto* id : {"account.write", "lead.write", "opportunity.write"}) {
    CHECK(!holds(members.grants, id));
    CHECK(!holds(members.conditional, id));
  }
  for (const auto* id : {"case.create", "case.write", "workorder.write", "custom.write"}) {
    CHECK(holds(members.conditional, id));
  }
}

TEST_CASE("catalog: a higher tier grants what the lower one does") {
  const auto includes = [](const std::string& high, const std::string& low) {
    CAPTURE(high, low);
    for (const auto& id : product(low).grants) CHECK(holds(product(high).grants, id));
  };
  includes("dynamics365.sales-enterprise", "dynamics365.sales-professional");
  includes("dynamics365.sales-premium", "dynamics365.sales-enterprise");
  includes("dynamics365.customer-service-enterprise", "dynamics365.customer-service-professional");
  includes("dynamics365.sales-professional", "dynamics365.team-members");
  includes("dynamics365.customer-engagement-plan", "dynamics365.field-service");
  includes("generic.enterprise", "generic.professional");
  includes("generic.professional", "generic.basic");
  includes("salesforce.salesforce", "salesforce.platform");
}

TEST_CASE("catalog: how the vendors release a seat") {
  CHECK(product("dynamics365.sales-enterprise").released_by == std::vector<AccountState>{AccountState::deleted});
  CHECK(product("salesforce.salesforce").released_by == std::vector<AccountState>{AccountState::disabled});
  CHECK(product("salesforce.psl-sales-user").released_by.empty());
  CHECK(product("salesforce.psl-sales-user").kind == ProductKind::addon);
}

TEST_CASE("catalog: Salesforce licenses resolve by key and by name") {
  for (const auto* name : {"Salesforce", "SFDC", "salesforce"})
    CHECK(resolved("salesforce", name) == "salesforce.salesforce");
  CHECK(resolved("salesforce", "AUL") == "salesforce.platform");
  CHECK(resolved("salesforce", "PID_Customer_Community") == "salesforce.customer-community");
  CHECK(resolved("salesforce", "Salesforce Integration") == "salesforce.integration");
  CHECK(resolved("salesforce", "SalesUserPsl") == "salesforce.psl-sales-user");
  CHECK(product("salesforce.chatter-free").kind == ProductKind::free);
  CHECK(product("salesforce.salesforce").list_prices.empty());
}

TEST_CASE("catalog: features are recognized whatever the case of object and verb") {
  const auto uses = [](const std::string& vendor, const std::string& id, const char* object, const char* verb) {
    for (const Feature* feature : builtin().features_of(vendor, id)) {
      for (const auto& pattern : feature->match) {
        if (matches(pattern, object, verb)) return true;
      }
    }
    return false;
  };
  CHECK(uses("dynamics365", "opportunity.write", "opportunity", "update"));
  CHECK(uses("dynamics365", "opportunity.write", "Opportunity", "WinOpportunity"));
  CHECK(!uses("dynamics365", "opportunity.write", "opportunity", "retrievemultiple"));
  CHECK(uses("dynamics365", "any.read", "lead", "exporttoexcel"));
  CHECK(!uses("dynamics365", "any.read", "contact", "update"));
  CHECK(!uses("dynamics365", "any.read", "session", "sign-in"));
  CHECK(uses("dynamics365", "case.create", "incident", "create"));
  CHECK(!uses("dynamics365", "case.write", "incident", "create"));
  CHECK(uses("dynamics365", "case.write", "incident", "closeincident"));
  CHECK(uses("dynamics365", "custom.write", "new_machine", "update"));
  CHECK(uses("salesforce", "opportunity.write", "006", "update"));
  CHECK(uses("salesforce", "opportunity.read", "Opportunity", "read"));
  CHECK(uses("salesforce", "custom.write", "a0x", "insert"));
  CHECK(uses("salesforce", "custom.read", "tax_return__c", "read"));
  CHECK(uses("generic", "report.run", "dashboard", "view"));
  CHECK(uses("generic", "communication.use", "email", "anything"));
  CHECK(uses("any", "sign-in", "session", "sign-in"));
}

TEST_CASE("catalog: an alias two vendors share belongs to nobody without a vendor") {
  Catalog catalog = read(std::string(small_head) + "[[product]]\nid = \"acme.gold\"\nname = \"Gold\"\n");
  add_catalog(catalog,
              "[catalog]\nid = \"beta\"\nas_of = 2026-01-01\nsource = \"us\"\n[[product]]\nid = \"beta.gold\"\nname = "
              "\"Gold\"\n"
              "[[product]]\nid = \"beta.silver\"\nname = \"Silver\"\n",
              "beta.toml");
  catalog.index();
  CHECK(!catalog.resolve("", "Gold", true));
  CHECK(catalog.resolve("beta", "gold", false)->id == "beta.gold");
  CHECK(catalog.resolve("acme", "Silver", true)->id == "beta.silver");
  CHECK(!catalog.resolve("acme", "Silver", false));
  CHECK(catalog.suggest("beta.silvr") == "beta.silver");
}

TEST_CASE("catalog: mistakes are named with line and column, all at once") {
  const std::string says = error_of(std::string(small_head) +
                                    "[[product]]\nid = \"acme.gold\"\nkind = \"bas\"\nliste_price = \"1 USD\"\n"
                                    "[[product]]\nid = \"Other Thing\"\n");
  CHECK(says.find("mine.toml:7:8: kind in [[product]] cannot be \"bas\"") != std::string::npos);
  CHECK(says.find("did you mean \"base\"?") != std::string::npos);
  CHECK(says.find("mine.toml:8:1: unknown key \"liste_price\" in [[product]]; did you mean \"list_price\"?") !=
        std::string::npos);
  CHECK(says.find("mine.toml:10:6: ") != std::string::npos);
  CHECK(error_of("x = [").starts_with("mine.toml:1:"));
  CHECK(error_of("").find("catalog is missing") != std::string::npos);
  CHECK(error_of(std::string(small_head) + "[[product]]\nid=\"acme.a\"\n[[product]]\nid=\"acme.a\"\n")
            .find("defined twice") != std::string::npos);
  CHECK(error_of(std::string(small_head) +
                 "[[feature]]\nid=\"a\"\nmatch=[{object=\"x\",verb=\"@wirte\"}]\n[verbs]\nwrite=[\"a\"]\n")
            .find("did you mean \"@write\"?") != std::string::npos);
}

TEST_CASE("catalog: includes are followed through, a circle included, and sign-in stays with the base") {
  const Catalog catalog =
      read(std::string(small_head) +
           "[[feature]]\nid=\"f.a\"\nmatch=[{object=\"a\"}]\n[[feature]]\nid=\"f.b\"\nmatch=[{object=\"b\"}]\n"
           "[[product]]\nid=\"acme.one\"\ngrants=[\"f.a\"]\nincludes=[\"acme.three\"]\n"
           "[[product]]\nid=\"acme.two\"\nincludes=[\"acme.one\"]\nconditional=[\"f.b\"]\n"
           "[[product]]\nid=\"acme.three\"\nkind=\"attach\"\nincludes=[\"acme.two\"]\n");
  CHECK(catalog.find("acme.three")->grants == std::vector<std::string>{"f.a"});
  CHECK(catalog.find("acme.three")->conditional == std::vector<std::string>{"f.b"});
  CHECK(catalog.find("acme.two")->grants == std::vector<std::string>{"f.a", "sign-in"});
}

TEST_CASE("the built-in catalogs are packed as they stand", "[catalog]") {
  CHECK(pack_catalog(catalog_of_text(builtin_catalog_text())) == packed_catalogs());
  CHECK(pack_catalog(builtin_catalog()) == packed_catalogs());
}

TEST_CASE("a packed catalog is the catalog", "[catalog]") {
  Catalog catalog = read(
      "[catalog]\nid = 'acme'\nas_of = 1969-12-31\nsource = 'here'\nnote = 'n'\n"
      "[[feature]]\nid = 'f.a'\nname = 'A'\n[[feature.match]]\nobject = 'o*'\nverb = ['v', 'w']\n"
      "[[product]]\nid = 'acme.one'\nname = 'One'\naliases = ['The \u00fcne']\nkind = 'trial'\nscope = 'account'\n"
      "per = 'device'\noffered = false\nobservable = false\ngrants_known = false\nfamily = 'ones'\n"
      "requires = ['acme.two']\nexcludes = ['acme.three']\nreleased_by = ['frozen']\nclasses = ['shared', 'human']\n"
      "given_by = ['r*']\napplications = ['app']\nlist_price = '95.50 EUR'\nprice_as_of = 2026-07-01\n"
      "minimum = 5\nblock = 200\nprice_protected = true\nnote = 'why'\n");
  const Catalog again = unpack_catalog(pack_catalog(catalog));
  CHECK(pack_catalog(again) == pack_catalog(catalog));
  REQUIRE(again.sources.size() == 1);
  CHECK(again.sources[0].as_of == Day{-1});
  const Product* one = again.resolve("acme", "the \u00fcne", false);
  REQUIRE(one != nullptr);
  CHECK(one == again.find("acme.one"));
  CHECK(one->kind == ProductKind::trial);
  CHECK(one->account_scope);
  CHECK_FALSE(one->offered);
  CHECK(one->requires_any == std::vector<std::string>{"acme.two"});
  CHECK(one->released_by == std::vector<AccountState>{AccountState::frozen});
  CHECK(one->classes == std::vector<AccountClass>{AccountClass::shared, AccountClass::human});
  CHECK(one->conditional == std::vector<std::string>{"f.a"});
  REQUIRE(one->list_prices.size() == 1);
  CHECK(one->list_prices[0].money == Money{9550, "EUR"});
  CHECK(one->list_prices[0].as_of == parse_day("2026-07-01"));
  CHECK(one->block == 200);
  REQUIRE(again.features_of("acme", "f.a").size() == 1);
  CHECK(again.features_of("acme", "f.a")[0]->match[0].verbs == std::vector<std::string>{"v", "w"});
}

}  // namespace catalog_test
