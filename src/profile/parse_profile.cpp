// SPDX-License-Identifier: Apache-2.0
// A profile file into a Profile. Every mistake is an Error with file, line and column: profiles are written by hand.
#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "profile/parse.hpp"

namespace seatlint {

using profile::TomlNode;

namespace profile {
namespace {

using Strings = std::vector<std::string>;

void parse_head(const TomlNode& table, const std::string& origin, Profile& out, Profile::Rules& rules) {
  expect_keys(table,
              {"name", "kind", "vendor", "get", "seen", "note", "evidence", "require", "any_of", "forbid", "refuse",
               "fallback", "proves", "retention_days", "suggest", "together_with"},
              origin, "[profile]");
  for (const char* key : {"name", "kind", "vendor"})
    if (table.find(key) == nullptr) fail_at(origin, table, fmt::format("[profile] needs \"{}\"", key));
  out.gives_actions = true;
  for (const auto& [key, node] : table.entries) {
    if (key == "name") out.name = expect_string(node, origin, key);
    if (key == "vendor") out.vendor = expect_string(node, origin, key);
    if (key == "get") out.get = expect_string(node, origin, key);
    if (key == "seen") out.seen = expect_string(node, origin, key);
    if (key == "note") out.note = expect_string(node, origin, key);
    if (key == "evidence") out.evidence = expect_string(node, origin, key);
    if (key == "refuse") out.refuse = expect_string(node, origin, key);
    if (key == "require") out.require = expect_strings(node, origin, key);
    if (key == "forbid") rules.forbid = expect_strings(node, origin, key);
    if (key == "together_with") out.together_with = expect_strings(node, origin, key);
    if (key == "suggest") out.suggest = expect_bool(node, origin, key);
    if (key == "fallback") rules.fallback = expect_bool(node, origin, key);
    if (key == "retention_days") out.retention_days = static_cast<int>(expect_integer(node, origin, key, 0, 36525));
    if (key == "kind") {
      const auto text = expect_string(node, origin, key);
      const auto kind = parse_record_kind(text);
      const Strings kinds = {"users", "assignments", "activity", "entitlements", "departures", "leave", "lookup"};
      if (!kind) {
        const auto near = nearest(text, kinds);
        fail_at(origin, node,
                fmt::format("\"{}\" is no kind of record{}", text,
                            near ? fmt::format("; did you mean \"{}\"?", *near) : std::string()));
      }
      out.kind = *kind;
    }
    if (key == "any_of") {
      if (node.kind != TomlNode::Kind::array)
        fail_at(origin, node, "\"any_of\" must be a list of lists of column names");
      for (const auto& item : node.items) rules.any_of.push_back(expect_strings(item, origin, key));
    }
    if (key == "proves") {
      const auto kinds = expect_strings(node, origin, key);
      for (const auto& text : kinds)
        if (text != "login" && text != "action")
          fail_at(origin, node, "\"proves\" lists \"login\" and \"action\" only");
      out.covers_days = !kinds.empty();
      out.gives_actions = std::find(kinds.begin(), kinds.end(), "action") != kinds.end();
    }
  }
}

DateSource parse_date_source(const TomlNode& node, const std::string& origin) {
  if (node.kind != TomlNode::Kind::table)
    fail_at(origin, node, "\"snapshot_date\" must be a table such as { column = \"Report date\" }");
  expect_keys(node, {"column", "name", "newest", "footer"}, origin, "\"snapshot_date\"");
  if (node.entries.size() != 1) fail_at(origin, node, "\"snapshot_date\" needs one of column, name, newest and footer");
  DateSource out;
  for (const auto& [key, value] : node.entries) {
    auto text = expect_string(value, origin, key);
    (key == "column" ? out.column : key == "name" ? out.name : key == "newest" ? out.newest : out.footer) = text;
  }
  return out;
}

void parse_file(const TomlNode& table, const std::string& origin, Profile& out, Profile::Rules& rules) {
  expect_keys(table,
              {"encoding", "delimiter", "quote", "skip_rows", "footer", "repeats_header", "row_cap", "snapshot_date",
               "tenant", "tenant_mixed", "covers", "name", "fill_down"},
              origin, "[file]");
  const auto one_char = [&](const TomlNode& node, const std::string& key) {
    const auto text = expect_string(node, origin, key);
    if (text.size() != 1) fail_at(origin, node, fmt::format("\"{}\" must be one ASCII character", key));
    return text.front();
  };
  for (const auto& [key, node] : table.entries) {
    if (key == "encoding") out.file_options.encoding = expect_string(node, origin, key);
    if (key == "delimiter") out.file_options.delimiter = one_char(node, key);
    if (key == "quote") out.file_options.quote = one_char(node, key);
    if (key == "skip_rows")
      out.file_options.skip_rows = static_cast<std::uint64_t>(expect_integer(node, origin, key, 0, 1000000));
    if (key == "footer") rules.footer = expect_strings(node, origin, key);
    if (key == "repeats_header") expect_bool(node, origin, key);  // always done; the key says that it is expected
    if (key == "fill_down") rules.fill_down = expect_strings(node, origin, key);
    if (key == "name") rules.name_hints = expect_strings(node, origin, key);
    if (key == "tenant") rules.tenant = parse_field(node, origin, key).sources;
    if (key == "tenant_mixed") rules.tenant_mixed = expect_bool(node, origin, key);
    if (key == "row_cap") {
      const bool list = node.kind == TomlNode::Kind::array;
      for (std::size_t i = 0; i < (list ? node.items.size() : 1); ++i)
        out.row_caps.push_back(
            static_cast<std::uint64_t>(expect_integer(list ? node.items[i] : node, origin, key, 1, 1'000'000'000'000)));
    }
    if (key == "covers") {
      if (node.kind != TomlNode::Kind::table || node.find("name") == nullptr)
        fail_at(origin, node,
                "\"covers\" must be a table such as { name = \"Log_{yyyy}-{MM}-{dd}_{yyyy}-{MM}-{dd}*\" }");
      expect_keys(node, {"name"}, origin, "\"covers\"");
      rules.covers_name = expect_string(*node.find("name"), origin, "name");
    }
    if (key == "snapshot_date") {
      if (node.kind == TomlNode::Kind::array)
        for (const auto& item : node.items) rules.snapshot_date.push_back(parse_date_source(item, origin));
      else
        rules.snapshot_date.push_back(parse_date_source(node, origin));
    }
  }
}

/// The words a field's vocabulary may have; empty: any word (it becomes the value).
const Strings& words_of(const std::string& field) {
  static const std::map<std::string, Strings> words = {
      {"status", {"active", "disabled", "frozen", "deleted", "unknown"}},
      {"class", {"human", "integration", "admin", "shared", "external", "unknown"}},
      {"last_activity", {"never", "unknown", "not_within"}},
      {"aliases", {"none"}},
      {"outcome", {"success", "failure"}},
      {"client", {"human", "machine"}},
      {"created", {"none"}},
      {"last_day", {"none"}},
      {"from", {"none"}},
      {"to", {"none"}},
      {"term_start", {"none"}},
      {"term_end", {"none"}},
      {"unit_price", {"none"}},
      {"quantity", {"none", "unlimited"}},
      {"assigned", {"none"}},
      {"available", {"none", "unlimited"}},
      {"notice_days", {"none"}},
      {"floor", {"none"}},
      {"reducible", {"at-renewal", "any-time", "none"}}};
  static const Strings any;
  const auto found = words.find(field);
  return found == words.end() ? any : found->second;
}

void parse_values(const TomlNode& table, const std::string& origin, Profile::Rules& rules) {
  // Fields of other kinds may have words here, so that one vocabulary can be copied between the profiles of a vendor.
  Strings known = {"null"};
  for (const auto kind :
       {RecordKind::users, RecordKind::activity, RecordKind::entitlements, RecordKind::departures, RecordKind::lookup})
    known.insert(known.end(), known_fields(kind).begin(), known_fields(kind).end());
  expect_keys(table, known, origin, "[values]");
  for (const auto& [field, node] : table.entries) {
    if (field == "null") {
      rules.nulls = expect_strings(node, origin, field);
      continue;
    }
    if (node.kind != TomlNode::Kind::table)
      fail_at(origin, node, fmt::format("the values of \"{}\" must be a table", field));
    Strings words = words_of(field);
    words.emplace_back("exact_case");
    if (words.size() > 1) expect_keys(node, words, origin, fmt::format("the values of \"{}\"", field));
    Vocabulary vocabulary;
    for (const auto& [word, globs] : node.entries) {
      if (word == "exact_case")
        vocabulary.exact_case = expect_bool(globs, origin, word);
      else
        vocabulary.words.push_back({word, expect_strings(globs, origin, word)});
    }
    rules.values[field] = std::move(vocabulary);
  }
}

void parse_split(const TomlNode& table, const std::string& origin, Profile::Rules& rules) {
  expect_keys(table, {"products", "group_products", "roles", "aliases"}, origin, "[split]");
  for (const auto& [field, node] : table.entries) {
    if (node.kind != TomlNode::Kind::table)
      fail_at(origin, node, fmt::format("\"{}\" must be a table such as {{ separator = \";\" }}", field));
    expect_keys(node, {"separator", "tight", "json", "before", "take", "after"}, origin,
                fmt::format("the split of \"{}\"", field));
    Split out;
    for (const auto& [key, value] : node.entries) {
      if (key == "tight") out.tight = expect_bool(value, origin, key);
      if (key == "json") out.json = expect_bool(value, origin, key);
      if (key == "before") out.before = expect_strings(value, origin, key);
      if (key == "take") out.take = expect_strings(value, origin, key);
      if (key == "after") out.after = expect_string(value, origin, key);
      if (key != "separator") continue;
      for (const auto& text : expect_strings(value, origin, key)) {
        if (text.size() != 1)
          fail_at(origin, value, "a \"separator\" is one ASCII character; blanks around it are dropped anyway");
        out.separators.push_back(text.front());
      }
    }
    if (out.separators.empty() && !out.json && out.after.empty() && out.take.empty())
      fail_at(origin, node, fmt::format("the split of \"{}\" needs a \"separator\" or json = true", field));
    rules.split[field] = std::move(out);
  }
}

std::optional<DayOrder> parse_day_order(std::string_view text) {
  if (text == "ymd") return DayOrder::ymd;
  if (text == "mdy") return DayOrder::mdy;
  if (text == "dmy") return DayOrder::dmy;
  return std::nullopt;
}

void parse_dates(const TomlNode& table, const std::string& origin, Profile::Rules& rules) {
  expect_keys(table, {"order", "prefer", "timezone", "excel", "relative"}, origin, "[dates]");
  for (const auto& [key, node] : table.entries) {
    if (key == "timezone") rules.timezone = expect_string(node, origin, key);
    if (key == "excel") rules.excel = expect_bool(node, origin, key);
    if (key == "relative") rules.relative = expect_bool(node, origin, key);
    if (key == "prefer") {
      rules.prefer = parse_day_order(expect_string(node, origin, key));
      if (rules.prefer != DayOrder::mdy && rules.prefer != DayOrder::dmy)
        fail_at(origin, node, "\"prefer\" must be mdy or dmy");
    }
    if (key != "order") continue;
    const auto text = expect_string(node, origin, key);
    rules.order = parse_day_order(text);
    if (!rules.order && text != "auto") fail_at(origin, node, "\"order\" must be auto, ymd, mdy or dmy");
  }
}

void parse_identity(const TomlNode& table, const std::string& origin, Profile::Rules& rules) {
  expect_keys(table,
              {"id", "login", "email", "user", "aliases", "federation_id", "hr_id", "manager", "key", "license_id",
               "profile_ref", "concealed"},
              origin, "[identity]");
  for (const auto& [key, node] : table.entries) {
    if (key == "concealed")
      rules.concealed = expect_string(node, origin, key);
    else
      rules.identity[key] = parse_key_form(node, origin);
  }
}

void parse_money_rules(const TomlNode& table, const std::string& origin, Profile::Rules& rules) {
  expect_keys(table, {"currency", "per", "of"}, origin, "[money]");
  for (const auto& [key, node] : table.entries) {
    const auto text = expect_string(node, origin, key);
    if (key == "currency") rules.money.currency = text;
    if (key == "per") {
      if (text == "month")
        rules.money.months = 1;
      else if (text == "quarter")
        rules.money.months = 3;
      else if (text == "year")
        rules.money.months = 12;
      else
        fail_at(origin, node, "\"per\" must be month, quarter or year");
    }
    if (key == "of") {
      if (text != "seat" && text != "line") fail_at(origin, node, "\"of\" must be seat or line");
      rules.money.of_line = text == "line";
    }
  }
}

/// What a kind cannot do without.
void check_columns(const TomlNode& root, const std::string& origin, const Profile& out, const Profile::Rules& rules) {
  const auto has = [&](std::initializer_list<const char*> fields) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const char* field) { return rules.columns.count(field) != 0; });
  };
  const auto need = [&](bool ok, const char* what) {
    if (!ok) fail_at(origin, root, fmt::format("a profile of kind {} must map {}", to_string(out.kind), what));
  };
  switch (out.kind) {
    case RecordKind::users:
    case RecordKind::assignments:
      need(has({"id", "login", "email"}), "at least one of id, login and email");
      break;
    case RecordKind::activity:
      need(has({"time"}), "time");
      need(has({"id", "login", "email", "user"}), "at least one of user, id, login and email");
      break;
    case RecordKind::entitlements:
      need(has({"product"}), "product");
      break;
    case RecordKind::departures:
      need(has({"email", "id", "hr_id", "login"}) && has({"last_day"}), "last_day and one of email, login and id");
      break;
    case RecordKind::leave:
      need(has({"email", "id", "hr_id", "login"}) && has({"from", "share"}),
           "from or share, and one of email, login and id");
      break;
    case RecordKind::lookup:
      need(has({"key"}), "key");
      break;
  }
}

}  // namespace

