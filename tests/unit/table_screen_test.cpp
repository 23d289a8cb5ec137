// SPDX-License-Identifier: Apache-2.0
// The screen people see first: what it must say, and that it fits, whatever stands in the files.
#include <catch2/catch.hpp>

#include "render_sample.hpp"

namespace table_screen_test {

using namespace seatlint;
using sample::has;
using sample::rendered;

namespace {

int widest_line(const std::string& text) {
  int widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, display_width(line));
  return widest;
}

/// Two currencies, hostile names, a refused file, a group of every kind.
Report busy_report(int findings) {
  Report report = sample::report(findings);
  report.money.push_back(report.money.front());
  report.money.back().currency = "EUR";
  report.money.back().unjudged = 5000;
  report.refused = {{sample::hostile, sample::hostile}};
  report.products.push_back(report.products.front());
  report.products.back().name = sample::hostile + std::string(200, 'x');
  for (std::size_t i = 0; i < report.findings.size(); i += 2) {
    Finding& finding = report.findings[i];
    finding.user = finding.department = finding.why = sample::hostile;
    finding.saving = Money{9500, "EUR"};
    finding.suggest = {"dynamics365.team-members"};
  }
  sort_findings(report.findings.all());
  return report;
}

}  // namespace

TEST_CASE("table: starts with the day and why, then says what was read and what it comes to") {
  Report report = sample::report();
  const std::string text = rendered(report, "table");
  CHECK(text.starts_with("as of 2026-09-14 (newest evidence; today is 2026-11-23)\n"));
  CHECK(has(text, "1 file, 4 records: 1 user list"));
  CHECK(has(text, "285.00 of 475.00 USD a month goes unused (60%): 3,420.00 USD a year."));
  CHECK(has(text, "notice by 2027-01-01"));
  CHECK(has(text, "seatlint explain user0@example.com"));
  report.as_of_given = true;
  CHECK(rendered(report, "table").starts_with("as of 2026-09-14 (given)\n"));
}

TEST_CASE("table: unknown prices are unknown, never zero") {
  Report report = sample::report();
  report.products[0].unit_price = std::nullopt;
  report.products[0].purchased = report.products[0].unassigned = std::nullopt;
  report.money = {MoneyLine{}};
  report.money[0].currency = "EUR";
  report.money[0].unpriced_seats = 4;
  for (CrosswalkRow& row : report.crosswalk) row.minor.clear();
  for (Finding& finding : report.findings) finding.saving = finding.cost = std::nullopt;
  const std::string text = rendered(report, "table");
  CHECK(has(text, "No price is known"));
  CHECK(has(text, "unknown"));
  CHECK(has(text, "4 seats with an unknown price"));
  CHECK_FALSE(has(text, "0.00"));
}

TEST_CASE("table: fits every width from 80 columns on, with 0, 1, 5 and 50,000 findings") {
  for (const int findings : {0, 1, 5, 50'000})
    for (const int columns : {80, 100, 120, 140, 200})
      for (const char* group_by : {"", "department"}) {
        const std::string text = rendered(busy_report(findings), "table", {false, columns, true, group_by});
        CAPTURE(findings, columns, group_by);
        CHECK(widest_line(text) <= columns);
        CHECK(sample::harmless(text));
        CHECK_FALSE(has(text, " \n"));
      }
}

TEST_CASE("table: says how many findings it does not show, and shows each currency") {
  const std::string text = rendered(busy_report(1000), "table");
  CHECK(has(text, "95.00 EUR"));
  CHECK(has(text, "95.00 USD"));
  CHECK(has(text, "more: seatlint audit -o csv=findings.csv"));
}

TEST_CASE("table: color only where asked for") {
  CHECK_FALSE(has(rendered(sample::report(), "table"), "\x1b"));
  CHECK(has(rendered(sample::report(), "table", {true, 80, true, ""}), "\x1b[1m"));
}

TEST_CASE("table: waived findings are counted, not listed") {
  Report report = sample::report(1);
  report.findings[0].waived =
      std::make_shared<const WaivedBy>(WaivedBy{*parse_day("2027-01-31"), "LIC-1", "it@example.com"});
  const std::string text = rendered(report, "table");
  CHECK(has(text, "Findings  none, and 1 waived"));
  CHECK_FALSE(has(text, "Look at these first"));
}

TEST_CASE("table: products outside are summed at the end, not judged among the others") {
  Report report = sample::report();
  ProductLine outside;
  outside.org = "default";
  outside.product = outside.name = "Office 365 E3";
  outside.assigned = outside.outside = 31;
  report.products.push_back(outside);
  CHECK(has(rendered(report, "table"), "31 seats no imported file can judge: Office 365 E3 (31)"));
}

TEST_CASE("table: an unknown group is refused with what there is") {
  CHECK_THROWS_WITH(rendered(sample::report(), "table", {false, 80, false, "team"}), Catch::Contains("cost-center"));
}

}  // namespace table_screen_test
