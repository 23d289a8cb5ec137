// SPDX-License-Identifier: Apache-2.0
// An audit's record holds all that it was made with except the exports, which the store has; what differs later is
// told apart by doing the audit again with one thing changed at a time.
#include "commands/audit_history.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <numeric>
#include <set>
#include <sstream>

#include "base/in_parallel.hpp"
#include "commands/anchor_file.hpp"
#include "commands/policy_record.hpp"
#include "commands/session.hpp"
#include "report/amounts.hpp"

namespace seatlint {
namespace {

std::vector<std::string> lines_of(const std::string& text, char end) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line, end);) lines.push_back(line);
  return lines;
}

/// The files an audit rested on, a line each.
std::string inputs_text(const Fleet& fleet) {
  std::set<std::string> lines;
  for (std::size_t i = 0; i < fleet.files.size(); ++i) {
    if (!fleet.file_used[i]) continue;
    const ImportedFile& file = fleet.files[i];
    lines.insert(fmt::format("{}\t{}\t{}\t{}\t{}\n", file.sha256, file.org, file.profile,
                             file.snapshot_date ? to_string(*file.snapshot_date) : "-", printable(file.name)));
  }
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

std::string inputs_digest(const Report& report) {
  Sha256 hash;
  for (const InputLine& input : report.inputs) hash.update(input.sha256 + input.org + "\n");
  return hash.hex();
}

/// Names of files that `some` lists and `others` lacks. A file known under another name is the same file.
std::vector<std::string> files_missing(const std::string& some, const std::string& others) {
  const auto identity = [](const std::string& line) { return line.substr(0, line.rfind('\t')); };
  std::set<std::string> known;
  for (const std::string& line : lines_of(others, '\n')) known.insert(identity(line));
  std::vector<std::string> names;
  for (const std::string& line : lines_of(some, '\n'))
    if (!known.contains(identity(line))) names.push_back(line.substr(line.rfind('\t') + 1));
  return names;
}

std::string tell_files(const std::vector<std::string>& names, const char* what) {
  std::string text = counted(static_cast<std::int64_t>(names.size()), "file") + " " + what + " (" + names.front();
  return text + (names.size() > 1 ? fmt::format(" and {} more)", names.size() - 1) : ")");
}

/// The seats of the audit, which must stay, by name; mostly they are sorted like that.
JudgedSeats judged_seats(const Audited& audited) {
  constexpr std::size_t fewest = 10'000;  // for which a thread is worth its while
  const Fleet& fleet = audited.fleet;
  const std::vector<Judgment>& judged = audited.judged.seats;
  const auto name = [&](std::size_t i) {
    const Seat& seat = fleet.seats[static_cast<std::size_t>(judged[i].seat)];
    const Account& account = fleet.accounts[static_cast<std::size_t>(seat.account)];
    return SeatName{fleet.orgs[static_cast<std::size_t>(account.org)].name, account.key,
                    fleet.products[static_cast<std::size_t>(seat.product)].id};
  };
  std::vector<std::size_t> order;  // empty: they are sorted
  const std::size_t pairs = std::max<std::size_t>(judged.size(), 1) - 1;
  if (!all_in_parallel(pairs, fewest, [&](std::size_t i) { return name(i) <= name(i + 1); })) {
    order.resize(judged.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return name(a) < name(b); });
  }
  const auto at = [order = std::make_shared<const std::vector<std::size_t>>(std::move(order))](std::size_t i) {
    return order->empty() ? i : (*order)[i];
  };
  std::vector<std::string_view> products;
  for (const FleetProduct& product : fleet.products) products.emplace_back(product.id);
  return {
      judged.size(), [name, at](std::size_t i) { return name(at(i)); },
      [&judged, at](std::size_t i) {
        const auto amount = [](const MaybeMoney& money) { return money ? &*money : nullptr; };
        const Judgment& judgment = judged[at(i)];
        return SeatVerdict{judgment.rule->name, judgment.waived(), amount(judgment.cost), amount(judgment.saving())};
      },
      std::move(products)};
}

AuditRecord record_of(const Audited& audited, const Report& report, const AuditAsked& asked) {
  AuditRecord record;
  record.ran_on = report.today;
  record.as_of = report.as_of;
  record.as_of_given = report.as_of_given;
  record.scope = asked_text(asked);
  record.policy_path = audited.policy.path;
  record.policy_text = audited.policy.text;
  record.policy_sha256 = report.policy_sha256;
  record.catalog_text = builtin_catalog_text();
  record.inputs = inputs_text(audited.fleet);
  record.inputs_sha256 = inputs_digest(report);
  record.findings = static_cast<std::int64_t>(report.findings.size());
  return record;
}

