// SPDX-License-Identifier: Apache-2.0
// Persons are joined by address, federation id or HR number, never by a name alone.
#include "fleet/people.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "base/in_parallel.hpp"
#include "base/numbered_texts.hpp"
#include "fleet/accounts.hpp"

namespace seatlint {
namespace {

constexpr Day open_end{INT32_MAX};

/// Texts, and the first account that has each.
struct Keys {
  NumberedTexts texts;
  std::vector<int> owner;  // by number of the text
};

bool has_address(const Account& account, std::string_view text) {
  const AccountIdentity& identity = account.identity;
  const ListRef<std::string_view>& aliases = account.more().aliases;
  return identity.email == text || identity.login == text || identity.id == text ||
         std::find(aliases.begin(), aliases.end(), text) != aliases.end();
}

std::string in_org(int org, char kind, std::string_view key) { return (std::to_string(org) + kind).append(key); }

void start_clock(const Fleet& fleet, Seat& seat) {
  const Account& account = fleet.accounts[static_cast<std::size_t>(seat.account)];
  static const SharedText created("created"), first_seen("first seen"), reactivated("reactivated"),
      back("back from leave");
  const auto consider = [&](const std::optional<Day>& day, SharedText origin) {
    if (!day || (seat.clock_start && *seat.clock_start >= *day)) return;
    seat.clock_start = day;
    seat.clock_origin = origin;
  };
  consider(account.created, created);
  consider(seat.first_seen, first_seen);
  consider(account.more().reactivated, reactivated);
  for (const DayRange& leave : account.hr().leaves)
    if (leave.last < fleet.as_of) consider(leave.last + 1, back);
}

}  // namespace

Subject subject_of(const Account& account) {
  return {account.identity.id,
          account.identity.login,
          account.identity.email,
          account.name,
          account.title,
          account.department,
          account.more().manager,
          account.more().cost_center,
          account.more().profile_name,
          {},
          account.more().roles};
}

void number_persons(Fleet& fleet, const AccountIndex& index) {
  std::vector<int> parent(fleet.accounts.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto find = [&](int i) {
    const auto above = [&](int one) -> int& { return parent[static_cast<std::size_t>(one)]; };
    while (above(i) != i) i = above(i) = above(above(i));
    return i;
  };
  const auto join = [&](int one, int other) {
    const int a = find(one), b = find(other);
    parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
  };
  // Another export may know another address of the same account, and an address may stand where ids or logins do.
  index.each_shared([&](std::string_view text, std::span<const int> accounts) {
    if (text.find('@') == std::string_view::npos) return;
    int first = -1;
    for (const int account : accounts) {
      if (!has_address(fleet.accounts[static_cast<std::size_t>(account)], text)) continue;
      if (first >= 0) join(first, account);
      first = account;
    }
  });
  constexpr std::size_t keys = 3;
  const auto key_text = [](const Account& account, std::size_t key) -> std::string_view {
    return key == 0 ? account.identity.email : key == 1 ? account.more().federation_id : account.more().hr_id;
  };
  std::map<std::pair<int, std::size_t>, Keys> known;  // by org and key
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i)
    for (std::size_t key = 0; key < keys; ++key) {
      const Account& account = fleet.accounts[i];
      const std::string_view text = key_text(account, key);
      // E-mails with an @ were asked above.
      if (text.empty() || (key == 0 && text.find('@') != std::string_view::npos)) continue;
      Keys& seen = known[{account.org, key}];
      const auto number = static_cast<std::size_t>(seen.texts.add_lasting(text));
      if (number == seen.owner.size()) {
        seen.owner.push_back(static_cast<int>(i));
      } else {
        join(seen.owner[number], static_cast<int>(i));
      }
    }
  std::vector<int> number(fleet.accounts.size(), -1);
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i) {
    int& person = number[static_cast<std::size_t>(find(static_cast<int>(i)))];
    if (person < 0) person = fleet.persons++;
    fleet.accounts[i].person = person;
  }
}

