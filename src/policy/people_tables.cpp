// SPDX-License-Identifier: Apache-2.0
// The tables that speak about people: who holds what, who needs what, who is exempt, and what may be shown of them.
#include <fmt/core.h>

#include <algorithm>

#include "policy/policy_reading.hpp"

namespace seatlint {
namespace {

const std::vector<std::string> account_keys{"id",         "login",   "email",       "name",    "title",
                                            "department", "manager", "cost_center", "profile", "role"};

Match read_match(TomlTable& owner, bool with_product) {
  Match match;
  auto table = owner.table("match");
  if (!table) return match;
  std::vector<std::string> allowed = account_keys;
  if (with_product) allowed.emplace_back("product");
  for (const auto& key : table->keys()) {
    auto globs = table->texts(key);
    if (std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
      std::string list;
      for (const auto& each : allowed) list += (list.empty() ? "" : ", ") + each;
      table->error(key, fmt::format("match cannot ask for \"{}\"{}; it knows {}", printable(key),
                                    did_you_mean(key, allowed), list));
      continue;
    }
    if (!globs) continue;
    if (globs->empty()) table->error(key, fmt::format("match {} is an empty list: it would match nobody", key));
    for (const auto& glob : *globs) {
      if (glob.empty()) table->error(key, fmt::format("match {} has an empty pattern; \"*\" matches anything", key));
    }
    match.keys.emplace_back(key, std::move(*globs));
  }
  if (table->keys().empty()) owner.error("match", "match is empty: it would match nobody");
  return match;
}

Match require_match(TomlTable& table) {
  table.require("match");
  return read_match(table, false);
}

void expect_products(PolicyReading& reading, const TomlTable& table, std::string_view key,
                     std::vector<std::string>& products, std::string_view where) {
  for (auto& product : products) product = reading.expect_product(table.line_of(key), product, where);
}

Waiver read_waiver(PolicyReading& reading, TomlTable& table) {
  Waiver out;
  out.line = static_cast<int>(table.line());
  table.require("rule");
  table.require("until");
  out.rule = table.text("rule").value_or("");
  if (table.has("rule")) reading.expect_rule(table, "rule", out.rule, true);
  out.match = read_match(table, true);
  out.product = table.text("product").value_or("");
  if (!out.product.empty()) {
    out.product = reading.expect_product(table.line_of("product"), out.product, "[[waiver]] product");
  }
  out.department = table.text("department").value_or("");
  out.owner = table.text("owner").value_or("");
  out.reason = table.text("reason").value_or("");
  out.until = table.day("until").value_or(Day{});
  if (!table.has("match") && out.product.empty() && out.department.empty()) {
    table.error("[[waiver]] must say for whom: match, product or department");
  }
  if (out.owner.empty()) reading.warn(table.line(), "[[waiver]] names no owner");
  if (out.reason.empty()) reading.warn(table.line(), "[[waiver]] gives no reason");
  table.finish();
  return out;
}

bool overlap(const Waiver& a, const Waiver& b) {
  const bool same_rule = a.rule == b.rule || a.rule == "*" || b.rule == "*";
  return same_rule && a.match.keys == b.match.keys && a.product == b.product && a.department == b.department;
}

}  // namespace

void read_assumptions(PolicyReading& reading, TomlTable& root) {
  for (TomlTable& table : root.tables("assume")) {
    Assume out;
    out.line = static_cast<int>(table.line());
    out.match = require_match(table);
    table.require("product");
    out.product = table.text("product").value_or("");
    if (!out.product.empty()) {
      out.product = reading.expect_product(table.line_of("product"), out.product, "[[assume]]");
    }
    table.finish();
    reading.policy.assumptions.push_back(std::move(out));
  }
}

void read_roles(PolicyReading& reading, TomlTable& root) {
  auto& roles = reading.policy.roles;
  for (TomlTable& table : root.tables("role")) {
    Role out;
    out.line = static_cast<int>(table.line());
    out.name = table.text("name").value_or("");
    if (out.name.empty()) out.name = fmt::format("role {}", roles.size() + 1);
    out.match = require_match(table);
    out.license = table.texts("license").value_or(std::vector<std::string>());
    out.keep = table.texts("keep").value_or(std::vector<std::string>());
    if (!table.has("license") && !table.has("keep")) table.error("[[role]] needs a license, a keep list or both");
    expect_products(reading, table, "license", out.license, "[[role]] license");
    for (const auto& feature : out.keep) reading.expect_feature(table.line_of("keep"), feature, "[[role]] keep");
    table.finish();
    roles.push_back(std::move(out));
  }
}

void read_classes(PolicyReading& reading, TomlTable& root) {
  for (TomlTable& table : root.tables("class")) {
    ClassRule out;
    out.line = static_cast<int>(table.line());
    out.match = require_match(table);
    table.require("class");
    const auto name = table.word("class", {"human", "integration", "admin", "shared", "external"});
    if (name) out.account_class = parse_account_class(*name).value_or(AccountClass::human);
    table.finish();
    reading.policy.classes.push_back(std::move(out));
  }
}

void read_reserves(PolicyReading& reading, TomlTable& root) {
  for (TomlTable& table : root.tables("reserve")) {
    Reserve out;
    out.line = static_cast<int>(table.line());
    table.require("role");
    out.role = table.text("role").value_or("");
    if (table.has("role") && out.role.empty()) table.error("role", "role cannot be empty");
    out.match = require_match(table);
    table.finish();
    reading.policy.reserves.push_back(std::move(out));
  }
}

void read_waivers(PolicyReading& reading, TomlTable& root) {
  auto& waivers = reading.policy.waivers;
  for (TomlTable& table : root.tables("waiver")) {
    Waiver waiver = read_waiver(reading, table);
    for (const Waiver& other : waivers) {
      if (!overlap(waiver, other)) continue;
      reading.warn(table.line(),
                   fmt::format("this [[waiver]] overlaps the one on line {}: same subject, rules \"{}\" and \"{}\"",
                               other.line, printable(other.rule), printable(waiver.rule)));
      break;
    }
    waivers.push_back(std::move(waiver));
  }
}

void read_privacy(PolicyReading& reading, TomlTable& root) {
  auto table = root.table("privacy");
  if (!table) return;
  Privacy& privacy = reading.policy.privacy;
  privacy.names = table->word("names", {"show", "pseudonym", "hide"}).value_or(privacy.names);
  privacy.key_file = table->text("key_file").value_or("");
  if (auto keep = table->text("keep")) {
    if (!keep->empty() && !is_period(*keep)) table->error("keep", "keep must be a period such as \"13mo\"");
    privacy.keep = std::move(*keep);
  }
  if (const auto group = table->integer("min_group", 1, 1000)) privacy.min_group = static_cast<int>(*group);
  if (auto forbid = table->texts("forbid")) {
    for (const auto& name : *forbid) {
      if (name != "low-use" && name != "training") reading.expect_rule(*table, "forbid", name, false);
    }
    privacy.forbid = std::move(*forbid);
  }
  reading.note_lines(*table, "privacy.", {"names", "key_file", "keep", "min_group", "forbid"});
  table->finish();
}

}  // namespace seatlint
