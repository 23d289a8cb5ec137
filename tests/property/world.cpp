// SPDX-License-Identifier: Apache-2.0
// The dice behind a random company: chances are chosen so that every verdict and note of the definitions occurs often.

#include <algorithm>
#include <set>

#include "company.hpp"

namespace property {
namespace {

using Strings = std::vector<std::string>;

const Strings acme_features{"axdeal.write", "axdeal.read",  "axcase.write",
                            "axquote.run",  "axboard.view", "axsetup.edit"};
const Strings zeta_features{"ztick.write", "zchat.send", "zcall.place", "zview.open"};

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : dice_(seed) { world_.seed = seed; }
  World make() {
    frame();
    thresholds();
    features();
    acme_products();
    if (frame_.zeta) zeta_products();
    adorn_products();
    world_.orgs = {"north"};
    if (dice_.chance(30)) world_.orgs.push_back("south");
    if (dice_.chance(30))
      for (const std::string& org : world_.orgs)
        if (dice_.chance(70)) world_.policy.alias_domains.push_back({org + ".example", org + "-crm.example"});
    profiles();
    for (const std::string& org : world_.orgs) make_org(org);
    rules();
    return std::move(world_);
  }

 private:
  Dice dice_;
  World world_;
  Frame frame_;

  void frame() {
    frame_.base = day_of(2026, dice_.between(1, 12), dice_.between(1, 28));
    frame_.audit = frame_.base;
    if (dice_.chance(25))
      frame_.audit = frame_.base - dice_.between(1, 40);
    else if (dice_.chance(12))
      frame_.audit = frame_.base + dice_.between(1, 12);
    world_.as_of = frame_.audit;
    world_.today = frame_.base + dice_.between(13, 60) + 100;
    frame_.zeta = dice_.chance(40);
    frame_.capped = dice_.chance(12);
    world_.policy.timezone = dice_.pick<std::string>({"UTC", "UTC", "Europe/Berlin", "Europe/Berlin", "Asia/Kolkata"});
  }

  void thresholds() {
    Policy& policy = world_.policy;
    policy.window = dice_.pick<int>({30, 45, 60, 60, 90});
    policy.idle = dice_.pick<int>({30, 45, 60, 60, 90});
    policy.grace = dice_.pick<int>({0, 7, 14, 14, 30});
    policy.low_use = dice_.chance(40) ? dice_.between(3, 14) : 0;
    if (dice_.chance(15)) policy.slack = dice_.between(0, 10);
    if (dice_.chance(15)) policy.feed_gap = dice_.between(3, 20);
    if (dice_.chance(10)) world_.idle_flag = dice_.between(20, 80);
    if (dice_.chance(10)) world_.grace_flag = dice_.between(0, 40);
    if (dice_.chance(10)) world_.window_flag = dice_.between(20, 80);
    for (const char* name : {"human", "admin"})
      if (dice_.chance(12)) policy.by_class[name] = threshold();
  }
  Threshold threshold() {
    Threshold limit;
    if (dice_.chance(75)) limit.idle = dice_.between(15, 120);
    if (!limit.idle || dice_.chance(40)) limit.grace = dice_.between(0, 45);
    return limit;
  }

  void features() {
    std::vector<Feature>& all = world_.policy.features;
    all = {{"axdeal.write", {{"axdeal", {"create", "update", "delete"}}}},
           {"axdeal.read", {{"axdeal", {"read", "list"}}}},
           {"axcase.write", {{"axcase", {"create", "close*"}}, {"axcase-old", {"update"}}}},
           {"axquote.run", {{"axquote*", {"run*"}}}},
           {"axboard.view", {{"axboard", {"*"}}}},
           {"axsetup.edit", {{"axsetup", {"edit"}}}}};
    if (dice_.chance(10)) all[4].match.push_back({"axdeal", {"list"}});  // one action, two features
    if (frame_.zeta)
      for (const Feature& feature :
           {Feature{"ztick.write", {{"ztick", {"create", "update"}}}}, Feature{"zchat.send", {{"zchat", {"send"}}}},
            Feature{"zcall.place", {{"zcall", {"place"}}}}, Feature{"zview.open", {{"zview", {"open"}}}}})
        all.push_back(feature);
  }

