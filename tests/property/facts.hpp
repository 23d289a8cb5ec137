// SPDX-License-Identifier: Apache-2.0
// What is true of a world on its audit date, read straight from the world's values: the oracle's first half.
#pragma once

#include <set>

#include "world.hpp"

namespace property {

constexpr Day long_ago = -1'000'000;

/// An action of one account, on a calendar day of the policy's time zone.
struct Deed {
  Day day = 0;
  std::string object, verb;
  bool human = true;
  bool is_sign_in() const { return object == "session" && verb == "sign-in"; }
};

struct Account {
  std::string key;  ///< vendor id, or the login where there is none
  const UserRow* row = nullptr;
  std::size_t profile = 0;
  Day snapshot = 0;
  bool last_column = false;
  std::string kind = "human";                      ///< account class
  std::map<std::string, std::vector<Deed>> deeds;  ///< by vendor, up to D
  std::optional<Day> left;                         ///< the person's last day
  std::vector<std::pair<Day, Day>> leaves;
};

struct OrgFacts {
  std::string name;
  std::vector<Account> accounts;                       ///< sorted by key
  std::map<std::string, std::set<Day>> login, action;  ///< covered days up to D, by vendor
  std::map<std::string, Day> newest;                   ///< last day of any activity, by vendor
  std::set<std::string> sources;                       ///< vendors whose use something imported can show
};

struct Facts {
  Day as_of = 0;
  std::vector<OrgFacts> orgs;
};

Facts read_facts(const World& world);

/// Case-insensitive `*` and `?`.
bool glob(const std::string& pattern, const std::string& text);
bool matches(const Policy& policy, const Match& match, const UserRow& row, const std::string& product);
/// The product an export means by a name, or nullptr where policy and catalogs know none.
const Product* product_named(const Policy& policy, const std::string& name);
/// Latest of created, first seen with the product, reactivated and the day after the last leave; `long_ago` if none.
Day clock_start(const World& world, const OrgFacts& org, const Account& account, const Product& product, Day as_of);
bool released(const Product& product, const UserRow& row);
bool same_person(const Policy& policy, const UserRow& a, const UserRow& b);

}  // namespace property
