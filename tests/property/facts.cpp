// SPDX-License-Identifier: Apache-2.0
// Snapshots, activity, coverage and HR facts on the audit date. Comments in quotes are sentences of the definitions.

#include "facts.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace property {
namespace {

std::string folded(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// An address with its domain replaced by the first of its group of alias domains.
std::string mailbox(const Policy& policy, const std::string& email) {
  std::string one = folded(email);
  const std::size_t at = one.find('@');
  if (at == std::string::npos) return one;
  for (const auto& group : policy.alias_domains)
    for (const std::string& domain : group)
      if (one.substr(at + 1) == folded(domain)) return one.substr(0, at + 1) + folded(group.front());
  return one;
}

Day last_sunday(int year, int month) {
  const Day end = day_of(year, month, 31);
  return end - ((end + 4) % 7);  // 1970-01-01 was a Thursday: (day + 4) % 7 is 0 on Sundays
}

/// "account × action × calendar day in the policy's time zone. A value without a time of day is that calendar day in
/// every zone."
Day local_day(const LogRow& row, const std::string& zone) {
  if (row.day_only) return static_cast<Day>(row.stamp / 86400);
  long long shift = 0;
  if (zone == "Asia/Kolkata") shift = 19800;
  if (zone == "Europe/Berlin") {  // summer time from the last Sunday of March to that of October, at 01:00 UTC
    const int year = std::atoi(iso(static_cast<Day>(row.stamp / 86400)).c_str());
    const bool summer =
        row.stamp >= last_sunday(year, 3) * 86400ll + 3600 && row.stamp < last_sunday(year, 10) * 86400ll + 3600;
    shift = summer ? 7200 : 3600;
  }
  return static_cast<Day>((row.stamp + shift) / 86400);
}

/// "the days for which evidence was imported … from its first to its last day, or the period that … states."
std::set<Day> covered_days(const LogFile& file, const Profile& profile, const std::string& zone) {
  Day first = 1'000'000, last = long_ago;
  for (const LogRow& row : file.rows) {
    first = std::min(first, local_day(row, zone));  // failures, too: "its day still counts as covered"
    last = std::max(last, local_day(row, zone));
  }
  if (file.covers) std::tie(first, last) = *file.covers;
  // "A row cap is suspected when a file's records number exactly a vendor limit known to its profile, or 1, 2 or 5
  // followed by three or more zeros; a capped file proves its days except the edge where it was cut."
  bool capped = profile.row_cap > 0 && file.rows.size() == static_cast<std::size_t>(profile.row_cap);
  for (std::size_t power = 1000; power <= 1'000'000; power *= 10)
    for (std::size_t head : {1u, 2u, 5u}) capped = capped || file.rows.size() == head * power;
  if (capped) {  // the edge lies where the file's last row lies: nothing from there on is proven
    const Day top = local_day(file.rows.front(), zone), bottom = local_day(file.rows.back(), zone);
    if (top <= bottom) last = std::min(last, bottom - 1);
    if (top >= bottom) first = std::max(first, bottom + 1);
  }
  std::set<Day> days;
  for (Day day = first; day <= last; ++day) days.insert(day);
  return days;
}

bool in_scope(const World& world, const std::string& org) { return !world.org_flag || *world.org_flag == org; }

/// "Default: … the smallest over the orgs of the newest covered activity day (where there is activity), else the newest
/// snapshot date; never after today."
Day audit_date(const World& world) {
  if (world.as_of) return *world.as_of;
  Day smallest = world.today;
  for (const std::string& org : world.orgs) {
    if (!in_scope(world, org)) continue;
    Day covered = long_ago, snapshot = long_ago;
    for (const LogFile& file : world.logs)
      if (file.org == org)
        for (const Day day : covered_days(file, world.profiles[file.profile], world.policy.timezone))
          covered = std::max(covered, day);
    for (const UserFile& file : world.users)
      if (file.org == org) snapshot = std::max(snapshot, file.date);
    const Day newest = covered != long_ago ? covered : snapshot;
    if (newest != long_ago) smallest = std::min(smallest, newest);
  }
  return smallest;
}

std::string key_of(const UserRow& row) { return row.id.empty() ? row.login : row.id; }

/// "The snapshot of an org, per profile, is the one nearest to D among those dated ≤ D + snapshot_slack_days (ties: the
/// earlier); accounts and assignments it lacks have ended."
std::optional<Day> chosen_snapshot(const World& world, const std::string& org, std::size_t profile, Day as_of) {
  std::optional<Day> best;
  for (const UserFile& file : world.users) {
    if (file.org != org || file.profile != profile || file.date > as_of + world.policy.slack) continue;
    const int distance = std::abs(file.date - as_of);
    if (!best || distance < std::abs(*best - as_of) || (distance == std::abs(*best - as_of) && file.date < *best))
      best = file.date;
  }
  return best;
}

/// "From the export where it says so, else from the policy's [[class]] patterns; default human."
std::string class_of(const World& world, const Profile& profile, const UserRow& row) {
  if (profile.class_column && glob("*Machine*", row.type)) return "integration";
  for (const ClassRule& rule : world.policy.classes)
    if (matches(world.policy, rule.match, row, "")) return rule.name;
  return "human";
}

void read_accounts(const World& world, OrgFacts& org, Day as_of) {
  for (std::size_t profile = 0; profile < world.profiles.size(); ++profile) {
    const auto date = chosen_snapshot(world, org.name, profile, as_of);
    if (!date) continue;
    for (const UserFile& file : world.users) {
      if (file.org != org.name || file.profile != profile || file.date != *date) continue;
      for (const UserRow& row : file.rows) {
        if (row.skipped) continue;
        Account account;
        account.key = key_of(row);
        account.row = &row;
        account.profile = profile;
        account.snapshot = *date;
        account.last_column = file.last_column;
        account.kind = class_of(world, world.profiles[profile], row);
        org.accounts.push_back(account);
      }
    }
  }
  std::sort(org.accounts.begin(), org.accounts.end(), [](const Account& a, const Account& b) { return a.key < b.key; });
}

Account* account_of(const World& world, OrgFacts& org, const std::string& user) {
  for (Account& account : org.accounts)
    if (account.row->id == user || folded(account.row->login) == folded(user)) return &account;
  for (Account& account : org.accounts)
    if (!account.row->email.empty() && mailbox(world.policy, account.row->email) == mailbox(world.policy, user))
      return &account;
  return nullptr;
}

void read_logs(const World& world, OrgFacts& org, Day as_of) {
  for (const LogFile& file : world.logs) {
    if (file.org != org.name) continue;
    const Profile& profile = world.profiles[file.profile];
    for (const Day day : covered_days(file, profile, world.policy.timezone)) {
      if (day > as_of) continue;
      org.login[profile.vendor].insert(day);  // "A profile that maps an object gives both kinds"
      if (profile.maps_object) org.action[profile.vendor].insert(day);
      org.sources.insert(profile.vendor);
    }
    for (const LogRow& row : file.rows) {
      const Day day = local_day(row, world.policy.timezone);
      if (!row.success || day > as_of)
        continue;  // "A row whose outcome is failure is never activity"; "Activity after D is not read."
      Day& newest = org.newest.try_emplace(profile.vendor, long_ago).first->second;
      newest = std::max(newest, day);
      if (Account* account = account_of(world, org, row.user))
        account->deeds[profile.vendor].push_back({day, profile.maps_object ? row.object : "session",
                                                  profile.maps_object ? row.verb : "sign-in", !row.machine});
    }
  }
}

/// "A snapshot's own `last login`/`last active` value: one day of use of kind `login`. On a day on which the log shows
/// only machine sign-ins it is machine, too."
void read_last_activity(const World& world, OrgFacts& org, Day as_of) {
  std::vector<std::pair<Account*, Day>> found;
  for (const UserFile& file : world.users) {
    if (file.org != org.name || !file.last_column) continue;
    // A later snapshot must not change what an audit of this day said when it was printed.
    if (file.date > as_of + world.policy.slack) continue;
    org.sources.insert(world.profiles[file.profile].vendor);
    for (const UserRow& row : file.rows) {
      if (row.skipped || row.last.kind != LastValue::Kind::day || row.last.day > as_of) continue;
      for (Account& account : org.accounts)
        if (account.profile == file.profile && account.key == key_of(row)) found.emplace_back(&account, row.last.day);
      Day& newest = org.newest.try_emplace(world.profiles[file.profile].vendor, long_ago).first->second;
      newest = std::max(newest, row.last.day);
    }
  }
  std::vector<bool> human;
  for (const auto& [account, day] : found) {
    bool by_machine = false, by_human = false;
    for (const Deed& deed : account->deeds[world.profiles[account->profile].vendor])
      if (deed.day == day && deed.is_sign_in()) (deed.human ? by_human : by_machine) = true;
    human.push_back(!by_machine || by_human);
  }
  for (std::size_t i = 0; i < found.size(); ++i)
    found[i].first->deeds[world.profiles[found[i].first->profile].vendor].push_back(
        {found[i].second, "session", "sign-in", human[i]});
}

void read_people(const World& world, OrgFacts& org) {
  const auto concerns = [&](const HrRow& row, const Account& account) {
    for (const Account& other : org.accounts) {
      const bool named = row.email.empty()
                             ? other.row->id == row.id
                             : mailbox(world.policy, other.row->email) == mailbox(world.policy, row.email);
      if (named && (&other == &account || same_person(world.policy, *other.row, *account.row))) return true;
    }
    return false;
  };
  for (Account& account : org.accounts) {
    for (const HrFile& file : world.departures)
      for (const HrRow& row : file.rows)
        if (file.org == org.name && row.last && concerns(row, account)) account.left = *row.last;
    for (const HrFile& file : world.leave)
      for (const HrRow& row : file.rows)
        if (file.org == org.name && concerns(row, account)) account.leaves.emplace_back(*row.first, *row.last);
  }
}

}  // namespace

bool glob(const std::string& pattern, const std::string& text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') return glob(pattern.substr(1), text) || (!text.empty() && glob(pattern, text.substr(1)));
  if (text.empty()) return false;
  const bool same =
      std::tolower(static_cast<unsigned char>(pattern[0])) == std::tolower(static_cast<unsigned char>(text[0]));
  return (pattern[0] == '?' || same) && glob(pattern.substr(1), text.substr(1));
}

bool matches(const Policy& policy, const Match& match, const UserRow& row, const std::string& product) {
  for (const auto& [key, pattern] : match) {
    const std::string& value = key == "login"        ? row.login
                               : key == "email"      ? row.email
                               : key == "name"       ? row.name
                               : key == "title"      ? row.title
                               : key == "department" ? row.department
                               : key == "id"         ? row.id
                                                     : product;
    // The same mailbox under several domains answers to each of its addresses.
    const bool same = key == "email" && glob(mailbox(policy, pattern), mailbox(policy, value));
    if (!same && !glob(pattern, value)) return false;
  }
  return true;
}

const Product* product_named(const Policy& policy, const std::string& name) {
  for (const Product& product : policy.products) {
    if (folded(product.name) == folded(name) || folded(product.id) == folded(name)) return &product;
    for (const std::string& alias : product.aliases)
      if (folded(alias) == folded(name)) return &product;
  }
  return nullptr;
}

bool same_person(const Policy& policy, const UserRow& a, const UserRow& b) {
  return !a.email.empty() && !b.email.empty() && mailbox(policy, a.email) == mailbox(policy, b.email);
}

/// "A disabled or deleted account still holds a seat unless the catalog says that this state releases it."
bool released(const Product& product, const UserRow& row) {
  return std::find(product.released_by.begin(), product.released_by.end(), row.status) != product.released_by.end();
}

Day clock_start(const World& world, const OrgFacts& org, const Account& account, const Product& product, Day as_of) {
  std::map<Day, const UserRow*>
      history;  // every snapshot of the profile up to the chosen one; nullptr where the account is missing
  for (const UserFile& file : world.users) {
    if (file.org != org.name || file.profile != account.profile || file.date > account.snapshot) continue;
    history.try_emplace(file.date, nullptr);
    for (const UserRow& row : file.rows)
      if (!row.skipped && key_of(row) == account.key) history[file.date] = &row;
  }
  const auto holds = [&](const UserRow* row) {
    if (!row || released(product, *row)) return false;
    for (const std::string& name : row->products)
      if (const Product* one = product_named(world.policy, name);
          one ? one->id == product.id : folded(name) == folded(product.id))
        return true;
    return false;
  };
  Day clock = account.row->created.value_or(long_ago);
  // "assignment first seen: the date of the first snapshot of its present unbroken run, if any earlier snapshot (of the
  // same profile) lacks it, a missing account included"
  Day run = long_ago;
  bool lacked = false;
  for (const auto& [date, row] : history) {
    if (!holds(row))
      lacked = true, run = long_ago;
    else if (run == long_ago)
      run = date;
  }
  if (lacked) clock = std::max(clock, run);
  // "reactivated: the latest snapshot in which the account is active and was disabled or deleted in the one before"
  const UserRow* before = nullptr;
  for (const auto& [date, row] : history) {
    if (row && row->status == "active" && before && before->status != "active") clock = std::max(clock, date);
    before = row;
  }
  // "the day after the last leave": of the leaves that are over on D
  for (const auto& [from, to] : account.leaves)
    if (to < as_of) clock = std::max(clock, to + 1);
  return clock;
}

Facts read_facts(const World& world) {
  Facts facts;
  facts.as_of = audit_date(world);
  for (const std::string& name : world.orgs) {
    if (!in_scope(world, name)) continue;
    OrgFacts org;
    org.name = name;
    read_accounts(world, org, facts.as_of);
    read_logs(world, org, facts.as_of);
    read_last_activity(world, org, facts.as_of);
    read_people(world, org);
    facts.orgs.push_back(std::move(org));
  }
  return facts;
}

}  // namespace property
