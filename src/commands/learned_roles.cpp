// SPDX-License-Identifier: Apache-2.0
// Suggestions follow use, not assignment: people who hold the dearest license and only read are counted as readers.
#include "commands/learned_roles.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/at.hpp"
#include "commands/toml_text.hpp"
#include "rules/admin_rights.hpp"

namespace seatlint {
namespace {

constexpr std::size_t most_roles = 12, least_people = 3, most_programs = 10;

using Counts = std::map<std::string, std::size_t>;

/// People of one title or department with what they hold, use and need.
struct Group {
  std::string key, name;  ///< "title" or "department", and which
  std::size_t people = 0, at_work = 0;
  Counts held, used;
  Counts needed;  ///< products in the sets that would do, among people at work
};

std::string counts(const Counts& items) {
  constexpr std::size_t shown = 6;
  std::vector<std::pair<std::string, std::size_t>> sorted(items.begin(), items.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (std::size_t i = 0; i < sorted.size() && i < shown; ++i)
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", printable(sorted[i].first), sorted[i].second);
  if (sorted.size() > shown) text += fmt::format(" and {} more", sorted.size() - shown);
  return text.empty() ? "nothing" : text;
}

/// What at least one in `share` of the people have, as a TOML list.
std::string usual(const Counts& items, std::size_t people, std::size_t share) {
  std::string text;
  for (const auto& [name, count] : items)
    if (people > 0 && count * share >= people) text += (text.empty() ? "" : ", ") + toml_text(name);
  return "[" + text + "]";
}

class Lessons {
 public:
  Lessons(const Fleet& fleet, const Judged& judged) : fleet_(fleet), judged_(judged) {}

  std::string roles() const {
    std::vector<Group> groups = groups_by("title");
    std::set<std::string> covered;
    for (const Group& group : groups) covered.insert(group.name);
    for (Group& group : groups_by("department", covered)) groups.push_back(std::move(group));
    std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.people > b.people; });
    if (groups.size() > most_roles) groups.resize(most_roles);
    if (groups.empty()) return {};
    std::string text = fmt::format(
        "\n# --- roles as use suggests them ---------------------------------------------------------------\n"
        "# Counted from {} to {}. license: what a role should hold, another one is `wrong-role`; keep: never\n"
        "# recommend a license without these features. Review, then take the # away; the first match counts.\n",
        to_string(fleet_.window.first), to_string(fleet_.window.last));
    for (const Group& group : groups) text += role(group);
    return text;
  }

  std::string reserves() const {
    std::map<std::string, Counts> departments;  // right -> who holds it
    for (const Account& account : fleet_.accounts) {
      if (account.state == AccountState::deleted) continue;
      for (const std::string& right : admin_rights(account)) ++departments[right][std::string(account.department)];
    }
    std::string text;
    for (const auto& [right, holders] : departments) {
      std::size_t people = 0;
      for (const auto& [department, count] : holders) people += count;
      const auto most = std::max_element(holders.begin(), holders.end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; });
      if (most->first.empty() || most->second * 2 < people) continue;
      text += fmt::format("\n# {} is held by {}: {}\n#[[reserve]]\n#role  = {}\n#match = {{ department = {} }}\n",
                          printable(right), people, counts(holders), toml_text(right), toml_text(most->first));
    }
    return text.empty() ? text
                        : "\n# --- rights to reserve: whoever else holds one is `excess-access` "
                          "------------------------------\n" +
                              text;
  }

  /// Accounts of people on which only programs worked in the window.
  std::string programs() const {
    std::string text;
    std::size_t count = 0;
    for (const Account& account : fleet_.accounts) {
      if (account.account_class != AccountClass::human || !only_machines(account)) continue;
      if (++count > most_programs || account.identity.login.empty()) continue;
      text += fmt::format("\n#[[class]]\n#match = {{ login = {} }}\n#class = \"integration\"\n",
                          toml_text(account.identity.login));
    }
    return text.empty() ? text
                        : fmt::format(
                              "\n# --- programs under a person's license: {} {} only machine activity in the "
                              "window\n",
                              count, count == 1 ? "account shows" : "accounts show") +
                              text;
  }

