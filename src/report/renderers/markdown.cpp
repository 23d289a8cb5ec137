// SPDX-License-Identifier: Apache-2.0
// The report for a pull-request comment or a step summary: what the table shows, within the 65,536 characters those
// places take, and with a note of what was cut.
#include <ostream>

#include "report/amounts.hpp"
#include "report/markdown_text.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

constexpr std::size_t limit = 65'000;
constexpr std::size_t most_rows = 500;  ///< of products, groups and doubts

std::string row(std::initializer_list<std::string> cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + cell + " |";
  return line;
}

std::string optional_count(const std::optional<std::int64_t>& count) { return count ? grouped(*count) : "–"; }
std::string optional_money(const std::optional<Money>& money) { return money ? to_string(*money) : "–"; }

void add_money_row(MarkdownPage& page, const MoneyLine& line, const std::string& name, std::int64_t minor) {
  page.add(
      row({name, percent(minor, line.contract), amount(minor, line.currency), amount(a_year(minor), line.currency)}));
}

void add_money(MarkdownPage& page, const MoneyLine& line) {
  if (headline(line).empty()) return;
  page.add("");
  page.add(row({"Money", "share", line.currency + " a month", line.currency + " a year"}));
  page.add("|:--|--:|--:|--:|");
  const std::pair<const char*, std::int64_t> parts[] = {{"used", line.used},
                                                        {"+ idle", line.idle},
                                                        {"+ overprovisioned", line.overprovisioned},
                                                        {"+ tier excess", line.tier_excess},
                                                        {"+ unassigned", line.unassigned},
                                                        {"+ waived", line.waived},
                                                        {"+ unjudged", line.unjudged},
                                                        {"+ outside", line.outside},
                                                        {"+ withheld", line.withheld}};
  for (const auto& [name, minor] : parts)
    if (minor != 0) add_money_row(page, line, name, minor);
  add_money_row(page, line, "**= contract** (" + price_shares(line) + ")", line.contract);
  add_money_row(page, line, "**exposure**: paid for, not used", line.exposure);
  add_money_row(page, line, "reassignable: seats free for others", line.reassignable);
  for (const Reducible& part : line.reducible)
    add_money_row(
        page, line,
        "reducible on " + to_string(part.on) + (part.notice_by ? ", notice by " + to_string(*part.notice_by) : ""),
        part.minor);
  if (line.conditional != 0) add_money_row(page, line, "conditional, not counted above", line.conditional);
}

