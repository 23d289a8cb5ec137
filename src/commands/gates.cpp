// SPDX-License-Identifier: Apache-2.0
// Compares an audit with its limits. Where a figure can't be known the gate breaks: silence is no good news.
#include "commands/gates.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "report/amounts.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

/// One decimal, as the policy writes percentages.
std::string percent_text(double value) { return fmt::format("{:.1f}%", value); }

std::string money_text(std::int64_t minor, const Money& limit) { return amount_with_currency(minor, limit.currency); }

std::int64_t contract_then(const Baseline& baseline, const std::string& currency) {
  const auto then = baseline.contract.find(currency);
  return then == baseline.contract.end() ? 0 : then->second;
}

class GateKeeper {
 public:
  GateKeeper(const Fleet& fleet, const Report& report, const Limits& limits, const Baseline* baseline)
      : fleet_(fleet), report_(report), limits_(limits), baseline_(baseline) {
    for (const ProductLine& line : report.products) {
      outside_ += line.outside;
      idle_ += line.idle;
      unjudged_ += line.unjudged;
    }
    for (const CrosswalkRow& row : report.crosswalk)
      if (row.verdict == "free") free_ += row.seats;
  }

  std::vector<Gate> judge() {
    evidence();
    cost();
    for (const auto& [product, most] : limits_.seats) seats(product, most);
    idle();
    exposure();
    increase();
    increase_percent();
    unassigned();
    unjudged();
    age();
    return std::move(gates_);
  }

 private:
  Gate& add(std::string name, std::string limit, std::string actual, std::string headroom, bool broken) {
    gates_.push_back({std::move(name), std::move(limit), std::move(actual), std::move(headroom), broken, {}});
    return gates_.back();
  }
  Gate& unknown(std::string name, std::string limit, std::string why) {
    Gate& gate = add(std::move(name), std::move(limit), "unknown", "unknown", true);
    gate.why = std::move(why);
    return gate;
  }

  std::int64_t base() const { return report_.assigned - outside_ - free_; }
  bool nothing_judged() const { return base() - unjudged_ <= 0; }
  static std::string nothing() { return "no seat could be judged"; }

  void evidence() {
    for (const Doubt& doubt : report_.doubts)
      if (doubt.rule == "stale-snapshot" || doubt.rule == "shrunk-snapshot")
        unknown("evidence", "fresh and whole", doubt.says).actual = doubt.rule;
    if (report_.assigned == 0) unknown("evidence", "some seats", "no export says who holds a license").actual = "none";
  }

  const MoneyLine* line_of(const std::string& currency) const {
    for (const MoneyLine& line : report_.money)
      if (line.currency == currency) return &line;
    return nullptr;
  }

  /// What a limit in one currency can't see.
  std::string other_currencies(const std::string& currency,
                               std::int64_t (*amount)(const MoneyLine&, const Baseline*)) const {
    std::string text;
    for (const MoneyLine& line : report_.money)
      if (line.currency != currency && amount(line, baseline_) > 0)
        text +=
            (text.empty() ? "" : ", ") + amount_with_currency(amount(line, baseline_), line.currency) + " beside it";
    return text;
  }
  static std::string unpriced_text(std::int64_t seats) {
    return seats == 0 ? std::string() : counted(seats, "seat") + " without a known price";
  }
  std::string unpriced_seats() const {
    std::int64_t seats = 0;
    for (const ProductLine& line : report_.products)
      if (!line.unit_price && !is_free(line)) seats += line.assigned - line.outside;
    return unpriced_text(seats);
  }
  std::string unpriced_waste() const {
    return unpriced_text(std::count_if(report_.findings.begin(), report_.findings.end(), [&](const Finding& finding) {
      const bool waste = finding.family == Family::idle || finding.family == Family::overprovisioned;
      return waste && counts(finding) && !finding.account.empty() && !finding.cost;
    }));
  }
  bool is_free(const ProductLine& line) const {
    const int at = fleet_.product_index(line.product);
    if (at < 0) return false;
    const Product* known = fleet_.products[static_cast<std::size_t>(at)].known;
    return known != nullptr && (known->kind == ProductKind::free || known->kind == ProductKind::trial);
  }

