// SPDX-License-Identifier: Apache-2.0
// One fact a line with its reason, then the first rows as the reader saw them.
#include "commands/describe_file.hpp"

#include <fmt/core.h>

#include <ostream>

#include "commands/session.hpp"
#include "report/amounts.hpp"

namespace seatlint {
namespace {

constexpr int label_width = 12;
constexpr std::size_t shown_rejects = 5, shown_problems = 5, shown_columns = 8;

class Description {
 public:
  Description(Io& io, const FileOutcome& outcome) : io_(io), outcome_(outcome), in_(outcome.ingested) {}

  void print() {
    print_cells(io_, {{printable(outcome_.name), Paint::bold}});
    line("bytes", written());
    for (const std::string& reason : in_.layout.reasons) line("", reason);
    line("profile", in_.file.profile + (in_.recognized_by.empty() ? "" : ": " + in_.recognized_by));
    line("kind", fmt::format("{} of {}", to_string(in_.file.kind), in_.file.vendor));
    if (!in_.file.tenant.empty()) line("tenant", in_.file.tenant);
    if (!tell_days(in_.file).empty())
      line(in_.file.kind == RecordKind::activity ? "covers" : "true on", tell_days(in_.file));
    list("mapped", in_.binding.mapped);
    list_ignored();
    for (const std::string& choice : in_.choices) line("settled", choice);
    line("rows", tell_rows(in_.file));
    rejects();
    problems();
    for (const std::string& warning : in_.file.warnings) line("warning", warning, Paint::warn);
    first_rows();
  }

 private:
  void line(std::string_view label, const std::string& text, Paint paint = Paint::plain) {
    bool first = true;
    for (const std::string& part : wrapped(printable(text), io_.environment.columns - label_width)) {
      std::string head = first ? "  " + std::string(label) : "";
      head.resize(label_width, ' ');
      print_cells(io_, {{head, Paint::dim}, {part, paint}});
      first = false;
    }
  }

  void list(std::string_view label, const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
    if (!text.empty()) line(label, text);
  }

  void list_ignored() {
    constexpr std::size_t most = 500;
    const std::vector<std::size_t>& columns = in_.binding.ignored;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < columns.size() && i < most; ++i) names.push_back(in_.header[columns[i]]);
    if (columns.size() > most) names.push_back(fmt::format("and {} more", columns.size() - most));
    list("ignored", names);
  }

  std::string written() const {
    const csv::Layout& layout = in_.layout;
    const auto named = [](char c) { return c == '\t' ? std::string("tab") : fmt::format("\"{}\"", c); };
    std::string text =
        layout.encoding + (layout.bom ? " with a byte order mark" : "") + (layout.encoding_guessed ? " (guessed)" : "");
    text += ", delimiter " + (layout.dialect.delimiter == '\0' ? "none" : named(layout.dialect.delimiter));
    text += ", quote " + (layout.dialect.quote == '\0' ? "none" : std::string(1, layout.dialect.quote));
    text += ", line ends " + layout.line_end;
    if (in_.header_line > 1) text += fmt::format(", header on line {}", in_.header_line);
    return text;
  }

  void rejects() {
    for (std::size_t i = 0; i < in_.rejects.size() && i < shown_rejects; ++i) {
      const Reject& reject = in_.rejects[i].reject;
      line("rejected",
           fmt::format("line {}{}: {}", reject.line,
                       reject.column == 0 ? "" : fmt::format(", column {}", reject.column), reject.reason),
           Paint::warn);
    }
    if (in_.rejects.size() > shown_rejects)
      line("", fmt::format("and {} more; --rejects FILE writes them all", in_.file.rows.rejected - shown_rejects));
  }

  void problems() {
    for (std::size_t i = 0; i < in_.problems.size() && i < shown_problems; ++i)
      line("repaired", fmt::format("line {}: {}", in_.problems[i].line, in_.problems[i].says), Paint::warn);
    if (in_.problem_count > shown_problems) line("", fmt::format("and {} more", in_.problem_count - shown_problems));
  }

  void first_rows() {
    if (in_.sample.empty()) return;
    std::vector<Column> columns;
    for (std::size_t i = 0; i < in_.header.size() && i < shown_columns; ++i)
      columns.push_back({shorten_end(printable(in_.header[i]), 24), Column::Align::left, Column::Cut::end, 6});
    TextTable table(columns);
    for (const auto& row : in_.sample) {
      Cells cells;
      for (std::size_t i = 0; i < columns.size(); ++i)
        cells.push_back({i < row.size() ? shorten_end(printable(row[i]), 40) : "", Paint::plain});
      table.add(std::move(cells));
    }
    const std::string more = in_.header.size() > shown_columns
                                 ? fmt::format(" (the first {} of {} columns)", shown_columns, in_.header.size())
                                 : "";
    print_cells(io_, {{"  first rows" + more, Paint::dim}});
    print_table(io_, table, 4);
  }

  Io& io_;
  const FileOutcome& outcome_;
  const Ingested& in_;
};

}  // namespace

std::string tell_rows(const ImportedFile& file) {
  const RowCounts& rows = file.rows;
  std::string text = fmt::format("{} read = {} stored + {} rejected + {} skipped + {} duplicate", rows.read,
                                 rows.stored, rows.rejected, rows.skipped, rows.duplicate);
  std::string reasons;
  for (const auto& [reason, count] : file.skipped)
    reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", count, reason);
  return reasons.empty() ? text : text + " (skipped: " + reasons + ")";
}

std::string tell_days(const ImportedFile& file) {
  if (file.snapshot_date) return to_string(*file.snapshot_date);
  if (!file.covers) return {};
  return to_string(file.covers->first) + " to " + to_string(file.covers->last);
}

void describe_file(Io& io, const FileOutcome& outcome) { Description(io, outcome).print(); }

}  // namespace seatlint
