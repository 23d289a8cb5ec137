// SPDX-License-Identifier: Apache-2.0
// Figures about groups only. Every figure about persons is rounded down to a multiple of the smallest group: two
// reports then differ by nothing or by a whole group, whatever was changed between them.
#include <fmt/core.h>

#include <map>
#include <tuple>

#include "report/mask.hpp"
#include "report/order.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

class Hiding {
 public:
  Hiding(Report& report, int min_group, std::string_view group_by)
      : report_(report), group_(min_group < 1 ? 1 : min_group), group_by_(group_by) {}

  void hide() {
    for (MoneyLine& line : report_.money) hide(line);
    for (ProductLine& line : report_.products) hide(line);
    hide_verdicts();
    hide_findings();
    hide_surroundings();
    report_.min_group = static_cast<int>(group_);
  }

 private:
  std::int64_t floored(std::int64_t count) const { return count / group_ * group_; }

  /// The share of an amount that belongs to `floored(count)` of `count`.
  std::int64_t share(std::int64_t minor, std::int64_t count) const {
    if (count <= 0) return 0;
    // Whole units and rest apart, so that no product leaves the range.
    const std::int64_t kept = floored(count);
    return minor / count * kept + minor % count * kept / count;
  }
  void scale(std::map<std::string, std::int64_t>& amounts, std::int64_t count) const {
    for (auto& [currency, minor] : amounts) minor = share(minor, count);
  }

  void hide(MoneyLine& line) const {
    const std::int64_t surplus = line.reassignable - line.idle - line.overprovisioned;
    const std::int64_t exact = line.reassignable;
    const std::pair<const char*, std::int64_t*> parts[] = {{"used", &line.used},
                                                           {"idle", &line.idle},
                                                           {"overprovisioned", &line.overprovisioned},
                                                           {"waived", &line.waived},
                                                           {"tier_excess", &line.tier_excess},
                                                           {"unjudged", &line.unjudged},
                                                           {"outside", &line.outside}};
    for (const auto& [name, minor] : parts) {
      const auto seats = line.seats.find(name);
      const std::int64_t shown = share(*minor, seats == line.seats.end() ? 0 : seats->second);
      line.withheld += *minor - shown;
      *minor = shown;
    }
    line.reassignable = line.idle + line.overprovisioned + surplus;
    line.exposure = line.reassignable + line.tier_excess;
    for (Reducible& part : line.reducible)
      part.minor = exact <= 0 ? 0
                              : static_cast<std::int64_t>(static_cast<long double>(part.minor) *
                                                          static_cast<long double>(line.reassignable) /
                                                          static_cast<long double>(exact));
    line.conditional = share(line.conditional, report_.conditional_downgrades);
    line.unpriced_seats = floored(line.unpriced_seats);
    for (auto& [name, seats] : line.seats) seats = floored(seats);
  }

  void hide(ProductLine& line) const {
    line.withheld = line.assigned;
    for (std::int64_t* cell : {&line.used, &line.idle, &line.overprovisioned, &line.mistiered, &line.waived,
                               &line.unjudged, &line.outside}) {
      *cell = floored(*cell);
      line.withheld -= *cell;
    }
    line.exposure_minor = 0;
  }

  void hide_verdicts() {
    std::int64_t withheld = report_.assigned;
    for (CrosswalkRow& row : report_.crosswalk) {
      scale(row.minor, row.seats);
      row.seats = floored(row.seats);
      row.waived = floored(row.waived);
      withheld -= row.seats;
    }
    std::erase_if(report_.crosswalk, [](const CrosswalkRow& row) { return row.seats == 0; });
    if (withheld > 0) report_.crosswalk.push_back({"withheld", Family::none, withheld, 0, {}});
    for (std::int64_t* count : {&report_.tier_unjudged, &report_.tier_unpriced, &report_.conditional_downgrades})
      *count = floored(*count);
  }

  std::string attribute(const Finding& finding) const {
    if (group_by_ == "department") return finding.department;
    if (group_by_ == "cost-center") return finding.cost_center;
    if (group_by_ == "role") return finding.role;
    return {};
  }