void add_products(MarkdownPage& page, const Report& report) {
  page.add("");
  page.add(
      "| Product | purchased | assigned | used | idle | overprovisioned | mis-tiered | unassigned | waived | "
      "unjudged | price |");
  page.add("|:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
  std::int64_t outside = 0;
  std::size_t rows = 0;
  for (const ProductLine& line : report.products) {
    outside += line.outside;
    if (only_outside(line) || ++rows > most_rows) continue;
    page.add(row({markdown_code(line.name), optional_count(line.purchased), grouped(line.assigned), grouped(line.used),
                  grouped(line.idle), grouped(line.overprovisioned), grouped(line.mistiered),
                  optional_count(line.unassigned), grouped(line.waived), grouped(line.unjudged),
                  line.unit_price ? to_string(*line.unit_price) : "unknown"}));
  }
  page.add("");
  if (outside > 0) page.add(counted(outside, "seat") + " outside: no imported file can judge them.");
}

void add_verdicts(MarkdownPage& page, const Report& report) {
  page.add("");
  page.add("| Seats by verdict | seats | waived | cost a month | counted as |");
  page.add("|:--|--:|--:|--:|:--|");
  for (const CrosswalkRow& line : report.crosswalk)
    page.add(row({line.verdict, grouped(line.seats), grouped(line.waived),
                  line.minor.empty() ? "–" : amounts_text(line.minor), std::string(counted_as(line))}));
}

void add_rules(MarkdownPage& page, const Report& report) {
  page.add("");
  page.add("| Severity | Rule | open | waived | would save a month |");
  page.add("|:--|:--|--:|--:|--:|");
  for (const RuleTotal& total : totals_by_rule(report))
    page.add(row({std::string(to_string(total.severity)), markdown_code(total.rule), grouped(total.open),
                  grouped(total.waived), total.saving.empty() ? "–" : amounts_text(total.saving)}));
}

/// Whom a threshold a few days off would judge differently; the rest stands in JSON.
void add_borderline(MarkdownPage& page, const Report& report) {
  constexpr std::size_t shown = 20;
  page.add("");
  page.add("| Close calls | product | verdict | becomes | with |");
  page.add("|:--|:--|:--|:--|:--|");
  for (std::size_t i = 0; i < report.borderline.size() && i < shown; ++i) {
    const BorderlineSeat& seat = report.borderline[i];
    page.add(row({markdown_code(seat.user.empty() ? seat.account : seat.user), markdown_code(seat.product_name),
                  seat.verdict, seat.becomes, seat.setting + " = " + std::to_string(seat.flips_at)}));
  }
  if (report.borderline.size() > shown)
    page.add("\n… and " + grouped(static_cast<std::int64_t>(report.borderline.size() - shown)) + " more close calls.");
}

void add_groups(MarkdownPage& page, const Report& report, const std::string& group_by) {
  page.add("");
  page.add(row({"By " + group_by, "open findings", "would save a month"}));
  page.add("|:--|--:|--:|");
  std::size_t rows = 0;
  for (const GroupTotal& group : totals_by_group(report, group_by)) {
    if (++rows > most_rows) break;
    page.add(row({group.name.empty() ? "(none)" : markdown_code(group.name), grouped(group.open),
                  group.saving.empty() ? "–" : amounts_text(group.saving)}));
  }
}

/// The first record behind a finding; the others stand in the machine formats.
std::string cited(const Finding& finding) {
  if (finding.evidence.empty()) return "–";
  const EvidenceLine& first = finding.evidence.front();
  return markdown_code(first.line == 0 ? first.file : first.file + ":" + std::to_string(first.line), 60);
}

std::string finding_row(const Report& report, const Finding& finding) {
  std::string fix;
  for (const std::string& name : suggested_names(report, finding))
    fix += (fix.empty() ? " → " : " + ") + markdown_code(name);
  const std::string who = finding.count > 1      ? counted(finding.count, "person", "persons")
                          : finding.user.empty() ? finding.account
                                                 : finding.user;
  const std::string& product = finding.product_name.empty() ? finding.product : finding.product_name;
  return row({optional_money(finding.saving), std::string(to_string(finding.severity)),
              std::string(finding.rule) + (finding.is_new == true ? " (new)" : ""), markdown_code(who),
              markdown_code(finding.department, 40), markdown_code(product) + fix, markdown_prose(finding.why),
              cited(finding)});
}

/// As many findings as fit; how many did not.
std::int64_t add_findings(MarkdownPage& page, const Report& report) {
  page.add("");
  page.add("<details><summary>Findings, worst first</summary>");
  page.add("");
  page.add("| Saves a month | severity | rule | user | department | product | why | record |");
  page.add("|--:|:--|:--|:--|:--|:--|:--|:--|");
  std::int64_t cut = 0;
  for (const Finding& finding : report.findings)
    if (!finding.waived && (cut > 0 || !page.add(finding_row(report, finding)))) ++cut;
  return cut;
}

void add_gates(MarkdownPage& page, const Report& report) {
  page.add("");
  page.add("| | Limit | allowed | actual | headroom | |");
  page.add("|:--|:--|--:|--:|--:|:--|");
  for (const Gate& gate : report.gates)
    page.add(row({gate.broken ? "**broken**" : "ok", markdown_code(gate.name), markdown_prose(gate.limit),
                  markdown_prose(gate.actual), markdown_prose(gate.headroom), markdown_prose(gate.why)}));
}

std::string doubts_text(const Report& report) {
  MarkdownPage page(10'000);
  if (!report.doubts.empty()) page.add("\n**Not judged**\n");
  std::size_t shown = 0;
  for (const Doubt& doubt : report.doubts) {
    if (!page.add("- " + markdown_code(doubt.rule) + " " + markdown_prose(doubt.says) +
                  (doubt.fetch.empty() ? "" : "; fetch: " + markdown_prose(doubt.fetch))))
      break;
    ++shown;
  }
  std::string text = page.text();
  if (shown < report.doubts.size())
    text += "- … and " + grouped(static_cast<std::int64_t>(report.doubts.size() - shown)) + " more\n";
  return text;
}

}  // namespace

void render_markdown(const Report& report, const RenderOptions& options, std::ostream& out) {
  MarkdownPage page(limit);
  const std::string doubts = doubts_text(report);
  const std::size_t kept_back = doubts.size() + 200;  // the doubts, and the note on what was cut
  page.reserve(kept_back);
  page.add("## License audit");
  page.add("");
  page.add("as of " + to_string(report.as_of) + " (" + as_of_reason(report) + "); " +
           counted(static_cast<std::int64_t>(report.inputs.size()), "file") + ", " +
           counted(report.accounts, "account") + ", " + counted(report.assigned, "seat"));
  for (const MoneyLine& line : report.money)
    if (!headline(line).empty())
      page.add("\n**" + headline(line) + "**" +
               (line.unjudged > 0
                    ? " " + amount_with_currency(line.unjudged, line.currency) + " a month could not be judged yet."
                    : ""));
  if (!report.gates.empty()) add_gates(page, report);
  for (const MoneyLine& line : report.money) add_money(page, line);
  if (!report.products.empty()) add_products(page, report);
  if (!report.crosswalk.empty()) add_verdicts(page, report);
  if (report.findings.empty()) page.add("\nNo findings.");
  if (!report.findings.empty()) add_rules(page, report);
  if (!report.borderline.empty()) add_borderline(page, report);
  if (!options.group_by.empty()) add_groups(page, report, options.group_by);
  const std::int64_t cut = open_findings(report) == 0 ? 0 : add_findings(page, report);
  page.release(kept_back);
  if (open_findings(report) > 0) page.add("\n</details>");
  if (cut > 0)
    page.add("\n" + counted(cut, "finding") + " cut to fit; all of them: `seatlint audit -o csv=findings.csv`");
  out << page.text() << doubts;
}

}  // namespace seatlint