 private:
  const Fleet& fleet_;
  const Judged& judged_;

  /// Groups of at least three people with seats; `covered` titles have a role of their own already.
  std::vector<Group> groups_by(const std::string& key, const std::set<std::string>& covered = {}) const {
    std::map<std::string, Group> groups;
    for (const Account& account : fleet_.accounts) {
      const std::string name(key == "title" ? account.title : account.department);
      if (name.empty() || account.account_class != AccountClass::human || account.seats.empty()) continue;
      if (!account.title.empty() && covered.contains(std::string(account.title))) continue;
      Group& group = groups[name];
      group.key = key;
      group.name = name;
      count_person(account, group);
    }
    std::vector<Group> large;
    for (auto& [name, group] : groups)
      if (group.people >= least_people) large.push_back(std::move(group));
    return large;
  }

  void count_person(const Account& account, Group& group) const {
    ++group.people;
    std::set<std::string> held, needed;
    for (const int seat : account.seats) {
      const FleetProduct& product = at(fleet_.products, at(fleet_.seats, seat).product);
      if (product.known == nullptr || product.known->kind == ProductKind::free) continue;
      held.insert(product.id);  // a role can only ask for products that are known
      const Judgment& judgment = at(judged_.seats, seat);
      const std::string_view rule = judgment.rule->name;
      if (rule == "downgrade" || rule == "underlicensed") {
        for (const std::string_view id : judgment.remarks().suggest) needed.emplace(id);
      } else if (judgment.rule->family != Family::idle && judgment.rule->family != Family::overprovisioned) {
        needed.insert(product.id);
      }
    }
    for (const std::string& product : held) ++group.held[product];
    const FeatureSet used = features_used(account);
    if (used.none()) return;
    ++group.at_work;
    for (std::size_t bit = 1; bit < fleet_.features.size(); ++bit)
      if (used.test(bit)) ++group.used[fleet_.features[bit]];
    for (const std::string& product : needed) ++group.needed[product];
  }

  FeatureSet features_used(const Account& account) const {
    FeatureSet used;
    Uses unpacked;
    for (const Use& use : unpacked.of(fleet_, account))
      if (use.days.count_in(fleet_.window) > 0) used |= at(fleet_.actions, use.action).features;
    used.reset(0);
    return used;
  }

  bool only_machines(const Account& account) const {
    bool machine = false;
    Uses unpacked;
    for (const Use& use : unpacked.of(fleet_, account)) {
      if (use.days.count_in(fleet_.window) == 0) continue;
      if (!at(fleet_.actions, use.action).machine) return false;
      machine = true;
    }
    return machine && !account.seats.empty();
  }

  static std::string role(const Group& group) {
    std::string text = fmt::format("\n# {} people hold {}\n", group.people, counts(group.held));
    text += group.at_work == 0 ? std::string("# what they do is in no imported log\n")
                               : fmt::format("# {} at work used {}\n# what they used needs {}\n", group.at_work,
                                             counts(group.used), counts(group.needed));
    const std::string license =
        group.at_work == 0 ? usual(group.held, group.people, 2) : usual(group.needed, group.at_work, 4);
    return text + fmt::format("#[[role]]\n#name    = {}\n#match   = {{ {} = {} }}\n#license = {}\n#keep    = {}\n",
                              toml_text(group.name), group.key, toml_text(group.name), license,
                              usual(group.used, group.at_work, 2));
  }
};

}  // namespace

std::string learned_roles(const Fleet& fleet, const Judged& judged) {
  const Lessons lessons(fleet, judged);
  return lessons.roles() + lessons.reserves() + lessons.programs();
}

}  // namespace seatlint
