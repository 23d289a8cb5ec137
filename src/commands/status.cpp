// SPDX-License-Identifier: Apache-2.0
// `seatlint status`: what is in the store, how fresh it is, and which files to fetch next.
#include "commands/status.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "base/day_ranges.hpp"
#include "commands/privacy_page.hpp"
#include "commands/session.hpp"
#include "commands/store_status.hpp"
#include "report/amounts.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

std::string days_old(Day day, Day today) {
  const int days = today - day;
  return days == 0   ? "today"
         : days == 1 ? "yesterday"
         : days < 0  ? fmt::format("{} days ahead", -days)
                     : fmt::format("{} days old", days);
}

void print_snapshots(const OrgStatus& org, Day today, Io& io) {
  TextTable table({{"files"},
                   {"profile"},
                   {"newest"},
                   {""},
                   {"rows", Column::Align::right},
                   {"earlier", Column::Align::left, Column::Cut::end, 12}});
  for (const SnapshotStatus& snapshot : org.snapshots) {
    std::string earlier;
    for (auto date = snapshot.dates.rbegin(); date != snapshot.dates.rend(); ++date)
      if (*date != snapshot.dates.back()) earlier += (earlier.empty() ? "" : ", ") + to_string(*date);
    const bool dated = !snapshot.dates.empty();
    table.add({{std::string(to_string(snapshot.kind)), Paint::plain},
               {snapshot.profile, Paint::plain},
               {dated ? to_string(snapshot.dates.back()) : "undated", Paint::plain},
               {dated ? days_old(snapshot.dates.back(), today) : "", Paint::dim},
               {grouped(static_cast<std::int64_t>(snapshot.newest_rows)), Paint::plain},
               {earlier, Paint::dim}});
  }
  if (!table.empty()) print_table(io, table, 2);
}

void print_coverage(const OrgStatus& org, Day today, Io& io) {
  TextTable table({{"activity"}, {"of"}, {"covered days", Column::Align::left, Column::Cut::middle, 24}, {""}});
  for (const CoverageStatus& coverage : org.coverage)
    table.add({{coverage.kind == "login" ? "sign-ins" : "actions", Paint::plain},
               {coverage.vendor + (coverage.app.empty() ? "" : ", " + coverage.app), Paint::plain},
               {tell_ranges(coverage.days), Paint::plain},
               {days_old(coverage.days.back().last, today), Paint::dim}});
  if (!table.empty()) print_table(io, table, 2);
}

void print_missing(const OrgStatus& org, Io& io) {
  for (const MissingFile& missing : org.missing) {
    print_cells(io, {{"  " + missing.what, Paint::bold},
                     {missing.vendor.empty() ? "" : " of " + printable(missing.vendor), Paint::plain}});
    const std::pair<const char*, std::string> lines[] = {
        {"days", tell_ranges(missing.days)}, {"where", missing.get}, {"why", missing.why}};
    for (const auto& [label, text] : lines) {
      std::string head = fmt::format("    {:<7}", label);
      if (text.empty()) continue;
      for (const std::string& part : wrapped(printable(text), io.environment.columns - 11)) {
        print_cells(io, {{head, Paint::dim}, {part, Paint::plain}});
        head.assign(11, ' ');
      }
    }
  }
}

std::string notice_text(const ContractStatus& contract, Day today) {
  if (!contract.notice_by) return contract.ends_on ? "any time" : "no term known";
  const int left = *contract.notice_by - today;
  return to_string(*contract.notice_by) + (left < 0    ? ", missed"
                                           : left == 0 ? ", today"
                                                       : ", in " + counted(left, "day"));
}

/// When to give notice: the date that money depends on.
void print_contracts(const StoreStatus& status, Io& io) {
  if (status.contracts.empty()) return;
  TextTable table({{"contract", Column::Align::left, Column::Cut::middle, 16},
                   {"seats", Column::Align::right},
                   {"floor", Column::Align::right},
                   {"fewer from"},
                   {"last safe notice"}});
  for (const ContractStatus& contract : status.contracts)
    table.add({{(status.orgs.size() > 1 ? contract.org + ": " : "") + contract.product},
               {grouped(contract.quantity)},
               {contract.floor ? grouped(*contract.floor) : ""},
               {contract.ends_on ? to_string(*contract.ends_on) : "–"},
               {notice_text(contract, status.today), Paint::bold}});
  print_table(io, table);
}

void print_text(const StoreStatus& status, bool missing_only, Io& io) {
  if (!missing_only)
    io.out << printable(status.path) << ": " << counted(static_cast<std::int64_t>(status.files), "file")
           << ", today is " << to_string(status.today) << '\n';
  bool any_missing = false;
  for (const OrgStatus& org : status.orgs) {
    any_missing = any_missing || !org.missing.empty();
    if (missing_only && org.missing.empty()) continue;
    if (!missing_only || status.orgs.size() > 1) print_cells(io, {{"org " + printable(org.org), Paint::bold}});
    if (missing_only) {
      print_missing(org, io);
      continue;
    }
    print_snapshots(org, status.today, io);
    print_coverage(org, status.today, io);
    for (const std::string& doubt : org.doubts)
      print_cells(io, {{"  doubt  ", Paint::warn}, {printable(doubt), Paint::plain}});
    if (!org.missing.empty())
      io.out << "  " << counted(static_cast<std::int64_t>(org.missing.size()), "file")
             << " to fetch: seatlint status --missing\n";
  }
  if (missing_only) {
    if (!any_missing)
      io.out << "nothing is missing for an audit of " << to_string(status.window.first) << " to "
             << to_string(status.window.last) << '\n';
    return;
  }
  print_contracts(status, io);
  if (!status.last_audit) {
    io.out << "no audit was run yet\n";
    return;
  }
  io.out << "last audit on " << to_string(status.last_audit->ran_on) << " as of " << to_string(status.last_audit->as_of)
         << ", " << counted(status.last_audit->findings, "finding");
  if (status.next_audit)
    io.out << "; the next is due on " << to_string(*status.next_audit)
           << (*status.next_audit < status.today ? ", which has passed" : "");
  io.out << '\n';
}

