// SPDX-License-Identifier: Apache-2.0
// Every finding cites at least one record, and each record cited says what it is cited for: over all samples and the
// bundled quarter, the lines are looked up in the files with nothing but a text editor's idea of a line.
#include <fmt/core.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "folder.hpp"
#include "seatlint/catalog.hpp"
#include "seatlint/cli.hpp"

namespace evidence_test {

using namespace seatlint;

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string tree = SEATLINT_SOURCE_DIR;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// UTF-16 as the samples have it is Latin text: the zero bytes are what makes it wide.
std::vector<std::string> lines_of(const fs::path& path) {
  std::string bytes = bytes_of(path);
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) std::erase(bytes, '\0');
  std::vector<std::string> lines;
  std::istringstream in(bytes);
  for (std::string line; std::getline(in, line);) lines.push_back(fold_case(line));
  return lines;
}

/// The record that begins on this line: up to the line where its quotes are closed.
std::string record_at(const std::vector<std::string>& lines, std::size_t line) {
  std::string record;
  for (std::size_t i = line - 1; i < lines.size(); ++i) {
    record += lines[i];
    if (std::count(record.begin(), record.end(), '"') % 2 == 0) break;
  }
  return record;
}

bool holds(const std::string& record, const std::string& text) {
  return !text.empty() && record.find(fold_case(text)) != std::string::npos;
}

/// An account in a log or list: by id (Salesforce writes it with 15 or 18 characters), login, its local part or name.
bool names(const std::string& record, const json& finding) {
  const std::string account = finding.at("account").is_string() ? finding.at("account").get<std::string>() : "";
  const std::string user = finding.at("user");
  return holds(record, account.substr(0, 15)) || holds(record, user) || holds(record, user.substr(0, user.find('@'))) ||
         holds(record, finding.at("name").get<std::string>());
}

/// The day, or its neighbor where the policy's zone is another than the file's, in any of the usual spellings.
bool dates(const std::string& record, Day day) {
  for (int off = -1; off <= 1; ++off) {
    const Civil date = civil(day + off);
    for (const char* spelling : {"{0:04}-{1:02}-{2:02}", "{0:04}{1:02}{2:02}", "{1}/{2}/{0}", "{2}/{1}/{0}",
                                 "{1:02}/{2:02}/{0}", "{2:02}/{1:02}/{0}", "{0}/{1:02}/{2:02}", "{2:02}-{1:02}-{0}"})
      if (holds(record, fmt::format(fmt::runtime(spelling), date.year, date.month, date.day))) return true;
  }
  return false;
}

/// Ids long enough to be nobody else's, without quotes; times are none.
std::vector<std::string> ids_in(const std::string& record) {
  constexpr std::size_t shortest = 15;
  std::vector<std::string> ids(1);
  for (const char c : record) {
    if (c == ',' || c == ';' || c == '\t' || c == '"' || c == '\r') {
      ids.emplace_back();
    } else {
      ids.back() += c;
    }
  }
  std::erase_if(ids, [](const std::string& id) { return id.size() < shortest || id.find(':') != std::string::npos; });
  return ids;
}

/// Whether a record shares an id with one in any file that `is_about` says yes to: a log may know a user by a key that
/// only another export translates.
template <typename IsAbout>
bool linked(const fs::path& folder, const std::string& record, IsAbout is_about) {
  for (const auto& entry : fs::directory_iterator(folder))
    for (const std::string& line : lines_of(entry.path())) {
      if (!is_about(line)) continue;
      for (const std::string& id : ids_in(line))
        if (holds(record, id.substr(0, std::max<std::size_t>(15, id.size() == 18 ? 15 : id.size())))) return true;
    }
  return false;
}

std::string squeezed(std::string text) {
  std::erase(text, ' ');
  return text;
}

/// What a log calls the act, behind "activity DAY: " or before " on DAY"; empty where the words are ours.
std::string act_in(const std::string& says) {
  const auto colon = says.find(" activity ");
  std::string act = colon == std::string::npos ? "" : says.substr(says.find(": ", colon) + 2);
  if (const auto on = says.find(" on 2"); act.empty() && on != std::string::npos && !says.starts_with("active"))
    act = says.substr(0, on);
  act = act.substr(0, act.find(' '));
  return act == "sign-in" || act == "session" ? "" : act;
}

bool shows_product(const std::string& record, const json& finding) {
  static const Catalog catalog = builtin_catalog();
  const Product* product = catalog.find(finding.at("product").get<std::string>());
  if (holds(record, squeezed(finding.at("product_name").get<std::string>()))) return true;
  if (product == nullptr) return holds(record, finding.at("product_name").get<std::string>());
  if (holds(record, product->name) || holds(record, product->id)) return true;
  return std::any_of(product->aliases.begin(), product->aliases.end(),
                     [&](const std::string& alias) { return holds(record, alias); });
}

std::optional<Day> day_in(const std::string& says) {
  for (std::size_t at = 0; at + 10 <= says.size(); ++at)
    if (const auto day = parse_day(says.substr(at, 10))) return day;
  return std::nullopt;
}

