// SPDX-License-Identifier: Apache-2.0
// Who answers to what a log says, against a plain walk over all accounts.
#include "fleet/account_index.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "base/arena.hpp"

namespace account_index_test {

using namespace seatlint;
namespace {

using Asked = AccountIndex::Asked;

/// Whom a text names among accounts that `among` picks: what it is of them decides, best first.
template <typename Among>
int plain(const Fleet& fleet, std::string_view text, const Among& among) {
  const auto has = [](const Account& who, std::string_view name) {
    return std::find(who.more().aliases.begin(), who.more().aliases.end(), name) != who.more().aliases.end();
  };
  const auto ways = {+[](const Account& one, std::string_view t) { return one.key == t || one.identity.id == t; },
                     +[](const Account& one, std::string_view t) { return one.identity.login == t; },
                     +[](const Account& one, std::string_view t) { return one.identity.email == t; }};
  std::vector<std::vector<int>> found(5);
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i) {
    const Account& one = fleet.accounts[i];
    if (!among(one)) continue;
    std::size_t way = 0;
    for (const auto goes_by : ways) {
      if (goes_by(one, text)) found[way].push_back(static_cast<int>(i));
      ++way;
    }
    const AccountIdentity& who = one.identity;
    if (who.id == text || who.login == text || who.email == text || has(one, text))
      found[3].push_back(static_cast<int>(i));
    if (fold_case(one.key) == text) found[4].push_back(static_cast<int>(i));
  }
  int result = AccountIndex::unknown;
  for (const std::vector<int>& some : found) {
    if (some.size() == 1) return some.front();
    if (some.size() > 1) result = AccountIndex::ambiguous;
  }
  return result;
}

template <typename Among>
int plain(const Fleet& fleet, const Asked& asked, const Among& among) {
  int result = AccountIndex::unknown;
  for (const std::string_view text : {asked.id, asked.login, asked.email}) {
    const int one = text.empty() ? AccountIndex::unknown : plain(fleet, text, among);
    if (one >= 0) return one;
    if (one == AccountIndex::ambiguous) result = one;
  }
  return result;
}

int plain(const Fleet& fleet, const Asked& asked, int org, std::string_view vendor) {
  const int own = plain(fleet, asked, [&](const Account& one) { return one.org == org && one.vendor == vendor; });
  return own != AccountIndex::unknown ? own : plain(fleet, asked, [&](const Account& one) { return one.org == org; });
}

using Sharers = std::map<std::pair<int, std::string>, std::set<int>>;  ///< by org and text

/// Texts that several accounts of an org go by, by a walk over all of them.
Sharers plain_sharers(const Fleet& fleet) {
  Sharers all;
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i) {
    const Account& one = fleet.accounts[i];
    std::vector<std::string_view> texts{one.key, one.identity.id, one.identity.login, one.identity.email};
    texts.insert(texts.end(), one.more().aliases.begin(), one.more().aliases.end());
    const std::string folded = fold_case(one.key);
    texts.push_back(folded);
    for (const std::string_view text : texts)
      if (!text.empty()) all[{one.org, std::string(text)}].insert(static_cast<int>(i));
  }
  std::erase_if(all, [](const auto& each) { return each.second.size() < 2; });
  return all;
}

}  // namespace

TEST_CASE("a log's names find what a walk over all accounts finds", "[account-index]") {
  const std::vector<std::string_view> names{
      "",      "a",     "b",     "c",        "A",        "Ab",   "ab",
      "a@x.y", "b@x.y", "B@x.y", "\xC3\x84", "\xC3\xA4", "0051", "a-long-name@example.com"};
  const std::vector<std::string_view> vendors{"acme", "bolt", ""};
  std::mt19937 dice(20260930);
  const auto any = [&](const auto& list) { return list[dice() % list.size()]; };
  std::size_t known = 0, several = 0;
  for (int round = 0; round < 60; ++round) {
    Fleet fleet;
    const std::size_t most_vendors = 1 + dice() % vendors.size();
    // Beyond some thousands they are shared out among threads.
    const std::size_t count = round % 20 == 0 ? 5000 : 1 + dice() % 8;
    std::vector<Account> accounts(count);
    std::vector<std::vector<std::string_view>> aliases(count);
    Arena memory;
    std::vector<std::string> more;
    more.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      Account& one = accounts[i];
      fleet.accounts.push_back(one);
      one.org = static_cast<int>(dice() % 2);
      one.vendor = vendors[dice() % most_vendors];
      one.identity = {any(names), any(names), any(names)};
      if (i > 8) one.identity.id = more.emplace_back("Id" + std::to_string(i));
      for (std::size_t left = dice() % 3; left > 0; --left) aliases[i].push_back(any(names));
      one.told_more = new (memory.room<AccountMore>(1)) AccountMore;
      one.told_more->aliases = memory.keep_list<std::string_view>(aliases[i]);
      one.key = !one.identity.id.empty() ? one.identity.id.view() : any(names);
    }
    const AccountIndex index(fleet);
    std::vector<Asked> asked;
    std::vector<int> wanted;
    for (int i = 0; i < 200; ++i) {
      const int org = static_cast<int>(dice() % 3);
      const std::string_view vendor = any(vendors);
      asked.push_back({index.scope(org, vendor), any(names), any(names), any(names)});
      if (i % 4 == 0) asked.back().id = asked.back().login = {};
      wanted.push_back(plain(fleet, asked.back(), org, vendor));
      known += wanted.back() >= 0;
      several += wanted.back() == AccountIndex::ambiguous;
    }
    std::vector<int> found(asked.size());
    index.find(asked, found);
    REQUIRE(found == wanted);
    Sharers sharers;
    index.each_shared([&](std::string_view text, std::span<const int> accounts_of_it) {
      const int org = fleet.accounts[static_cast<std::size_t>(accounts_of_it.front())].org;
      sharers[{org, std::string(text)}].insert(accounts_of_it.begin(), accounts_of_it.end());
    });
    std::erase_if(sharers, [](const auto& each) { return each.second.size() < 2; });
    REQUIRE(sharers == plain_sharers(fleet));
  }
  CHECK(known > 1000);
  CHECK(several > 200);
}

TEST_CASE("a log that names ids where logins stand has them folded", "[account-index]") {
  std::vector<Account> accounts(2);
  Fleet fleet;
  for (Account& one : accounts) fleet.accounts.push_back(one);
  fleet.accounts[0].key = fleet.accounts[0].identity.id = "005AbC";
  fleet.accounts[1].key = fleet.accounts[1].identity.id = "005aBc";
  const AccountIndex index(fleet);
  const AccountIndex::Scope scope = index.scope(0, "");
  std::vector<int> found(3);
  index.find(std::vector<Asked>{{scope, {}, "005AbC", {}}, {scope, {}, "005abc", {}}, {scope, {}, "005", {}}}, found);
  CHECK(found == std::vector<int>{0, AccountIndex::ambiguous, AccountIndex::unknown});
}

}  // namespace account_index_test
