// SPDX-License-Identifier: Apache-2.0
// Judges a past day with several idle days and looks at what really happened afterwards: an account that came back
// would have been asked for its seat in vain. Only counts are told, no names: this is about a threshold.
#include "commands/backtest.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <sstream>

#include "commands/audit_history.hpp"
#include "commands/session.hpp"
#include "fleet/audit_date.hpp"
#include "report/amounts.hpp"
#include "rules/fleet_index.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

constexpr int periods[] = {30, 60, 90};
constexpr int tried_idle_days[] = {30, 60, 90, 120, 180};

struct Threshold {
  int idle_days = 0;
  bool of_policy = false;
  std::int64_t flagged = 0, unjudged = 0;
  std::int64_t gone = 0;      ///< neither back nor still held on the last day known
  std::int64_t back[3] = {};  ///< within each period
  std::map<std::string, std::int64_t> minor;
};

struct Backtest {
  Day as_of, known_until;
  std::vector<Threshold> thresholds;
  bool known(std::size_t period) const { return as_of + periods[period] <= known_until; }
  /// The longest period that can be answered; unset: none.
  std::optional<std::size_t> longest() const {
    for (std::size_t i = std::size(periods); i-- > 0;)
      if (known(i)) return i;
    return std::nullopt;
  }
};

/// What became of the accounts of an earlier fleet.
class Aftermath {
 public:
  Aftermath(const Fleet& later, Day day) : later_(later), index_(later), day_(day) {
    for (std::size_t i = 0; i < later.accounts.size(); ++i)
      accounts_[key_of(later, later.accounts[i])] = static_cast<int>(i);
  }
  /// The first day after the audit on which a human used the product again.
  std::optional<Day> back_on(const Fleet& then, const Seat& seat) const {
    const Account* account = find(then, seat);
    const int product = later_.product_index(then.products[static_cast<std::size_t>(seat.product)].id);
    if (account == nullptr || product < 0) return std::nullopt;
    const Scope& scope = index_.scope(index_.product(product).scope);
    std::optional<Day> first;
    Uses unpacked;
    for (const Use& use : unpacked.of(later_, *account)) {
      const std::uint8_t mark = scope.actions[static_cast<std::size_t>(use.action)];
      if (mark == 0 || (mark & by_machine) != 0) continue;
      for (Day day = day_ + 1; day <= std::min(use.days.last(), first.value_or(later_.as_of)); day = day + 1)
        if (use.days.test(day)) {
          first = day;
          break;
        }
    }
    return first;
  }
  bool still_held(const Fleet& then, const Seat& seat) const {
    const Account* account = find(then, seat);
    const std::string& product = then.products[static_cast<std::size_t>(seat.product)].id;
    return account != nullptr && std::any_of(account->seats.begin(), account->seats.end(), [&](int at) {
             const Seat& held = later_.seats[static_cast<std::size_t>(at)];
             return later_.products[static_cast<std::size_t>(held.product)].id == product;
           });
  }

 private:
  using Key = std::tuple<std::string, std::string, std::string>;
  static Key key_of(const Fleet& fleet, const Account& account) {
    return {fleet.orgs[static_cast<std::size_t>(account.org)].name, std::string(account.vendor),
            std::string(account.key)};
  }
  const Account* find(const Fleet& then, const Seat& seat) const {
    const auto at = accounts_.find(key_of(then, then.accounts[static_cast<std::size_t>(seat.account)]));
    return at == accounts_.end() ? nullptr : &later_.accounts[static_cast<std::size_t>(at->second)];
  }

  const Fleet& later_;
  FleetIndex index_;
  Day day_;
  std::map<Key, int> accounts_;
};

Threshold try_out(const Fleet& then, const Aftermath& aftermath, Day known_until) {
  Threshold out;
  out.idle_days = then.policy->idle_days.value;
  for (const Judgment& judgment : judge(then, Remarked::told).seats) {
    out.unjudged += judgment.rule->name == "unjudged";
    if (judgment.rule->family != Family::idle || judgment.waived()) continue;
    ++out.flagged;
    if (judgment.cost) out.minor[judgment.cost->currency] += judgment.cost->minor;
    const Seat& seat = then.seats[static_cast<std::size_t>(judgment.seat)];
    const auto back = aftermath.back_on(then, seat);
    for (std::size_t i = 0; i < std::size(periods); ++i) out.back[i] += back && *back <= then.as_of + periods[i];
    out.gone += (!back || known_until < *back) && !aftermath.still_held(then, seat);
  }
  return out;
}

/// Rounds counts of persons down to multiples of `group`, and the money with them.
void hide_persons(Threshold& threshold, int group) {
  const auto floored = [&](std::int64_t count) { return count - count % group; };
  for (auto& [currency, minor] : threshold.minor)
    minor = threshold.flagged == 0 ? 0 : minor / threshold.flagged * floored(threshold.flagged);
  for (std::int64_t* count : {&threshold.flagged, &threshold.unjudged, &threshold.gone, &threshold.back[0],
                              &threshold.back[1], &threshold.back[2]})
    *count = floored(*count);
}

