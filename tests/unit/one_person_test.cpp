// SPDX-License-Identifier: Apache-2.0
// `explain` reads one person's records and says, to the byte, what the whole fleet says of them: for every key of every
// account of the bundled quarter and of the samples.
#include "fleet/one_person.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "../explained.hpp"
#include "commands/audited.hpp"
#include "folder.hpp"
#include "seatlint/cli.hpp"
#include "store/store.hpp"

namespace one_person_test {

using namespace seatlint;
using seatlint::testing::explained;
using seatlint::testing::Folder;

namespace {

namespace fs = std::filesystem;

const std::string tree = SEATLINT_SOURCE_DIR;
const Day today = make_day(2026, 10, 5);

void tool(const Folder& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"-q", "--db", folder.file("seatlint.db")});
  Environment environment;
  environment.today = today;
  std::istringstream in;
  std::ostringstream out, err;
  run(arguments, in, out, err, environment);  // some samples are there to be refused
}

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> keys_of(const Fleet& fleet) {
  std::set<std::string> keys;
  for (const Account& account : fleet.accounts) {
    const AccountIdentity& who = account.identity;
    for (const std::string_view key :
         {account.key, who.id, who.login, who.email, account.more().hr_id, account.more().federation_id})
      keys.insert(fold_case(key));
    for (const std::string_view alias : account.more().aliases) keys.insert(fold_case(alias));
  }
  keys.erase("");
  return keys;
}

/// How many keys there are; `whole` counts those that needed the whole fleet.
std::size_t compare(const Folder& folder, const std::string& policy_path, std::optional<Day> as_of, int& whole) {
  Catalog catalog = builtin_catalog();
  const Policy policy = policy_path.empty()
                            ? Policy{}
                            : parse_policy(text_of(policy_path), policy_path, catalog, rule_and_family_names());
  const Store store(folder.file("seatlint.db"), Store::Open::read);
  const FleetOptions options{as_of, today, {}};
  Fleet fleet = load_fleet(store, policy, catalog, options);
  const Judged judged = judge(fleet);
  const std::set<std::string> keys = keys_of(fleet);
  for (const std::string& key : keys) {
    INFO(key);
    auto alone = load_person(store, policy, catalog, options, key);
    if (!alone) {
      ++whole;
      continue;
    }
    CHECK(alone->as_of == fleet.as_of);
    CHECK(explained(store, *alone, judge(*alone), key) == explained(store, fleet, judged, key));
  }
  return keys.size();
}

}  // namespace

TEST_CASE("one person of the bundled quarter, loaded alone, is explained as in the whole fleet", "[one-person]") {
  const std::string example = tree + "/examples/quarterly-audit";
  const Folder folder;
  tool(folder, {"--config", example + "/seatlint.toml", "import", example + "/exports"});
  int whole = 0;
  CHECK(compare(folder, example + "/seatlint.toml", std::nullopt, whole) > 200);
  CHECK(compare(folder, "", make_day(2026, 8, 15), whole) > 200);
  CHECK(whole == 0);
}

TEST_CASE("one person of the samples, loaded alone, is explained as in the whole fleet", "[one-person]") {
  for (const std::string vendor : {"dynamics", "salesforce", "other"}) {
    INFO(vendor);
    const Folder folder;
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(tree + "/tests/data/samples/" + vendor)) files.insert(entry.path());
    for (const fs::path& file : files)
      tool(folder, {"import", file.string(), "--snapshot-date", "2026-09-15", "--max-rejects", "100%"});
    int whole = 0;
    const Day snapshot = make_day(2026, 9, 15);
    CHECK(compare(folder, "", snapshot, whole) > 10);
    compare(folder, "", std::nullopt, whole);
  }
}

TEST_CASE("nobody answers to a name that nobody has, and nobody is loaded for it", "[one-person]") {
  const std::string example = tree + "/examples/quarterly-audit";
  const Folder folder;
  tool(folder, {"--config", example + "/seatlint.toml", "import", example + "/exports"});
  const Store store(folder.file("seatlint.db"), Store::Open::read);
  const Catalog catalog = builtin_catalog();
  const Policy policy;
  const auto fleet = load_person(store, policy, catalog, {std::nullopt, today, {}}, "nobody@example.com");
  REQUIRE(fleet);
  CHECK(fleet->accounts.empty());
}

