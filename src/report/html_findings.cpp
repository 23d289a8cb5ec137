// SPDX-License-Identifier: Apache-2.0
// The findings: the first ones as a plain table for mail, paper and readers without scripts, all of them as data for
// the page's script, with repeated words stored once.
#include <algorithm>
#include <map>
#include <ostream>
#include <set>

#include "report/amounts.hpp"
#include "report/cells.hpp"
#include "report/html_page.hpp"
#include "report/json_text.hpp"
#include "report/log_lines.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

constexpr std::size_t plain_rows = 50;

std::string product_of(const Finding& finding) {
  return printable(finding.product_name.empty() ? finding.product : finding.product_name);
}
std::string user_of(const Finding& finding) { return printable(finding.user.empty() ? finding.account : finding.user); }

/// What stands behind a row when it is folded out.
std::vector<std::string> details_of(const Report& report, const Finding& finding) {
  std::vector<std::string> lines;
  if (!finding.suggest.empty())
    lines.push_back("instead: " + joined(suggested_names(report, finding), " + ") +
                    (finding.suggest_cost ? " at " + to_string(*finding.suggest_cost) + " a month" : ""));
  if (finding.waived)
    lines.push_back("waived until " + to_string(finding.waived->until) +
                    (finding.waived->owner.empty() ? "" : " by " + finding.waived->owner) +
                    (finding.waived->reason.empty() ? "" : ": " + finding.waived->reason));
  if (finding.cost) lines.push_back("the seat costs " + to_string(*finding.cost) + " a month");
  if (finding.certainty != "certain") lines.push_back(std::string(finding.certainty) + ", not certain");
  if (!finding.title.empty()) lines.push_back("title: " + finding.title);
  for (const std::string& note : finding.notes) lines.push_back("note: " + note);
  for (const EvidenceLine& evidence : finding.evidence) lines.push_back(cite(evidence));
  for (std::string& line : lines) line = printable(line);
  return lines;
}

void plain_row(std::ostream& out, const Report& report, const Finding& finding) {
  const std::string_view severity = to_string(finding.severity);
  out << "<tr><td class=\"n\">" << (saves(finding) ? markup_text(to_string(*finding.saving)) : "–")
      << "</td><td><span class=\"tag " << severity << "\">" << severity << "</span>"
      << (finding.is_new == true ? " <span class=\"tag\">new</span>" : "") << "</td><td>" << markup_text(finding.rule)
      << "</td><td class=\"who\">" << markup_text(user_of(finding));
  if (!finding.name.empty() && finding.name != finding.user)
    out << "<br><span class=\"soft\">" << markup_text(finding.name) << "</span>";
  out << "</td><td>" << markup_text(finding.department) << "</td><td>" << markup_text(product_of(finding))
      << "</td><td class=\"n\">" << (finding.last_activity ? to_string(*finding.last_activity) : "–")
      << "</td><td class=\"why\"><details><summary>" << markup_text(finding.why) << "</summary><ul>";
  const auto details = details_of(report, finding);
  for (const std::string& line : details) out << "<li>" << markup_text(line) << "</li>";
  if (details.empty()) out << "<li>" << markup_text(finding.code) << "</li>";
  out << "</ul></details></td></tr>\n";
}

/// Words by number, in the order they were first seen.
class Words {
 public:
  std::size_t operator()(const std::string& word) {
    const auto [at, added] = numbers_.try_emplace(word, words_.size());
    if (added) words_.push_back(&at->first);
    return at->second;
  }
  const std::vector<const std::string*>& all() const { return words_; }

 private:
  std::map<std::string, std::size_t> numbers_;
  std::vector<const std::string*> words_;
};

/// JSON that no HTML parser can mistake for the end of the script around it.
std::string data_text(std::string_view text) {
  std::string result;
  for (const char c : json_string(text, false)) {
    if (c == '<')
      result += "\\u003c";
    else if (c == '>')
      result += "\\u003e";
    else if (c == '&')
      result += "\\u0026";
    else
      result += c;
  }
  return result;
}

