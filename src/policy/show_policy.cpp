// SPDX-License-Identifier: Apache-2.0
// `config show`: each effective value with the line it stands on, or "default".
#include <fmt/core.h>

#include <string>

#include "seatlint/policy.hpp"

namespace seatlint {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return printable(out) + '"';
}

std::string list(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : ", ") + quoted(text);
  return "[" + out + "]";
}

std::string shown(const Match& match) {
  std::string out;
  for (const auto& [key, globs] : match.keys) {
    out +=
        fmt::format("{}{} = {}", out.empty() ? "" : ", ", key, globs.size() == 1 ? quoted(globs.front()) : list(globs));
  }
  return "{ " + out + " }";
}

/// Collects the lines, knowing the file name for origins.
class Lines {
 public:
  explicit Lines(const Policy& policy) : policy_(policy) {
    const auto slash = policy.path.find_last_of("/\\");
    file_ = slash == std::string::npos ? policy.path : policy.path.substr(slash + 1);
  }
  void add(std::string_view key, std::string_view value, std::string_view origin) {
    text_ += fmt::format("{} = {}  # {}\n", key, value, origin);
  }
  void add(std::string_view key, const Setting& setting) { add(key, std::to_string(setting.value), setting.origin); }
  /// A key that parse_policy noted the line of.
  void add_noted(const std::string& key, std::string_view value) {
    const auto line = policy_.key_lines.find(key);
    add(key, value, line == policy_.key_lines.end() ? "default" : at(line->second));
  }
  void add_at(std::string_view key, std::string_view value, int line) { add(key, value, at(line)); }
  std::string at(int line) const { return fmt::format("{}:{}", file_, line); }
  std::string take() { return std::move(text_); }

 private:
  const Policy& policy_;
  std::string file_, text_;
};

void show_general(const Policy& policy, Lines& out) {
  out.add_noted("db", quoted(policy.db.empty() ? "seatlint.db" : policy.db));
  out.add_noted("timezone", quoted(policy.timezone));
  out.add_noted("currency", quoted(policy.currency));
  std::string domains;
  for (const auto& group : policy.alias_domains) domains += (domains.empty() ? "" : ", ") + list(group);
  out.add_noted("alias_domains", "[" + domains + "]");
  out.add("audit.window_days", policy.window_days);
  out.add("audit.idle_days", policy.idle_days);
  out.add("audit.grace_days", policy.grace_days);
  out.add("audit.low_use_days", policy.low_use_days);
  out.add("audit.training_features", policy.training_features);
  out.add("audit.snapshot_slack_days", policy.snapshot_slack_days);
  out.add("audit.feed_gap_days", policy.feed_gap_days);
  out.add_noted("audit.review_every", quoted(policy.review_every));
  out.add_noted("audit.ignore", list(policy.ignore));
}

void show_thresholds(const Policy& policy, Lines& out) {
  const auto show = [&](const std::string& key, const std::string& name, const Thresholds& thresholds) {
    const auto line = [&](const char* what) {
      const auto found = policy.threshold_lines.find(name + "." + what);
      return found == policy.threshold_lines.end() ? 0 : found->second;
    };
    if (thresholds.idle_days) out.add_at(key + ".idle_days", std::to_string(*thresholds.idle_days), line("idle_days"));
    if (thresholds.grace_days)
      out.add_at(key + ".grace_days", std::to_string(*thresholds.grace_days), line("grace_days"));
  };
  for (const auto& [id, thresholds] : policy.product_thresholds) {
    show("audit.product." + quoted(id), "product:" + id, thresholds);
  }
  for (const auto& [each, thresholds] : policy.class_thresholds) {
    const std::string name(to_string(each));
    show("audit.class." + name, "class:" + name, thresholds);
  }
}

