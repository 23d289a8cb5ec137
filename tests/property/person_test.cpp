// SPDX-License-Identifier: Apache-2.0
// One person loaded alone is explained as in the whole fleet: `explain` may read little, never less than it needs.
//   SEATLINT_PERSON_FLEETS=N  how many companies (default 60)

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "commands/explanation.hpp"
#include "fleet/one_person.hpp"
#include "seatlint/rules.hpp"
#include "tool_run.hpp"

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string explained(const seatlint::Store& store, seatlint::Fleet& fleet, const seatlint::Judged& judged,
                      const std::string& key) {
  std::vector<int> accounts;
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i)
    if (seatlint::answers_to(fleet.accounts[i], key)) accounts.push_back(static_cast<int>(i));
  seatlint::load_proofs(store, fleet, accounts);
  std::ostringstream text;
  for (const int account : accounts) seatlint::explain_account(store, fleet, judged, account, text);
  return text.str();
}

struct Loads {
  int alone = 0, whole = 0;  ///< people loaded by themselves; those for whom everybody had to be loaded
};

void compare(const property::World& world, Loads& loads) {
  const property::Scratch folder(world.seed);
  for (const auto& command : property::write_world(world, folder.path())) property::tool(world, folder.path(), command);
  seatlint::Catalog catalog = seatlint::builtin_catalog();
  const std::string path = folder.path() + "/seatlint.toml";
  const seatlint::Policy policy =
      seatlint::parse_policy(bytes_of(path), path, catalog, seatlint::rule_and_family_names());
  const seatlint::Store store(folder.path() + "/seatlint.db", seatlint::Store::Open::read);
  const seatlint::FleetOptions options{
      world.as_of ? std::optional(seatlint::Day{*world.as_of}) : std::nullopt, seatlint::Day{world.today}, {}};
  seatlint::Fleet fleet = seatlint::load_fleet(store, policy, catalog, options);
  const seatlint::Judged judged = seatlint::judge(fleet);
  std::set<std::string> keys;
  for (const seatlint::Account& account : fleet.accounts) {
    keys.insert(seatlint::fold_case(account.key));
    keys.insert(seatlint::fold_case(account.identity.email));
  }
  keys.erase("");
  for (const std::string& key : keys) {
    auto alone = seatlint::load_person(store, policy, catalog, options, key);
    ++(alone ? loads.alone : loads.whole);
    if (!alone) continue;
    INFO("seed " << world.seed << ", " << key);
    const seatlint::Judged own = seatlint::judge(*alone);
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
