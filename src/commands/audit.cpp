// SPDX-License-Identifier: Apache-2.0
// `audit`: the main job. Imports where asked, judges, and writes every format asked for from one report.
#include <fmt/core.h>

#include <algorithm>
#include <sstream>

#include "base/kept_to_exit.hpp"
#include "commands/audit_history.hpp"
#include "commands/backtest.hpp"
#include "commands/baseline.hpp"
#include "commands/import_files.hpp"
#include "commands/name_access.hpp"
#include "commands/outputs.hpp"
#include "commands/session.hpp"
#include "commands/trend.hpp"
#include "report/build_report.hpp"

namespace seatlint {
namespace {

struct AuditOptions {
  std::vector<std::string> families, select, ignore;
  ImportOptions import;
  AuditScope scope;
  OutputOptions outputs;
  NamesOptions names;
  std::string fail_on = "none", since;
  std::optional<Day> replay, backtest;
};

constexpr CommandText audit_words{
    "audit", "judge every seat: idle, over-provisioned, mis-tiered, and what it costs",
    "  seatlint audit --from exports/                      import a folder and report in one go\n"
    "  seatlint audit                                      report on what is in the store\n"
    "  seatlint audit idle --idle-days 60                  one family, another threshold\n"
    "  seatlint audit -o json=audit.json -o csv=seats.csv  files for other programs\n"
    "  seatlint audit --as-of 2026-06-30                   the audit as of an earlier day\n"
    "  seatlint audit --fail-on high                       exit 1 when something high is found\n"
    "  seatlint audit --since 2026-06-30 --fail-on medium  only what is new since then counts\n"
    "  seatlint audit --replay 2026-06-30                  print a recorded audit again, with its policy and catalogs\n"
    "  seatlint audit --backtest 2026-03-31                who of those flagged then came back?\n"};

const std::vector<std::string>& family_names() {
  static const std::vector<std::string> names{"idle", "overprovisioned", "mistiered", "access", "data"};
  return names;
}

void declare(OptionSet& options, AuditOptions& target) {
  options.positionals("FAMILY", target.families, "idle, overprovisioned, mistiered, access, data (default: all)",
                      false);
  options.several("--from", target.import.paths, "import these files and folders first", "PATH");
  declare_scope(options, target.scope);
  declare_outputs(options, target.outputs);
  options.repeatable("--select", target.select, "report only these rules or families", "RULE");
  options.repeatable("--ignore", target.ignore, "leave these rules or families out of the findings", "RULE");
  options.choice("--fail-on", target.fail_on, {"none", "info", "low", "medium", "high", "critical"},
                 "exit 1 when a finding is at least this severe (default none)");
  options.option("--since", target.since,
                 "an earlier audit date or JSON report: what is new is marked, and only that counts for --fail-on",
                 "DATE|FILE");
  declare_names(options, target.names);
  options.day("--replay", target.replay, "do the audit recorded as of this day again, with what it was made with");
  options.day("--backtest", target.backtest,
              "of those this policy would have flagged as of this day, how many came back in 30, 60, 90 days");
  options.day("--snapshot-date", target.import.snapshot_date, "with --from: day of exports that do not state one");
  options.option("--covers", target.import.covers, "with --from: the period activity logs cover", "FIRST..LAST");
  options.option("--timezone", target.import.timezone, "with --from: zone of time stamps without an offset", "ZONE");
}

std::vector<std::string> words_of(const std::vector<std::string>& lists) {
  std::vector<std::string> result;
  for (const std::string& list : lists) {
    std::istringstream in(list);
    for (std::string word; std::getline(in, word, ',');)
      if (!trim(word).empty()) result.emplace_back(trim(word));
  }
  return result;
}

ReportOptions report_options(const AuditOptions& options, const Policy& policy, Day today) {
  ReportOptions report{today, options.families, words_of(options.select), words_of(options.ignore), true};
  for (const std::string& family : report.families) require_word("family", family, family_names());
  for (const auto* names : {&report.select, &report.ignore})
    for (const std::string& name : *names) require_word("rule", name, rule_and_family_names());
  report.ignore.insert(report.ignore.end(), policy.ignore.begin(), policy.ignore.end());
  return report;
}

bool fails(const Report& report, const std::string& fail_on) {
  const auto limit = parse_severity(fail_on);
  return limit && std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
           return !finding.waived && finding.is_new.value_or(true) && finding.severity >= *limit;
         });
}

/// Commands to paste need the flags this one was given.
std::string again(const Io& io) {
  std::string text = "seatlint ";
  if (!io.globals.db.empty()) text += "--db " + printable(io.globals.db) + " ";
  if (!io.globals.config.empty()) text += "--config " + printable(io.globals.config) + " ";
  return text;
}

