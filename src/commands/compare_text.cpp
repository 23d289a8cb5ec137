// SPDX-License-Identifier: Apache-2.0
// The comparison for people: seats first, then money, then whom it concerns. For programs: everything.
#include "commands/compare_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "commands/session.hpp"
#include "report/amounts.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;
using Align = Column::Align;

constexpr Fate in_order[] = {Fate::retained,    Fate::reclaimed, Fate::newly_idle,
                             Fate::reactivated, Fate::fresh,     Fate::still_at_risk};
constexpr std::size_t most_listed = 10;

std::string words_of(Fate fate) {
  std::string text(to_string(fate));
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string_view meaning_of(Fate fate) {
  switch (fate) {
    case Fate::retained:
      return "held on both days";
    case Fate::reclaimed:
      return "held then, not any more";
    case Fate::newly_idle:
      return "idle, over-provisioned or too dear now";
    case Fate::reactivated:
      return "was that then, is in use or waived now";
    case Fate::fresh:
      return "held only now";
    case Fate::still_at_risk:
      return "was that then and is still";
  }
  return {};
}

void print_seats(const Comparison& comparison, Io& io) {
  TextTable table({{"seats"}, {"", Align::right}, {""}});
  table.add({{"held on " + to_string(comparison.since)}, {grouped(held_then(comparison.counts))}, {}});
  for (const Fate fate : in_order)
    table.add(
        {{"  " + words_of(fate)}, {grouped(of(comparison.counts, fate))}, {std::string(meaning_of(fate)), Paint::dim}});
  table.add({{"held on " + to_string(comparison.as_of)}, {grouped(held_now(comparison.counts))}, {}});
  print_table(io, table);
}

void print_money(const std::string& currency, const MoneyChange& money, const Comparison& comparison, Io& io) {
  TextTable table({{currency + " a month"}, {"then", Align::right}, {"now", Align::right}, {"change", Align::right}});
  const auto row = [&](const char* name, std::int64_t then, std::int64_t now) {
    table.add({{name}, {amount(then, currency)}, {amount(now, currency)}, {amount(now - then, currency), Paint::bold}});
  };
  row("contract", money.contract_then, money.contract_now);
  if (comparison.names != Names::hide) row("exposure", money.exposure_then, money.exposure_now);
  print_table(io, table);
  if (comparison.names == Names::hide) return;
  TextTable promise({{currency + " a month"}, {"", Align::right}, {""}});
  const auto line = [&](const char* name, std::int64_t minor, std::string meaning) {
    promise.add({{name}, {amount(minor, currency)}, {std::move(meaning), Paint::dim}});
  };
  line("promised", money.promised, fmt::format("by the earlier audit ({}), seat by seat", comparison.baseline));
  line("  realised", money.realised, "those seats were taken back, or moved to a cheaper license");
  line("  still open", money.still_open, "at risk still");
  line("  lapsed", money.lapsed, "used again, waived, or judged otherwise");
  line("reclaimed", money.reclaimed, "all seats taken back, promised or not");
  io.out << '\n';
  print_table(io, promise);
}

void print_changes(const Comparison& comparison, Io& io) {
  for (const Fate fate : in_order) {
    if (fate == Fate::retained || of(comparison.counts, fate) == 0) continue;
    TextTable table({{words_of(fate), Align::left, Column::Cut::middle, 16},
                     {"product", Align::left, Column::Cut::middle, 12},
                     {"then"},
                     {"now"},
                     {"a month", Align::right}});
    std::size_t listed = 0;
    for (const SeatChange& change : comparison.seats) {
      if (change.fate != fate || ++listed > most_listed) continue;
      const auto& cost = change.seat().cost;
      table.add({{change.user},
                 {change.seat().product},
                 {change.before ? change.before->verdict : "–"},
                 {change.after ? change.after->verdict : "–"},
                 {cost ? amount_with_currency(cost->minor, cost->currency) : "–"}});
    }
    io.out << '\n';
    print_table(io, table);
    if (listed > most_listed) io.out << "  and " << listed - most_listed << " more: --format json has all\n";
  }
}

void print_forecasts(const std::vector<Forecast>& forecasts, Io& io) {
  if (forecasts.empty()) return;
  TextTable table({{"seats needed next quarter", Align::left, Column::Cut::middle, 16},
                   {"now", Align::right},
                   {"expected", Align::right},
                   {"range", Align::right},
                   {"bought", Align::right},
                   {"past quarters", Align::left, Column::Cut::end, 12}});
  for (const Forecast& forecast : forecasts) {
    std::string past;
    for (const std::int64_t count : forecast.needed) past += (past.empty() ? "" : " ") + std::to_string(count);
    table.add({{forecast.name},
               {grouped(forecast.needed.back())},
               {grouped(forecast.expected), Paint::bold},
               {grouped(forecast.low) + " to " + grouped(forecast.high)},
               {forecast.purchased ? grouped(*forecast.purchased) : "–"},
               {past, Paint::dim}});
  }
  io.out << '\n';
  print_table(io, table);
}

Json counts_json(const FateCounts& counts) {
  Json value{{"then", held_then(counts)}, {"now", held_now(counts)}};
  for (const Fate fate : in_order) value[std::string(to_string(fate))] = of(counts, fate);
  return value;
}

Json money_json(const std::optional<Money>& money) {
  return money ? Json{{"minor", money->minor}, {"currency", money->currency}} : Json();
}

Json verdict_json(const std::optional<SeatRecord>& seat) {
  if (!seat) return {};
  return {{"verdict", seat->verdict},
          {"waived", seat->waived},
          {"cost", money_json(seat->cost)},
          {"saving", money_json(seat->saving)}};
}

std::vector<Json> change_lines(const Comparison& comparison) {
  std::vector<Json> lines;
  for (const Fate fate : in_order)
    for (const SeatChange& change : comparison.seats)
      if (change.fate == fate && fate != Fate::retained)
        lines.push_back({{"change", to_string(fate)},
                         {"org", change.seat().org},
                         {"account", change.seat().account},
                         {"user", change.user},
                         {"product", change.seat().product},
                         {"then", verdict_json(change.before)},
                         {"now", verdict_json(change.after)}});
  return lines;
}

std::vector<Json> money_lines(const Comparison& comparison) {
  std::vector<Json> lines;
  const auto told = [&](std::int64_t minor) { return comparison.names == Names::hide ? Json() : Json(minor); };
  for (const auto& [currency, money] : comparison.money)
    lines.push_back({{"currency", currency},
                     {"contract", {{"then", money.contract_then}, {"now", money.contract_now}}},
                     {"exposure", {{"then", told(money.exposure_then)}, {"now", told(money.exposure_now)}}},
                     {"promised", told(money.promised)},
                     {"realised", told(money.realised)},
                     {"still_open", told(money.still_open)},
                     {"lapsed", told(money.lapsed)},
                     {"reclaimed", told(money.reclaimed)}});
  return lines;
}

std::vector<Json> product_lines(const Comparison& comparison) {
  std::vector<Json> lines;
  for (const auto& [key, counts] : comparison.products) {
    Json line{{"org", key.first}, {"product", key.second}};
    line.update(counts_json(counts));
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<Json> forecast_lines(const std::vector<Forecast>& forecasts) {
  std::vector<Json> lines;
  for (const Forecast& forecast : forecasts)
    lines.push_back(
        {{"org", forecast.org},
         {"product", forecast.product},
         {"needed", forecast.needed},
         {"purchased", forecast.purchased ? Json(*forecast.purchased) : Json()},
         {"next_quarter", {{"low", forecast.low}, {"expected", forecast.expected}, {"high", forecast.high}}}});
  return lines;
}

}  // namespace

void print_comparison(const Comparison& comparison, const std::vector<Forecast>& forecasts, Io& io) {
  io.out << "from " << to_string(comparison.since) << " to " << to_string(comparison.as_of) << "\n\n";
  print_seats(comparison, io);
  if (comparison.names == Names::hide)
    io.out << "Names are hidden: counts are rounded down to whole groups, amounts of persons are withheld.\n";
  for (const auto& [currency, money] : comparison.money) {
    io.out << '\n';
    print_money(currency, money, comparison, io);
  }
  if (comparison.changed_by && comparison.changed_by->any())
    io.out << "\nOf " << to_string(comparison.since)
           << " itself, since that audit was recorded: " << printable(tell(*comparison.changed_by)) << '\n';
  print_changes(comparison, io);
  print_forecasts(forecasts, io);
}

std::string comparison_json(const Comparison& comparison, const std::vector<Forecast>& forecasts, bool ascii) {
  const auto text = [&](const Json& value) { return value.dump(-1, ' ', ascii, Json::error_handler_t::replace); };
  std::string out = "{\n";
  const auto member = [&](const char* key, const Json& value) {
    out += fmt::format("  \"{}\": {},\n", key, text(value));
  };
  const auto list = [&](const char* key, const std::vector<Json>& lines, const char* end) {
    out += fmt::format("  \"{}\": [", key);
    for (const Json& line : lines) out += (&line == &lines.front() ? "\n    " : ",\n    ") + text(line);
    out += (lines.empty() ? "]" : "\n  ]") + std::string(end);
  };
  member("schema", "seatlint.compare/1");
  member("since", to_string(comparison.since));
  member("as_of", to_string(comparison.as_of));
  member("baseline", comparison.baseline);
  member("names", to_string(comparison.names));
  member("seats", counts_json(comparison.counts));
  Json causes;
  if (comparison.changed_by)
    causes = {{"data", comparison.changed_by->data},
              {"catalog", comparison.changed_by->catalog},
              {"policy", comparison.changed_by->policy},
              {"files_added", comparison.changed_by->files_added},
              {"files_gone", comparison.changed_by->files_gone}};
  member("changed_by", causes);
  list("money", money_lines(comparison), ",\n");
  list("products", product_lines(comparison), ",\n");
  list("changes", change_lines(comparison), ",\n");
  list("forecast", forecast_lines(forecasts), "\n}\n");
  return out;
}

}  // namespace seatlint
