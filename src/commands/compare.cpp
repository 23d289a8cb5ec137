// SPDX-License-Identifier: Apache-2.0
// `seatlint compare`: what became of the seats, and of what an earlier audit promised.
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "commands/compare_text.hpp"
#include "commands/earlier_report.hpp"
#include "commands/name_access.hpp"
#include "commands/names.hpp"
#include "commands/session.hpp"
#include "report/build_report.hpp"
#include "report/mask.hpp"

namespace seatlint {
namespace {

struct CompareOptions {
  std::string since, format = "table", org;
  std::optional<Day> as_of;
  NamesOptions names;
  bool forecast = false;
};

/// The earlier side: a day, and what a report of that day said where one was named.
struct Earlier {
  Day day;
  std::optional<EarlierReport> report;
};

Earlier earlier_of(const CompareOptions& options) {
  if (options.since.empty())
    throw Error("compare needs --since: an earlier audit date, or a JSON report of that audit");
  if (const auto day = parse_day(options.since)) return {*day, std::nullopt};
  if (!std::filesystem::exists(options.since))
    throw Error("--since wants a date like 2026-06-30 or a report written with -o json=FILE, not \"" +
                printable(options.since) + "\"");
  EarlierReport report = read_earlier_report(options.since);
  return {report.as_of, std::move(report)};
}

void add_money(Comparison& comparison, const Audited& audited, std::int64_t MoneyChange::*contract,
               std::int64_t MoneyChange::*exposure) {
  for (const MoneyLine& line : keep_books(audited.fleet, audited.judged).money) {
    if (line.contract == 0 && line.exposure == 0) continue;
    comparison.money[line.currency].*contract = line.contract;
    comparison.money[line.currency].*exposure = line.exposure;
  }
}

/// A report with pseudonyms names accounts by them: the seats get their accounts back where the key is known.
void reveal(std::vector<SeatRecord>& promise, const Audited& audited, const Pseudonyms& pseudonyms) {
  std::map<std::string, std::string_view> accounts;
  for (const Account& account : audited.fleet.accounts) accounts[pseudonyms(account.key)] = account.key;
  for (SeatRecord& seat : promise) {
    const auto found = accounts.find(seat.account);
    if (found != accounts.end()) seat.account = found->second;
  }
  std::stable_sort(promise.begin(), promise.end(),
                   [](const SeatRecord& a, const SeatRecord& b) { return a.key() < b.key(); });
}

/// A report that hides names, or one of another store: nothing in it can be found again.
bool is_foreign(const Comparison& comparison, const std::vector<SeatRecord>& promise) {
  return !promise.empty() && std::none_of(promise.begin(), promise.end(), [&](const SeatRecord& seat) {
    return std::any_of(comparison.seats.begin(), comparison.seats.end(),
                       [&](const SeatChange& change) { return change.seat().account == seat.account; });
  });
}

/// The names people know the accounts by: later ones win.
void name_users(Comparison& comparison, const std::vector<const Audited*>& audits) {
  std::map<std::pair<std::string, std::string>, std::string> names;
  for (const Audited* audited : audits)
    for (const Account& account : audited->fleet.accounts)
      names[{audited->fleet.orgs[static_cast<std::size_t>(account.org)].name, std::string(account.key)}] =
          account.shown;
  for (SeatChange& change : comparison.seats) {
    const auto found = names.find({change.seat().org, change.seat().account});
    change.user = found == names.end() ? change.seat().account : found->second;
  }
}

/// Takes the persons out of what is going to be printed.
void mask(Comparison& comparison, const NamesChoice& names, const std::vector<const Audited*>& audits) {
  comparison.names = names.for_people();
  if (comparison.names == Names::show) return;
  for (const Audited* audited : audits) {
    const Mask mask(audited->fleet, names.pseudonyms());
    if (!comparison.changed_by) break;
    for (auto* files : {&comparison.changed_by->files_added, &comparison.changed_by->files_gone})
      for (std::string& file : *files) file = mask.scrubbed(file);
  }
  if (comparison.names == Names::hide) return hide_persons(comparison, audits.back()->policy.privacy.min_group);
  const Pseudonyms& pseudonyms = *names.pseudonyms();
  for (SeatChange& change : comparison.seats) {
    change.user = pseudonyms(change.user);
    for (auto* seat : {&change.before, &change.after})
      if (*seat) (*seat)->account = pseudonyms((*seat)->account);
  }
}

Comparison compare(const Store& store, const Policy& policy, const AuditScope& scope, const Earlier& earlier,
                   const NamesChoice& names, Io& io) {
  const Day today = io.environment.today;
  const AuditBasis basis = basis_of(policy);
  AuditScope then_scope = scope;
  then_scope.as_of = earlier.day;
  const auto now = audit_on(store, basis, scope, today);
  if (now->fleet.as_of <= earlier.day)
    throw Error(
        fmt::format("--since {} is not before the audit date {}", to_string(earlier.day), to_string(now->fleet.as_of)));
  const auto then = audit_on(store, basis, then_scope, today);
  Comparison comparison;
  comparison.since = earlier.day;
  comparison.as_of = now->fleet.as_of;
  std::vector<SeatRecord> before = seat_records(*then);
  auto recorded = recorded_audit(store, earlier.day, true);
  if (recorded && asked_of(*recorded).scope.org != scope.org) recorded.reset();
  if (recorded) comparison.changed_by = changed_by(store, *recorded, *then, today);
  std::vector<SeatRecord> promise = before;
  comparison.baseline = "recomputed";
  if (earlier.report) {
    promise = earlier.report->seats;
    comparison.baseline = "report";
    if (names.pseudonyms()) reveal(promise, *then, *names.pseudonyms());
    if (before.empty()) before = promise;
  } else if (recorded) {
    promise = recorded->seats;
    comparison.baseline = "recorded";
  }
  comparison.seats = pair_seats(before, seat_records(*now));
  if (is_foreign(comparison, promise))
    throw Error("no account of that report is in this store: it hides names, or is of another organization");
  add_money(comparison, *then, &MoneyChange::contract_then, &MoneyChange::exposure_then);
  add_money(comparison, *now, &MoneyChange::contract_now, &MoneyChange::exposure_now);
  weigh(comparison, promise);
  name_users(comparison, {then.get(), now.get()});
  mask(comparison, names, {then.get(), now.get()});
  if (before.empty())
    note(io, "the store knows of no seats on " + to_string(earlier.day) + ", so every seat counts as new");
  return comparison;
}

int run_compare(const CompareOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  const Earlier earlier = earlier_of(options);
  const NamesChoice names = choose_names(options.names, policy, "compare", io);
  const Store store = open_store(io, policy, Store::Open::read);
  AuditScope scope;
  scope.as_of = options.as_of;
  scope.org = options.org;
  const Comparison comparison = compare(store, policy, scope, earlier, names, io);
  std::vector<Forecast> forecasts;
  if (options.forecast) {
    forecasts = forecast(store, policy, scope, comparison.as_of, io.environment.today);
    if (forecasts.empty())
      note(io,
           "no forecast: it takes user lists of three quarters, a quarter apart, up to " + to_string(comparison.as_of));
  }
  if (comparison.names == Names::hide)
    for (Forecast& each : forecasts) hide_persons(each, policy.privacy.min_group);
  if (options.format == "json") {
    io.out << comparison_json(comparison, forecasts, io.environment.stdout_is_terminal);
  } else {
    print_comparison(comparison, forecasts, io);
  }
  record_look(io, store, {"compare", std::string(to_string(comparison.names)), options.names.reason});
  return 0;
}

void declare(OptionSet& set, CompareOptions& options) {
  set.option("--since", options.since, "the earlier audit: its date, or its JSON report", "DATE|FILE");
  set.day("--as-of", options.as_of, "the later audit date (default: the newest day with evidence for every org)");
  set.option("--org", options.org, "compare this org only (default: all)", "NAME");
  declare_names(set, options.names);
  set.flag("--forecast", options.forecast, "also the seats needed next quarter, from the trend of past quarters");
  set.choice("--format", options.format, {"table", "json"}, "how to print it");
}

}  // namespace

std::unique_ptr<Command> compare_command() {
  return make_command<CompareOptions>(
      {"compare", "what became of the seats and savings of an earlier audit",
       "seatlint compare --since 2026-06-30              from that audit date to the newest\n"
       "seatlint compare --since june.json               what a report written in June promised\n"
       "seatlint compare --since 2026-06-30 --forecast   and how many seats next quarter needs"},
      declare, run_compare);
}

}  // namespace seatlint