  /// `missing` is what the figure leaves out; anything breaks the gate.
  void compare_money(const std::string& name, const Money& limit, std::int64_t actual,
                     std::initializer_list<std::string> missing, const std::string& remark = {}) {
    std::string why = remark;
    bool broken = actual > limit.minor;
    for (const std::string& what : missing) {
      if (what.empty()) continue;
      why += (why.empty() ? "" : ", ") + what;
      broken = true;
    }
    add(name, money_text(limit.minor, limit), money_text(actual, limit), money_text(limit.minor - actual, limit),
        broken)
        .why = why;
  }

  void cost() {
    if (!limits_.max_cost) return;
    const std::string& currency = limits_.max_cost->currency;
    const MoneyLine* line = line_of(currency);
    const auto amount = [](const MoneyLine& other, const Baseline*) { return other.contract; };
    compare_money("max-cost", *limits_.max_cost, line == nullptr ? 0 : line->contract,
                  {other_currencies(currency, amount), unpriced_seats()});
  }

  void seats(const std::string& product, std::int64_t most) {
    std::int64_t held = 0;
    for (const ProductLine& line : report_.products)
      if (line.product == product) held += line.assigned;
    add("max-seats " + product, grouped(most), grouped(held), grouped(most - held), held > most);
  }

  void compare_share(const std::string& name, double limit, std::int64_t part, std::string why) {
    if (nothing_judged()) {
      unknown(name, percent_text(limit), nothing());
      return;
    }
    const double actual = 100.0 * static_cast<double>(part) / static_cast<double>(base());
    // Compared without rounding; the epsilon only forgives the division.
    Gate& gate =
        add(name, percent_text(limit), percent_text(actual), percent_text(limit - actual), actual > limit + 1e-9);
    gate.why = std::move(why);
  }

  bool counts(const Finding& finding) const {
    return !finding.waived && (baseline_ == nullptr || finding.is_new == true);
  }
  std::string only_new() const { return baseline_ == nullptr ? "" : "new since " + to_string(baseline_->since.as_of); }

  void idle() {
    if (!limits_.max_idle_pct) return;
    std::int64_t part = idle_;
    if (baseline_ != nullptr)
      part = std::count_if(report_.findings.begin(), report_.findings.end(),
                           [&](const Finding& finding) { return finding.family == Family::idle && counts(finding); });
    compare_share("max-idle-pct", *limits_.max_idle_pct, part, only_new());
  }

  /// Savings of new findings, and what more is unassigned than was.
  std::int64_t new_exposure(const std::string& currency) const {
    std::int64_t sum = 0;
    for (const Finding& finding : report_.findings)
      if (counts(finding) && !finding.account.empty() && finding.saving && finding.saving->currency == currency)
        sum += finding.saving->minor;
    for (const ProductLine& line : report_.products)
      if (line.unit_price && line.unit_price->currency == currency)
        sum += new_unassigned(line) * line.unit_price->minor;
    return sum;
  }
  std::int64_t new_unassigned(const ProductLine& line) const {
    const std::int64_t now = std::max<std::int64_t>(line.unassigned.value_or(0), 0);
    if (baseline_ == nullptr) return now;
    const auto then = baseline_->unassigned.find({line.org, line.product});
    return std::max<std::int64_t>(
        0, now - (then == baseline_->unassigned.end() ? 0 : std::max<std::int64_t>(then->second, 0)));
  }

  void exposure() {
    if (!limits_.max_exposure) return;
    const Money& limit = *limits_.max_exposure;
    if (nothing_judged()) {
      unknown("max-exposure", money_text(limit.minor, limit), nothing());
      return;
    }
    const MoneyLine* line = line_of(limit.currency);
    const std::int64_t actual = baseline_ != nullptr ? new_exposure(limit.currency)
                                : line == nullptr    ? 0
                                                     : line->exposure;
    const auto amount = [](const MoneyLine& other, const Baseline*) { return other.exposure; };
    compare_money("max-exposure", limit, actual, {other_currencies(limit.currency, amount), unpriced_waste()},
                  only_new());
  }