KeyForm parse_key_form(const TomlNode& node, const std::string& origin) {
  const auto text = expect_string(node, origin, "as");
  if (text == "text") return KeyForm::text;
  if (text == "guid") return KeyForm::guid;
  if (text == "untagged") return KeyForm::untagged;
  if (text == "salesforce-id") return KeyForm::salesforce_id;
  if (text == "upn") return KeyForm::upn;
  fail_at(origin, node,
          fmt::format("\"{}\" is no form of a key; use text, guid, salesforce-id, untagged or upn", text));
}

}  // namespace profile

Profile parse_profile(std::string_view toml, const std::string& origin) {
  using namespace profile;
  const TomlNode root = read_toml(toml, origin);
  Strings tables = {"profile", "file", "columns", "values", "split", "dates", "identity", "money", "rows"};
  expect_keys(root, tables, origin, "a profile");
  for (const auto& [key, node] : root.entries)
    if (node.kind != TomlNode::Kind::table)
      fail_at(origin, node, fmt::format("\"{}\" must be a table: [{}]", key, key));
  const TomlNode* head = root.find("profile");
  if (head == nullptr) fail_at(origin, root, "a profile needs the table [profile] with name, kind and vendor");

  Profile out;
  Profile::Rules rules;
  out.origin = origin;
  parse_head(*head, origin, out, rules);
  if (const auto* table = root.find("file")) parse_file(*table, origin, out, rules);
  if (const auto* table = root.find("columns")) parse_columns(*table, out.kind, origin, rules);
  if (const auto* table = root.find("values")) parse_values(*table, origin, rules);
  if (const auto* table = root.find("split")) parse_split(*table, origin, rules);
  if (const auto* table = root.find("dates")) parse_dates(*table, origin, rules);
  if (const auto* table = root.find("identity")) parse_identity(*table, origin, rules);
  if (const auto* table = root.find("money")) parse_money_rules(*table, origin, rules);
  if (const auto* table = root.find("rows")) parse_rows(*table, origin, rules);
  if (out.refuse.empty()) check_columns(root, origin, out, rules);
  out.maps_object = out.kind == RecordKind::activity && rules.columns.count("object") != 0;
  out.gives_actions = out.gives_actions && out.maps_object;
  out.rules = std::make_shared<const Profile::Rules>(std::move(rules));
  return out;
}

}  // namespace seatlint
