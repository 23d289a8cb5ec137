// SPDX-License-Identifier: Apache-2.0
// Reads purchased quantities without counting one purchase twice.
#include "fleet/entitlements.hpp"

#include <algorithm>
#include <map>

#include "fleet/audit_date.hpp"

namespace seatlint {
namespace {

DraftLine from_policy(const Fleet& fleet, const Contract& contract, ProductTable& products) {
  DraftLine draft;
  draft.product = products.resolve("", contract.product).id;
  draft.line.org = fleet.org_index(contract.org);
  draft.line.quantity = contract.quantity;
  draft.line.unit_price = contract.unit_price;
  draft.line.term_start = contract.term_start;
  draft.line.term_end = contract.term_end;
  draft.line.notice_days = contract.notice_days;
  draft.line.floor = contract.floor;
  draft.line.block = contract.block;
  draft.line.price_protected = contract.price_protected;
  draft.line.any_time = contract.reducible == "any-time";
  draft.line.policy_line = contract.line;
  return draft;
}

}  // namespace

std::vector<DraftLine> read_entitlements(const Store& store, const Fleet& fleet, ProductTable& products,
                                         const std::vector<int>& files) {
  std::vector<DraftLine> drafts;
  for (const Contract& contract : fleet.policy->contracts)
    if (fleet.org_index(contract.org) >= 0) drafts.push_back(from_policy(fleet, contract, products));
  for (const int index : files) {
    const ImportedFile& file = fleet.files[static_cast<std::size_t>(index)];
    store.each_entitlement(file.id, [&](const EntitlementRow& row, std::uint64_t line) {
      if (!row.quantity) return;
      DraftLine draft;
      draft.product = products.resolve(file.vendor, row.product).id;
      draft.line = {fleet.org_index(file.org),
                    0,
                    *row.quantity,
                    row.unit_price,
                    row.term_start,
                    row.term_end,
                    row.notice_days,
                    row.floor,
                    row.reducible == "any-time",
                    {index, line, {}},
                    0};
      draft.count_only = row.assigned.has_value();
      drafts.push_back(std::move(draft));
    });
  }
  return drafts;
}

std::vector<LineInForce> lines_in_force(const Store& store, const Policy& policy, const Catalog& catalog, Day day) {
  Fleet fleet;
  fleet.policy = &policy;
  fleet.catalog = &catalog;
  fleet.as_of = day;
  fleet.files = store.files();
  for (const std::string& org : store.orgs()) fleet.orgs.push_back({org});
  ProductTable products(catalog);
  std::vector<int> files;
  for (const SnapshotSeries& series :
       snapshot_series(fleet.files, day, policy.snapshot_slack_days.value, {RecordKind::entitlements}, &files))
    if (series.chosen >= 0) {
      const auto& chosen = series.snapshots[static_cast<std::size_t>(series.chosen)].second;
      files.insert(files.end(), chosen.begin(), chosen.end());
    }
  std::vector<LineInForce> lines;
  for (DraftLine& draft : read_entitlements(store, fleet, products, files))
    if (!draft.count_only && valid_on(draft.line, day))
      lines.push_back({fleet.orgs[static_cast<std::size_t>(draft.line.org)].name, draft.product, draft.line});
  std::stable_sort(lines.begin(), lines.end(), [](const LineInForce& a, const LineInForce& b) {
    return std::tie(a.org, a.product, a.line.term_end) < std::tie(b.org, b.product, b.line.term_end);
  });
  return lines;
}

void add_entitlements(Fleet& fleet, std::vector<DraftLine> drafts) {
  // Ten thousand units of a trial are nobody's purchase, and tenant capacity is nobody's seat.
  std::erase_if(drafts, [&](const DraftLine& draft) {
    const Product* known = fleet.catalog->find(draft.product);
    if (!draft.count_only || known == nullptr) return false;
    return known->kind == ProductKind::free || known->kind == ProductKind::trial || known->per != "user";
  });
  for (DraftLine& draft : drafts) draft.line.product = fleet.product_index(draft.product);
  std::map<std::pair<int, int>, bool> contracted;
  std::map<std::pair<int, int>, int> counted_in;  // of several counts of one product, the first file by name is taken
  for (const DraftLine& draft : drafts) {
    const std::pair key{draft.line.org, draft.line.product};
    if (!draft.count_only && valid_on(draft.line, fleet.as_of)) contracted[key] = true;
    if (draft.count_only) counted_in.try_emplace(key, draft.line.evidence.file);
  }
  for (DraftLine& draft : drafts) {
    const std::pair key{draft.line.org, draft.line.product};
    if (draft.count_only && (contracted[key] || counted_in[key] != draft.line.evidence.file)) continue;
    fleet.lines.push_back(std::move(draft.line));
  }
  std::sort(fleet.lines.begin(), fleet.lines.end(), [](const EntitlementLine& a, const EntitlementLine& b) {
    const auto minor = [](const EntitlementLine& line) { return line.unit_price ? -line.unit_price->minor : 1; };
    return std::tuple(a.org, a.product, minor(a), a.term_start.value_or(Day{}).days, a.quantity, a.evidence.file,
                      a.evidence.line, a.policy_line) < std::tuple(b.org, b.product, minor(b),
                                                                   b.term_start.value_or(Day{}).days, b.quantity,
                                                                   b.evidence.file, b.evidence.line, b.policy_line);
  });
}

}  // namespace seatlint