  Strings some_of(const Strings& from, int low, int high) {
    Strings chosen = from;
    for (std::size_t i = chosen.size(); i > 1; --i)
      std::swap(chosen[i - 1], chosen[static_cast<std::size_t>(dice_.between(0, static_cast<int>(i) - 1))]);
    chosen.resize(std::min(chosen.size(), static_cast<std::size_t>(dice_.between(low, high))));
    std::sort(chosen.begin(), chosen.end());
    return chosen;
  }
  static Strings with(const Strings& base, const Strings& more) {
    std::set<std::string> all(base.begin(), base.end());
    all.insert(more.begin(), more.end());
    return {all.begin(), all.end()};
  }
  Product& add_product(const std::string& vendor, const std::string& stem, const std::string& kind,
                       const Strings& grants) {
    Product product;
    product.id = vendor + "." + stem;
    product.kind = kind;
    product.family = vendor;
    product.name = (vendor == "acme" ? "Acmeware " : "Zetaware ") + stem;
    if (dice_.chance(30)) product.aliases.push_back(vendor + "_" + stem + "_user");
    product.grants = grants;
    world_.policy.products.push_back(product);
    return world_.policy.products.back();
  }
  Strings bases(const std::string& vendor) const {
    Strings ids;
    for (const Product& product : world_.policy.products)
      if (product.vendor() == vendor && (product.kind == "base" || product.kind == "bundle")) ids.push_back(product.id);
    return ids;
  }

  void acme_products() {
    const Strings small = some_of(acme_features, 1, 2);
    const Strings middle = dice_.chance(75) ? with(small, some_of(acme_features, 1, 2)) : some_of(acme_features, 1, 4);
    const Strings large = dice_.chance(75) ? with(middle, some_of(acme_features, 1, 3)) : some_of(acme_features, 2, 5);
    add_product("acme", "core", "base", small);
    add_product("acme", "plus", "base", middle);
    if (dice_.chance(75)) add_product("acme", "prime", "base", large);
    if (dice_.chance(30)) add_product("acme", "pack", "bundle", some_of(acme_features, 1, 4));
    if (dice_.chance(55))
      add_product("acme", "mate", "attach", some_of(acme_features, 1, 2)).needs = some_of(bases("acme"), 1, 3);
    if (dice_.chance(60))
      add_product("acme", "extra", "addon", dice_.chance(8) ? Strings{} : some_of(acme_features, 1, 2)).needs =
          some_of(bases("acme"), 1, 2);
    if (dice_.chance(25)) add_product("acme", "gratis", "free", some_of(acme_features, 0, 2));
    if (dice_.chance(20)) add_product("acme", "taster", "trial", some_of(acme_features, 1, 4));
  }
  void zeta_products() {
    add_product("zeta", "desk", "base", some_of(zeta_features, 1, 3));
    if (dice_.chance(60)) add_product("zeta", "suite", "base", some_of(zeta_features, 2, 4));
    if (dice_.chance(50))
      add_product("zeta", "voice", "addon", some_of(zeta_features, 1, 2)).needs = some_of(bases("zeta"), 1, 2);
  }

  Price price(const std::string& currency) {
    return {static_cast<long long>(
                dice_.pick<int>({500, 800, 1000, 1000, 1500, 2000, 2000, 2500, 3000, 4000, 4550, 6500, 9500})),
            currency};
  }
  void adorn_products() {
    const std::string zeta_currency = dice_.chance(35) ? "EUR" : "USD";
    for (Product& product : world_.policy.products) {
      const bool paid = product.kind != "free" && product.kind != "trial";
      const std::string currency = dice_.chance(5) ? "EUR" : product.vendor() == "zeta" ? zeta_currency : "USD";
      if (paid && !dice_.chance(8)) product.list = price(currency);
      if (dice_.chance(14))
        product.released_by = dice_.chance(50) ? Strings{"deleted"} : Strings{"disabled", "deleted"};
      if (dice_.chance(12)) world_.policy.by_product[product.id] = threshold();
    }
    if (dice_.chance(15)) {
      Product& one = world_.policy.products.front();
      const Product& other = world_.policy.products[1 + dice_.next() % (world_.policy.products.size() - 1)];
      if (other.vendor() == "acme") one.excludes.push_back(other.id);
    }
  }

