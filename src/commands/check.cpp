// SPDX-License-Identifier: Apache-2.0
// `check`: the gate for scripts. One audit, one line a limit, and an exit code that a pipeline can trust.
#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ostream>

#include "commands/audited.hpp"
#include "commands/baseline.hpp"
#include "commands/gates.hpp"
#include "commands/import_files.hpp"
#include "commands/outputs.hpp"
#include "commands/session.hpp"
#include "commands/trend.hpp"
#include "report/build_report.hpp"

namespace seatlint {
namespace {

struct CheckOptions {
  ImportOptions import;
  AuditScope scope;
  OutputOptions outputs;
  NamesOptions names;
  std::string since, max_cost, max_exposure, max_increase, max_idle_pct, max_unjudged_pct, max_increase_pct;
  std::vector<std::string> max_seats;
  std::optional<int> max_unassigned, max_age;
};

constexpr CommandText check_words{
    "check", "fail when a budget is broken: the gate for CI and cron",
    "  seatlint check                                        the limits of [budget] in the policy\n"
    "  seatlint check --from exports/ --max-exposure 600     judge these exports alone, and keep nothing of them\n"
    "  seatlint check --max-idle-pct 10 -o junit=seats.xml   a report for the build server beside it\n"
    "  seatlint check --since 2026-06-30 --max-exposure 0    only what is new since then counts: a ratchet\n",
    "Exit codes: 0 every limit holds, 1 one is broken, 2 an export or the policy can't be read.\n"
    "A figure that can't be known breaks its limit. Amounts are a month, in the policy's currency unless they name "
    "one."};

void declare(OptionSet& options, CheckOptions& target) {
  options.several("--from", target.import.paths,
                  "judge these files and folders, in a store of their own that is not kept", "PATH");
  options.option("--max-cost", target.max_cost, "the contract may cost so much", "MONEY");
  options.repeatable("--max-seats", target.max_seats, "a product may be held so often (repeatable)", "PRODUCT=N");
  options.option("--max-idle-pct", target.max_idle_pct, "share of seats that may be idle", "PERCENT");
  options.option("--max-exposure", target.max_exposure, "so much may be paid for and not used", "MONEY");
  options.option("--max-increase", target.max_increase, "with --since: the contract may cost so much more", "MONEY");
  options.option("--max-increase-pct", target.max_increase_pct, "the same as a share", "PERCENT");
  options.number("--max-unassigned", target.max_unassigned, "seats that may be bought and unassigned", "N");
  options.option("--max-unjudged-pct", target.max_unjudged_pct,
                 "share of seats the evidence may leave open (default 10)", "PERCENT");
  options.number("--max-age", target.max_age, "days the newest evidence may be old", "DAYS");
  options.option("--since", target.since, "an earlier audit date or JSON report: only what is new counts", "DATE|FILE");
  declare_scope(options, target.scope);
  declare_outputs(options, target.outputs);
  declare_names(options, target.names);
  options.day("--snapshot-date", target.import.snapshot_date, "with --from: day of exports that do not state one");
  options.option("--covers", target.import.covers, "with --from: the period activity logs cover", "FIRST..LAST");
  options.option("--timezone", target.import.timezone, "with --from: zone of time stamps without an offset", "ZONE");
}

std::optional<Money> money_of(const char* option, const std::string& text, const Policy& policy) {
  if (text.empty()) return std::nullopt;
  const auto money = parse_money(text, policy.currency);
  if (!money || money->minor < 0)
    throw Error(fmt::format("{} wants an amount like \"600.00 USD\", not \"{}\"", option, text));
  return money;
}

std::optional<double> percent_of(const char* option, std::string text) {
  if (text.empty()) return std::nullopt;
  const std::string given = text;
  if (text.ends_with('%')) text.pop_back();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number) || number < 0)
    throw Error(fmt::format("{} wants a percentage like 7.5, not \"{}\"", option, given));
  return number;
}

template <typename Value>
void prefer(std::optional<Value>& limit, const std::optional<Value>& flag) {
  if (flag) limit = flag;
}

std::pair<std::string, std::int64_t> seats_of(const std::string& text, const Catalog& catalog) {
  const auto equals = text.rfind('=');
  std::int64_t number = -1;
  if (equals != std::string::npos) {
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data() + equals + 1, end, number);
    if (error != std::errc() || rest != end) number = -1;
  }
  if (number < 0) throw Error(fmt::format("--max-seats wants PRODUCT=N, not \"{}\"", text));
  const std::string name = text.substr(0, equals);
  const Product* product = catalog.resolve("", name, true);
  if (product == nullptr) {
    const auto near = catalog.suggest(name);
    throw Error(fmt::format("no product named \"{}\"{}", name, near ? "; did you mean \"" + *near + "\"?" : ""));
  }
  return {product->id, number};
}

