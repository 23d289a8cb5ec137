// SPDX-License-Identifier: Apache-2.0
// Where the report stands: its day, the files it rests on, what was not read, what could not be judged, what to do
// next.
#include <algorithm>
#include <map>
#include <set>

#include "report/amounts.hpp"
#include "report/cells.hpp"
#include "report/screen.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

constexpr int label_width = 9;

/// What people call files of a kind.
std::string kind_text(const std::string& kind, std::int64_t files) {
  static const std::map<std::string_view, std::string_view> names{
      {"activity", "activity log"},  {"assignments", "license list"},
      {"departures", "leaver list"}, {"entitlements", "purchase list"},
      {"leave", "leave list"},       {"lookup", "lookup table"},
      {"users", "user list"}};
  const auto found = names.find(kind);
  return counted(files, found == names.end() ? std::string_view(kind) : found->second);
}

/// "12 files, 184,210 records: 5 activity logs, 3 user lists, ..."
std::string files_text(const Report& report) {
  std::map<std::string, std::int64_t> kinds;
  std::uint64_t rows = 0;
  for (const InputLine& input : report.inputs) {
    ++kinds[input.kind];
    rows += input.rows;
  }
  std::string text = counted(static_cast<std::int64_t>(report.inputs.size()), "file") + ", " +
                     counted(static_cast<std::int64_t>(rows), "record");
  const char* separator = ": ";
  for (const auto& [kind, files] : kinds) {
    text += separator + kind_text(kind, files);
    separator = ", ";
  }
  return text;
}

std::string fleet_text(const Report& report) {
  std::set<std::string> orgs;
  for (const InputLine& input : report.inputs) orgs.insert(input.org);
  for (const ProductLine& product : report.products) orgs.insert(product.org);
  std::string text = counted(report.accounts, "account") + ", " + counted(report.assigned, "seat");
  if (orgs.size() > 1) text += " in " + counted(static_cast<std::int64_t>(orgs.size()), "org");
  return text + "; window " + to_string(report.window.first) + " to " + to_string(report.window.last);
}

std::string rules_text(const Report& report) {
  std::string text = "idle after " + counted(report.idle_days, "day") + ", " + counted(report.grace_days, "day") +
                     " of grace; policy " + (report.policy_path.empty() ? "none" : report.policy_path);
  const char* separator = "; catalog ";
  for (const auto& [id, day] : report.catalogs) {
    text += separator + id + " " + to_string(day);
    separator = ", ";
  }
  return text;
}

/// Files that were in the store already, under this or another name.
std::string known_text(const std::vector<std::string>& names) {
  constexpr std::size_t shown = 3;
  std::string text = counted(static_cast<std::int64_t>(names.size()), "file") + " read before: ";
  for (std::size_t i = 0; i < names.size() && i < shown; ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > shown ? text + ", ..." : text;
}

void show_count(Screen& screen, std::int64_t count, std::string_view label, std::string_view says) {
  if (count > 0) screen.labeled({"  " + std::string(label), Paint::warn}, 18, says);
}

}  // namespace

void show_sources(Screen& screen, const Report& report) {
  screen.line({{"as of " + to_string(report.as_of), Paint::bold}, {" (" + as_of_reason(report) + ")"}});
  screen.blank();
  screen.labeled({"read", Paint::dim}, label_width, files_text(report));
  screen.labeled({"", Paint::dim}, label_width, fleet_text(report));
  screen.labeled({"rules", Paint::dim}, label_width, rules_text(report));
  if (!report.asked.empty()) screen.labeled({"only", Paint::dim}, label_width, joined(report.asked, ", "));
  if (!report.known.empty()) screen.labeled({"known", Paint::dim}, label_width, known_text(report.known));
  for (const RefusedFile& file : report.refused)
    screen.labeled({"refused", Paint::warn}, label_width, file.file + ": " + file.says);
}

void show_doubts(Screen& screen, const Report& report) {
  std::int64_t unpriced = 0, unjudged = 0;
  for (const MoneyLine& line : report.money) unpriced += line.unpriced_seats;
  for (const CrosswalkRow& row : report.crosswalk)
    if (row.verdict == "unjudged") unjudged += row.seats;
  if (report.doubts.empty() && unpriced + unjudged + report.tier_unjudged + report.tier_unpriced == 0) return;
  screen.heading("Not judged");
  show_count(screen, unjudged, "unjudged", counted(unjudged, "seat") + " without enough evidence to call idle or used");
  show_count(screen, report.tier_unjudged, "tier-unjudged",
             counted(report.tier_unjudged, "seat") + " in use, but no feature evidence: the tier was not judged");
  show_count(screen, report.tier_unpriced, "tier-unpriced",
             counted(report.tier_unpriced, "seat") + " whose tier could not be compared: a price is missing");
  show_count(screen, unpriced, "no price",
             counted(unpriced, "seat") + " with an unknown price, in none of these amounts");
  for (const Doubt& doubt : report.doubts) {
    screen.labeled({"  " + doubt.rule, Paint::warn}, 18, doubt.says);
    if (!doubt.fetch.empty()) screen.labeled({"    fetch", Paint::dim}, 18, doubt.fetch, Paint::accent);
  }
}

void show_next(Screen& screen, const Report& report) {
  if (report.hints.empty()) return;
  screen.heading("Next");
  // Commands are not wrapped: they are there to be copied.
  for (const std::string& hint : report.hints) screen.line({{"  "}, {hint, Paint::accent}});
}

}  // namespace seatlint
