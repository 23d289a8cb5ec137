// SPDX-License-Identifier: Apache-2.0
// What it costs: the headline, the sum that must come out, and three savings that are never mixed.
#include <algorithm>
#include <array>
#include <utility>

#include "report/amounts.hpp"
#include "report/screen.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

using Align = Column::Align;
using Cut = Column::Cut;

struct Part {
  std::string_view name;
  std::int64_t minor;
  Paint paint;
};

std::array<Part, 9> parts_of(const MoneyLine& line) {
  return {{{"used", line.used, Paint::good},
           {"idle", line.idle, Paint::warn},
           {"overprovisioned", line.overprovisioned, Paint::warn},
           {"tier excess", line.tier_excess, Paint::warn},
           {"unassigned", line.unassigned, Paint::warn},
           {"waived", line.waived, Paint::dim},
           {"unjudged", line.unjudged, Paint::dim},
           {"outside", line.outside, Paint::dim},
           {"withheld", line.withheld, Paint::dim}}};
}

/// One row: name, bar or remark, share of the contract, a month, a year.
Cells money_row(const MoneyLine& line, Cell name, Cell middle, std::int64_t minor, Paint paint) {
  return {std::move(name),
          std::move(middle),
          {percent(minor, line.contract), Paint::dim},
          {amount(minor, line.currency), paint},
          {amount(a_year(minor), line.currency), paint}};
}

int bar_width(const Screen& screen, const MoneyLine& line) {
  const int amounts = std::max(12, static_cast<int>(amount(a_year(line.contract), line.currency).size())) * 2;
  return std::clamp(screen.width() - amounts - 34, 8, 40);
}

void add_identity(TextTable& table, const MoneyLine& line, int width) {
  std::string_view sign = "  ";
  for (const Part& part : parts_of(line)) {
    if (part.minor == 0 && part.name != "used") continue;
    table.add(money_row(line, {std::string(sign) + std::string(part.name)},
                        {bar(part.minor, line.contract, width), part.paint}, part.minor, Paint::plain));
    sign = "+ ";
  }
  table.add(money_row(line, {"= contract", Paint::bold}, {}, line.contract, Paint::bold));
}

Cell notice_of(const Reducible& part, Day today) {
  if (!part.notice_by) return {};
  if (*part.notice_by < today) return {"notice was due " + to_string(*part.notice_by), Paint::bad};
  return {"notice by " + to_string(*part.notice_by), Paint::bold};
}

void add_savings(TextTable& table, const MoneyLine& line, Day today) {
  table.add(money_row(line, {"exposure", Paint::bold}, {"paid for, not used", Paint::dim}, line.exposure, Paint::bold));
  table.add(money_row(line, {"reassignable"}, {"seats free for others", Paint::dim}, line.reassignable, Paint::plain));
  for (const Reducible& part : line.reducible)
    table.add(money_row(line, {"reducible " + to_string(part.on)}, notice_of(part, today), part.minor, Paint::plain));
  if (line.reducible.empty() && line.exposure != 0)
    table.add({{"reducible"}, {"no contract end known", Paint::dim}, {}, {"–"}, {"–"}});
  if (line.unjudged != 0)
    table.add(
        money_row(line, {"unjudged", Paint::warn}, {"not counted above", Paint::dim}, line.unjudged, Paint::warn));
  if (line.conditional != 0)
    table.add(money_row(line, {"conditional"}, {"only on a condition", Paint::dim}, line.conditional, Paint::dim));
}

}  // namespace

void show_headline(Screen& screen, const Report& report) {
  screen.blank();
  bool priced = false;
  for (const MoneyLine& line : report.money) {
    const std::string text = headline(line);
    if (text.empty()) continue;
    priced = true;
    screen.labeled({""}, 0, text, line.exposure > 0 ? Paint::bold : Paint::good);
    if (line.unjudged > 0)
      screen.labeled({""}, 0, amount_with_currency(line.unjudged, line.currency) + " a month could not be judged yet.");
  }
  std::int64_t unpriced = 0;
  for (const MoneyLine& line : report.money) unpriced += line.unpriced_seats;
  if (priced && unpriced > 0)
    screen.labeled({""}, 0,
                   counted(unpriced, "seat") + " of " + std::to_string(report.assigned) +
                       " have no known price and are in none of these amounts.");
  if (!priced)
    screen.labeled({""}, 0, "No price is known for any of these seats, so the report counts seats, not money.",
                   Paint::bold);
}

void show_money(Screen& screen, const Report& report) {
  for (const MoneyLine& line : report.money) {
    if (line.contract == 0 && line.exposure == 0 && line.unjudged == 0) continue;
    screen.heading(report.money.size() > 1 ? "Money in " + line.currency : "Money", price_shares(line));
    const int width = bar_width(screen, line);
    TextTable table({{"", Align::left, Cut::never},
                     {std::string(static_cast<std::size_t>(width), ' '), Align::left, Cut::end},
                     {"", Align::right},
                     {line.currency + " a month", Align::right},
                     {line.currency + " a year", Align::right}});
    add_identity(table, line, width);
    table.add_line({""});
    // With a given audit date the same bytes come out whenever it is run.
    add_savings(table, line, report.as_of_given ? report.as_of : report.today);
    screen.table(table, 2);
  }
}

}  // namespace seatlint
