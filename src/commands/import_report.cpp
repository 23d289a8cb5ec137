// SPDX-License-Identifier: Apache-2.0
// One line a file whose row counts add up, what was odd below it, totals at the end.
#include "commands/import_report.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "commands/describe_file.hpp"
#include "commands/session.hpp"
#include "report/amounts.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

Paint paint_of(FileStatus status) {
  switch (status) {
    case FileStatus::stored: return Paint::good;
    case FileStatus::refused:
    case FileStatus::rejected: return Paint::bad;
    case FileStatus::known:
    case FileStatus::ignored: break;
  }
  return Paint::dim;
}

std::string number(std::uint64_t count) { return count == 0 ? "-" : grouped(static_cast<std::int64_t>(count)); }

void add_details(TextTable& table, const FileOutcome& outcome) {
  const Ingested& in = outcome.ingested;
  std::string skipped;
  for (const auto& [reason, count] : in.file.skipped)
    skipped += fmt::format("{}{} {}", skipped.empty() ? "" : ", ", grouped(static_cast<std::int64_t>(count)), reason);
  if (!skipped.empty()) table.add_line({"    skipped: " + skipped, Paint::dim});
  for (const std::string& choice : in.choices) table.add_line({"    settled: " + choice, Paint::dim});
  if (in.layout.encoding_guessed) table.add_line({"    encoding guessed: " + in.layout.encoding, Paint::dim});
  if (in.problem_count != 0)
    table.add_line({fmt::format("    repaired in {} places, the first on line {}: {}", in.problem_count,
                                in.problems.front().line, in.problems.front().says),
                    Paint::warn});
  for (const std::string& warning : in.file.warnings) table.add_line({"    " + warning, Paint::warn});
}

std::string totals(const ImportSummary& summary) {
  RowCounts rows;
  std::map<FileStatus, std::int64_t> files;
  for (const FileOutcome& outcome : summary.files) {
    const RowCounts& add = outcome.ingested.file.rows;
    rows.read += add.read;
    rows.stored += add.stored;
    rows.rejected += add.rejected;
    rows.skipped += add.skipped;
    rows.duplicate += add.duplicate;
    ++files[outcome.status];
  }
  std::string text;
  for (const auto& [status, count] : files)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counted(count, "file"), to_string(status));
  const auto n = [](std::uint64_t count) { return grouped(static_cast<std::int64_t>(count)); };
  return text + fmt::format("; {} rows read = {} stored + {} rejected + {} skipped + {} duplicate", n(rows.read),
                            n(rows.stored), n(rows.rejected), n(rows.skipped), n(rows.duplicate));
}

Json day_or_null(const std::optional<Day>& day) { return day ? Json(to_string(*day)) : Json(); }

Json file_value(const FileOutcome& outcome) {
  const Ingested& in = outcome.ingested;
  const ImportedFile& file = in.file;
  const bool read = !file.sha256.empty();
  const auto known = [&](const std::string& text) { return read ? Json(text) : Json(); };
  Json rejects = Json::array();
  for (const RejectedRow& row : in.rejects)
    rejects.push_back({{"line", row.reject.line}, {"column", row.reject.column}, {"reason", row.reject.reason}});
  const auto days = file.days ? file.days : file.covers;
  Json value{{"file", file.name},
             {"sha256", known(file.sha256)},
             {"kind", known(std::string(to_string(file.kind)))},
             {"profile", known(file.profile)},
             {"org", known(file.org)},
             {"snapshot_date", day_or_null(file.snapshot_date)},
             {"first_day", day_or_null(days ? std::optional(days->first) : std::nullopt)},
             {"last_day", day_or_null(days ? std::optional(days->last) : std::nullopt)},
             {"encoding", known(file.encoding)},
             {"delimiter", known(file.delimiter)},
             {"rows",
              {{"read", file.rows.read},
               {"stored", file.rows.stored},
               {"rejected", file.rows.rejected},
               {"skipped", file.rows.skipped},
               {"duplicate", file.rows.duplicate}}},
             {"rejects", rejects},
             {"warnings", file.warnings},
             {"status", to_string(outcome.status)},
             {"message", outcome.message.empty() ? Json() : Json(outcome.message)},
             {"skipped", file.skipped},
             {"choices", in.choices}};
  return value;
}

}  // namespace

void print_import_table(Io& io, const ImportSummary& summary) {
  // A single refused file has been told on stderr; there is nothing to tabulate.
  if (summary.files.size() == 1 && summary.files.front().status == FileStatus::refused) return;
  using Align = Column::Align;
  TextTable table({{"file", Align::left, Column::Cut::middle, 16},
                   {"", Align::left},
                   {"profile", Align::left, Column::Cut::end, 10},
                   {"org", Align::left, Column::Cut::end, 7},
                   {"days", Align::left},
                   {"read", Align::right},
                   {"stored", Align::right},
                   {"rejected", Align::right},
                   {"skipped", Align::right},
                   {"duplicate", Align::right}});
  for (const FileOutcome& outcome : summary.files) {
    const ImportedFile& file = outcome.ingested.file;
    const Cell status{std::string(to_string(outcome.status)), paint_of(outcome.status)};
    if (outcome.status == FileStatus::refused || outcome.status == FileStatus::ignored) {
      table.add({{outcome.name, Paint::plain}, status});
      continue;
    }
    table.add({{outcome.name, Paint::plain},
               status,
               {file.profile, Paint::plain},
               {file.org, Paint::plain},
               {tell_days(file), Paint::plain},
               {number(file.rows.read), Paint::plain},
               {number(file.rows.stored), Paint::plain},
               {number(file.rows.rejected), Paint::plain},
               {number(file.rows.skipped), Paint::plain},
               {number(file.rows.duplicate), Paint::plain}});
    if (outcome.status == FileStatus::stored) add_details(table, outcome);
  }
  print_table(io, table);
  print_cells(io, {{totals(summary), Paint::bold}});
}

void print_import_json(Io& io, const ImportSummary& summary) {
  Json files = Json::array();
  for (const FileOutcome& outcome : summary.files) files.push_back(file_value(outcome));
  const Json value{{"schema", "seatlint.import/1"}, {"files", files}};
  io.out << value.dump(2, ' ', io.environment.stdout_is_terminal, Json::error_handler_t::replace) << '\n';
}

}  // namespace seatlint