void data_row(std::ostream& out, const Report& report, const Finding& finding, Words& words) {
  const bool money = saves(finding);
  out << '[' << (money ? finding.saving->minor : 0) << ',' << words(money ? std::string(finding.saving->currency) : "")
      << ',' << static_cast<int>(finding.severity) << ',' << words(std::string(finding.rule)) << ','
      << data_text(user_of(finding)) << ','
      << data_text(finding.name == finding.user ? std::string() : printable(finding.name)) << ','
      << words(printable(finding.department)) << ',' << words(product_of(finding)) << ",\""
      << (finding.last_activity ? to_string(*finding.last_activity) : std::string()) << "\","
      << data_text(printable(finding.why)) << ",[";
  const char* before = "";
  for (const std::string& line : details_of(report, finding)) {
    out << before << data_text(line);
    before = ",";
  }
  out << "]," << (finding.is_new == true ? 1 : 0) << ']';
}

void data_block(std::ostream& out, const Report& report) {
  Words words;
  std::set<std::string> currencies;
  out << "<script type=\"application/json\" id=\"findings-data\">{\"rows\":[";
  for (const Finding& finding : report.findings) {
    out << (&finding == &*report.findings.begin() ? "\n" : ",\n");
    data_row(out, report, finding, words);
    if (finding.saving) currencies.insert(finding.saving->currency);
  }
  out << "],\n\"words\":[";
  for (std::size_t i = 0; i < words.all().size(); ++i) out << (i == 0 ? "" : ",") << data_text(*words.all()[i]);
  out << "],\n\"digits\":{";
  for (const std::string& currency : currencies)
    out << (currency == *currencies.begin() ? "" : ",") << data_text(currency) << ':' << currency_digits(currency);
  out << "},\n\"severities\":[\"info\",\"low\",\"medium\",\"high\",\"critical\"]}</script>\n";
}

void head(std::ostream& out) {
  const std::pair<const char*, const char*> columns[] = {
      {"saving", "saves a month"},  {"severity", "severity"}, {"rule", "rule"},    {"user", "user"},
      {"department", "department"}, {"product", "product"},   {"last", "last use"}};
  out << "<thead><tr>";
  for (const auto& [column, title] : columns)
    out << "<th scope=\"col\" aria-sort=\"none\"" << (column == std::string_view("saving") ? " class=\"n\"" : "")
        << "><button type=\"button\" data-column=\"" << column << "\">" << title << "</button></th>";
  out << "<th scope=\"col\">why</th></tr></thead>";
}

constexpr const char* tools =
    "<div class=\"tools\" id=\"findings-tools\" role=\"search\" hidden>"
    "<label for=\"find-text\">find<input id=\"find-text\" type=\"search\" autocomplete=\"off\"></label>"
    "<label for=\"find-rule\">rule<select id=\"find-rule\"><option value=\"\">all</option></select></label>"
    "<label for=\"find-severity\">severity<select id=\"find-severity\"><option value=\"\">all</option></select></label>"
    "<label for=\"find-department\">department<select id=\"find-department\"><option value=\"\">all</option></select>"
    "</label></div>\n";

}  // namespace

void html_findings(std::ostream& out, const Report& report) {
  html_section(out, "findings", "Findings");
  if (report.findings.empty()) {
    out << "<p>No findings.</p></section>\n";
    return;
  }
  const std::size_t shown = std::min(report.findings.size(), plain_rows);
  out << tools << "<p class=\"live soft\" id=\"findings-live\" aria-live=\"polite\">"
      << markup_text(counted(static_cast<std::int64_t>(report.findings.size()), "finding"))
      << ", what saves most first</p>\n<p class=\"soft\" id=\"findings-note\">";
  if (shown < report.findings.size()) out << "The first " << shown << " are shown; a browser with scripts shows all. ";
  out << "Fold a row out to see what proves it.</p>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" "
         "aria-label=\"Findings\"><table id=\"findings-table\">";
  head(out);
  out << "<tbody>\n";
  for (std::size_t i = 0; i < shown; ++i) plain_row(out, report, report.findings[i]);
  out << "</tbody></table></div>\n<p class=\"more\"><button type=\"button\" id=\"findings-more\" hidden>Show "
         "more</button></p>\n";
  data_block(out, report);
  out << "</section>\n";
}

}  // namespace seatlint