namespace {

std::string profile_of(const std::string& name, const std::string& vendor, const std::string& rest) {
  return "[profile]\nname = \"" + name + "\"\nvendor = \"" + vendor + "\"\nget = \"here\"\n" + rest +
         "[dates]\norder = \"ymd\"\n";
}
std::string users_of(const std::string& vendor, const std::string& columns) {
  return profile_of(vendor + "-users", vendor,
                    "kind = \"users\"\nrequire = [\"User ID\"]\n[columns]\nid = \"User ID\"\nemail = \"Email\"\n"
                    "products = \"License\"\nstatus = \"Status\"\n" +
                        columns);
}
std::string log_of(const std::string& vendor, const std::string& columns) {
  return profile_of(vendor + "-log", vendor,
                    "kind = \"activity\"\nrequire = [\"Time\"]\n[columns]\ntime = \"Time\"\nid = \"User ID\"\n"
                    "object = \"Object\"\nverb = \"Action\"\n" +
                        columns);
}

/// A store of two systems of one org, whose accounts are easily taken for each other, and a log of a third.
struct TwoSystems {
  Folder folder;

  TwoSystems(const std::string& last_login, const std::string& log_day) {
    const std::string gold = "Dynamics 365 Sales Enterprise,active,",
                      silver = "Dynamics 365 Sales Professional,active,";
    // 5 and 6 are one person by HR number; the HR number of 7 is the id of 5.
    import("crm.csv", users_of("dynamics365", "hr_id = \"Employee ID\"\nlast_activity = \"Last login\"\n"),
           "User ID,Email,Employee ID,License,Status,Last login\n"
           "5,ana@a.example,77," +
               gold + last_login + "\n6,ana.b@a.example,77," + gold + "\n7,bo@a.example,5," + silver +
               "\n8,cy@a.example,," + silver + "\n");
    import("desk.csv", users_of("desk", ""),
           "User ID,Email,License,Status\n70,ana@a.example,Desk,active\n8,dee@a.example,Desk,active\n");
    // By id somebody else than by address; and two answer to an id in the log of a system without accounts.
    import("crm_log.csv", log_of("dynamics365", "user = \"Email\"\n"),
           "Time,User ID,Email,Object,Action\n2026-07-01,8,ana@a.example,lead,create\n" + log_day +
               ",,ana.b@a.example,lead,update\n" + log_day + ",,bo@a.example,lead,update\n");
    import("shop_log.csv", log_of("shop", ""),
           "Time,User ID,Object,Action\n2026-07-02,8,order,create\n" + log_day + ",5,order,create\n");
    import("left.csv", "", "Employee ID,Last day\n77,2026-09-01\n");
    const Store store(folder.file("seatlint.db"), Store::Open::read);
    REQUIRE(store.files().size() == 5);
  }

  void import(const std::string& name, const std::string& profile, const std::string& bytes) const {
    std::vector<std::string> arguments{"import", folder.put(name, bytes), "--snapshot-date", "2026-09-30"};
    if (!profile.empty()) arguments.insert(arguments.end(), {"--profile", folder.put(name + ".toml", profile)});
    tool(folder, arguments);
  }
};

}  // namespace

TEST_CASE("who might be meant by the same keys is loaded, too", "[one-person]") {
  const TwoSystems two("2026-09-29", "2026-09-29");
  int whole = 0;
  CHECK(compare(two.folder, "", make_day(2026, 9, 30), whole) >= 10);
  CHECK(whole == 0);
}

TEST_CASE("since when a feed is silent is known of logs; beside a last-activity column only the whole fleet tells",
          "[one-person]") {
  int whole = 0;
  const TwoSystems column("2026-09-29", "2026-08-01");  // alive by the column alone
  compare(column.folder, "", make_day(2026, 9, 30), whole);
  CHECK(whole == 0);
  const TwoSystems silent("2026-08-05", "2026-08-01");
  const std::size_t keys = compare(silent.folder, "", make_day(2026, 9, 30), whole);
  CHECK(whole == static_cast<int>(keys));
}

}  // namespace one_person_test