void add_hints(Report& report, const std::string& seatlint) {
  Finding room;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& worst = report.findings.at(i, room);
    if (worst.user.empty() || worst.product.empty()) continue;
    report.hints.push_back(seatlint + "explain " + printable(worst.user));
    break;
  }
  if (!report.doubts.empty()) report.hints.push_back(seatlint + "status --missing");
  if (report.policy_path.empty()) report.hints.push_back(seatlint + "config init --from-store > seatlint.toml");
  report.hints.push_back(seatlint + "audit -o csv=findings.csv");
}

std::string without_name(const std::string& message, const std::string& name) {
  return message.starts_with(name + ": ") ? message.substr(name.size() + 2) : message;
}

struct Printed {
  Report& report;
  const Audited& audited;
  const Store& store;
  const AuditScope& scope;
};

int print(const Printed& what, const std::vector<Output>& outputs, const NamesChoice& names,
          const AuditOptions& options, Io& io) {
  add_hints(what.report, again(io));
  if (wants_format(outputs, "html")) add_trend(what.report, what.audited, what.store, what.scope);
  MaskedReports reports(what.report, what.audited.fleet, names, options.outputs.group_by);
  write_outputs(reports, outputs, options.outputs, io);
  return fails(what.report, options.fail_on) ? 1 : 0;
}

/// What was printed then, byte for byte, unless the store lost or gained something of that time.
int run_replay(const AuditOptions& options, const std::vector<Output>& outputs, const Policy& policy, Io& io) {
  if (options.scope.as_of || options.scope.window_days || options.scope.idle_days || options.scope.grace_days ||
      !options.scope.org.empty() || !options.families.empty() || !options.import.paths.empty())
    throw Error("--replay repeats an audit as it was asked; of other options it takes -o, --group-by and --fail-on");
  const Store store = open_store(io, policy, Store::Open::read);
  const Replay again = replay(store, *options.replay);
  ReportOptions asked{again.record.ran_on, again.asked.families, again.asked.select, again.asked.ignore};
  const std::vector<std::string>& ignored = again.audited->policy.ignore;
  asked.ignore.insert(asked.ignore.end(), ignored.begin(), ignored.end());
  Report report = build_report(again.audited->fleet, again.audited->judged, asked);
  const NamesChoice names = choose_names(options.names, policy, "audit", io);
  const int exit_code = print({report, *again.audited, store, again.asked.scope}, outputs, names, options, io);
  tell_difference(io, again);
  return exit_code;
}

int run_audit(const AuditOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  Policy policy = load_policy(io, catalog);
  std::vector<Output> outputs = outputs_of(options.outputs);
  if (outputs.empty()) outputs.push_back({"table", ""});
  const ReportOptions asked = report_options(options, policy, io.environment.today);
  if (options.replay) return run_replay(options, outputs, policy, io);
  int exit_code = 0;
  ImportSummary imported;
  if (!options.import.paths.empty()) {
    LazyStore lazy(store_path(io, policy), io.globals.lock_timeout_ms);
    ImportOptions import = options.import;
    import.org = options.scope.org;
    imported = import_paths(lazy, import, policy, io);
    exit_code = imported.exit_code;
  }
  const NamesChoice names = choose_names(options.names, policy, "audit", io);
  const Store store = open_store(io, policy, Store::Open::read);
  if (options.backtest)
    return std::max(exit_code, run_backtest(store, policy, options.scope, *options.backtest, options.outputs.wanted,
                                            names.for_people(), io));
  Audited& audited =
      kept_to_exit(audit_store(store, std::move(catalog), std::move(policy), options.scope, io.environment.today));
  Report& report = kept_to_exit(std::make_unique<Report>(build_report(audited.fleet, audited.judged, asked)));
  if (!options.since.empty())
    mark_new(report, baseline_asked(options.since, store, audited.catalog, audited.policy, options.scope, asked),
             names.pseudonyms() ? &*names.pseudonyms() : nullptr);
  for (const FileOutcome& file : imported.files) {
    if (file.status == FileStatus::refused || file.status == FileStatus::rejected)
      report.refused.push_back({file.name, without_name(file.message, file.name)});
    if (file.status == FileStatus::known) report.known.push_back(file.name);
  }
  exit_code = std::max(exit_code, print({report, audited, store, options.scope}, outputs, names, options, io));
  remember(io, store, audited, report,
           {options.scope, options.families, words_of(options.select), words_of(options.ignore)},
           {"audit", std::string(to_string(names.for_people())), options.names.reason});
  return exit_code;
}

}  // namespace

std::unique_ptr<Command> audit_command() { return make_command(audit_words, declare, run_audit); }

}  // namespace seatlint