/// What happened since the last audit of a past day that somebody asks for, or since the last one at all if catalogs
/// changed.
void tell_since(Io& io, const Store& store, const Audited& audited, const AuditAsked& asked, Day today) {
  auto same_day = asked.scope.as_of ? recorded_audit(store, asked.scope.as_of, false) : std::nullopt;
  if (same_day && same_day->scope == asked_text(asked)) {
    const AuditBasis basis = basis_of(audited.policy);
    if (same_day->inputs == inputs_text(audited.fleet) && same_day->policy_text == basis.policy_text &&
        same_day->catalog_text == basis.catalog_text)
      return;
    same_day = recorded_audit(store, audited.fleet.as_of, true);
    const ChangedBy changes = changed_by(store, *same_day, audited, today);
    if (changes.any())
      note(io, fmt::format("this is not what the audit as of {} said when it ran on {}: {}", to_string(same_day->as_of),
                           to_string(same_day->ran_on), tell(changes)));
    return;
  }
  const auto catalog_sha256 = last_catalog_sha256(store);
  if (!catalog_sha256 || *catalog_sha256 == sha256_hex(builtin_catalog_text())) return;
  const auto latest = recorded_audit(store, std::nullopt, false);
  if (!latest) return;
  AuditBasis before = basis_of(audited.policy);
  before.catalog_text = latest->catalog_text;
  const auto as_before = audit_on(store, before, asked.scope, today);
  note(io,
       fmt::format(
           "the catalogs changed since the audit of {}: {} judged differently by that alone", to_string(latest->ran_on),
           counted(seats_that_differ(seat_records(*as_before), seat_records(audited)), "seat is", "seats are")));
}

}  // namespace

AuditBasis basis_of(const Policy& policy) { return {builtin_catalog_text(), policy.path, policy.text}; }

AuditBasis basis_of(const AuditRecord& record) { return {record.catalog_text, record.policy_path, record.policy_text}; }

std::unique_ptr<Audited> audit_on(const Store& store, const AuditBasis& basis, const AuditScope& scope, Day today) {
  const bool present = basis.catalog_text == builtin_catalog_text();
  Catalog catalog = present ? builtin_catalog() : catalog_of_text(basis.catalog_text);
  Policy policy = parse_policy(basis.policy_text, basis.policy_path, catalog, rule_and_family_names());
  return audit_store(store, std::move(catalog), std::move(policy), scope, today);
}

std::string asked_text(const AuditAsked& asked) {
  std::string text;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += fmt::format("{}={}\n", name, value);
  };
  const auto number = [](const std::optional<int>& value) { return value ? std::to_string(*value) : std::string(); };
  add("org", asked.scope.org);
  add("window", number(asked.scope.window_days));
  add("idle-days", number(asked.scope.idle_days));
  add("grace-days", number(asked.scope.grace_days));
  add("families", joined(asked.families, ","));
  add("select", joined(asked.select, ","));
  add("ignore", joined(asked.ignore, ","));
  return text;
}

AuditAsked asked_of(const AuditRecord& record) {
  AuditAsked asked;
  asked.scope.as_of = record.as_of;
  for (const std::string& line : lines_of(record.scope, '\n')) {
    const auto equals = line.find('=');
    const std::string name = line.substr(0, equals), value = line.substr(equals + 1);
    const auto number = [&] {
      int n = 0;
      std::from_chars(value.data(), value.data() + value.size(), n);
      return n;
    };
    if (name == "org") asked.scope.org = value;
    if (name == "window") asked.scope.window_days = number();
    if (name == "idle-days") asked.scope.idle_days = number();
    if (name == "grace-days") asked.scope.grace_days = number();
    if (name == "families") asked.families = lines_of(value, ',');
    if (name == "select") asked.select = lines_of(value, ',');
    if (name == "ignore") asked.ignore = lines_of(value, ',');
  }
  return asked;
}

