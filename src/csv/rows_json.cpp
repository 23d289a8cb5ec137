// SPDX-License-Identifier: Apache-2.0
// `inspect --rows json`: every record as one line of JSON, so that any corpus can be run through the reader.
#include <fmt/core.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "base/ascii.hpp"
#include "seatlint/csv.hpp"

namespace seatlint::csv {
namespace {

constexpr std::size_t kept_problems = 100;
constexpr std::size_t flush_bytes = 64u << 10;

// Some programs take these characters for line ends (NEL, U+2028, U+2029); "one a line" must hold for them too.
std::size_t hidden_line_end(std::string_view text) {
  if (text.starts_with("\xC2\x85")) return 2;
  return text.starts_with("\xE2\x80\xA8") || text.starts_with("\xE2\x80\xA9") ? 3 : 0;
}

// The decoder yields valid UTF-8 only, so that nothing but quotes, backslashes and controls needs escaping.
void append_string(std::string& out, std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  out += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F && c != 0xC2 && c != 0xE2) continue;
    const std::size_t length = hidden_line_end(text.substr(i));
    if (c >= 0x80 && length == 0) continue;
    out.append(text, done, i - done);
    done = i + std::max<std::size_t>(length, 1);
    if (length > 0) {
      out += length == 2 ? "\\u0085" : text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      continue;
    }
    out += '\\';
    switch (c) {
      case '"':
        out += '"';
        break;
      case '\\':
        out += '\\';
        break;
      case '\n':
        out += 'n';
        break;
      case '\r':
        out += 'r';
        break;
      case '\t':
        out += 't';
        break;
      default:
        out += "u00";
        out += digits[c >> 4u];
        out += digits[c & 15u];
    }
  }
  out.append(text, done, text.size() - done);
  out += '"';
}

void append_record(std::string& out, const Record& record) {
  char separator = '[';
  for (const std::string_view field : record.fields) {
    out += separator;
    append_string(out, field);
    separator = ',';
  }
  out += "]\n";
}

bool has_letter(std::string_view text) { return std::any_of(text.begin(), text.end(), is_letter_byte); }

// Another table below the first begins with a header of its own. It is surely one where it is the first header with
// columns left out or added at its end; a header repeated as it is belongs to pieces of one table put together.
class FirstTable {
 public:
  bool ends_before(const Record& record) {
    if (header_.empty()) {
      header_.assign(record.fields.begin(), record.fields.end());
      return false;
    }
    const std::size_t width = record.fields.size(), shared = std::min(width, header_.size());
    if (width == header_.size() || shared < 3 || shared * 2 < header_.size()) return false;
    if (std::any_of(header_.begin(), header_.begin() + 3, [](const std::string& name) { return !has_letter(name); }))
      return false;
    return std::equal(header_.begin(), header_.begin() + static_cast<std::ptrdiff_t>(shared), record.fields.begin());
  }

 private:
  std::vector<std::string> header_;
};

}  // namespace

RowsResult print_rows_json(Reader& reader, std::ostream& out) {
  RowsResult result;
  const auto note = [&](const Problem& problem) {
    ++result.problem_count;
    if (result.problems.size() < kept_problems) result.problems.push_back(problem);
  };
  reader.on_problem(note);
  std::string pending;
  const auto flush = [&] {
    out.write(pending.data(), static_cast<std::streamsize>(pending.size()));
    if (!out) throw Error("the rows could not be written: is the disk full or the output closed?");
    pending.clear();
  };
  Record record;
  FirstTable table;
  try {
    while (reader.next(record)) {
      if (table.ends_before(record)) {
        note({Problem::Kind::second_table, record.line, 1,
              fmt::format("another table begins here, with {} columns: only the first is read", record.fields.size())});
        break;
      }
      append_record(pending, record);
      ++result.rows;
      if (pending.size() >= flush_bytes) flush();
    }
  } catch (const Error&) {
    flush();  // what was read stays read
    throw;
  }
  flush();
  out.flush();
  if (!out) throw Error("the rows could not be written: is the disk full or the output closed?");
  result.guessed_encoding = reader.layout().encoding_guessed;
  result.doubtful_preamble = reader.layout().preamble_doubtful;
  result.joined_header = reader.layout().header_records > 1;
  return result;
}

}  // namespace seatlint::csv
