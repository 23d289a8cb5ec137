// SPDX-License-Identifier: Apache-2.0
// `[columns]` and `[rows]` of a profile: where each field comes from, and what sets a row apart.
#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>

#include "profile/parse.hpp"

namespace seatlint::profile {
namespace {

using Strings = std::vector<std::string>;

Source parse_source(const TomlNode& node, const std::string& origin, const std::string& name) {
  Source out;
  if (node.kind == TomlNode::Kind::string) {
    out.column = node.text;
    if (trim(out.column).empty()) fail_at(origin, node, fmt::format("\"{}\" names no column", name));
    return out;
  }
  if (node.kind != TomlNode::Kind::table)
    fail_at(origin, node,
            fmt::format("\"{}\" must be a column name, a list of them, or a table such as "
                        "{{ column = \"Message\", json = \"Verb\" }}",
                        name));
  expect_keys(node, {"column", "nth", "json", "value", "file_name", "join", "with", "pattern", "as", "bound", "unless"},
              origin, fmt::format("the source of \"{}\"", name));
  int ways = 0;
  for (const char* key : {"column", "value", "file_name", "join"}) ways += node.find(key) != nullptr;
  if (ways != 1)
    fail_at(origin, node,
            fmt::format("the source of \"{}\" needs exactly one of column, value, file_name and join", name));
  for (const auto& [key, value] : node.entries) {
    if (key == "column") out.column = expect_string(value, origin, key);
    if (key == "nth") out.nth = static_cast<unsigned>(expect_integer(value, origin, key, 1, 1000));
    if (key == "value") out.constant = expect_string(value, origin, key);
    if (key == "file_name") out.file_name = expect_string(value, origin, key);
    if (key == "join") out.join = expect_strings(value, origin, key);
    if (key == "with") out.with = expect_string(value, origin, key);
    if (key == "pattern") out.pattern = expect_string(value, origin, key);
    if (key == "as") out.as = parse_key_form(value, origin);
    if (key == "unless") out.unless = expect_strings(value, origin, key);
    if (key == "bound") out.bound = expect_bool(value, origin, key);
    if (key == "json") {
      std::string path = expect_string(value, origin, key);
      for (std::size_t at = 0; at <= path.size();) {
        const auto dot = std::min(path.find('.', at), path.size());
        out.json.push_back(path.substr(at, dot - at));
        at = dot + 1;
      }
    }
    if ((key == "pattern" || key == "file_name") && value.text.find("{}") == std::string::npos)
      fail_at(origin, value, fmt::format("\"{}\" needs {{}} where the wanted part stands", key));
  }
  if (!out.json.empty() && out.column.empty()) fail_at(origin, node, "\"json\" needs a \"column\"");
  return out;
}

/// columns = { "CRM" = "Zoho CRM" }, yes = ["Yes"]
void parse_wide(const TomlNode& node, const std::string& origin, Field& out) {
  const TomlNode& columns = *node.find("columns");
  if (columns.kind != TomlNode::Kind::table) fail_at(origin, columns, "\"columns\" must be a table: column = meaning");
  for (const auto& [column, means] : columns.entries)
    out.wide.push_back({column, expect_string(means, origin, column)});
  out.yes = {"yes", "true", "1", "x", "y"};
  if (const auto* yes = node.find("yes")) out.yes = expect_strings(*yes, origin, "yes");
}

const Strings& person_fields() {
  static const Strings fields = {"email", "from", "hr_id", "id", "last_day", "login", "name", "share", "to"};
  return fields;
}

Test parse_test(const TomlNode& node, const std::string& origin) {
  Test out;
  const TomlNode* column = node.find("column");
  if (column == nullptr) fail_at(origin, node, "a row test needs a \"column\"");
  if (const auto* json = node.find("json")) {
    TomlNode source;
    source.line = node.line, source.column = node.column;
    source.entries = {{"column", *column}, {"json", *json}};
    out.field.sources = {parse_source(source, origin, "column")};
  } else {
    out.field = parse_field(*column, origin, "column");
  }
  out.label = out.field.sources.empty() ? std::string() : out.field.sources.front().column;
  if (const auto* is = node.find("is")) out.is = expect_strings(*is, origin, "is");
  if (const auto* is_not = node.find("is_not")) out.is_not = expect_strings(*is_not, origin, "is_not");
  if (const auto* starts = node.find("starts"))
    for (const auto& text : expect_strings(*starts, origin, "starts")) out.is.push_back(text + "*");
  if (const auto* empty = node.find("empty")) out.empty = expect_bool(*empty, origin, "empty");
  if (const auto* exact = node.find("exact_case")) out.exact_case = expect_bool(*exact, origin, "exact_case");
  if (out.is.empty() && out.is_not.empty() && !out.empty)
    fail_at(origin, node, "a row test needs one of is, is_not, starts and empty");
  return out;
}

/// One test, or `all = [...]` / `any = [...]` of tests; nothing deeper.
Predicate parse_predicate(const TomlNode& node, const std::string& origin, const Strings& further) {
  if (node.kind != TomlNode::Kind::table) fail_at(origin, node, "a row rule must be a table");
  Strings known = {"column", "json", "is", "is_not", "starts", "empty", "exact_case"};
  const TomlNode* all = node.find("all");
  const TomlNode* any = node.find("any");
  Predicate out;
  if (all == nullptr && any == nullptr) {
    known.insert(known.end(), further.begin(), further.end());
    known.insert(known.end(), {"all", "any"});
    expect_keys(node, known, origin, "a row rule");
    out.tests.push_back(parse_test(node, origin));
    return out;
  }
  if (all != nullptr && any != nullptr) fail_at(origin, node, "a row rule has either \"all\" or \"any\"");
  Strings group = further;
  group.emplace_back(all != nullptr ? "all" : "any");
  expect_keys(node, group, origin, "a row rule");
  const TomlNode& list = all != nullptr ? *all : *any;
  if (list.kind != TomlNode::Kind::array || list.items.empty())
    fail_at(origin, list, "\"all\" and \"any\" must be lists of row tests");
  out.all = all != nullptr;
  for (const auto& item : list.items) {
    if (item.kind != TomlNode::Kind::table) fail_at(origin, item, "a row test must be a table");
    expect_keys(item, known, origin, "a row test");
    out.tests.push_back(parse_test(item, origin));
  }
  return out;
}

const std::vector<TomlNode>& expect_list(const TomlNode& node, const std::string& origin, const std::string& key) {
  if (node.kind != TomlNode::Kind::array) fail_at(origin, node, fmt::format("\"{}\" must be a list of tables", key));
  return node.items;
}

void parse_skips(const TomlNode& node, const std::string& origin, bool keep, Profile::Rules& rules) {
  for (const auto& item : expect_list(node, origin, keep ? "keep" : "skip")) {
    SkipRule rule;
    rule.keep = keep;
    rule.when = parse_predicate(item, origin, {"as", "covers"});
    if (const auto* covers = item.find("covers")) rule.covers = expect_bool(*covers, origin, "covers");
    if (const auto* as = item.find("as")) rule.reason = expect_string(*as, origin, "as");
    if (rule.reason.empty())
      rule.reason = fmt::format("{} by \"{}\"", keep ? "not kept" : "skipped", rule.when.tests.front().label);
    rules.skip.push_back(std::move(rule));
  }
}

std::vector<SetRule> parse_sets(const TomlNode& node, const std::string& origin, const std::string& key,
                                const Strings& allowed) {
  std::vector<SetRule> out;
  for (const auto& item : expect_list(node, origin, key)) {
    SetRule rule;
    rule.when = parse_predicate(item, origin, allowed.empty() ? Strings{} : Strings{key});
    if (!allowed.empty()) {
      const auto* value = item.find(key);
      if (value == nullptr)
        fail_at(origin, item, fmt::format("needs \"{}\" = one of {}", key, fmt::join(allowed, ", ")));
      rule.value = expect_string(*value, origin, key);
      if (std::find(allowed.begin(), allowed.end(), rule.value) == allowed.end())
        fail_at(origin, *value, fmt::format("\"{}\" must be one of {}", key, fmt::join(allowed, ", ")));
    }
    out.push_back(std::move(rule));
  }
  return out;
}

}  // namespace

const std::vector<std::string>& known_fields(RecordKind kind) {
  static const Strings users = {"aliases", "class",         "cost_center",   "created",        "department",
                                "email",   "environment",   "federation_id", "group_products", "hr_id",
                                "id",      "last_activity", "license_id",    "login",          "manager",
                                "name",    "products",      "profile_name",  "profile_ref",    "roles",
                                "status",  "title"};
  static const Strings activity = {"aliases", "app",    "client",  "email", "environment", "federation_id", "id",
                                   "login",   "object", "outcome", "time",  "user",        "verb"};
  static const Strings entitlements = {"assigned", "available", "currency", "floor",      "notice_days", "product",
                                       "quantity", "reducible", "term_end", "term_start", "unit_price"};
  static const Strings lookup = {"key", "name", "product"};
  switch (kind) {
    case RecordKind::users:
    case RecordKind::assignments:
      return users;
    case RecordKind::activity:
      return activity;
    case RecordKind::entitlements:
      return entitlements;
    case RecordKind::lookup:
      return lookup;
    default:
      return person_fields();
  }
}

Field parse_field(const TomlNode& node, const std::string& origin, const std::string& name) {
  Field out;
  if (node.kind == TomlNode::Kind::array) {
    if (node.items.empty()) fail_at(origin, node, fmt::format("\"{}\" names no column", name));
    for (const auto& item : node.items) out.sources.push_back(parse_source(item, origin, name));
  } else if (node.kind == TomlNode::Kind::table && (node.find("columns") != nullptr || node.find("all") != nullptr)) {
    expect_keys(node, {"all", "columns", "yes"}, origin, fmt::format("the source of \"{}\"", name));
    if (const TomlNode* list = node.find("all")) {
      if (list->kind != TomlNode::Kind::array) fail_at(origin, *list, "\"all\" must be a list of sources");
      out.all = true;
      for (const auto& item : list->items) out.sources.push_back(parse_source(item, origin, name));
    }
    if (node.find("columns") != nullptr) parse_wide(node, origin, out);
  } else {
    out.sources.push_back(parse_source(node, origin, name));
  }
  return out;
}

void parse_columns(const TomlNode& table, RecordKind kind, const std::string& origin, Profile::Rules& rules) {
  expect_keys(table, known_fields(kind), origin, fmt::format("[columns] of a profile of kind {}", to_string(kind)));
  for (const auto& [name, node] : table.entries) rules.columns[name] = parse_field(node, origin, name);
}

void parse_rows(const TomlNode& table, const std::string& origin, Profile::Rules& rules) {
  expect_keys(table, {"skip", "keep", "class", "state", "client", "sign_in", "dedupe"}, origin, "[rows]");
  for (const auto& [key, node] : table.entries) {
    if (key == "skip") parse_skips(node, origin, false, rules);
    if (key == "keep") parse_skips(node, origin, true, rules);
    if (key == "class")
      rules.account_class = parse_sets(node, origin, key, {"human", "integration", "admin", "shared", "external"});
    if (key == "state") rules.state = parse_sets(node, origin, key, {"active", "disabled", "frozen", "deleted"});
    if (key == "client") rules.client = parse_sets(node, origin, key, {"human", "machine"});
    if (key == "sign_in") rules.sign_in = parse_sets(node, origin, key, {});
    if (key == "dedupe") rules.dedupe = parse_field(node, origin, key).sources;
  }
}

}  // namespace seatlint::profile
