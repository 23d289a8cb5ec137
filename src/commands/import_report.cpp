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
    case FileStatus::stored:
      return Paint::good;
    case FileStatus::refused:
    case FileStatus::rejected:
      return Paint::bad;
    case FileStatus::known:
    case FileStatus::ignored:
      break;
  }
  return Paint::dim;
}

std::string number(std::uint64_t count) { return count == 0 ? "-" : grouped(static_cast<std::int64_t>(count)); }

/// Details may be longer than a line; what they say at their end is often what to do.
void add_detail(TextTable& table, const std::string& text, Paint paint, int columns) {
  std::string indent = "    ";
  for (const std::string& part : wrapped(printable(text), columns - 6)) {
    table.add_line({indent + part, paint});
    indent = "      ";
  }
}

void add_details(TextTable& table, const FileOutcome& outcome, int columns) {
  const Ingested& in = outcome.ingested;
  const auto line = [&](const std::string& text, Paint paint) { add_detail(table, text, paint, columns); };
  std::string skipped;
  for (const auto& [reason, count] : in.file.skipped)
    skipped += fmt::format("{}{} {}", skipped.empty() ? "" : ", ", grouped(static_cast<std::int64_t>(count)), reason);
  if (!skipped.empty()) line("skipped: " + skipped, Paint::dim);
  for (const std::string& choice : in.choices) line("settled: " + choice, Paint::dim);
  if (in.layout.encoding_guessed) line("encoding guessed: " + in.layout.encoding, Paint::dim);
  if (in.problem_count != 0)
    line(fmt::format("repaired in {}, first on line {}: {}",
                     counted(static_cast<std::int64_t>(in.problem_count), "place"), in.problems.front().line,
                     in.problems.front().says),
         Paint::warn);
  for (const std::string& warning : in.file.warnings) line(warning, Paint::warn);
}

/// `2026-07-01 to 09-30` where the year is the same.
std::string short_days(const ImportedFile& file) {
  const std::string days = tell_days(file);
  const bool same_year = days.size() > 19 && days.compare(0, 5, days, 14, 5) == 0;
  return same_year ? days.substr(0, 14) + days.substr(19) : days;
}

void add_row(TextTable& table, const FileOutcome& outcome) {
  const ImportedFile& file = outcome.ingested.file;
  Cells cells{{outcome.name, Paint::plain}, {std::string(to_string(outcome.status)), paint_of(outcome.status)}};
  if (outcome.status != FileStatus::refused && outcome.status != FileStatus::ignored) {
    for (const std::string& text : {file.profile, short_days(file)}) cells.push_back({text, Paint::plain});
    for (const std::uint64_t count :
         {file.rows.read, file.rows.stored, file.rows.rejected, file.rows.skipped, file.rows.duplicate})
      cells.push_back({number(count), Paint::plain});
    cells.push_back({file.org, Paint::plain});
  }
  table.add(std::move(cells));
}

/// The org of all files, if it is one.
std::string only_org(const ImportSummary& summary) {
  std::string org;
  for (const FileOutcome& outcome : summary.files) {
    const std::string& of = outcome.ingested.file.org;
    if (!org.empty() && !of.empty() && of != org) return {};
    if (!of.empty()) org = of;
  }
  return org.empty() ? "default" : org;
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
  const std::string org = only_org(summary);
  std::vector<Column> columns{{"file", Align::left, Column::Cut::middle, 24},
                              {"", Align::left},
                              {"profile", Align::left, Column::Cut::end, 12},
                              {"days", Align::left},
                              {"read", Align::right},
                              {"stored", Align::right},
                              {"rejected", Align::right},
                              {"skipped", Align::right},
                              {"duplicate", Align::right}};
  if (org.empty()) columns.push_back({"org", Align::left, Column::Cut::end, 7});
  TextTable table(columns);
  for (const FileOutcome& outcome : summary.files) {
    add_row(table, outcome);
    if (outcome.status == FileStatus::stored) add_details(table, outcome, io.environment.columns);
  }
  print_table(io, table);
  const std::string of_org = org.empty() || org == "default" ? "" : fmt::format(" (org {})", printable(org));
  print_cells(io, {{totals(summary) + of_org, Paint::bold}});
}

void print_import_json(Io& io, const ImportSummary& summary) {
  Json files = Json::array();
  for (const FileOutcome& outcome : summary.files) files.push_back(file_value(outcome));
  const Json value{{"schema", "seatlint.import/1"}, {"files", files}};
  io.out << value.dump(2, ' ', io.environment.stdout_is_terminal, Json::error_handler_t::replace) << '\n';
}

}  // namespace seatlint
