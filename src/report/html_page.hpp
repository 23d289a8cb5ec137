// SPDX-License-Identifier: Apache-2.0
// The parts of the HTML report, top to bottom. Data reaches the page only through markup_text and json_string.
#pragma once

#include <iosfwd>
#include <string>

#include "seatlint/report.hpp"

namespace seatlint {

// html_money.cpp
void html_headline(std::ostream& out, const Report& report);
void html_money(std::ostream& out, const Report& report);
void html_products(std::ostream& out, const Report& report);

// html_charts.cpp
void html_idle_days(std::ostream& out, const Report& report);
void html_departments(std::ostream& out, const Report& report);
void html_trend(std::ostream& out, const Report& report);
void html_coverage(std::ostream& out, const Report& report);

// html_findings.cpp
void html_findings(std::ostream& out, const Report& report);

// html_method.cpp
void html_gates(std::ostream& out, const Report& report);
void html_verdicts(std::ostream& out, const Report& report);
void html_doubts(std::ostream& out, const Report& report);
void html_waivers(std::ostream& out, const Report& report);
void html_method(std::ostream& out, const Report& report);

/// `<section id="ID" aria-labelledby="ID-h"><h2 id="ID-h">TITLE</h2>`; ends with `</section>`.
void html_section(std::ostream& out, const char* id, const char* title);

/// One colored piece of a bar: class of its color and how much of the whole.
struct BarPart {
  const char* part;
  std::int64_t size;
};
/// A bar without text that fills its place; `label` is what it says to those who can't see it.
void html_bar(std::ostream& out, const char* shape, const std::string& label, std::initializer_list<BarPart> parts);

}  // namespace seatlint
