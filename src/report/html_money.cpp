// SPDX-License-Identifier: Apache-2.0
// The money and the license position: what a reader came for.
#include <algorithm>
#include <ostream>

#include "report/amounts.hpp"
#include "report/html_page.hpp"
#include "report/log_lines.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

struct Part {
  const char *name, *color, *means;
  std::int64_t minor;
};

std::vector<Part> parts_of(const MoneyLine& line) {
  return {{"used", "p-used", "serves somebody", line.used},
          {"idle", "p-idle", "not used for too long, or never", line.idle},
          {"overprovisioned", "p-overprovisioned", "held by those who left, are locked out or hold it twice",
           line.overprovisioned},
          {"tier excess", "p-tier", "a cheaper license would do", line.tier_excess},
          {"unassigned", "p-unassigned", "bought, held by nobody", line.unassigned},
          {"waived", "p-waived", "reviewed exceptions", line.waived},
          {"unjudged", "p-unjudged", "the evidence does not decide", line.unjudged},
          {"outside", "p-outside", "no imported file can show its use", line.outside},
          {"withheld", "p-withheld", "in groups too small to show", line.withheld}};
}

void money_row(std::ostream& out, const MoneyLine& line, const Part& part) {
  out << "<tr><th scope=\"row\"><svg class=\"key\" aria-hidden=\"true\" viewBox=\"0 0 8 8\"><rect class=\""
      << part.color << "\" width=\"8\" height=\"8\"/></svg>" << part.name << "</th><td>" << part.means
      << "</td><td class=\"n\">" << markup_text(percent(part.minor, line.contract)) << "</td><td class=\"n\">"
      << amount(part.minor, line.currency) << "</td><td class=\"n\">" << amount(a_year(part.minor), line.currency)
      << "</td></tr>\n";
}

void card(std::ostream& out, const std::string& figure, const std::string& says) {
  out << "<li><b>" << markup_text(figure) << "</b><span>" << markup_text(says) << "</span></li>\n";
}

void cards(std::ostream& out, const MoneyLine& line) {
  out << "<ul class=\"cards\">\n";
  card(out, amount_with_currency(line.exposure, line.currency), "exposure a month: paid for, not used");
  card(out, amount_with_currency(line.reassignable, line.currency), "reassignable a month: seats free for others");
  for (const Reducible& part : line.reducible)
    card(out, amount_with_currency(part.minor, line.currency),
         "reducible a month from " + to_string(part.on) +
             (part.notice_by ? ", notice by " + to_string(*part.notice_by) : ""));
  if (line.unjudged != 0)
    card(out, amount_with_currency(line.unjudged, line.currency), "unjudged a month, in none of these");
  if (line.conditional != 0)
    card(out, amount_with_currency(line.conditional, line.currency), "conditional a month, in none of these");
  out << "</ul>\n";
}

std::string dash(const std::optional<std::int64_t>& count) { return count ? grouped(*count) : "–"; }

void product_row(std::ostream& out, const ProductLine& line) {
  const std::int64_t spare = std::max<std::int64_t>(line.unassigned.value_or(0), 0);
  out << "<tr><th scope=\"row\">" << markup_text(line.name) << "<br><span class=\"soft\">" << markup_text(line.org)
      << "</span></th><td>";
  html_bar(out, "thin", counted(line.used, "seat") + " used of " + grouped(line.assigned + spare) + " of " + line.name,
           {{"p-used", line.used},
            {"p-idle", line.idle},
            {"p-overprovisioned", line.overprovisioned},
            {"p-tier", line.mistiered},
            {"p-unassigned", spare},
            {"p-waived", line.waived},
            {"p-unjudged", line.unjudged},
            {"p-outside", line.outside},
            {"p-withheld", line.withheld}});
  out << "</td>";
  for (const std::string& cell : {dash(line.purchased), grouped(line.assigned), grouped(line.used), grouped(line.idle),
                                  grouped(line.overprovisioned), grouped(line.mistiered), dash(line.unassigned),
                                  grouped(line.waived), grouped(line.unjudged)})
    out << "<td class=\"n\">" << cell << "</td>";
  out << "<td class=\"n\">" << (line.unit_price ? markup_text(to_string(*line.unit_price)) : "unknown")
      << "</td></tr>\n";
}

}  // namespace

void html_section(std::ostream& out, const char* id, const char* title) {
  out << "<section id=\"" << id << "\" aria-labelledby=\"" << id << "-h\"><h2 id=\"" << id << "-h\">" << title
      << "</h2>\n";
}

