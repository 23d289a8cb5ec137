// SPDX-License-Identifier: Apache-2.0
// Reads seatlint.toml from top to bottom, except that own products and features come first, because the other tables
// refer to them.
#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "policy/policy_reading.hpp"

namespace seatlint {
namespace {

std::string file_name_of(const std::string& path) {
  const auto slash = path.find_last_of("/\\");
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

void read_alias_domains(PolicyReading& reading, TomlTable& root) {
  const TomlValue* value = root.value("alias_domains");
  if (!value) return;
  std::vector<std::string> seen;
  bool good = value->kind == TomlValue::Kind::array;
  for (const TomlValue& group : value->items) {
    good = good && group.kind == TomlValue::Kind::array && group.items.size() > 1;
    std::vector<std::string> domains;
    for (const TomlValue& item : group.items) {
      const std::string domain = normalize_name(item.text);
      good = good && item.kind == TomlValue::Kind::text && !domain.empty() && domain.find('@') == std::string::npos;
      if (std::find(seen.begin(), seen.end(), domain) != seen.end()) {
        root.error("alias_domains", fmt::format("alias_domains: \"{}\" stands in it twice", printable(domain)));
      }
      seen.push_back(domain);
      domains.push_back(domain);
    }
    reading.policy.alias_domains.push_back(std::move(domains));
  }
  if (!good) {
    root.error(
        "alias_domains",
        "alias_domains must be lists of two or more domains without @, such as [[\"a.example\", \"b.example\"]]");
  }
}

void read_general(PolicyReading& reading, TomlTable& root) {
  Policy& policy = reading.policy;
  if (auto db = root.text("db")) policy.db = std::move(*db);
  if (auto zone = root.text("timezone")) policy.timezone = std::move(*zone);
  if (policy.timezone.empty()) root.error("timezone", "timezone must name a zone such as \"Europe/Berlin\" or \"UTC\"");
  if (const auto currency = root.text("currency")) {
    policy.currency = *currency;
    const bool good = currency->size() == 3 &&
                      std::all_of(currency->begin(), currency->end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!good) root.error("currency", "currency must be an ISO 4217 code such as \"EUR\"");
  }
  read_alias_domains(reading, root);
  reading.note_lines(root, "", {"db", "timezone", "currency", "alias_domains"});
}

void read_setting(PolicyReading& reading, TomlTable& table, std::string_view key, int least, Setting& setting) {
  constexpr int ten_years = 3660;
  const auto value = table.integer(key, least, ten_years);
  if (value) setting = {static_cast<int>(*value), reading.origin(table.line_of(key))};
}

Thresholds read_thresholds(PolicyReading& reading, TomlTable& table, const std::string& name) {
  Thresholds out;
  Setting idle, grace;
  read_setting(reading, table, "idle_days", 1, idle);
  read_setting(reading, table, "grace_days", 0, grace);
  auto& lines = reading.policy.threshold_lines;
  lines[name] = static_cast<int>(table.line());
  if (!idle.origin.empty()) {
    out.idle_days = idle.value;
    lines[name + ".idle_days"] = static_cast<int>(table.line_of("idle_days"));
  }
  if (!grace.origin.empty()) {
    out.grace_days = grace.value;
    lines[name + ".grace_days"] = static_cast<int>(table.line_of("grace_days"));
  }
  table.finish();
  return out;
}

void read_class_thresholds(PolicyReading& reading, TomlTable& classes) {
  const std::vector<std::string> names{"human", "integration", "admin", "shared", "external"};
  for (const auto& key : classes.keys()) {
    auto table = classes.table(key);
    const auto account_class = parse_account_class(key);
    if (!account_class) {
      classes.error(key, fmt::format("\"{}\" is no account class{}", printable(key), did_you_mean(key, names)));
    } else if (table) {
      reading.policy.class_thresholds[*account_class] = read_thresholds(reading, *table, "class:" + key);
    }
  }
}

}  // namespace

void PolicyReading::warn(std::uint32_t line, std::string says) {
  policy.warnings.push_back({policy.path, line, 0, std::move(says)});
}

void PolicyReading::expect_feature(std::uint32_t line, std::string_view id, std::string_view where) {
  std::vector<std::string> ids;
  for (const Feature& feature : catalog.features) ids.push_back(feature.id);
  if (std::find(ids.begin(), ids.end(), id) != ids.end()) return;
  warn(line, fmt::format("{}: no catalog or [[feature]] knows the feature \"{}\"{}", where, printable(id),
                         did_you_mean(id, ids)));
}

std::string PolicyReading::expect_product(std::uint32_t line, const std::string& written, std::string_view where) {
  if (const Product* product = catalog.resolve("", written, true)) return product->id;
  const auto near = catalog.suggest(written);
  warn(line, fmt::format("{}: no catalog or [[product]] knows \"{}\"{}", where, printable(written),
                         near ? fmt::format("; did you mean \"{}\"?", *near) : ""));
  return written;
}

void PolicyReading::expect_rule(TomlTable& table, std::string_view key, const std::string& name, bool star) {
  if (known_rules.empty() || (star && name == "*")) return;
  if (std::find(known_rules.begin(), known_rules.end(), name) != known_rules.end()) return;
  table.error(key, fmt::format("{}: there is no rule or family \"{}\"{}", key, printable(name),
                               did_you_mean(name, known_rules)));
}

std::string PolicyReading::origin(std::uint32_t line) const { return fmt::format("{}:{}", file, line); }

void PolicyReading::note_lines(const TomlTable& table, std::string_view prefix, const std::vector<std::string>& keys) {
  for (const auto& key : keys) {
    if (table.has(key)) policy.key_lines[std::string(prefix) + key] = static_cast<int>(table.line_of(key));
  }
}

bool is_period(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  if (digits == 0 || digits > 4 || text.substr(0, digits).find_first_not_of('0') == std::string_view::npos)
    return false;
  const std::string unit = normalize_name(text.substr(digits));
  for (const auto* each : {"d", "day", "days", "w", "week", "weeks", "mo", "month", "months", "y", "year", "years"}) {
    if (unit == each) return true;
  }
  return false;
}

void read_audit(PolicyReading& reading, TomlTable& root) {
  auto audit = root.table("audit");
  if (!audit) return;
  Policy& policy = reading.policy;
  read_setting(reading, *audit, "window_days", 1, policy.window_days);
  read_setting(reading, *audit, "idle_days", 1, policy.idle_days);
  read_setting(reading, *audit, "grace_days", 0, policy.grace_days);
  read_setting(reading, *audit, "low_use_days", 0, policy.low_use_days);
  read_setting(reading, *audit, "training_features", 0, policy.training_features);
  read_setting(reading, *audit, "snapshot_slack_days", 0, policy.snapshot_slack_days);
  read_setting(reading, *audit, "feed_gap_days", 0, policy.feed_gap_days);
  if (auto every = audit->text("review_every")) {
    if (!is_period(*every)) audit->error("review_every", "review_every must be a period such as \"3 months\"");
    policy.review_every = std::move(*every);
  }
  if (auto ignore = audit->texts("ignore")) {
    for (const auto& name : *ignore) reading.expect_rule(*audit, "ignore", name, false);
    policy.ignore = std::move(*ignore);
  }
  if (auto products = audit->table("product")) {
    for (const auto& key : products->keys()) {
      auto table = products->table(key);
      if (!table) continue;
      const std::string id = reading.expect_product(table->line(), key, "[audit.product]");
      policy.product_thresholds[id] = read_thresholds(reading, *table, "product:" + id);
    }
  }
  if (auto classes = audit->table("class")) read_class_thresholds(reading, *classes);
  reading.note_lines(*audit, "audit.", {"review_every", "ignore"});
  audit->finish();
}

namespace {

/// Addresses are stored under the first of their alias domains, so patterns must name that one, too.
void follow_alias_domains(const Policy& policy, Match& match) {
  for (auto& [key, globs] : match.keys) {
    if (key != "email" && key != "login") continue;
    for (std::string& glob : globs) {
      const auto at = glob.rfind('@');
      if (at == std::string::npos) continue;
      for (const auto& domains : policy.alias_domains)
        for (const std::string& domain : domains)
          if (fold_case(glob.substr(at + 1)) == fold_case(domain)) glob = glob.substr(0, at + 1) + domains.front();
    }
  }
}

void follow_alias_domains(Policy& policy) {
  for (Assume& entry : policy.assumptions) follow_alias_domains(policy, entry.match);
  for (Role& entry : policy.roles) follow_alias_domains(policy, entry.match);
  for (ClassRule& entry : policy.classes) follow_alias_domains(policy, entry.match);
  for (Reserve& entry : policy.reserves) follow_alias_domains(policy, entry.match);
  for (Waiver& entry : policy.waivers) follow_alias_domains(policy, entry.match);
}

}  // namespace

Policy parse_policy(std::string_view toml, const std::string& path, Catalog& catalog,
                    const std::vector<std::string>& known_rules) {
  Policy policy;
  policy.path = path;
  policy.sha256 = sha256_hex(toml);
  policy.text = toml;
  const std::string shown = path.empty() ? "seatlint.toml" : path;
  const TomlValue value = parse_toml(toml, shown);
  TomlErrors errors(shown);
  TomlTable root(value, "", errors);
  PolicyReading reading{policy, catalog, known_rules, file_name_of(shown)};
  read_general(reading, root);
  read_features(reading, root);
  read_products(reading, root);
  read_audit(reading, root);
  read_contracts(reading, root);
  read_budget(reading, root);
  read_assumptions(reading, root);
  read_roles(reading, root);
  read_classes(reading, root);
  read_reserves(reading, root);
  read_waivers(reading, root);
  read_privacy(reading, root);
  root.finish();
  errors.throw_if_any();
  follow_alias_domains(policy);
  std::stable_sort(policy.warnings.begin(), policy.warnings.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.line < b.line; });
  return policy;
}

}  // namespace seatlint
