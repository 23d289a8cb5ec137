// SPDX-License-Identifier: Apache-2.0
// Contract lines, the money identity, waivers, counts per product and the findings an audit lists.

#include <algorithm>
#include <tuple>

#include "oracle.hpp"

namespace property {

std::vector<const ContractLine*> valid_lines(const World& world, const std::string& org, const std::string& product,
                                             Day as_of) {
  std::vector<const ContractLine*> lines;
  for (const ContractLine& line : world.policy.contracts)  // "Valid when term_start ≤ D ≤ term_end."
    if (line.org == org && line.product == product && line.start.value_or(long_ago) <= as_of &&
        as_of <= line.end.value_or(-long_ago))
      lines.push_back(&line);
  std::stable_sort(lines.begin(), lines.end(), [](auto* a, auto* b) { return a->price.minor > b->price.minor; });
  return lines;
}

std::optional<Price> unit_price(const World& world, const std::string& org, const Product& product, Day as_of) {
  const auto lines = valid_lines(world, org, product.id,
                                 as_of);  // "contracted where there is a contract (the dearest valid line), else list"
  return lines.empty() ? product.list : lines.front()->price;
}

std::string family_of(const std::string& verdict) {
  static const std::map<std::string, std::string> families{{"departed", "overprovisioned"},
                                                           {"disabled", "overprovisioned"},
                                                           {"duplicate", "overprovisioned"},
                                                           {"redundant", "overprovisioned"},
                                                           {"orphan", "mistiered"},
                                                           {"machine-only", "mistiered"},
                                                           {"never-used", "idle"},
                                                           {"idle", "idle"},
                                                           {"unused-addon", "overprovisioned"},
                                                           {"underlicensed", "mistiered"},
                                                           {"downgrade", "mistiered"},
                                                           {"wrong-role", "mistiered"}};
  const auto found = families.find(verdict);
  return found == families.end() ? "" : found->second;
}

/// "a reviewed exception: rule or family, subject (account, product, department), …, mandatory until date"
bool is_waived(const Trial& trial, const std::string& verdict, const UserRow& row, const std::string& product) {
  if (family_of(verdict).empty() && verdict != "low-use") return false;  // nothing to except
  for (const Waiver& waiver : trial.world.policy.waivers)
    if (waiver.until >= trial.facts.as_of &&
        (waiver.rule == "*" || waiver.rule == verdict || waiver.rule == family_of(verdict)) &&
        matches(trial.world.policy, waiver.match, row, product))
      return true;
  return false;
}

namespace {

enum Bucket { used_money, unjudged_money, outside_money, waived_money, overprovisioned_money, idle_money };

/// Where the full cost of a seat goes. "orphan, machine-only, underlicensed, wrong-role, new, low-use and free seats
/// count as used"
Bucket bucket_of(const Seat& seat) {
  const std::string family = family_of(seat.verdict);
  if (seat.verdict == "unjudged") return unjudged_money;
  if (seat.verdict == "outside") return outside_money;
  if (family == "idle") return seat.waived ? waived_money : idle_money;
  if (family == "overprovisioned") return seat.waived ? waived_money : overprovisioned_money;
  return used_money;
}

/// One product of one org: "contract is purchased quantity × unit price, line by line (without a contract: assigned
/// seats × list price)"; "used seats fill the dearest lines first, so waste is never overstated".
void count_product(Trial& trial, const std::string& org, const Product& product, std::vector<Seat*> seats) {
  const auto lines = valid_lines(trial.world, org, product.id, trial.facts.as_of);
  const auto unit = unit_price(trial.world, org, product, trial.facts.as_of);
  ProductCount& count = trial.result.products[{org, product.id}];
  count.unit = unit;
  std::vector<long long> slots;
  if (!lines.empty()) count.purchased = 0;
  for (const ContractLine* line : lines) {
    *count.purchased += line->quantity;
    slots.insert(slots.end(), static_cast<std::size_t>(line->quantity), line->price.minor);
  }
  if (!unit) {
    if (product.kind != "free" && product.kind != "trial")
      trial.result.unpriced_seats += static_cast<int>(seats.size());
    return;
  }
  Totals& money = trial.result.money[unit->currency];
  std::stable_sort(seats.begin(), seats.end(),
                   [](const Seat* a, const Seat* b) { return bucket_of(*a) < bucket_of(*b); });
  const long long beyond =
      lines.empty() ? unit->minor : lines.back()->price.minor;  // of a seat nobody bought: the cheapest line
  for (std::size_t i = 0; i < seats.size(); ++i) {
    const long long cost = i < slots.size() ? slots[i] : beyond;
    seats[i]->cost = cost;
    long long Totals::*const bucket[] = {&Totals::used,   &Totals::unjudged,        &Totals::outside,
                                         &Totals::waived, &Totals::overprovisioned, &Totals::idle};
    money.*bucket[bucket_of(*seats[i])] +=
        cost - seats[i]->saving;  // only a downgrade, whose rest is used, has a saving here
    (seats[i]->waived ? money.waived : money.tier_excess) += seats[i]->saving;
    if (lines.empty()) money.contract += cost;
  }
  if (lines.empty()) return;
  long long unassigned = 0;  // "(purchased − assigned) × price, negative when overassigned"
  for (std::size_t i = 0; i < slots.size(); ++i) {
    money.contract += slots[i];
    if (i >= seats.size()) unassigned += slots[i];
  }
  if (seats.size() > slots.size()) unassigned -= beyond * static_cast<long long>(seats.size() - slots.size());
  money.unassigned += unassigned;
  money.positive_unassigned += std::max(0ll, unassigned);
  const std::optional<Price> cost = Price{unassigned, unit->currency};
  if (slots.size() > seats.size())
    trial.result.findings.push_back({"unassigned", org, "", product.id, cost, cost, {}, false});
  if (slots.size() < seats.size())
    trial.result.findings.push_back({"overassigned", org, "", product.id, {}, {}, {}, false});
}

/// The first day on which seats of this line can go: any time after the notice, or the end of the term, of the next one
/// where notice was missed.
std::optional<Day> free_from(const ContractLine& line, Day as_of) {
  if (line.any_time) return as_of + line.notice;
  if (!line.end) return {};
  const bool missed = *line.end - line.notice < as_of;
  return missed && line.start ? *line.end + (*line.end - *line.start + 1) : *line.end;
}

/// "reducible (what the contract lets go of, with the date: term end, notice date, floor)": seats nobody needs, unit by
/// unit from the cheapest line (of equal ones the earlier, then the smaller), in whole blocks.
void reduce_product(Trial& trial, const std::string& org, const Product& product, const std::vector<Seat*>& seats) {
  const Day as_of = trial.facts.as_of;
  auto lines = valid_lines(trial.world, org, product.id, as_of);
  int spare = -static_cast<int>(seats.size());
  for (const ContractLine* line : lines) spare += line->quantity;
  if (lines.empty()) spare = 0;
  for (const Seat* seat : seats)
    spare += !seat->waived && (family_of(seat->verdict) == "idle" || family_of(seat->verdict) == "overprovisioned");
  std::stable_sort(lines.begin(), lines.end(), [](auto* a, auto* b) {
    return std::tuple(a->price.minor, a->start.value_or(0), a->quantity) <
           std::tuple(b->price.minor, b->start.value_or(0), b->quantity);
  });
  for (const ContractLine* line : lines) {
    const auto from = free_from(*line, as_of);
    if (!from) continue;
    int left = line->quantity, given = 0;
    while (given < spare && left > line->floor.value_or(0)) --left, ++given;
    while (given > 0 && left % line->block != 0) ++left, --given;
    if (given == 0) continue;
    spare -= given;
    trial.result.money[line->price.currency].reducible[*from] += given * line->price.minor;
  }
}

/// "Per product, used (free, new and low-use included) + idle + overprovisioned + mistiered + waived + unjudged +
/// outside = assigned"
void count_seat(Verdicts& result, const Seat& seat) {
  ProductCount& count = result.products[{seat.org, seat.product}];
  const std::string family = family_of(seat.verdict);
  ++count.assigned;
  ++result.by_verdict[seat.verdict];
  ++(seat.waived                   ? count.waived
     : family == "idle"            ? count.idle
     : family == "overprovisioned" ? count.overprovisioned
     : family == "mistiered"       ? count.mistiered
     : seat.verdict == "unjudged"  ? count.unjudged
     : seat.verdict == "outside"   ? count.outside
                                   : count.used);
}

void list_finding(Verdicts& result, const Seat& seat) {
  const std::string family = family_of(seat.verdict);
  if (family.empty() && seat.verdict != "low-use") return;
  Finding finding{seat.verdict, seat.org, seat.account, seat.product, {}, {}, seat.suggest, seat.waived};
  if (seat.cost && seat.unit) finding.cost = Price{*seat.cost, seat.unit->currency};
  if (family == "idle" || family == "overprovisioned") finding.saving = finding.cost;
  if (seat.verdict == "downgrade" && seat.saving) finding.saving = Price{seat.saving, seat.unit->currency};
  result.findings.push_back(finding);
}

}  // namespace

void count_money(Trial& trial) {
  for (Seat& seat : trial.result.seats)
    for (const OrgFacts& org : trial.facts.orgs)
      if (org.name == seat.org)
        seat.waived = is_waived(trial, seat.verdict, *org.accounts[seat.holder].row, seat.product);
  for (const Seat& seat : trial.result.seats) count_seat(trial.result, seat);
  for (const OrgFacts& org : trial.facts.orgs)
    for (const Product& product : trial.world.policy.products) {
      std::vector<Seat*> seats;
      for (Seat& seat : trial.result.seats)
        if (seat.org == org.name && seat.product == product.id) seats.push_back(&seat);
      if (!seats.empty() || !valid_lines(trial.world, org.name, product.id, trial.facts.as_of).empty())
        count_product(trial, org.name, product, seats);
      reduce_product(trial, org.name, product, seats);
    }
  for (const Seat& seat : trial.result.seats) {
    if (!seat.known) ++trial.result.unpriced_seats;
    list_finding(trial.result, seat);
  }
}

Verdicts judge(const World& world) {
  Trial trial{world, read_facts(world), {}};
  trial.result.as_of = trial.facts.as_of;
  judge_seats(trial);
  judge_tiers(trial);
  count_money(trial);
  return std::move(trial.result);
}

}  // namespace property