void html_bar(std::ostream& out, const char* shape, const std::string& label, std::initializer_list<BarPart> parts) {
  std::int64_t whole = 0;
  for (const BarPart& part : parts) whole += std::max<std::int64_t>(part.size, 0);
  out << "<svg class=\"" << shape << "\" role=\"img\" aria-label=\"" << markup_text(label)
      << "\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\">";
  std::int64_t before = 0;
  const auto at = [&](std::int64_t size) {
    return static_cast<int>(static_cast<long double>(size) * 1000 / static_cast<long double>(whole) + 0.5L);
  };
  for (const BarPart& part : parts) {
    if (part.size <= 0) continue;
    const int first = at(before), last = at(before += part.size);
    out << "<rect class=\"" << part.part << "\" x=\"" << first << "\" width=\"" << std::max(last - first, 1)
        << "\" height=\"10\"/>";
  }
  out << "</svg>\n";
}

void html_headline(std::ostream& out, const Report& report) {
  bool any = false;
  for (const MoneyLine& line : report.money) {
    if (headline(line).empty()) continue;
    any = true;
    out << "<p class=\"headline\">" << markup_text(headline(line)) << "</p>\n";
    if (line.unjudged > 0)
      out << "<p>" << markup_text(amount_with_currency(line.unjudged, line.currency))
          << " a month could not be judged yet.</p>\n";
    cards(out, line);
  }
  if (!any)
    out << "<p class=\"headline\">" << markup_text(counted(open_findings(report), "finding")) << " on "
        << markup_text(counted(report.assigned, "seat")) << "; no price is known.</p>\n";
}

void html_money(std::ostream& out, const Report& report) {
  html_section(out, "money", "Where the money goes");
  for (const MoneyLine& line : report.money) {
    if (line.contract == 0) continue;
    const auto parts = parts_of(line);
    html_bar(out, "bar", headline(line),
             {{parts[0].color, parts[0].minor},
              {parts[1].color, parts[1].minor},
              {parts[2].color, parts[2].minor},
              {parts[3].color, parts[3].minor},
              {parts[4].color, parts[4].minor},
              {parts[5].color, parts[5].minor},
              {parts[6].color, parts[6].minor},
              {parts[7].color, parts[7].minor},
              {parts[8].color, parts[8].minor}});
    out << "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Money\"><table><caption>The parts add up to "
           "the contract exactly; "
        << markup_text(price_shares(line))
        << "</caption>\n<thead><tr><th scope=\"col\">part</th><th scope=\"col\">means"
        << "</th><th scope=\"col\" class=\"n\">share</th><th scope=\"col\" class=\"n\">" << markup_text(line.currency)
        << " a month</th><th scope=\"col\" class=\"n\">" << markup_text(line.currency)
        << " a year</th></tr></thead><tbody>\n";
    for (const Part& part : parts)
      if (part.minor != 0) money_row(out, line, part);
    out << "<tr class=\"sum\"><th scope=\"row\">= contract</th><td></td><td class=\"n\">100%</td><td class=\"n\">"
        << amount(line.contract, line.currency) << "</td><td class=\"n\">"
        << amount(a_year(line.contract), line.currency) << "</td></tr>\n</tbody></table></div>\n";
  }
  for (const MoneyLine& line : report.money)
    if (line.unpriced_seats > 0)
      out << "<p class=\"soft\">" << markup_text(counted(line.unpriced_seats, "seat"))
          << " without a known price are in no amount.</p>\n";
  out << "</section>\n";
}

void html_products(std::ostream& out, const Report& report) {
  html_section(out, "licenses", "Licenses");
  out << "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Licenses\"><table><caption>What was bought, "
         "who "
         "holds it, and what became of each seat</caption>\n<thead><tr><th scope=\"col\">product</th><th scope=\"col\">"
         "seats</th>";
  for (const char* head : {"bought", "assigned", "used", "idle", "over&shy;prov.", "mis-tiered", "spare", "waived",
                           "unjudged", "price a month"})
    out << "<th scope=\"col\" class=\"n\">" << head << "</th>";
  out << "</tr></thead><tbody>\n";
  std::int64_t outside = 0, kinds = 0;
  for (const ProductLine& line : report.products) {
    if (only_outside(line)) {
      outside += line.outside;
      ++kinds;
    } else {
      product_row(out, line);
    }
  }
  out << "</tbody></table></div>\n";
  if (kinds > 0)
    out << "<p class=\"soft\">" << markup_text(counted(outside, "more seat")) << " of "
        << markup_text(counted(kinds, "product")) << " that no imported file can judge.</p>\n";
  out << "</section>\n";
}

}  // namespace seatlint
