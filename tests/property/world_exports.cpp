// SPDX-License-Identifier: Apache-2.0
// What the exports show of the people: snapshots at some dates, logs with holes, HR lists, contracts that half fit.

#include <algorithm>
#include <cctype>
#include <set>

#include "company.hpp"

namespace property {
namespace {

std::string mailbox(std::string email) {  // one spelling of an address, whatever its case and alias domain
  std::transform(email.begin(), email.end(), email.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (const std::size_t at = email.find("-crm.example"); at != std::string::npos) email.erase(at, 4);
  return email;
}

class Exporter {
 public:
  Exporter(World& world, Dice& dice, const Frame& frame, std::string org, const std::vector<Person>& people)
      : world_(world), dice_(dice), frame_(frame), org_(std::move(org)), people_(people), terms_(world.seed + 4711) {
    for (const Person& who : people_) ++mailboxes_[mailbox(who.row.email)];
  }
  void run() {
    for (const std::string vendor : {"acme", "zeta"})
      if (vendor == "acme" || frame_.zeta) logs(vendor);
    snapshots(frame_.users);
    if (frame_.second_users != frame_.users) snapshots(frame_.second_users);
    human_resources();
    contracts();
  }

 private:
  World& world_;
  Dice& dice_;
  const Frame& frame_;
  const std::string org_;
  const std::vector<Person>& people_;
  Dice terms_;  ///< dice of their own: a new term must not change the rest of the company
  std::map<std::string, int> mailboxes_;

  struct Part {
    std::size_t profile = 0;
    Day first = 0, last = 0;
    bool stated = false;
  };

  // --- logs ---------------------------------------------------------------------------------------------------

  void logs(const std::string& vendor) {
    const std::size_t actions = frame_.action_log.at(vendor), logins = frame_.login_log.at(vendor);
    const int plan = dice_.between(vendor == "acme" ? 4 : -8, 100);
    const Day end = frame_.base + (dice_.chance(20) ? dice_.between(1, 30) : 0);
    const int reach = std::max({world_.policy.window, world_.policy.idle, world_.window_flag.value_or(0)});
    const Day start = frame_.audit - reach - dice_.between(-2, 25);
    const bool stated = dice_.chance(75);
    std::vector<Part> parts;
    if (plan <= 5) return;  // nothing can show the use of this vendor
    if (plan <= 66) {
      pieces(parts, actions, start, end, stated);
    } else if (plan <= 73) {  // a hole in the middle
      const Day hole = dice_.between(start + 3, end - 12);
      pieces(parts, actions, start, hole, stated);
      pieces(parts, actions, hole + dice_.between(2, 10), end, stated);
    } else if (plan <= 78) {
      pieces(parts, actions, frame_.audit - dice_.between(8, reach - 2), end, stated);
    } else if (plan <= 85) {
      pieces(parts, logins, start, end, stated);
    } else if (plan <= 93) {
      pieces(parts, logins, start, end, stated);
      pieces(parts, actions, frame_.audit - dice_.between(5, reach - 2), end, stated);
    } else {
      pieces(parts, actions, start, end, true);
    }
    const Day stop = plan > 94 ? frame_.audit - dice_.between(5, 40) : end;
    for (const Part& part : parts) log_file(vendor, part, stop);
  }

  void pieces(std::vector<Part>& parts, std::size_t profile, Day first, Day last, bool stated) {
    if (first > last) return;
    const int count = last - first > 20 ? dice_.pick<int>({1, 1, 1, 2, 3}) : 1;
    Day from = first;
    for (int i = 1; i <= count; ++i) {
      const Day to = i == count ? last : first + (last - first) * i / count;
      parts.push_back({profile, from, to, stated});
      from = to + 1 - (dice_.chance(40) ? dice_.between(1, 6) : 0);  // overlapping parts
    }
  }

  std::string key_of(const Person& who) {
    const bool has_ids = world_.profiles[who.profile].has_ids;
    if (has_ids && dice_.chance(20)) return who.row.id;
    if (!who.row.email.empty() && mailboxes_[mailbox(who.row.email)] == 1 && dice_.chance(25)) {
      std::string email = who.row.email;
      if (!world_.policy.alias_domains.empty() && world_.policy.alias_domains.front().front() == org_ + ".example" &&
          dice_.chance(30))
        email = mailbox(email).insert(mailbox(email).find(".example"), "-crm");
      return email;
    }
    std::string login = who.row.login;
    if (dice_.chance(15))
      std::transform(login.begin(), login.end(), login.begin(),
                     [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return login;
  }

  void log_file(const std::string& vendor, const Part& part, Day stop) {
    Profile& profile = world_.profiles[part.profile];
    LogFile file;
    file.profile = part.profile;
    file.org = org_;
    file.file = profile.name + "-" + org_ + "-" + std::to_string(world_.logs.size()) + ".csv";
    const bool day_only = dice_.chance(15);
    const long long begin = part.first * 86400ll,
                    end = part.last * 86400ll + 64800;  // before midnight in every zone used
    for (const Person& who : people_) {
      const auto events = who.events.find(vendor);
      if (events == who.events.end()) continue;
      for (const Event& event : events->second) {
        if (event.stamp < begin || event.stamp > end || event.stamp / 86400 > stop) continue;
        if ((!profile.maps_object && !event.is_sign_in()) || (!profile.has_outcome && !event.success)) continue;
        file.rows.push_back({day_only ? event.stamp / 86400 * 86400 : event.stamp, day_only, key_of(who), event.object,
                             event.verb, event.success, event.machine && profile.has_client});
        if (dice_.chance(1)) file.rows.push_back(file.rows.back());
      }
    }
    for (int n = dice_.chance(20) ? dice_.between(1, 3) : 0; n > 0; --n)
      file.rows.push_back({dice_.between(part.first, part.last) * 86400ll + (day_only ? 0 : 36000), day_only,
                           "ghost." + std::to_string(n), "session", "sign-in", true, false});
    if (file.rows.empty()) return;
    const bool newest_first = dice_.chance(40);
    std::stable_sort(file.rows.begin(), file.rows.end(), [&](const LogRow& a, const LogRow& b) {
      return newest_first ? b.stamp < a.stamp : a.stamp < b.stamp;
    });
    if (part.stated) file.covers = {part.first, part.last};
    if (frame_.capped && profile.row_cap == 0 && file.rows.size() >= 10 && dice_.chance(60)) {
      profile.row_cap = static_cast<int>(file.rows.size());
      if (dice_.chance(70)) file.covers.reset();
    }
    world_.logs.push_back(std::move(file));
  }

  // --- snapshots ----------------------------------------------------------------------------------------------

  std::string status_at(const Person& who, Day date) const {
    const bool changed =
        who.status != "active" && date >= who.changed && !(who.reactivated && date >= *who.reactivated);
    return changed ? who.status : "active";
  }
  LastValue last_at(const Person& who, const Profile& profile, Day date) {
    LastValue last;
    if (dice_.chance(12)) return last;
    const auto events = who.events.find(profile.vendor);
    if (events != who.events.end())
      for (const Event& event : events->second)
        if (event.success && event.is_sign_in() && event.stamp / 86400 <= date)
          last = {LastValue::Kind::day, static_cast<Day>(event.stamp / 86400)};
    if (last.kind != LastValue::Kind::day)
      last.kind = LastValue::Kind::never;
    else if (dice_.chance(6))
      last.day = std::min(date, last.day + dice_.between(-30, 3));
    if (last.kind == LastValue::Kind::never && profile.blank_is_never && dice_.chance(50))
      last.kind = LastValue::Kind::blank;
    return last;
  }

  void snapshots(std::size_t at) {
    std::set<Day> dates;
    dates.insert(frame_.audit +
                 (dice_.chance(70) ? dice_.between(-6, 1) : dice_.between(-45, world_.policy.slack + 2)));
    for (int n = dice_.pick<int>({0, 1, 2, 3, 4}); n > 0; --n) dates.insert(frame_.audit - dice_.between(8, 230));
    if (dice_.chance(30)) dates.insert(frame_.audit + dice_.between(2, 60));
    const Profile& profile = world_.profiles[at];
    for (const Day date : dates) {
      UserFile file;
      file.org = org_;
      file.profile = at;
      file.date = date;
      file.last_column = profile.has_last && !dice_.chance(5);
      bool anybody = false;
      for (const Person& who : people_) {
        if (who.profile != at || date < who.from || date > who.until) continue;
        UserRow row = who.row;
        row.status = status_at(who, date);
        if (who.switched && date >= *who.switched) row.products = who.later_products;
        if (file.last_column) row.last = last_at(who, profile, date);
        if (!profile.has_ids) row.id.clear();
        anybody = anybody || !row.skipped;
        file.rows.push_back(row);
      }
      if (anybody) add_users(std::move(file), dice_.chance(8));
    }
  }
  void add_users(UserFile file, bool in_two_parts) {
    const std::string stem = world_.profiles[file.profile].name + "-" + org_ + "-" + iso(file.date);
    if (in_two_parts && file.rows.size() >= 4) {
      UserFile rest = file;
      const auto middle = static_cast<std::ptrdiff_t>(file.rows.size() / 2);
      rest.rows.erase(rest.rows.begin(), rest.rows.begin() + middle);
      file.rows.erase(file.rows.begin() + middle, file.rows.end());
      rest.file = stem + "-part2.csv";
      world_.users.push_back(std::move(rest));
    }
    file.file = stem + ".csv";
    world_.users.push_back(std::move(file));
  }

  // --- HR and contracts ---------------------------------------------------------------------------------------

  void human_resources() {
    std::set<std::string> listed;
    HrFile leavers{"leavers-" + org_ + ".csv", org_, frame_.departures, {}},
        leave{"leave-" + org_ + ".csv", org_, frame_.leave, {}};
    const bool with_leavers = dice_.chance(50), with_leave = dice_.chance(55);
    for (const Person& who : people_) {
      if (who.row.email.empty() || !listed.insert(mailbox(who.row.email)).second) continue;
      HrRow row{who.row.email, "", {}, {}};
      if (world_.profiles[who.profile].has_ids && dice_.chance(15)) row = {"", who.row.id, {}, {}};
      if (with_leavers && dice_.chance(12)) {
        HrRow one = row;
        if (!dice_.chance(25)) one.last = frame_.audit - dice_.between(-25, 60);
        leavers.rows.push_back(one);
      }
      if (!with_leave || !dice_.chance(22)) continue;
      row.first = frame_.audit - dice_.between(-10, 70);
      row.last = *row.first + dice_.between(4, 75);
      leave.rows.push_back(row);
      if (dice_.chance(25)) leave.rows.push_back({row.email, row.id, *row.first - 100, *row.first - 90});
    }
    if (!leavers.rows.empty()) world_.departures.push_back(leavers);
    if (!leave.rows.empty()) world_.leave.push_back(leave);
  }

  /// What it takes to give seats back.
  void bind(ContractLine& line) {
    if (terms_.chance(50)) line.notice = terms_.pick<int>({1, 30, 60, 90});
    if (terms_.chance(30)) line.floor = terms_.between(0, line.quantity);
    if (terms_.chance(20)) line.block = terms_.pick<int>({2, 5});
    line.any_time = terms_.chance(15);
  }

  void contracts() {
    for (const Product& product : world_.policy.products) {
      if (product.kind == "free" || product.kind == "trial" || !dice_.chance(55)) continue;
      int assigned = 0;
      for (const Person& who : people_)
        for (const std::string& name : who.row.products)
          assigned += name == product.name || (!product.aliases.empty() && name == product.aliases.front()) ? 1 : 0;
      const std::string currency = product.list ? product.list->currency : "USD";
      const int lines = dice_.pick<int>({1, 1, 1, 2, 3});
      for (int i = 0; i < lines; ++i) {
        ContractLine line{org_, product.id,
                          0,    {dice_.pick<int>({700, 900, 1000, 1800, 2000, 2750, 3500, 4000, 6000, 9000}), currency},
                          {},   {},
                          0,    1,
                          {},   false};
        line.quantity = std::max(0, (assigned + dice_.between(-2, 4)) / lines);
        const int kind = dice_.between(1, 100);
        if (kind > 15)
          line.start = frame_.audit - dice_.between(0, 300), line.end = frame_.audit + dice_.between(0, 300);
        if (kind > 78 && kind <= 90) line.start = frame_.audit - 400, line.end = frame_.audit - dice_.between(1, 30);
        if (kind > 90) line.start = frame_.audit + dice_.between(1, 30), line.end = frame_.audit + 400;
        bind(line);
        world_.policy.contracts.push_back(line);
      }
    }
  }
};

}  // namespace

void export_org(World& world, Dice& dice, const Frame& frame, const std::string& org,
                const std::vector<Person>& people) {
  Exporter(world, dice, frame, org, people).run();
}

}  // namespace property