  std::size_t add_profile(const std::string& name, const std::string& kind, const std::string& vendor) {
    Profile profile;
    profile.name = name;
    profile.kind = kind;
    profile.vendor = vendor;
    profile.has_outcome = dice_.chance(80);
    profile.has_client = dice_.chance(85);
    world_.profiles.push_back(profile);
    return world_.profiles.size() - 1;
  }
  void profiles() {
    const auto users = [&](const std::string& name, const std::string& vendor) {
      const std::size_t at = add_profile(name, "users", vendor);
      Profile& profile = world_.profiles[at];
      profile.has_ids = dice_.chance(90);
      profile.has_last = dice_.chance(40);
      profile.blank_is_never = dice_.chance(40);
      profile.class_column = dice_.chance(50);
      return at;
    };
    frame_.users = frame_.second_users = users("acme-users", "acme");
    if (frame_.zeta && dice_.chance(40)) frame_.second_users = users("zeta-users", "zeta");
    frame_.departures = add_profile("hr-leavers", "departures", "hr");
    frame_.leave = add_profile("hr-leave", "leave", "hr");
    for (const std::string vendor : {"acme", "zeta"}) {
      frame_.action_log[vendor] = add_profile(vendor + "-actions", "activity", vendor);
      frame_.login_log[vendor] = add_profile(vendor + "-logins", "activity", vendor);
      world_.profiles[frame_.login_log[vendor]].maps_object = false;
    }
  }

  // --- people -------------------------------------------------------------------------------------------------

  void make_org(const std::string& org) {
    std::vector<Person> people;
    const int count = dice_.between(3, 14);
    for (int i = 0; i < count; ++i) people.push_back(person(org, i, people));
    for (Person& who : people)
      for (const std::string vendor : {"acme", "zeta"})
        if (vendor == "acme" || frame_.zeta) live(who, vendor);
    export_org(world_, dice_, frame_, org, people);
  }

  Strings licenses(const Person& who) {
    Strings held;
    const auto hold = [&](const Product& product) {
      for (int copies = dice_.chance(2) ? 2 : 1; copies > 0; --copies)  // direct and by group
        held.push_back(!product.aliases.empty() && dice_.chance(40) ? product.aliases.front() : product.name);
    };
    const bool zeta_only = who.profile == frame_.second_users && frame_.users != frame_.second_users;
    for (const std::string vendor : {"acme", "zeta"}) {
      const Strings offered = bases(vendor);
      if (offered.empty() || (vendor == "acme" ? zeta_only : !zeta_only && dice_.chance(55))) continue;
      const Strings chosen = some_of(offered, dice_.chance(7) ? 0 : 1, dice_.chance(18) ? 2 : 1);
      for (const Product& product : world_.policy.products) {
        if (product.vendor() != vendor) continue;
        const bool free = product.kind == "free" || product.kind == "trial",
                   extra = product.kind == "attach" || product.kind == "addon";
        const bool based = std::any_of(product.needs.begin(), product.needs.end(), [&](const std::string& id) {
          return std::find(chosen.begin(), chosen.end(), id) != chosen.end();
        });
        if (std::find(chosen.begin(), chosen.end(), product.id) != chosen.end() || (free && dice_.chance(18)) ||
            (extra && dice_.chance(based ? 45 : 6)))
          hold(product);
      }
    }
    if (dice_.chance(5)) held.emplace_back("Mystery Planner");
    return held;
  }