void classify(Fleet& fleet) {
  const SharedText by_default("default");
  std::vector<SharedText> origins;
  for (const ClassRule& rule : fleet.policy->classes)
    origins.emplace_back(fleet.policy->path + ":" + std::to_string(rule.line));
  const auto classify_one = [&](Account& account) {
    if (!account.class_origin.empty()) return;
    account.class_origin = by_default;
    for (std::size_t i = 0; i < origins.size(); ++i) {
      const ClassRule& rule = fleet.policy->classes[i];
      if (!rule.match(subject_of(account))) continue;
      account.account_class = rule.account_class;
      account.class_origin = origins[i];
      return;
    }
  };
  in_pieces(fleet.accounts.size(), fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) classify_one(fleet.accounts[i]);
  });
}

void add_hr_facts(const Store& store, Fleet& fleet, const std::vector<int>& files, const Selection* only) {
  if (files.empty()) return;
  std::unordered_map<std::string, std::vector<int>> by_key;  // a person's keys -> persons
  std::map<int, std::vector<int>> accounts_of;
  std::map<int, std::vector<DayRange>> leaves;  ///< by account
  std::map<int, HrFacts*> facts;                ///< the same
  Arena& memory = *fleet.memory.front();
  const auto facts_of = [&](int account) -> HrFacts& {
    HrFacts*& known = facts[account];
    if (known == nullptr) {
      known = new (memory.room<HrFacts>(1)) HrFacts;
      more_of(fleet.accounts[static_cast<std::size_t>(account)], memory).hr = known;
    }
    return *known;
  };
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i) {
    const Account& account = fleet.accounts[i];
    const AccountIdentity& identity = account.identity;
    accounts_of[account.person].push_back(static_cast<int>(i));
    std::set<std::string> keys{in_org(account.org, 'a', identity.email), in_org(account.org, 'a', identity.login),
                               in_org(account.org, 'a', identity.id), in_org(account.org, 'h', account.more().hr_id),
                               in_org(account.org, 'h', identity.id)};
    for (const std::string_view alias : account.more().aliases) keys.insert(in_org(account.org, 'a', alias));
    for (const std::string& key : keys) by_key[key].push_back(account.person);
  }
  for (const int index : files) {
    const ImportedFile& file = fleet.files[static_cast<std::size_t>(index)];
    const auto org =
        std::find_if(fleet.orgs.begin(), fleet.orgs.end(), [&](const FleetOrg& o) { return o.name == file.org; });
    const int org_index = static_cast<int>(org - fleet.orgs.begin());
    const auto visit = [&](const PersonRow& row, std::uint64_t line) {
      std::set<int> persons;
      for (const auto& [kind, key] : {std::pair{'a', &row.email}, {'a', &row.login}, {'h', &row.hr_id}}) {
        if (key->empty()) continue;
        const auto found = by_key.find(in_org(org_index, kind, *key));
        if (found != by_key.end()) persons.insert(found->second.begin(), found->second.end());
      }
      const RecordPlace record{index, line};
      for (const int person : persons)
        for (const int i : accounts_of[person]) {
          HrFacts& told = facts_of(i);
          if (file.kind == RecordKind::departures && row.last_day &&
              (!told.last_day || *row.last_day > *told.last_day)) {
            told.last_day = row.last_day;
            told.departure_evidence = record;
          }
          if (row.share) {
            // Of several lists that hold on the day the smallest share counts: it gives most time.
            if (row.from.value_or(fleet.as_of) > fleet.as_of || row.to.value_or(fleet.as_of) < fleet.as_of) continue;
            if (*row.share >= told.share) continue;
            told.share = *row.share;
            told.share_evidence = record;
          } else if (file.kind == RecordKind::leave && row.from) {
            leaves[i].push_back({*row.from, row.to.value_or(open_end)});
            if (row.from <= fleet.as_of) told.leave_evidence = record;
          }
        }
    };
    store.each_person(file.id, visit, only);
  }
  for (auto& [account, list] : leaves) {
    std::sort(list.begin(), list.end(), [](const DayRange& a, const DayRange& b) {
      return std::pair(a.first, a.last) < std::pair(b.first, b.last);
    });
    auto* kept = memory.room<DayRange>(list.size());
    std::copy(list.begin(), list.end(), kept);
    facts_of(account).leaves = {kept, list.size()};
  }
}

void start_clocks(Fleet& fleet) {
  constexpr std::size_t fewest = 10'000;  // seats for which a thread is worth its while
  in_pieces(fleet.seats.size(), fewest, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) start_clock(fleet, fleet.seats[i]);
  });
}

}  // namespace seatlint
