// SPDX-License-Identifier: Apache-2.0
// Reads the findings on seats of a JSON report. A report that hides names can't be joined with anything.
#include "commands/earlier_report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands/session.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& value, const char* key) {
  const auto at = value.find(key);
  return at != value.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::optional<Money> money_of(const std::string& path, const Json& value, const char* key) {
  const auto at = value.find(key);
  if (at == value.end() || !at->is_object()) return std::nullopt;
  const auto minor = at->find("minor");
  if (minor == at->end() || !minor->is_number_integer()) return std::nullopt;
  try {
    return Money{minor->get<std::int64_t>(), text_of(*at, "currency")};
  } catch (const Error& error) {
    throw Error(path + ": " + error.what());
  }
}

}  // namespace

EarlierReport read_earlier_report(const std::string& path) {
  const Json report = Json::parse(read_text_file(path), nullptr, false);
  const auto findings = report.is_object() ? report.find("findings") : report.end();
  const auto day = report.is_object() ? parse_day(text_of(report, "as_of")) : std::nullopt;
  if (!report.is_object() || text_of(report, "schema") != "seatlint.audit/1" || !day || findings == report.end() ||
      !findings->is_array())
    throw Error(path + ": no report of seatlint audit -o json");
  EarlierReport earlier{*day, {}};
  for (const Json& finding : *findings) {
    if (!finding.is_object() || text_of(finding, "account").empty() || text_of(finding, "product").empty()) continue;
    const auto waived = finding.find("waived");
    earlier.seats.push_back({text_of(finding, "org"), text_of(finding, "account"), text_of(finding, "product"),
                             text_of(finding, "rule"), waived != finding.end() && waived->is_object(),
                             money_of(path, finding, "cost"), money_of(path, finding, "saving")});
  }
  std::stable_sort(earlier.seats.begin(), earlier.seats.end(),
                   [](const SeatRecord& a, const SeatRecord& b) { return a.key() < b.key(); });
  return earlier;
}

}  // namespace seatlint
