// SPDX-License-Identifier: Apache-2.0
// The license position: what was bought, who holds it, and what became of each seat by product and by verdict.
#include <algorithm>
#include <numeric>
#include <set>

#include "report/amounts.hpp"
#include "report/screen.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

using Align = Column::Align;
using Cut = Column::Cut;

/// A column of counts. One that is empty or zero in every row is left out.
struct CountColumn {
  std::string_view head, wide_head;
  std::optional<std::int64_t> (*value)(const ProductLine&);
  Paint paint;
  bool always;
};

using P = const ProductLine&;
using Count = std::optional<std::int64_t>;
const CountColumn count_columns[] = {
    {"bought", "purchased", [](P p) -> Count { return p.purchased; }, Paint::plain, false},
    {"held", "assigned", [](P p) -> Count { return p.assigned; }, Paint::plain, true},
    {"used", "used", [](P p) -> Count { return p.used; }, Paint::plain, true},
    {"idle", "idle", [](P p) -> Count { return p.idle; }, Paint::warn, true},
    {"over", "overprov.", [](P p) -> Count { return p.overprovisioned; }, Paint::warn, false},
    {"tier", "mis-tiered", [](P p) -> Count { return p.mistiered; }, Paint::warn, false},
    {"spare", "unassigned", [](P p) -> Count { return p.unassigned; }, Paint::warn, false},
    {"waived", "waived", [](P p) -> Count { return p.waived; }, Paint::dim, false},
    {"?", "unjudged", [](P p) -> Count { return p.unjudged; }, Paint::dim, false},
};

std::vector<const ProductLine*> judged_lines(const Report& report) {
  std::vector<const ProductLine*> lines;
  for (const ProductLine& line : report.products)
    if (!only_outside(line)) lines.push_back(&line);
  return lines;
}

std::vector<const CountColumn*> columns_for(const std::vector<const ProductLine*>& lines) {
  std::vector<const CountColumn*> columns;
  for (const CountColumn& column : count_columns)
    if (column.always || std::any_of(lines.begin(), lines.end(),
                                     [&](const ProductLine* line) { return column.value(*line).value_or(0) != 0; }))
      columns.push_back(&column);
  return columns;
}

Cell count_cell(const CountColumn& column, const ProductLine& line) {
  const Count count = column.value(line);
  if (!count) return {"–", Paint::dim};
  if (*count == 0) return {"0", Paint::dim};
  return {grouped(*count), *count < 0 ? Paint::bad : column.paint};
}

bool at_list_price(const ProductLine& line) { return line.unit_price && !line.price_origin.starts_with("contract"); }

/// A list price is marked with an asterisk.
Cell price_cell(const ProductLine& line, bool with_currency) {
  if (!line.unit_price) return {"unknown", Paint::warn};
  const Money& price = *line.unit_price;
  return {(at_list_price(line) ? "*" : "") + (with_currency ? to_string(price) : amount(price.minor, price.currency))};
}

Cell exposure_cell(const ProductLine& line, bool with_currency) {
  if (!line.unit_price) return {"–", Paint::dim};
  const Money money{line.exposure_minor, line.unit_price->currency};
  return {with_currency ? to_string(money) : amount(money.minor, money.currency),
          money.minor > 0 ? Paint::warn : Paint::dim};
}

/// The currency all prices share, or empty.
std::string one_currency(const std::vector<const ProductLine*>& lines) {
  std::set<std::string> currencies;
  for (const ProductLine* line : lines)
    if (line->unit_price) currencies.insert(line->unit_price->currency);
  return currencies.size() == 1 ? *currencies.begin() : std::string();
}

Cells total_row(const std::vector<const ProductLine*>& lines, const std::vector<const CountColumn*>& columns) {
  Cells cells{{"total", Paint::bold}};
  for (const CountColumn* column : columns) {
    std::int64_t sum = 0;
    bool known = false;
    for (const ProductLine* line : lines) {
      const Count count = column->value(*line);
      known = known || count.has_value();
      sum += count.value_or(0);
    }
    cells.push_back({known ? grouped(sum) : "–", Paint::bold});
  }
  return cells;
}

void show_outside(Screen& screen, const Report& report) {
  std::string names;
  std::int64_t seats = 0;
  for (const ProductLine& line : report.products) {
    if (line.outside == 0) continue;
    seats += line.outside;
    names += (names.empty() ? "" : ", ") + line.name + " (" + grouped(line.outside) + ")";
  }
  if (seats == 0) return;
  screen.labeled({"  outside", Paint::dim}, 11, counted(seats, "seat") + " no imported file can judge: " + names,
                 Paint::dim);
}

void show_list_prices(Screen& screen, const std::vector<const ProductLine*>& lines) {
  std::set<std::string> origins;
  for (const ProductLine* line : lines)
    if (at_list_price(*line)) origins.insert(line->price_origin);
  for (const std::string& origin : origins) screen.labeled({"  *", Paint::dim}, 4, origin, Paint::dim);
}