  Person person(const std::string& org, int number, const std::vector<Person>& others) {
    static const Strings names{"Ana",  "Bo",  "Cyd", "Dara", "Eli", "Finn", "Gus",
                               "Hana", "Ivo", "Jo",  "Kim",  "Lea", "Mo",   "Nia"};
    Person who;
    who.profile = dice_.chance(30) ? frame_.second_users : frame_.users;
    UserRow& row = who.row;
    const std::string tag = (org == "north" ? "n" : "s") + std::to_string(10 + number);
    const std::string& name = names[static_cast<std::size_t>(number)];
    row.id = std::string(1, static_cast<char>('A' + dice_.between(0, 5))) + "-" + tag;
    row.login = name + "." + tag;
    row.email = row.login + "@" + org + ".example";
    row.name = name + ", Test";
    row.title = dice_.pick<std::string>({"Sales Rep", "Sales Lead", "Agent", "Analyst"});
    row.department = dice_.pick<std::string>({"Sales North", "Sales South", "Service", "IT"});
    row.type = "Person";
    if (dice_.chance(4)) row.email.clear();
    if (dice_.chance(6))
      row.login = "svc-" + row.login;
    else if (dice_.chance(6))
      row.login = "adm-" + row.login;
    else if (dice_.chance(4))
      row.title = "Room";
    else if (dice_.chance(4))
      row.department = "Partners";
    else if (dice_.chance(4))
      row.type = "Machine user";
    else if (dice_.chance(2))
      row.type = "Guest", row.skipped = true;
    if (!others.empty() && dice_.chance(11)) twin(row, others);
    life(who);
    who.row.products = licenses(who);
    who.later_products = who.row.products;
    if (dice_.chance(20)) {
      who.later_products = licenses(who);
      who.switched = frame_.audit - dice_.between(-5, 150);
    }
    return who;
  }
  void twin(UserRow& row, const std::vector<Person>& others) {
    row.email = dice_.pick(others).row.email;
    if (dice_.chance(30) && !world_.policy.alias_domains.empty() && !row.email.empty())
      row.email.insert(row.email.find(".example"), "-crm");
    if (row.email.find("-crm-crm") != std::string::npos) row.email.erase(row.email.find("-crm"), 4);
    if (dice_.chance(30) && !row.email.empty()) row.email[0] = static_cast<char>(row.email[0] ^ 0x20);
  }
  void life(Person& who) {
    who.from = frame_.audit - 500;
    who.until = frame_.audit + 500;
    who.status = "active";
    if (dice_.chance(85))
      who.row.created = frame_.audit - (dice_.chance(22) ? dice_.between(-3, 40) : dice_.between(20, 600));
    if (who.row.created)
      who.from = *who.row.created;
    else if (dice_.chance(30))
      who.from = frame_.audit - dice_.between(-3, 200);
    if (dice_.chance(6)) who.until = frame_.audit - dice_.between(-30, 100);
    if (dice_.chance(13)) {
      who.status = dice_.chance(65) ? "disabled" : "deleted";
      who.changed = frame_.audit - dice_.between(-10, 120);
      if (dice_.chance(45)) who.reactivated = who.changed + dice_.between(20, 80);
    }
  }

  // --- what they did ------------------------------------------------------------------------------------------

  std::vector<std::pair<std::string, std::string>> deeds(const Person& who, const std::string& vendor) {
    static const std::map<std::string, std::pair<std::string, std::string>> known{
        {"axdeal.write", {"axdeal", "update"}}, {"axdeal.read", {"axdeal", "list"}},
        {"axcase.write", {"axcase", "closed"}}, {"axquote.run", {"axquote2", "run"}},
        {"axboard.view", {"axboard", "view"}},  {"axsetup.edit", {"axsetup", "edit"}},
        {"ztick.write", {"ztick", "create"}},   {"zchat.send", {"zchat", "send"}},
        {"zcall.place", {"zcall", "place"}},    {"zview.open", {"zview", "open"}}};
    std::vector<std::pair<std::string, std::string>> able;
    const int eager = dice_.pick<int>({25, 50, 80, 100, 100});
    for (const Product& product : world_.policy.products) {
      const bool held =
          std::find(who.row.products.begin(), who.row.products.end(), product.name) != who.row.products.end();
      if (product.vendor() != vendor || !held) continue;
      for (const std::string& feature : product.grants)
        if (dice_.chance(eager)) able.push_back(known.at(feature));
    }
    if (dice_.chance(10)) able.push_back(known.at(dice_.pick(vendor == "acme" ? acme_features : zeta_features)));
    if (dice_.chance(10) || able.empty()) able.emplace_back(vendor == "acme" ? "axmisc" : "zmisc", "open");
    return able;
  }

