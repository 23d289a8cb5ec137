// SPDX-License-Identifier: Apache-2.0
// One person loaded alone is explained as in the whole fleet: `explain` may read little, never less than it needs.
//   SEATLINT_PERSON_FLEETS=N  how many companies (default 60)

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "../explained.hpp"
#include "fleet/one_person.hpp"
#include "seatlint/rules.hpp"
#include "tool_run.hpp"

namespace {

using namespace seatlint;
using seatlint::testing::explained;

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Loads {
  int alone = 0, whole = 0;  ///< people loaded by themselves; those for whom everybody had to be loaded
};

void compare(const property::World& world, Loads& loads) {
  const property::Scratch folder(world.seed);
  for (const auto& command : property::write_world(world, folder.path())) property::tool(world, folder.path(), command);
  Catalog catalog = builtin_catalog();
  const std::string path = folder.path() + "/seatlint.toml";
  const Policy policy = parse_policy(text_of(path), path, catalog, rule_and_family_names());
  const Store store(folder.path() + "/seatlint.db", Store::Open::read);
  FleetOptions options;
  if (world.as_of) options.as_of = seatlint::Day{*world.as_of};
  options.today = seatlint::Day{world.today};
  Fleet fleet = load_fleet(store, policy, catalog, options);
  const Judged judged = judge(fleet);
  std::set<std::string> keys;
  for (const Account& account : fleet.accounts) {
    keys.insert(fold_case(account.key));
    keys.insert(fold_case(account.identity.email));
  }
  keys.erase("");
  for (const std::string& key : keys) {
    auto alone = load_person(store, policy, catalog, options, key);
    ++(alone ? loads.alone : loads.whole);
    if (!alone) continue;
    INFO("seed " << world.seed << ", " << key);
    const Judged own = judge(*alone);
    REQUIRE(explained(store, *alone, own, key) == explained(store, fleet, judged, key));
  }
}

}  // namespace

TEST_CASE("one person loaded alone is explained as in the whole fleet", "[property][person]") {
  const int fleets = property::number_from("SEATLINT_PERSON_FLEETS", 60);
  Loads loads;
  for (int seed = 1; seed <= fleets; ++seed) compare(property::make_world(static_cast<std::uint64_t>(seed)), loads);
  CHECK(loads.alone > 10 * loads.whole);
}