std::string shown(const Contract& contract) {
  std::string out = fmt::format("{{ org = {}, product = {}, quantity = {}", quoted(contract.org),
                                quoted(contract.product), contract.quantity);
  if (contract.unit_price) out += fmt::format(", unit_price = \"{}\"", to_string(*contract.unit_price));
  if (contract.term_start) out += ", term_start = " + to_string(*contract.term_start);
  if (contract.term_end) out += ", term_end = " + to_string(*contract.term_end);
  if (contract.notice_days) out += fmt::format(", notice_days = {}", *contract.notice_days);
  if (contract.floor) out += fmt::format(", floor = {}", *contract.floor);
  if (contract.block) out += fmt::format(", block = {}", *contract.block);
  if (contract.price_protected) out += fmt::format(", price_protected = {}", *contract.price_protected);
  if (!contract.covers.empty()) out += ", covers = " + list(contract.covers);
  return out + fmt::format(", reducible = {} }}", quoted(contract.reducible));
}

std::string shown(const Waiver& waiver) {
  std::string out = fmt::format("{{ rule = {}", quoted(waiver.rule));
  if (!waiver.match.empty()) out += ", match = " + shown(waiver.match);
  if (!waiver.product.empty()) out += ", product = " + quoted(waiver.product);
  if (!waiver.department.empty()) out += ", department = " + quoted(waiver.department);
  return out + fmt::format(", owner = {}, reason = {}, until = {} }}", quoted(waiver.owner), quoted(waiver.reason),
                           to_string(waiver.until));
}

void show_tables(const Policy& policy, Lines& out) {
  int number = 0;
  const auto next = [&](std::string_view key) { return fmt::format("{}[{}]", key, ++number); };
  for (const auto& each : policy.contracts) out.add_at(next("contract"), shown(each), each.line);
  number = 0;
  for (const auto& each : policy.assumptions) {
    out.add_at(next("assume"), fmt::format("{{ match = {}, product = {} }}", shown(each.match), quoted(each.product)),
               each.line);
  }
  number = 0;
  for (const auto& each : policy.roles) {
    out.add_at(next("role"),
               fmt::format("{{ name = {}, match = {}, license = {}, keep = {} }}", quoted(each.name), shown(each.match),
                           list(each.license), list(each.keep)),
               each.line);
  }
  number = 0;
  for (const auto& each : policy.classes) {
    out.add_at(next("class"),
               fmt::format("{{ match = {}, class = {} }}", shown(each.match), quoted(to_string(each.account_class))),
               each.line);
  }
  number = 0;
  for (const auto& each : policy.reserves) {
    out.add_at(next("reserve"), fmt::format("{{ role = {}, match = {} }}", quoted(each.role), shown(each.match)),
               each.line);
  }
  number = 0;
  for (const auto& each : policy.waivers) out.add_at(next("waiver"), shown(each), each.line);
}

void show_limits(const Policy& policy, Lines& out) {
  out.add_noted("privacy.names", quoted(policy.privacy.names));
  if (!policy.privacy.key_file.empty()) out.add_noted("privacy.key_file", quoted(policy.privacy.key_file));
  out.add_noted("privacy.keep", quoted(policy.privacy.keep));
  out.add_noted("privacy.min_group", std::to_string(policy.privacy.min_group));
  out.add_noted("privacy.forbid", list(policy.privacy.forbid));
  const Budget& budget = policy.budget;
  if (budget.max_cost) out.add_noted("budget.max_cost", "\"" + to_string(*budget.max_cost) + "\"");
  if (budget.max_exposure) out.add_noted("budget.max_exposure", "\"" + to_string(*budget.max_exposure) + "\"");
  if (budget.max_idle_pct) out.add_noted("budget.max_idle_pct", fmt::format("{}", *budget.max_idle_pct));
  if (budget.max_unassigned) out.add_noted("budget.max_unassigned", std::to_string(*budget.max_unassigned));
  out.add_noted("budget.max_unjudged_pct", fmt::format("{}", budget.max_unjudged_pct.value_or(10.0)));
  if (budget.max_age_days) out.add_noted("budget.max_age_days", std::to_string(*budget.max_age_days));
  for (const auto& [id, quantity] : budget.seats) {
    const auto line = policy.key_lines.find("budget.seats." + id);
    out.add_at("budget.seats." + quoted(id), std::to_string(quantity),
               line == policy.key_lines.end() ? 0 : line->second);
  }
}

}  // namespace

std::string show_policy(const Policy& policy) {
  Lines out(policy);
  show_general(policy, out);
  show_thresholds(policy, out);
  show_tables(policy, out);
  show_limits(policy, out);
  return out.take();
}

}  // namespace seatlint