constexpr double unjudged_by_default = 10.0;

Limits limits_of(const CheckOptions& options, const Policy& policy, const Catalog& catalog) {
  const Budget& budget = policy.budget;
  Limits limits{budget.max_cost,
                budget.max_exposure,
                money_of("--max-increase", options.max_increase, policy),
                budget.max_idle_pct,
                budget.max_unjudged_pct.value_or(unjudged_by_default),
                percent_of("--max-increase-pct", options.max_increase_pct),
                budget.max_unassigned,
                budget.max_age_days,
                budget.seats};
  prefer(limits.max_cost, money_of("--max-cost", options.max_cost, policy));
  prefer(limits.max_exposure, money_of("--max-exposure", options.max_exposure, policy));
  prefer(limits.max_idle_pct, percent_of("--max-idle-pct", options.max_idle_pct));
  prefer(limits.max_unjudged_pct, percent_of("--max-unjudged-pct", options.max_unjudged_pct));
  prefer(limits.max_unassigned, options.max_unassigned);
  prefer(limits.max_age_days, options.max_age);
  for (const std::string& text : options.max_seats) {
    const auto [product, number] = seats_of(text, catalog);
    limits.seats[product] = number;
  }
  if (limits.look_back() && options.since.empty())
    throw Error("--max-increase compares with an earlier audit; name it with --since DATE or FILE");
  return limits;
}

void print_gates(const std::vector<Gate>& gates, bool to_stdout, Io& io) {
  const bool color = to_stdout && wants_color(io);
  std::ostream& out = to_stdout ? io.out : io.err;
  for (const Gate& gate : gates)
    out << painted({printable(gate_text(gate)), gate.broken ? Paint::bad : Paint::plain}, color) << '\n';
}

/// The store of the command line, or a temporary one with the files of --from.
class CheckedStore {
 public:
  CheckedStore(const CheckOptions& options, const Policy& policy, Io& io)
      : lazy_(options.import.paths.empty() ? store_path(io, policy) : std::string(), io.globals.lock_timeout_ms) {
    if (options.import.paths.empty()) return;
    ImportOptions import = options.import;
    import.org = options.scope.org;
    imported_ = import_paths(lazy_, import, policy, io);
    if (lazy_.existing(true) == nullptr || lazy_.existing(true)->files().empty())
      throw Error("no export could be read, so nothing was checked");
  }
  const Store& store(const Policy& policy, const Io& io) {
    if (Store* open = lazy_.existing(true)) return *open;
    open_store(io, policy, Store::Open::read);  // says what is wrong
    throw Error("there is no store");
  }
  int exit_code() const { return imported_.exit_code; }

 private:
  LazyStore lazy_;
  ImportSummary imported_;
};

int run_check(const CheckOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  const std::vector<Output> outputs = outputs_of(options.outputs);
  const Limits limits = limits_of(options, policy, catalog);
  const NamesChoice names = choose_names(options.names, policy, "check", io);
  CheckedStore checked(options, policy, io);
  const Store& store = checked.store(policy, io);
  const ReportOptions asked{io.environment.today, {}, {}, policy.ignore};
  const auto audited = audit_store(store, catalog, policy, options.scope, io.environment.today);
  Report report = build_report(audited->fleet, audited->judged, asked);
  std::optional<Baseline> baseline;
  if (!options.since.empty()) {
    baseline = baseline_asked(options.since, store, catalog, policy, options.scope, asked);
    mark_new(report, *baseline, names.pseudonyms() ? &*names.pseudonyms() : nullptr);
  }
  report.gates = judge_gates(audited->fleet, report, limits, baseline ? &*baseline : nullptr);
  if (wants_format(outputs, "html")) add_trend(report, *audited, store, options.scope);
  MaskedReports reports(report, audited->fleet, names, options.outputs.group_by);
  print_gates(reports.for_people().gates, !any_to_stdout(outputs), io);
  write_outputs(reports, outputs, options.outputs, io);
  const bool broken =
      std::any_of(report.gates.begin(), report.gates.end(), [](const Gate& gate) { return gate.broken; });
  return std::max(checked.exit_code(), broken ? 1 : 0);
}

}  // namespace

std::unique_ptr<Command> check_command() { return make_command(check_words, declare, run_check); }

}  // namespace seatlint