Backtest backtest(const Store& store, const Policy& policy, const AuditScope& scope, Day day, Day today) {
  const auto newest = newest_evidence(store.files(), today);
  if (!newest || *newest <= day)
    throw Error(
        fmt::format("--backtest {}: nothing in the store tells of the days after it; the newest evidence is of {}",
                    to_string(day), newest ? to_string(*newest) : "no day"));
  Backtest out{day, std::min(*newest, day + periods[2]), {}};
  AuditScope asked = scope;
  asked.as_of = day;
  const auto then = audit_on(store, basis_of(policy), asked, today);
  asked.as_of = out.known_until;
  const auto later = audit_on(store, basis_of(policy), asked, today);
  const Aftermath aftermath(later->fleet, day);
  const int chosen = then->policy.idle_days.value;
  std::set<int> days(std::begin(tried_idle_days), std::end(tried_idle_days));
  days.insert(chosen);
  for (const int idle_days : days) {
    then->policy.idle_days.value = idle_days;
    out.thresholds.push_back(try_out(then->fleet, aftermath, out.known_until));
    out.thresholds.back().of_policy = idle_days == chosen;
  }
  return out;
}

std::string money_text(const Threshold& threshold) {
  std::string text;
  for (const auto& [currency, minor] : threshold.minor)
    text += (text.empty() ? "" : ", ") + amount_with_currency(minor, currency);
  return text;
}

TextTable table_of(const Backtest& test) {
  using Align = Column::Align;
  TextTable table({{"idle days", Align::right},
                   {"flagged", Align::right},
                   {"a month", Align::right},
                   {"back in 30", Align::right},
                   {"60", Align::right},
                   {"90 days", Align::right},
                   {"regret", Align::right},
                   {"taken back", Align::right},
                   {"not judged", Align::right},
                   {""}});
  for (const Threshold& threshold : test.thresholds) {
    const auto longest = test.longest();
    Cells cells{{std::to_string(threshold.idle_days)}, {grouped(threshold.flagged)}, {money_text(threshold)}};
    for (std::size_t i = 0; i < std::size(periods); ++i)
      cells.push_back({test.known(i) ? grouped(threshold.back[i]) : "–"});
    cells.push_back({longest && threshold.flagged > 0 ? percent(threshold.back[*longest], threshold.flagged) : "–"});
    cells.push_back({grouped(threshold.gone)});
    cells.push_back({grouped(threshold.unjudged)});
    cells.push_back({threshold.of_policy ? "the policy's" : "", Paint::bold});
    table.add(std::move(cells));
  }
  return table;
}

void print_text(const Backtest& test, bool color, int columns, std::ostream& out) {
  out << "as of " << to_string(test.as_of) << ", followed until " << to_string(test.known_until)
      << ": of the seats called idle or never used, who came back?\n\n";
  for (const Cells& line : table_of(test).lines(columns, 2)) {
    for (const Cell& cell : line) out << painted(cell, color);
    out << '\n';
  }
  out << "\nRegret is the share that came back in the longest period known. Seats taken back in between can't come "
         "back.\n";
}

std::string json_text(const Backtest& test) {
  Json thresholds = Json::array();
  const auto longest = test.longest();
  for (const Threshold& threshold : test.thresholds) {
    Json money = Json::array(), back = Json::object();
    for (const auto& [currency, minor] : threshold.minor) money.push_back({{"minor", minor}, {"currency", currency}});
    for (std::size_t i = 0; i < std::size(periods); ++i)
      back[std::to_string(periods[i])] = test.known(i) ? Json(threshold.back[i]) : Json();
    const bool answered = longest && threshold.flagged > 0;
    thresholds.push_back(
        {{"idle_days", threshold.idle_days},
         {"policy", threshold.of_policy},
         {"flagged", threshold.flagged},
         {"cost", money},
         {"back_within", back},
         {"regret_pct",
          answered ? Json(static_cast<double>(threshold.back[*longest] * 1000 / threshold.flagged) / 10) : Json()},
         {"taken_back", threshold.gone},
         {"unjudged", threshold.unjudged}});
  }
  const Json value{{"schema", "seatlint.backtest/1"},
                   {"as_of", to_string(test.as_of)},
                   {"known_until", to_string(test.known_until)},
                   {"thresholds", thresholds}};
  return value.dump(2) + "\n";
}

}  // namespace

int run_backtest(const Store& store, const Policy& policy, const AuditScope& scope, Day day,
                 const std::vector<std::string>& outputs, Names names, Io& io) {
  Backtest test = backtest(store, policy, scope, day, io.environment.today);
  if (names == Names::hide)
    for (Threshold& threshold : test.thresholds) hide_persons(threshold, policy.privacy.min_group);
  std::vector<std::string> wanted = outputs;
  if (wanted.empty()) wanted.emplace_back("table");
  for (const std::string& output : wanted) {
    const auto equals = output.find('=');
    const std::string format = output.substr(0, equals);
    if (format != "table" && format != "json") throw Error("--backtest writes table or json, not " + printable(format));
    const bool to_file = equals != std::string::npos && output.substr(equals + 1) != "-";
    std::ostringstream text;
    if (format == "json") {
      text << json_text(test);
    } else {
      print_text(test, !to_file && wants_color(io), io.environment.columns, text);
    }
    if (to_file) {
      write_text_file(output.substr(equals + 1), text.str(), true);
    } else {
      io.out << text.str();
    }
  }
  return 0;
}

}  // namespace seatlint