std::vector<SeatRecord> seat_records(const Audited& audited) {
  const JudgedSeats judged = judged_seats(audited);
  const auto money = [](const Money* known) { return known == nullptr ? std::nullopt : std::optional(*known); };
  std::vector<SeatRecord> seats;
  seats.reserve(judged.count);
  for (std::size_t i = 0; i < judged.count; ++i) {
    const SeatName name = judged.name(i);
    const SeatVerdict said = judged.verdict(i);
    seats.push_back({std::string(name.org), std::string(name.account), std::string(name.product),
                     std::string(said.verdict), said.waived, money(said.cost), money(said.saving)});
  }
  return seats;
}

std::int64_t seats_that_differ(const std::vector<SeatRecord>& before, const std::vector<SeatRecord>& after) {
  std::int64_t count = 0;
  auto a = before.begin();
  auto b = after.begin();
  while (a != before.end() || b != after.end()) {
    const bool only_before = b == after.end() || (a != before.end() && a->key() < b->key());
    const bool only_after = !only_before && (a == before.end() || b->key() < a->key());
    count += only_before || only_after || !a->same_verdict(*b);
    if (!only_after) ++a;
    if (!only_before) ++b;
  }
  return count;
}

ChangedBy changed_by(const Store& store, const AuditRecord& then, const Audited& now, Day today) {
  ChangedBy changes;
  const AuditBasis basis = basis_of(now.policy);
  const std::string inputs = inputs_text(now.fleet);
  changes.catalog_text = basis.catalog_text != then.catalog_text;
  changes.policy_text = basis.policy_text != then.policy_text;
  changes.files_added = files_missing(inputs, then.inputs);
  changes.files_gone = files_missing(then.inputs, inputs);
  const auto seats_now = seat_records(now);
  if (!changes.catalog_text && !changes.policy_text) {
    changes.data = seats_that_differ(then.seats, seats_now);
    return changes;
  }
  const AuditScope scope = asked_of(then).scope;
  AuditBasis step = basis_of(then);
  const auto data = seat_records(*audit_on(store, step, scope, today));
  changes.data = seats_that_differ(then.seats, data);
  step.catalog_text = basis.catalog_text;
  const auto catalog = changes.catalog_text ? seat_records(*audit_on(store, step, scope, today)) : data;
  changes.catalog = seats_that_differ(data, catalog);
  changes.policy = seats_that_differ(catalog, seats_now);
  return changes;
}

std::string tell(const ChangedBy& changes) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (!changes.files_added.empty()) add(tell_files(changes.files_added, "imported since"));
  if (!changes.files_gone.empty()) add(tell_files(changes.files_gone, "no longer read"));
  if (changes.data != 0) add(counted(changes.data, "seat") + " judged differently by data");
  if (changes.catalog_text) add("the catalogs changed (" + counted(changes.catalog, "seat") + ")");
  if (changes.policy_text) add("the policy changed (" + counted(changes.policy, "seat") + ")");
  return text;
}

void remember(Io& io, const Store& store, const Audited& audited, const Report& report, const AuditAsked& asked,
              const Look& look) {
  tell_since(io, store, audited, asked, report.today);
  try {
    Store writable = to_note_in(io, store);
    WriteTransaction transaction(writable.database());
    write_look(io, writable, look);
    record_audit(writable, record_of(audited, report, asked), judged_seats(audited));
    record_policy(writable, audited.policy);
    transaction.commit();
    anchor_head(io, writable);
  } catch (const Error& error) {
    note(io, std::string("this audit was not recorded: ") + error.what());
  }
}

Replay replay(const Store& store, Day as_of) {
  auto record = recorded_audit(store, as_of, true);
  if (!record) {
    const auto latest = recorded_audit(store, std::nullopt, false);
    throw Error("no audit as of " + to_string(as_of) + " is recorded" +
                (latest ? "; the latest is as of " + to_string(latest->as_of) : "; none was recorded yet"));
  }
  Replay again{std::move(*record), {}, nullptr};
  again.asked = asked_of(again.record);
  again.audited = audit_on(store, basis_of(again.record), again.asked.scope, again.record.ran_on);
  again.audited->fleet.as_of_given = again.record.as_of_given;
  return again;
}

void tell_difference(Io& io, const Replay& again) {
  ChangedBy changes;
  const std::string inputs = inputs_text(again.audited->fleet);
  changes.files_added = files_missing(inputs, again.record.inputs);
  changes.files_gone = files_missing(again.record.inputs, inputs);
  changes.data = seats_that_differ(again.record.seats, seat_records(*again.audited));
  if (changes.any())
    note(io, fmt::format("this is not what the audit of {} said: {}", to_string(again.record.ran_on), tell(changes)));
}

}  // namespace seatlint