  static Currency currency(const std::optional<Money>& money) { return money ? money->currency : Currency(); }

  static void add(std::optional<Money>& sum, const std::optional<Money>& more) {
    if (more && sum) sum->minor += more->minor;
    if (more && !sum) sum = more;
  }

  void hide_findings() {
    using Key = std::tuple<std::string, std::string, std::string, std::string, bool, std::optional<bool>, std::string,
                           std::string>;
    std::map<Key, Finding> groups;
    std::vector<Finding> shown;
    for (Finding& finding : report_.findings) {
      if (finding.account.empty()) {
        shown.push_back(std::move(finding));
        continue;
      }
      const Key key{finding.rule,
                    finding.org,
                    finding.product,
                    attribute(finding),
                    finding.waived != nullptr,
                    finding.is_new,
                    currency(finding.cost),
                    currency(finding.saving)};
      const auto [at, first] = groups.try_emplace(key, group_of(finding));
      Finding& group = at->second;
      if (!first) {
        ++group.count;
        add(group.cost, finding.cost);
        add(group.saving, finding.saving);
        if (group.suggest != finding.suggest) group.suggest.clear(), group.suggest_names.clear();
        if (group.certainty != finding.certainty) group.certainty = "likely";
      }
    }
    for (auto& [key, group] : groups)
      if (floored(group.count) > 0) shown.push_back(rounded(std::move(group)));
    report_.findings.all() = std::move(shown);
    sort_findings(report_.findings.all());
  }

  Finding group_of(const Finding& finding) const {
    Finding group;
    group.rule = finding.rule;
    group.code = finding.code;
    group.family = finding.family;
    group.severity = finding.severity;
    group.certainty = finding.certainty;
    group.org = finding.org;
    group.product = finding.product;
    group.product_name = finding.product_name;
    if (group_by_ == "department") group.department = finding.department;
    if (group_by_ == "cost-center") group.cost_center = finding.cost_center;
    if (group_by_ == "role") group.role = finding.role;
    group.cost = finding.cost;
    group.saving = finding.saving;
    group.suggest = finding.suggest;
    group.suggest_names = finding.suggest_names;
    if (finding.waived) group.waived = std::make_shared<const WaivedBy>(WaivedBy{finding.waived->until, {}, {}});
    group.is_new = finding.is_new;
    return group;
  }

  Finding rounded(Finding group) const {
    if (group.cost) group.cost->minor = share(group.cost->minor, group.count);
    if (group.saving) group.saving->minor = share(group.saving->minor, group.count);
    group.count = floored(group.count);
    const Rule* rule = find_rule(group.rule);
    group.why = fmt::format("at least {} {}: {}", group.count, group.product.empty() ? "accounts" : "seats",
                            rule == nullptr ? group.rule : std::string(rule->summary));
    return group;
  }

  void hide_surroundings() {
    for (DepartmentLine& line : report_.departments) {
      scale(line.saving, line.idle + line.overprovisioned + line.mistiered);
      for (std::int64_t* cell :
           {&line.seats, &line.used, &line.idle, &line.overprovisioned, &line.mistiered, &line.other})
        *cell = floored(*cell);
    }
    std::erase_if(report_.departments, [](const DepartmentLine& line) { return line.seats == 0; });
    for (IdleBucket& bucket : report_.idle_histogram) bucket.seats = floored(bucket.seats);
    for (WaiverLine& waiver : report_.waivers) {
      scale(waiver.saving, waiver.findings);
      waiver.findings = floored(waiver.findings);
    }
    report_.trend.clear();
    report_.borderline.clear();
    std::erase_if(report_.hints, [](const std::string& hint) { return hint.find(" explain ") != std::string::npos; });
    for (Gate& gate : report_.gates)
      if (gate.name == "max-exposure" || gate.name == "max-idle-pct" || gate.name == "max-unjudged-pct")
        gate.actual = gate.headroom = "withheld";
  }

  Report& report_;
  std::int64_t group_;
  std::string_view group_by_;
};

}  // namespace

void hide_persons(Report& report, int min_group, std::string_view group_by) {
  Hiding(report, min_group, group_by).hide();
}

}  // namespace seatlint
