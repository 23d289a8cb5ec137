// SPDX-License-Identifier: Apache-2.0
// Gauges in the Prometheus text format for node_exporter's textfile collector: no time stamps, no label that names a
// person. Amounts are in whole currency units a month.
#include <map>
#include <ostream>

#include "report/amounts.hpp"
#include "seatlint/report.hpp"

namespace seatlint {
namespace {

constexpr std::int64_t seconds_a_day = 86400;

class Metrics {
 public:
  explicit Metrics(std::ostream& out) : out_(out) {}

  void begin(std::string_view name, std::string_view help) {
    name_ = name;
    out_ << "# HELP seatlint_" << name << ' ' << help << "\n# TYPE seatlint_" << name << " gauge\n";
  }
  void sample(std::initializer_list<std::pair<const char*, std::string_view>> labels, const std::string& value) {
    out_ << "seatlint_" << name_;
    const char* before = "{";
    for (const auto& [label, text] : labels) {
      out_ << before << label << "=\"" << escaped(text) << '"';
      before = ",";
    }
    out_ << (labels.size() == 0 ? " " : "} ") << value << '\n';
  }
  void sample(std::initializer_list<std::pair<const char*, std::string_view>> labels, std::int64_t value) {
    sample(labels, std::to_string(value));
  }

 private:
  static std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : printable(text)) {
      if (c == '\\' || c == '"') result += '\\';
      result += c;
    }
    return result;
  }
  std::ostream& out_;
  std::string_view name_;
};

void write_products(Metrics& metrics, const Report& report) {
  const std::pair<const char*, std::int64_t ProductLine::*> states[] = {
      {"used", &ProductLine::used},
      {"idle", &ProductLine::idle},
      {"overprovisioned", &ProductLine::overprovisioned},
      {"mistiered", &ProductLine::mistiered},
      {"waived", &ProductLine::waived},
      {"unjudged", &ProductLine::unjudged},
      {"outside", &ProductLine::outside},
      {"withheld", &ProductLine::withheld}};
  metrics.begin("seats", "Assigned license seats by what became of them.");
  for (const ProductLine& line : report.products)
    for (const auto& [state, count] : states)
      if (line.*count != 0 || state != std::string_view("withheld"))
        metrics.sample({{"org", line.org}, {"product", line.product}, {"state", state}}, line.*count);
  metrics.begin("purchased_seats", "License seats bought, where a contract says so.");
  for (const ProductLine& line : report.products)
    if (line.purchased) metrics.sample({{"org", line.org}, {"product", line.product}}, *line.purchased);
  metrics.begin("unassigned_seats", "License seats bought and not assigned; negative where more are assigned.");
  for (const ProductLine& line : report.products)
    if (line.unassigned) metrics.sample({{"org", line.org}, {"product", line.product}}, *line.unassigned);
}

void write_money(Metrics& metrics, const Report& report) {
  const std::pair<const char*, std::int64_t MoneyLine::*> parts[] = {{"used", &MoneyLine::used},
                                                                     {"idle", &MoneyLine::idle},
                                                                     {"overprovisioned", &MoneyLine::overprovisioned},
                                                                     {"tier_excess", &MoneyLine::tier_excess},
                                                                     {"unassigned", &MoneyLine::unassigned},
                                                                     {"waived", &MoneyLine::waived},
                                                                     {"unjudged", &MoneyLine::unjudged},
                                                                     {"outside", &MoneyLine::outside},
                                                                     {"withheld", &MoneyLine::withheld}};
  metrics.begin("monthly_cost", "Parts of the contract cost a month in whole currency units; they add up to it.");
  for (const MoneyLine& line : report.money)
    for (const auto& [part, minor] : parts)
      if (line.*minor != 0 || part != std::string_view("withheld"))
        metrics.sample({{"currency", line.currency}, {"part", part}}, plain_amount({line.*minor, line.currency}));
  const std::pair<const char*, std::int64_t MoneyLine::*> sums[] = {
      {"monthly_contract_cost", &MoneyLine::contract},
      {"monthly_exposure_cost", &MoneyLine::exposure},
      {"monthly_reassignable_cost", &MoneyLine::reassignable}};
  const char* helps[] = {"Contract cost a month in whole currency units.",
                         "Paid for and not used, a month in whole currency units.",
                         "Cost a month of seats that can serve somebody else."};
  for (std::size_t i = 0; i < std::size(sums); ++i) {
    metrics.begin(sums[i].first, helps[i]);
    for (const MoneyLine& line : report.money)
      metrics.sample({{"currency", line.currency}}, plain_amount({line.*(sums[i].second), line.currency}));
  }
}

void write_findings(Metrics& metrics, const Report& report) {
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::int64_t> counts;
  std::map<std::string, std::int64_t> doubts;
  for (const Finding& finding : report.findings)
    counts[{finding.rule, to_string(finding.severity), finding.waived ? "waived" : "open"}] += finding.count;
  for (const Doubt& doubt : report.doubts) ++doubts[doubt.rule];
  metrics.begin("findings", "Findings by rule.");
  for (const auto& [key, count] : counts)
    metrics.sample({{"rule", std::get<0>(key)}, {"severity", std::get<1>(key)}, {"state", std::get<2>(key)}}, count);
  metrics.begin("doubts", "Reasons why evidence does not decide, by rule.");
  for (const auto& [rule, count] : doubts) metrics.sample({{"rule", rule}}, count);
}

}  // namespace

void render_prom(const Report& report, const RenderOptions&, std::ostream& out) {
  Metrics metrics(out);
  metrics.begin("build_info", "The version that wrote this.");
  metrics.sample({{"version", SEATLINT_VERSION}}, 1);
  metrics.begin("audit_date_seconds", "The day the audit speaks of, as seconds since 1970.");
  metrics.sample({}, report.as_of.days * seconds_a_day);
  metrics.begin("accounts", "Accounts known on that day.");
  metrics.sample({}, report.accounts);
  write_products(metrics, report);
  write_money(metrics, report);
  write_findings(metrics, report);
  if (report.gates.empty()) return;
  metrics.begin("gate_broken", "Whether a limit of the budget is broken.");
  for (const Gate& gate : report.gates) metrics.sample({{"gate", gate.name}}, gate.broken ? 1 : 0);
}

}  // namespace seatlint