  void live(Person& who, const std::string& vendor) {
    const auto able = deeds(who, vendor);
    const int kind = dice_.between(1, 100);
    const int busy = kind <= 6 ? 2 : dice_.between(12, 50);  // percent of days
    Day end = frame_.base + 45;
    if (kind > 6 && kind <= 30) end = frame_.audit - dice_.between(5, 220);  // stopped one day
    const bool none = kind > 30 && kind <= 42;
    const bool machine = kind > 42 && kind <= 54, sign_in_only = kind > 54 && kind <= 62;
    const Day human_until =
        machine ? (dice_.chance(50) ? frame_.audit - 400 : frame_.audit - dice_.between(20, 150)) : end;
    std::vector<Event>& events = who.events[vendor];
    const Day begin = std::max(frame_.audit - 250, who.row.created.value_or(frame_.audit - 250));
    for (Day day = begin; day <= end; ++day) {
      const auto add = [&](const std::string& object, const std::string& verb, bool success, bool by_machine) {
        events.push_back({day * 86400ll + dice_.between(0, 86399), object, verb, success, by_machine});
      };
      if (dice_.chance(2)) add("session", "sign-in", false, false);
      if (none || !dice_.chance(busy)) continue;
      const bool by_machine = machine && day > human_until;
      if (dice_.chance(70)) add("session", "sign-in", true, by_machine || dice_.chance(2));
      if (sign_in_only) continue;
      for (int n = dice_.between(0, 2); n > 0; --n) {
        const auto& [object, verb] = dice_.pick(able);
        add(object, verb, !dice_.chance(3), by_machine);
      }
    }
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.stamp < b.stamp; });
  }

  // --- what the policy says about them ------------------------------------------------------------------------

  void rules() {
    Policy& policy = world_.policy;
    Strings ids;
    for (const Product& product : policy.products) ids.push_back(product.id);
    if (dice_.chance(75))
      policy.classes = {{{{"login", "SVC-*"}}, "integration"},
                        {{{"login", "adm-*"}}, "admin"},
                        {{{"title", "room"}}, "shared"},
                        {{{"department", "Partn*"}}, "external"}};
    for (int n = dice_.chance(55) ? dice_.between(1, 3) : 0; n > 0; --n) {
      Role role;
      role.match.emplace_back("title", dice_.pick<std::string>({"Sales*", "Agent", "Analyst", "*"}));
      if (dice_.chance(40)) role.match.emplace_back("department", dice_.pick<std::string>({"Sales*", "Service"}));
      role.license = some_of(ids, 1, static_cast<int>(ids.size()));
      if (dice_.chance(50)) role.keep = some_of(acme_features, 1, 1);
      policy.roles.push_back(role);
    }
    for (int n = dice_.chance(50) ? dice_.between(1, 3) : 0; n > 0; --n) policy.waivers.push_back(waiver(ids));
    if (dice_.chance(12) && !frame_.capped) world_.as_of.reset();
    if (world_.orgs.size() > 1 && dice_.chance(15)) world_.org_flag = dice_.pick(world_.orgs);
  }
  Waiver waiver(const Strings& ids) {
    Waiver one;
    one.rule = dice_.pick<std::string>(
        {"*", "idle", "overprovisioned", "mistiered", "downgrade", "never-used", "departed", "low-use", "disabled"});
    const int kind = dice_.between(1, 3);
    if (kind == 1) one.match.emplace_back("product", dice_.pick(ids));
    if (kind == 2) one.match.emplace_back("department", dice_.pick<std::string>({"Sales*", "Service", "IT"}));
    if (kind == 3) {
      const UserFile& file = dice_.pick(world_.users);
      const std::string email = file.rows.empty() ? std::string() : dice_.pick(file.rows).email;
      one.match.emplace_back("email", email.empty() ? "nobody@north.example" : email);
    }
    one.until = frame_.audit + (dice_.chance(75) ? dice_.between(0, 200) : dice_.between(-60, -1));
    return one;
  }
};

}  // namespace

World make_world(std::uint64_t seed) { return Maker(seed).make(); }

}  // namespace property
