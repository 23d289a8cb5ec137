// SPDX-License-Identifier: Apache-2.0
// The formats for programs: names, columns, key order, quoting, and what hostile data may not become in them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "render_sample.hpp"
#include "report/json_text.hpp"
#include "report/markdown_text.hpp"

namespace render_formats_test {

using namespace seatlint;
using sample::has;
using sample::rendered;

namespace {

Report hostile_report() {
  Report report = sample::report(2);
  for (Finding& finding : report.findings) {
    finding.user = finding.name = finding.department = finding.product_name = finding.why = sample::hostile;
    finding.evidence.front().says = sample::hostile;
  }
  return report;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

std::vector<std::string> keys(const nlohmann::ordered_json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) names.push_back(item.key());
  return names;
}

bool starts_with(const std::vector<std::string>& names, const std::vector<std::string>& first) {
  return names.size() >= first.size() && std::equal(first.begin(), first.end(), names.begin());
}

}  // namespace

TEST_CASE("formats: the first is the default for people, an unknown one names the nearest") {
  CHECK(report_formats().front() == "table");
  CHECK_THROWS_WITH(rendered(sample::report(), "jsn"), Catch::Contains("did you mean 'json'"));
}

TEST_CASE("severity and family words") {
  for (const Severity severity : {Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical})
    CHECK(parse_severity(to_string(severity)) == severity);
  CHECK_FALSE(parse_severity("urgent"));
  CHECK(to_string(Family::overprovisioned) == "overprovisioned");
}

TEST_CASE("findings: critical first, then dearest, then severe, waived last, whatever the order before") {
  std::vector<Finding> findings{
      sample::finding("idle", Family::idle, Severity::medium, "cheap", 100),
      sample::finding("orphan", Family::mistiered, Severity::medium, "free", 0),
      sample::finding("idle", Family::idle, Severity::medium, "waived", 99999),
      sample::finding("idle", Family::idle, Severity::medium, "dear", 9500),
      sample::finding("active-after-departure", Family::access, Severity::critical, "gone", 0),
      sample::finding("dormant-admin", Family::access, Severity::high, "admin", 0)};
  findings[2].waived = std::make_shared<const WaivedBy>(WaivedBy{*parse_day("2027-01-31"), "LIC-1", "it@example.com"});
  sort_findings(findings);
  std::vector<std::string> order;
  for (const Finding& finding : findings) order.push_back(finding.user);
  CHECK(order == std::vector<std::string>{"gone", "dear", "cheap", "admin", "free", "waived"});
}

TEST_CASE("plain: one line a finding, as many cells as the header, nothing a terminal acts on") {
  const std::string text = rendered(hostile_report(), "plain", {true, 80, true, ""});
  CHECK(sample::harmless(text));
  auto lines = split(text, '\n');
  REQUIRE(lines.size() == 4);
  const auto columns = split(lines[0], '\t').size();
  CHECK(split(lines[1], '\t').size() == columns);
  CHECK(split(lines[2], '\t').size() == columns);
  CHECK(has(lines[0], "rule\tcode\tfamily\tseverity\tcertainty\torg\taccount\tuser\tname\tdepartment\tproduct\t"));
}

TEST_CASE("csv: RFC 4180 quoting, LF, bare decimals, no formulas") {
  Report report = sample::report(1);
  report.findings[0].user = "=HYPERLINK(\"http://example.com\")";
  report.findings[0].name = "-2+3";
  report.findings[0].department = "Sales, \"EMEA\"\nNorth";
  report.findings[0].cost = Money{1234567, "USD"};
  const std::string text = rendered(report, "csv");
  CHECK(has(text,
            "rule,code,family,severity,certainty,org,account,user,name,department,product,product_name,cost,saving,"
            "currency,suggest,last_activity,days_used,why,evidence,waived_until"));
  CHECK(has(text, "\"'=HYPERLINK(\"\"http://example.com\"\")\",'-2+3,\"Sales, \"\"EMEA\"\"\nNorth\","));
  CHECK(has(text, ",12345.67,95.00,USD,"));
  CHECK(has(text, "users.csv:17 lists the license"));
  CHECK_FALSE(has(text, "\r"));
}

TEST_CASE("csv: a negative amount stays a number") {
  Report report = sample::report(1);
  report.findings[0].saving = Money{-9500, "USD"};
  CHECK(has(rendered(report, "csv"), ",-95.00,USD,"));
}

TEST_CASE("json: the keys of the schema, in its order, with the others behind them") {
  Report report = sample::report();
  report.doubts = {{"coverage-gap", "default", "no sign-ins in June", "Purview > Audit > Search"}};
  const auto json = nlohmann::ordered_json::parse(rendered(report, "json"));
  CHECK(starts_with(keys(json), {"schema", "as_of", "window", "inputs", "policy_sha256", "catalog", "products", "money",
                                 "seats", "findings", "doubts"}));
  CHECK(starts_with(keys(json["inputs"][0]), {"file", "sha256", "kind", "org", "rows"}));
  CHECK(starts_with(keys(json["products"][0]),
                    {"org", "product", "name", "purchased", "assigned", "used", "idle", "overprovisioned", "mistiered",
                     "unassigned", "waived", "unjudged", "outside", "unit_price"}));
  CHECK(starts_with(keys(json["money"][0]),
                    {"currency", "contract", "used", "idle", "overprovisioned", "tier_excess", "unassigned", "waived",
                     "unjudged", "outside", "unpriced_seats", "savings"}));
  CHECK(keys(json["money"][0]["savings"]) == std::vector<std::string>{"exposure", "reassignable", "reducible"});
  CHECK(starts_with(keys(json["seats"]), {"assigned", "by_verdict", "tier_unjudged", "tier_unpriced"}));
  CHECK(starts_with(keys(json["findings"][0]), {"rule", "code", "family", "severity", "certainty", "org", "account",
                                                "user", "department", "product", "cost", "saving", "suggest",
                                                "last_activity", "days_used", "why", "evidence", "waived"}));
  CHECK(starts_with(keys(json["doubts"][0]), {"rule", "org", "says"}));
  CHECK(json["findings"][0]["cost"] == nlohmann::ordered_json({{"minor", 9500}, {"currency", "USD"}}));
  CHECK(json["findings"][0]["waived"].is_null());
}

TEST_CASE("json: unknown is null, empty is [], and neither today nor refused files are in it") {
  Report report = sample::report(0);
  report.products[0].purchased = report.products[0].unassigned = std::nullopt;
  report.products[0].unit_price = std::nullopt;
  report.refused = {{"seats.xlsx", "a workbook"}};
  const std::string text = rendered(report, "json");
  const auto json = nlohmann::ordered_json::parse(text);
  CHECK(json["products"][0]["purchased"].is_null());
  CHECK(json["products"][0]["unit_price"].is_null());
  CHECK(json["findings"].empty());
  CHECK_FALSE(has(text, "2026-11-23"));
  CHECK_FALSE(has(text, "xlsx"));
}

TEST_CASE("json: data comes back as it went in, and a terminal gets ASCII only") {
  Report report = sample::report(1);
  report.findings[0].user = "\x1b[2J株式会社\xe2\x80\xae\n\"";
  report.findings[0].name = R"(Ana "C:\crm")";
  CHECK(nlohmann::json::parse(rendered(report, "json"))["findings"][0]["user"] == report.findings[0].user);
  CHECK(nlohmann::json::parse(rendered(report, "json"))["findings"][0]["name"] == report.findings[0].name);
  const std::string text = rendered(report, "json", {true, 80, true, ""});
  CHECK(sample::harmless(text));
  CHECK(nlohmann::json::parse(text)["findings"][0]["user"] == report.findings[0].user);
  report.findings[0].user = "\xff";
  CHECK(nlohmann::json::parse(rendered(report, "json"))["findings"][0]["user"] == "\xef\xbf\xbd");
}

TEST_CASE("json: the texts of findings are spelled as the library spells them") {
  std::minstd_rand dice(7);
  const std::string bytes = "\"\\\n\x1f\x7f\x80\xc3\xa4\xff /abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (int n = 0; n < 2000; ++n) {
    Finding finding;
    for (auto left = dice() % 40; left > 0; --left) finding.why += bytes[dice() % bytes.size()];
    for (const bool ascii : {false, true}) {
      std::string text;
      append_finding_json(text, finding, ascii);
      CHECK(has(text, "\"why\":" + json_string(finding.why, ascii) + ",\"evidence\""));
    }
  }
}