/// Why the contract keeps seats nobody needs.
void show_contract_notes(Screen& screen, const std::vector<const ProductLine*>& lines) {
  for (const ProductLine* line : lines)
    for (const std::string& note : line->contract_notes)
      screen.labeled({"  !", Paint::warn}, 4, line->name + ": " + note, Paint::dim);
}

/// Seats of free products and those outside are in no percentage of idle.
std::string idle_remark(const Report& report) {
  std::int64_t idle = 0, base = report.assigned;
  for (const CrosswalkRow& row : report.crosswalk) {
    if (row.family == Family::idle) idle += row.seats;
    if (row.verdict == "free" || row.verdict == "outside") base -= row.seats;
  }
  return base > 0 ? percent(idle, base) + " of " + counted(base, "seat") + " idle" : std::string();
}

Cells verdict_total(const Report& report, bool waived, const std::set<std::string>& currencies) {
  CrosswalkRow total;
  for (const CrosswalkRow& row : report.crosswalk) {
    total.seats += row.seats;
    total.waived += row.waived;
    for (const auto& [currency, minor] : row.minor) total.minor[currency] += minor;
  }
  Cells cells{{"total", Paint::bold}, {grouped(total.seats), Paint::bold}};
  if (waived) cells.push_back({grouped(total.waived), Paint::bold});
  for (const std::string& currency : currencies)
    cells.push_back({amount(total.minor[currency], currency), Paint::bold});
  return cells;
}

Cell cost_cell(const CrosswalkRow& row, const std::string& currency) {
  const auto found = row.minor.find(currency);
  return found == row.minor.end() ? Cell{"–", Paint::dim} : Cell{amount(found->second, currency)};
}

}  // namespace

void show_licenses(Screen& screen, const Report& report) {
  const auto lines = judged_lines(report);
  if (lines.empty() && report.products.empty()) return;
  const ProductNames names(report, true);
  const auto columns = columns_for(lines);
  const std::string currency = one_currency(lines);
  screen.heading("Licenses", idle_remark(report));
  std::vector<Column> heads{
      {names.dropped() + (names.dropped().empty() ? "product" : "…"), Align::left, Cut::middle, 12}};
  for (const CountColumn* column : columns)
    heads.push_back({std::string(screen.width() >= 140 ? column->wide_head : column->head), Align::right});
  heads.push_back({currency.empty() ? "price" : currency, Align::right});
  if (screen.wide()) heads.push_back({"unused a month", Align::right});
  TextTable table(heads);
  const bool several_orgs = !lines.empty() && lines.front()->org != lines.back()->org;
  const ProductLine* before = nullptr;
  for (const ProductLine* line : lines) {
    if (several_orgs && (!before || before->org != line->org)) table.add_line({"org " + line->org, Paint::dim});
    before = line;
    Cells cells{{names(line->name)}};
    for (const CountColumn* column : columns) cells.push_back(count_cell(*column, *line));
    cells.push_back(price_cell(*line, currency.empty()));
    if (screen.wide()) cells.push_back(exposure_cell(*line, currency.empty()));
    table.add(std::move(cells));
  }
  if (lines.size() > 1) table.add(total_row(lines, columns));
  if (!lines.empty()) screen.table(table, 2, screen.wide() ? 2 : 1);
  show_list_prices(screen, lines);
  show_contract_notes(screen, lines);
  show_outside(screen, report);
}

void show_verdicts(Screen& screen, const Report& report) {
  if (report.crosswalk.empty()) return;
  screen.heading("Seats by verdict", "one verdict a seat; this is how seats become money");
  std::vector<Column> heads{{"verdict"}, {"seats", Align::right}};
  const bool waived = std::any_of(report.crosswalk.begin(), report.crosswalk.end(),
                                  [](const CrosswalkRow& row) { return row.waived > 0; });
  if (waived) heads.push_back({"waived", Align::right});
  std::set<std::string> currencies;
  for (const CrosswalkRow& row : report.crosswalk)
    for (const auto& [currency, minor] : row.minor) currencies.insert(currency);
  for (const std::string& currency : currencies) heads.push_back({currency + " a month", Align::right});
  heads.push_back({"counted as", Align::left, Cut::end});
  TextTable table(heads);
  for (const CrosswalkRow& row : report.crosswalk) {
    Cells cells{{row.verdict}, {grouped(row.seats)}};
    if (waived) cells.push_back({row.waived == 0 ? "" : grouped(row.waived), Paint::dim});
    for (const std::string& currency : currencies) cells.push_back(cost_cell(row, currency));
    cells.push_back({std::string(counted_as(row)) + (row.waived > 0 ? "; waived ones as waived" : ""), Paint::dim});
    table.add(std::move(cells));
  }
  if (report.crosswalk.size() > 1) table.add(verdict_total(report, waived, currencies));
  screen.table(table);
}

}  // namespace seatlint
