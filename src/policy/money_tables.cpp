// SPDX-License-Identifier: Apache-2.0
// [[contract]] and [budget]: what was bought, and what it may cost.
#include <fmt/core.h>

#include "catalog/product_table.hpp"
#include "policy/policy_reading.hpp"

namespace seatlint {
namespace {

constexpr std::int64_t most_seats = 1'000'000'000;

Contract read_contract(PolicyReading& reading, TomlTable& table) {
  Contract out;
  out.line = static_cast<int>(table.line());
  for (const auto* key : {"product", "quantity", "unit_price"}) table.require(key);
  out.org = table.text("org").value_or(out.org);
  out.product = table.text("product").value_or("");
  out.quantity = table.integer("quantity", 0, most_seats).value_or(0);
  out.unit_price = table.money("unit_price", reading.policy.currency);
  out.term_start = table.day("term_start");
  out.term_end = table.day("term_end");
  if (const auto days = table.integer("notice_days", 0, 3660)) out.notice_days = static_cast<int>(*days);
  out.floor = table.integer("floor", 0, most_seats);
  out.block = table.integer("block", 1, most_seats);
  out.price_protected = table.boolean("price_protected");
  out.reducible = table.word("reducible", {"at-renewal", "any-time"}).value_or(out.reducible);
  out.covers = table.texts("covers").value_or(out.covers);
  if (out.org.empty()) table.error("org", "org cannot be empty");
  if (table.has("product") && out.product.empty()) table.error("product", "product cannot be empty");
  if (out.term_start && out.term_end && *out.term_end < *out.term_start) {
    table.error("term_end", fmt::format("term_end {} is before term_start {}", to_string(*out.term_end),
                                        to_string(*out.term_start)));
  }
  if (out.floor && *out.floor > out.quantity && table.has("quantity")) {
    reading.warn(table.line_of("floor"),
                 fmt::format("[[contract]] floor {} is more than quantity {}", *out.floor, out.quantity));
  }
  table.finish();
  return out;
}

bool says_the_same(const Contract& a, const Contract& b) {
  return a.org == b.org && a.product == b.product && a.quantity == b.quantity && a.unit_price == b.unit_price &&
         a.term_start == b.term_start && a.term_end == b.term_end;
}

/// A SKU no catalog knows is worth what it stands for: a pack of the products it covers.
void describe_pack(PolicyReading& reading, TomlTable& table, const Contract& contract) {
  if (contract.covers.empty() || contract.product.empty()) return;
  Catalog& catalog = reading.catalog;
  if (catalog.resolve("", contract.product, true) != nullptr) return;
  if (!is_product_id(contract.product)) {
    table.error("product", fmt::format("a product with covers needs an id, vendor.product, not \"{}\"",
                                       printable(contract.product)));
    return;
  }
  Product pack;
  pack.id = pack.name = contract.product;
  pack.vendor = contract.product.substr(0, contract.product.find('.'));
  pack.kind = ProductKind::bundle;
  pack.origin = reading.origin(static_cast<std::uint32_t>(contract.line));
  pack.from_policy = true;
  for (const std::string& covered : contract.covers) {
    const Product* known = catalog.resolve(pack.vendor, covered, true);
    if (known == nullptr) continue;
    if (known->vendor != pack.vendor)
      table.error("covers", fmt::format("{} is of {}, not of {}", known->id, known->vendor, pack.vendor));
    if (pack.includes.empty()) pack.released_by = known->released_by;
    pack.includes.push_back(known->id);
  }
  catalog.products.push_back(std::move(pack));
  catalog.index();
}

}  // namespace

void read_contracts(PolicyReading& reading, TomlTable& root) {
  auto& contracts = reading.policy.contracts;
  for (TomlTable& table : root.tables("contract")) {
    Contract contract = read_contract(reading, table);
    describe_pack(reading, table, contract);
    for (const Contract& other : contracts) {
      if (!says_the_same(contract, other)) continue;
      reading.warn(table.line(),
                   fmt::format("this [[contract]] repeats the one on line {}; both count, {} seats in all", other.line,
                               contract.quantity + other.quantity));
      break;
    }
    // A contract may be for something no catalog knows; only what looks like a slip is worth a word.
    if (!contract.product.empty() && !reading.catalog.resolve("", contract.product, true)) {
      if (const auto near = reading.catalog.suggest(contract.product)) {
        reading.warn(table.line_of("product"),
                     fmt::format("[[contract]]: no catalog knows \"{}\"; did you mean \"{}\"?",
                                 printable(contract.product), *near));
      }
    }
    contracts.push_back(std::move(contract));
  }
}

void read_budget(PolicyReading& reading, TomlTable& root) {
  auto table = root.table("budget");
  if (!table) return;
  Budget& budget = reading.policy.budget;
  budget.max_cost = table->money("max_cost", reading.policy.currency);
  budget.max_exposure = table->money("max_exposure", reading.policy.currency);
  budget.max_idle_pct = table->number("max_idle_pct", 0, 100);
  budget.max_unjudged_pct = table->number("max_unjudged_pct", 0, 100);
  if (const auto seats = table->integer("max_unassigned", 0, most_seats))
    budget.max_unassigned = static_cast<int>(*seats);
  if (const auto days = table->integer("max_age_days", 0, 36600)) budget.max_age_days = static_cast<int>(*days);
  if (auto seats = table->table("seats")) {
    for (const auto& key : seats->keys()) {
      const auto quantity = seats->integer(key, 0, most_seats);
      const std::string id = reading.expect_product(seats->line_of(key), key, "[budget.seats]");
      if (quantity) budget.seats[id] = *quantity;
      reading.policy.key_lines["budget.seats." + id] = static_cast<int>(seats->line_of(key));
    }
  }
  reading.note_lines(
      *table, "budget.",
      {"max_cost", "max_exposure", "max_idle_pct", "max_unjudged_pct", "max_unassigned", "max_age_days"});
  table->finish();
}

}  // namespace seatlint
