// SPDX-License-Identifier: Apache-2.0
// A small report by hand, so that renderers are tested without a store, rules or files.
#pragma once

#include <sstream>
#include <string>

#include "report/order.hpp"
#include "seatlint/report.hpp"

namespace sample {

/// Everything a hostile export could put into a field: escapes, bidi, invalid bytes, formulas, markup, quotes.
inline const std::string hostile = "=1+1\x1b]0;x\x07\x1b[2J\n\xe2\x80\xae\xff\t\"<script>`|\\|@team,株式会社e\xcc\x81";

inline seatlint::Finding finding(std::string_view rule, seatlint::Family family, seatlint::Severity severity,
                                 std::string user, std::int64_t saving, std::string currency = "USD") {
  seatlint::Finding made;
  made.rule = rule;
  made.code = "SL001";
  made.family = family;
  made.severity = severity;
  made.org = "default";
  made.account = "id-" + user;
  made.user = std::move(user);
  made.product = "dynamics365.sales-enterprise";
  made.product_name = "Dynamics 365 Sales Enterprise";
  made.cost = seatlint::Money{9500, currency};
  if (saving != 0) made.saving = seatlint::Money{saving, currency};
  made.last_activity = seatlint::parse_day("2026-05-02");
  made.why = "last human activity on 2026-05-02";
  made.evidence = {{"users.csv", 17, "lists the license"}};
  return made;
}

inline seatlint::Report report(int findings = 3) {
  using namespace seatlint;
  Report made;
  made.as_of = *parse_day("2026-09-14");
  made.today = *parse_day("2026-11-23");
  made.window = {*parse_day("2026-06-17"), made.as_of};
  made.inputs = {{"users.csv", std::string(64, 'a'), "users", "default", "m365-users", 4, made.as_of, made.as_of}};
  made.policy_path = "seatlint.toml";
  made.policy_sha256 = std::string(64, 'b');
  made.catalogs = {{"dynamics365", *parse_day("2026-07-01")}};
  ProductLine line;
  line.org = "default";
  line.product = "dynamics365.sales-enterprise";
  line.name = "Dynamics 365 Sales Enterprise";
  line.purchased = 5;
  line.assigned = 4;
  line.used = 2;
  line.idle = 2;
  line.unassigned = 1;
  line.unit_price = Money{9500, "USD"};
  line.price_origin = "contract";
  made.products = {line};
  MoneyLine money;
  money.currency = "USD";
  money.contract = money.by_contract = 47500;
  money.used = 19000;
  money.idle = 19000;
  money.unassigned = 9500;
  money.exposure = money.reassignable = 28500;
  money.reducible = {{9500, *parse_day("2027-01-31"), parse_day("2027-01-01")}};
  made.money = {money};
  made.crosswalk = {{"idle", Family::idle, 2, 0, {{"USD", 19000}}}, {"used", Family::none, 2, 0, {{"USD", 19000}}}};
  made.assigned = made.accounts = 4;
  for (int i = 0; i < findings; ++i)
    made.findings.all().push_back(
        finding("idle", Family::idle, Severity::medium, "user" + std::to_string(i) + "@example.com", 9500));
  sort_findings(made.findings.all());
  made.hints = {"seatlint explain user0@example.com"};
  return made;
}

inline std::string rendered(const seatlint::Report& report, std::string_view format,
                            const seatlint::RenderOptions& options = {}) {
  std::ostringstream out;
  seatlint::render(report, format, options, out);
  return out.str();
}

inline bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// No byte that a terminal would act on, line ends apart, and nothing that turns the direction of text.
inline bool harmless(const std::string& text) {
  for (const char c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == '\x7f') return false;
  return !has(text, "\xe2\x80\xae") && !has(text, "\xff");
}

}  // namespace sample