TEST_CASE("jsonl: a summary, then one finding a line") {
  const auto lines = split(rendered(hostile_report(), "jsonl"), '\n');
  REQUIRE(lines.size() == 4);
  CHECK(nlohmann::json::parse(lines[0])["type"] == "summary");
  CHECK(nlohmann::json::parse(lines[0])["finding_count"] == 2);
  CHECK(nlohmann::json::parse(lines[2])["type"] == "finding");
}

TEST_CASE("markdown: data is never live, and each row stays a row") {
  const std::string text = rendered(hostile_report(), "markdown");
  CHECK(sample::harmless(text));
  CHECK_FALSE(has(text, " <script>"));
  CHECK(markdown_code("a|b") == "`a\\|b`");
  CHECK(markdown_code("a\\|b") == "`a\\¦b`");
  CHECK(markdown_code("`x") == "`` `x ``");
  CHECK(markdown_prose("ask @team at https://example.com *now*") ==
        "ask @<!-- -->team at https:/<!-- -->/example.com \\*now\\*");
}

TEST_CASE("markdown: fits a comment however much there is, and says what was cut") {
  Report report = sample::report(5000);
  report.doubts.assign(400, {"coverage-gap", "default", "no sign-ins in June", "Purview > Audit > Search"});
  const std::string text = rendered(report, "markdown");
  CHECK(text.size() <= 65000);
  CHECK(has(text, "findings cut to fit"));
  CHECK(has(text, "</details>"));
  CHECK(has(text, "**Not judged**"));
}

}  // namespace render_formats_test
