// SPDX-License-Identifier: Apache-2.0
// Steps between quarters rather than a fitted line: an admin can check them by hand, and one odd quarter widens the
// range instead of bending the expectation.
#include "commands/forecast.hpp"

#include <algorithm>
#include <map>

#include "commands/audit_history.hpp"
#include "commands/store_status.hpp"
#include "fleet/audit_date.hpp"

namespace seatlint {
namespace {

constexpr std::size_t most_quarters = 8, least_quarters = 3;
constexpr int months_a_quarter = 3;

/// The same day of the month some quarters earlier; the last day of a shorter month stands for the days it lacks.
Day quarters_before(Day day, int quarters) {
  const Civil date = civil(day);
  const int months = date.year * 12 + static_cast<int>(date.month) - 1 - months_a_quarter * quarters;
  const Day first = make_day(months / 12, static_cast<unsigned>(months % 12 + 1), 1);
  const Day next = months % 12 == 11 ? make_day(months / 12 + 1, 1, 1)
                                     : make_day(months / 12, static_cast<unsigned>(months % 12 + 2), 1);
  return std::min(first + (static_cast<int>(date.day) - 1), next - 1);
}

bool is_needed(const Judgment& judgment) {
  return judgment.rule->family != Family::idle && judgment.rule->family != Family::overprovisioned;
}

void project(Forecast& forecast) {
  std::vector<std::int64_t> steps;
  for (std::size_t i = 1; i < forecast.needed.size(); ++i) steps.push_back(forecast.needed[i] - forecast.needed[i - 1]);
  std::sort(steps.begin(), steps.end());
  const std::int64_t last = forecast.needed.back();
  const auto least_of_none = [&](std::int64_t step) { return std::max<std::int64_t>(0, last + step); };
  forecast.low = least_of_none(steps.front());
  forecast.expected = least_of_none(steps[steps.size() / 2]);
  forecast.high = least_of_none(steps.back());
}

}  // namespace

void hide_persons(Forecast& forecast, int min_group) {
  for (std::int64_t& count : forecast.needed) count -= count % min_group;
  for (std::int64_t* count : {&forecast.low, &forecast.expected, &forecast.high}) *count -= *count % min_group;
}

std::vector<Day> quarter_days(const Store& store, const Policy& policy, Day as_of) {
  constexpr int stale_days = 31;
  const auto files = store.files();
  std::vector<Day> days;
  for (int quarter = static_cast<int>(most_quarters) - 1; quarter >= 0; --quarter) {
    const Day day = quarters_before(as_of, quarter);
    // A quarter without a snapshot of its own tells nothing: an older one would only repeat itself.
    const bool fresh = std::any_of(files.begin(), files.end(), [&](const ImportedFile& file) {
      return (file.kind == RecordKind::users || file.kind == RecordKind::assignments) && file.snapshot_date &&
             *file.snapshot_date <= day + policy.snapshot_slack_days.value && day - *file.snapshot_date <= stale_days;
    });
    if (fresh) days.push_back(day);
  }
  return days;
}

std::vector<Forecast> forecast(const Store& store, const Policy& policy, const AuditScope& scope, Day as_of,
                               Day today) {
  const std::vector<Day> days = quarter_days(store, policy, as_of);
  std::vector<Forecast> out;
  if (days.size() < least_quarters) return out;
  std::map<std::pair<std::string, std::string>, Forecast> products;
  for (std::size_t at = 0; at < days.size(); ++at) {
    AuditScope then = scope;
    then.as_of = days[at];
    const auto audited = audit_on(store, basis_of(policy), then, today);
    const Fleet& fleet = audited->fleet;
    const auto line = [&](int org, int product) -> Forecast& {
      const FleetProduct& known = fleet.products[static_cast<std::size_t>(product)];
      Forecast& forecast = products[{fleet.orgs[static_cast<std::size_t>(org)].name, known.id}];
      forecast.org = fleet.orgs[static_cast<std::size_t>(org)].name;
      forecast.product = known.id;
      forecast.name = known.name;
      forecast.needed.resize(days.size());
      return forecast;
    };
    for (const Judgment& judgment : audited->judged.seats) {
      const Seat& seat = fleet.seats[static_cast<std::size_t>(judgment.seat)];
      line(seat.org, seat.product).needed[at] += is_needed(judgment);
    }
    for (const Position& position : audited->judged.positions)
      if (at + 1 == days.size()) line(position.org, position.product).purchased = position.purchased;
  }
  for (auto& [key, forecast] : products) {
    const bool held = std::count_if(forecast.needed.begin(), forecast.needed.end(), [](auto n) { return n > 0; }) >=
                      static_cast<std::ptrdiff_t>(least_quarters);
    if (!held) continue;
    project(forecast);
    out.push_back(std::move(forecast));
  }
  return out;
}

}  // namespace seatlint