/// What is wrong with one line of evidence; empty where it says what it is cited for.
std::string fault(const fs::path& folder, const fs::path& policy, const json& finding, const json& evidence) {
  const std::string file = evidence.at("file"), says = evidence.at("says");
  const std::size_t line = evidence.at("line");
  const bool of_policy = file == policy.filename();
  const fs::path path = of_policy ? policy : folder / file;
  if (!fs::exists(path)) return "there is no file " + file;
  if (line == 0) return {};
  const std::vector<std::string> lines = lines_of(path);
  if (line > lines.size()) return file + " has no line " + std::to_string(line);
  const std::string record = record_at(lines, line);
  const std::string where = file + ":" + std::to_string(line) + " (" + record + ") ";
  if (of_policy) return says.starts_with("[[") && !holds(record, "[[") ? where + "is no table" : "";
  const bool of_account = finding.at("account").is_string();
  const auto is_of_account = [&](const std::string& text) { return names(text, finding); };
  if (of_account && !names(record, finding) && !linked(folder, record, is_of_account))
    return where + "does not name the account";
  if (!of_account && says.find(" bought") != std::string::npos && !holds(record, says.substr(0, says.find(' '))))
    return where + "does not hold the quantity";
  // A flag of its own column, or the id of something that another file names.
  const auto is_of_product = [&](const std::string& text) { return shows_product(text, finding); };
  if (says.starts_with("holds ") && !shows_product(record, finding) && !shows_product(lines.front(), finding) &&
      !linked(folder, record, is_of_product))
    return where + "does not name the product";
  const std::string act = act_in(says);
  if (!act.empty() && !holds(record, act)) return where + "does not hold " + act;
  const auto day = day_in(says);
  return day && !dates(record, *day) ? where + "does not hold the day" : "";
}

class Bench {
 public:
  std::string path(const std::string& name) const { return folder_.file(name); }
  std::string tool(std::vector<std::string> arguments, const fs::path& policy) const {
    std::vector<std::string> all{"-q", "--db", path("seatlint.db")};
    if (!policy.empty()) all.insert(all.end(), {"--config", policy.string()});
    all.insert(all.end(), arguments.begin(), arguments.end());
    Environment environment;
    environment.today = make_day(2026, 10, 5);
    std::istringstream in;
    std::ostringstream out, err;
    run(all, in, out, err, environment);  // some samples are there to be refused
    return out.str();
  }

 private:
  seatlint::testing::Folder folder_;
};

/// The newest use stands in some record, or inside a file's days, where the file is cited as a whole.
bool cites_last_activity(const json& finding) {
  if (!finding.at("last_activity").is_string()) return true;
  const std::string day = finding.at("last_activity");
  const json& evidence = finding.at("evidence");
  return std::any_of(evidence.begin(), evidence.end(),
                     [&](const json& one) { return one.at("says").get<std::string>().find(day) != std::string::npos; });
}

/// How many findings there are, after each line of their evidence was looked up.
std::size_t check_evidence(const Bench& bench, const fs::path& exports, const fs::path& policy,
                           const std::string& day) {
  const json report = json::parse(bench.tool({"audit", "-o", "json", "--as-of", day}, policy));
  for (const json& finding : report.at("findings")) {
    INFO(finding.dump());
    CHECK(!finding.at("evidence").empty());
    CHECK(cites_last_activity(finding));
    for (const json& evidence : finding.at("evidence")) {
      const std::string wrong = fault(exports, policy, finding, evidence);
      INFO(wrong);
      CHECK(wrong.empty());
    }
  }
  return report.at("findings").size();
}

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, separator);) cells.push_back(cell);
  return cells;
}

}  // namespace

TEST_CASE("every record that the bundled quarter's findings cite says what it is cited for", "[evidence]") {
  const Bench bench;
  const fs::path example = tree + "/examples/quarterly-audit", policy = example / "seatlint.toml";
  bench.tool({"import", (example / "exports").string()}, policy);
  const std::size_t findings = check_evidence(bench, example / "exports", policy, "2026-09-30");
  CHECK(findings > 50);

  std::size_t rows = 0;
  std::istringstream lines(bench.tool({"audit", "-o", "jsonl"}, policy));
  for (std::string line; std::getline(lines, line);) {
    const json value = json::parse(line);
    if (!value.contains("why")) continue;
    ++rows;
    CHECK(!value.at("evidence").empty());
  }
  CHECK(rows == findings);

  for (const std::string format : {"plain", "csv"}) {
    const std::string file = bench.path("findings." + format);
    bench.tool({"audit", "-o", format + "=" + file}, policy);
    std::istringstream records(bench.tool({"inspect", "--rows", "json", file}, policy));
    std::string head;
    REQUIRE(std::getline(records, head));
    const json names = json::parse(head);
    const auto column = std::find(names.begin(), names.end(), "evidence") - names.begin();
    REQUIRE(static_cast<std::size_t>(column) < names.size());
    rows = 0;
    for (std::string line; std::getline(records, line); ++rows)
      CHECK(json::parse(line).at(static_cast<std::size_t>(column)).get<std::string>().find(':') != std::string::npos);
    CHECK(rows == findings);
  }

  rows = 0;
  std::istringstream page(bench.tool({"audit", "-o", "markdown"}, policy));
  bool in_findings = false;
  for (std::string line; std::getline(page, line);) {
    in_findings = (in_findings || line.starts_with("| Saves a month")) && line.starts_with("|");
    if (!in_findings || line.starts_with("| Saves") || line.starts_with("|--") || line.starts_with("|:")) continue;
    ++rows;
    const std::string cited = split(line, '|').back();
    CHECK(cited.find_first_not_of(" –") != std::string::npos);
  }
  CHECK(rows > 50);
}

TEST_CASE("every record that findings on the samples cite says what it is cited for", "[evidence]") {
  for (const std::string vendor : {"dynamics", "salesforce", "other"}) {
    const Bench bench;
    const fs::path samples = tree + "/tests/data/samples/" + vendor;
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(samples)) files.insert(entry.path());
    for (const fs::path& file : files)
      bench.tool({"import", file.string(), "--snapshot-date", "2026-09-15", "--max-rejects", "100%"}, {});
    INFO(vendor);
    CHECK(check_evidence(bench, samples, {}, "2026-09-15") > 0);
  }
}

}  // namespace evidence_test
