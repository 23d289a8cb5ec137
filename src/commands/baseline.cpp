// SPDX-License-Identifier: Apache-2.0
// Compares findings by rule, org, account and product: reasons and dates change from day to day, these do not.
#include "commands/baseline.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "commands/session.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

std::string finding_key(std::string_view rule, std::string_view org, std::string_view account,
                        std::string_view product) {
  return fmt::format("{}\x1f{}\x1f{}\x1f{}", rule, org, account, product);
}

std::string text_of(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at == object.end() || at->is_null() ? std::string() : at->get<std::string>();
}

std::int64_t number_of(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at == object.end() || !at->is_number_integer() ? 0 : at->get<std::int64_t>();
}

Error refused(const std::string& path, std::string_view why) {
  return Error(fmt::format("--since {}: {}; audit -o json=FILE writes what is wanted", path, why));
}

Baseline read_report(const Json& json, const std::string& path) {
  Baseline baseline;
  const auto as_of = parse_day(text_of(json, "as_of"));
  if (!as_of) throw refused(path, "the report states no audit date");
  baseline.since.as_of = *as_of;
  if (text_of(json.value("settings", Json::object()), "names") == "hide")
    throw refused(path, "names are hidden in it, so what is new can't be told");
  for (const Json& finding : json.at("findings")) {
    const bool waived = finding.contains("waived") && !finding.at("waived").is_null();
    (waived ? baseline.waived : baseline.open)
        .insert(finding_key(text_of(finding, "rule"), text_of(finding, "org"), text_of(finding, "account"),
                            text_of(finding, "product")));
  }
  for (const Json& product : json.at("products"))
    if (product.contains("unassigned") && !product.at("unassigned").is_null())
      baseline.unassigned[{text_of(product, "org"), text_of(product, "product")}] = number_of(product, "unassigned");
  for (const Json& line : json.at("money")) baseline.contract[text_of(line, "currency")] = number_of(line, "contract");
  return baseline;
}

}  // namespace

Baseline baseline_of(const Report& report) {
  Baseline baseline;
  baseline.since = {report.as_of, "the audit as of " + to_string(report.as_of), {}};
  for (const Finding& finding : report.findings)
    (finding.waived ? baseline.waived : baseline.open)
        .insert(finding_key(finding.rule, finding.org, finding.account, finding.product));
  for (const ProductLine& line : report.products)
    if (line.unassigned) baseline.unassigned[{line.org, line.product}] = *line.unassigned;
  for (const MoneyLine& line : report.money) baseline.contract[line.currency] = line.contract;
  return baseline;
}

Baseline baseline_of_file(const std::string& path) {
  const std::string text = read_text_file(path);
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object()) throw refused(path, "not JSON");
  Baseline baseline;
  try {
    if (text_of(json, "schema") != "seatlint.audit/1") throw refused(path, "no report of schema seatlint.audit/1");
    baseline = read_report(json, path);
  } catch (const Json::exception&) {
    throw refused(path, "parts of the report are missing or of another kind");
  }
  baseline.since.origin = path.substr(path.rfind('/') + 1);
  baseline.since.sha256 = sha256_hex(text);
  return baseline;
}

Baseline baseline_asked(const std::string& since, const Store& store, const Catalog& catalog, const Policy& policy,
                        const AuditScope& scope, const ReportOptions& options) {
  const auto day = parse_day(since);
  if (!day) return baseline_of_file(since);
  AuditScope then = scope;
  then.as_of = day;
  const auto audited = audit_store(store, catalog, policy, then, options.today);
  const Report report = build_report(audited->fleet, audited->judged, options);
  if (report.assigned == 0)
    throw Error(fmt::format("--since {}: no export says who held a license on that day", to_string(*day)));
  return baseline_of(report);
}

void mark_new(Report& report, const Baseline& baseline, const Pseudonyms* pseudonyms) {
  report.since = baseline.since;
  for (Finding& finding : report.findings) {
    const auto known = [&](const std::string& account) {
      const std::string key = finding_key(finding.rule, finding.org, account, finding.product);
      return baseline.open.contains(key) || (finding.waived && baseline.waived.contains(key));
    };
    finding.is_new = !known(finding.account) && (pseudonyms == nullptr || !known((*pseudonyms)(finding.account)));
  }
}

}  // namespace seatlint