  void increase() {
    if (!limits_.max_increase) return;
    const MoneyLine* line = line_of(limits_.max_increase->currency);
    const std::int64_t now = line == nullptr ? 0 : line->contract;
    const auto more = [](const MoneyLine& other, const Baseline* then) {
      return other.contract - contract_then(*then, other.currency);
    };
    const std::string& currency = limits_.max_increase->currency;
    compare_money("max-increase", *limits_.max_increase, now - contract_then(*baseline_, currency),
                  {other_currencies(currency, more), unpriced_seats()});
  }

  void increase_percent() {
    if (!limits_.max_increase_pct) return;
    const double limit = *limits_.max_increase_pct;
    for (const MoneyLine& line : report_.money) {
      const std::int64_t then = contract_then(*baseline_, line.currency);
      if (line.contract == 0 && then == 0) continue;
      const std::string name = report_.money.size() == 1 ? "max-increase-pct" : "max-increase-pct " + line.currency;
      if (then <= 0) {
        unknown(name, percent_text(limit), "nothing was contracted then");
        continue;
      }
      const double actual = 100.0 * static_cast<double>(line.contract - then) / static_cast<double>(then);
      add(name, percent_text(limit), percent_text(actual), percent_text(limit - actual), actual > limit + 1e-9);
    }
  }

  void unassigned() {
    if (!limits_.max_unassigned) return;
    const std::int64_t most = *limits_.max_unassigned;
    std::int64_t spare = 0, without = 0;
    bool any = false;
    for (const ProductLine& line : report_.products) {
      any = any || line.purchased;
      without += !line.purchased && !only_outside(line) && !is_free(line);
      spare += new_unassigned(line);
    }
    if (!any) {
      unknown("max-unassigned", grouped(most), "no contract says what was bought");
      return;
    }
    Gate& gate = add("max-unassigned", grouped(most), grouped(spare), grouped(most - spare), spare > most);
    gate.why = only_new();
    if (without > 0) gate.why += (gate.why.empty() ? "" : "; ") + counted(without, "product") + " without a contract";
  }

  void unjudged() {
    if (limits_.max_unjudged_pct) compare_share("max-unjudged-pct", *limits_.max_unjudged_pct, unjudged_, {});
  }

  void age() {
    if (!limits_.max_age_days) return;
    const int most = *limits_.max_age_days;
    const auto day = evidence_day(fleet_);
    if (!day) {
      unknown("max-age", fmt::format("{} days", most), "an org has no list of users");
      return;
    }
    const int days = report_.today - *day;
    add("max-age", fmt::format("{} days", most), fmt::format("{} days", days), fmt::format("{} days", most - days),
        days > most);
  }

  const Fleet& fleet_;
  const Report& report_;
  const Limits& limits_;
  const Baseline* baseline_;
  std::int64_t outside_ = 0, idle_ = 0, unjudged_ = 0, free_ = 0;
  std::vector<Gate> gates_;
};

}  // namespace

std::vector<Gate> judge_gates(const Fleet& fleet, const Report& report, const Limits& limits,
                              const Baseline* baseline) {
  return GateKeeper(fleet, report, limits, baseline).judge();
}

std::optional<Day> evidence_day(const Fleet& fleet) {
  std::optional<Day> oldest;
  for (const FleetOrg& org : fleet.orgs) {
    std::optional<Day> snapshot, activity;
    for (const ImportedFile& file : fleet.files) {
      if (file.org != org.name) continue;
      if (file.kind == RecordKind::activity && file.covers)
        activity = std::max(activity.value_or(file.covers->last), file.covers->last);
      if ((file.kind == RecordKind::users || file.kind == RecordKind::assignments) && file.snapshot_date)
        snapshot = std::max(snapshot.value_or(*file.snapshot_date), *file.snapshot_date);
    }
    if (!snapshot) return std::nullopt;
    const Day newest = std::min(*snapshot, activity.value_or(*snapshot));
    oldest = std::min(oldest.value_or(newest), newest);
  }
  return oldest;
}

std::string gate_text(const Gate& gate) {
  return fmt::format("{:<7} {}: limit {}, actual {}, headroom {}{}", gate.broken ? "BROKEN" : "ok", gate.name,
                     gate.limit, gate.actual, gate.headroom, gate.why.empty() ? "" : " (" + gate.why + ")");
}

}  // namespace seatlint