Json ranges(const std::vector<DayRange>& days) {
  Json list = Json::array();
  for (const DayRange& range : days)
    list.push_back({{"first", to_string(range.first)}, {"last", to_string(range.last)}});
  return list;
}

Json org_value(const OrgStatus& org, Day today) {
  Json snapshots = Json::array(), coverage = Json::array(), missing = Json::array();
  for (const SnapshotStatus& snapshot : org.snapshots) {
    Json dates = Json::array();
    for (const Day date : snapshot.dates) dates.push_back(to_string(date));
    const bool dated = !snapshot.dates.empty();
    snapshots.push_back({{"kind", to_string(snapshot.kind)},
                         {"profile", snapshot.profile},
                         {"vendor", snapshot.vendor},
                         {"dates", dates},
                         {"rows", snapshot.newest_rows},
                         {"age_days", dated ? Json(today - snapshot.dates.back()) : Json()}});
  }
  for (const CoverageStatus& span : org.coverage)
    coverage.push_back({{"vendor", span.vendor},
                        {"app", span.app.empty() ? Json() : Json(span.app)},
                        {"kind", span.kind},
                        {"days", ranges(span.days)},
                        {"gaps", ranges(without({{span.days.front().first, span.days.back().last}}, span.days))},
                        {"age_days", today - span.days.back().last}});
  for (const MissingFile& file : org.missing)
    missing.push_back({{"vendor", file.vendor.empty() ? Json() : Json(file.vendor)},
                       {"what", file.what},
                       {"days", ranges(file.days)},
                       {"profile", file.profile.empty() ? Json() : Json(file.profile)},
                       {"get", file.get},
                       {"why", file.why}});
  return {
      {"org", org.org}, {"snapshots", snapshots}, {"coverage", coverage}, {"doubts", org.doubts}, {"missing", missing}};
}

Json contract_value(const ContractStatus& contract) {
  const auto day = [](const std::optional<Day>& value) { return value ? Json(to_string(*value)) : Json(); };
  return {{"org", contract.org},
          {"product", contract.product},
          {"quantity", contract.quantity},
          {"floor", contract.floor ? Json(*contract.floor) : Json()},
          {"term_end", day(contract.term_end)},
          {"reducible_on", day(contract.ends_on)},
          {"notice_by", day(contract.notice_by)}};
}

void print_json(const StoreStatus& status, Io& io) {
  Json orgs = Json::array(), contracts = Json::array(), last;
  for (const ContractStatus& contract : status.contracts) contracts.push_back(contract_value(contract));
  for (const OrgStatus& org : status.orgs) orgs.push_back(org_value(org, status.today));
  if (status.last_audit)
    last = {{"ran_on", to_string(status.last_audit->ran_on)},
            {"as_of", to_string(status.last_audit->as_of)},
            {"findings", status.last_audit->findings}};
  const Json value{{"schema", "seatlint.status/1"},
                   {"store", status.path},
                   {"today", to_string(status.today)},
                   {"window", {{"first", to_string(status.window.first)}, {"last", to_string(status.window.last)}}},
                   {"files", status.files},
                   {"orgs", orgs},
                   {"contracts", contracts},
                   {"last_audit", last},
                   {"next_audit", status.next_audit ? Json(to_string(*status.next_audit)) : Json()}};
  io.out << value.dump(2, ' ', io.environment.stdout_is_terminal, Json::error_handler_t::replace) << '\n';
}

void declare(OptionSet& set, StatusOptions& options) {
  set.flag("--missing", options.missing, "the shopping list: which files to fetch, for which days, and where");
  set.flag("--privacy", options.privacy, "a page on persons: what is kept, for how long, who was erased, who looked");
  set.choice("--format", options.format, {"table", "json"}, "how to print it");
}

}  // namespace

int run_status(const StatusOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  const Store store = open_store(io, policy, Store::Open::read);
  if (options.privacy) {
    print_privacy_page(store, policy, options.format, io);
    return 0;
  }
  const StoreStatus status = store_status(store, policy, catalog, io.environment.today);
  if (options.format == "json") {
    print_json(status, io);
  } else {
    print_text(status, options.missing, io);
  }
  return 0;
}

std::unique_ptr<Command> status_command() {
  return make_command<StatusOptions>({"status", "what is in the store, how fresh it is, what is missing",
                                      "seatlint status               snapshots, covered days, doubts, last audit\n"
                                      "seatlint status --missing     which files to fetch, with menu path and days\n"
                                      "seatlint status --privacy     for a works council: what is kept, who looked"},
                                     declare, run_status);
}

}  // namespace seatlint
