// SPDX-License-Identifier: Apache-2.0
// Tables of awkward but legal cells, written by RFC 4180 in every everyday style, are read back cell by cell without a
// hint and without a word: what is well written must never be "repaired".
#include <catch2/catch.hpp>
#include <random>

#include "seatlint/csv.hpp"

namespace csv_roundtrip_test {

using namespace seatlint;
using namespace seatlint::csv;

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Style {
  char delimiter;
  std::string line_end;
  bool quote_all, last_line_end, bom;
};

const std::vector<std::string> awkward = {
    "",      "plain", "Boots, size 4", "say \"hi\"", "\"quoted\"",     "two\nlines", "three\r\n",
    "x;y;z", "a|b",   "tab\there",     "O'Brien",    "'t Hart",        "12.5",       "1,234",
    "12:30", "#4",    "C:\\dir\\",     "8'9\" rod",  "sep=;",          "2026-09-30", "=1+1",
    "\"",    ",",     "Zürich",        "a\\b",       "{\"k\": \"v\"}", "-",          " inner  gap"};

Rows random_table(std::mt19937& random) {
  Rows rows(1);
  const std::size_t width = 2 + random() % 6, height = 3 + random() % 30;
  for (std::size_t c = 0; c < width; ++c) rows[0].push_back("column " + std::to_string(c + 1));
  for (std::size_t r = 0; r < height; ++r) {
    rows.emplace_back();
    for (std::size_t c = 0; c < width; ++c) rows.back().push_back(awkward[random() % awkward.size()]);
  }
  return rows;
}

std::string written(const Rows& rows, const Style& style) {
  std::string text = style.bom ? "\xEF\xBB\xBF" : "";
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const std::string& cell = rows[r][c];
      if (c > 0) text += style.delimiter;
      const bool quoted =
          style.quote_all || cell.find_first_of(std::string("\"\r\n") + style.delimiter) != std::string::npos;
      if (quoted) text += '"';
      for (const char byte : cell) text.append(byte == '"' ? 2 : 1, byte);
      if (quoted) text += '"';
    }
    if (r + 1 < rows.size() || style.last_line_end) text += style.line_end;
  }
  return text;
}

}  // namespace

TEST_CASE("well written tables read back exactly, whatever the style", "[csv][roundtrip]") {
  std::mt19937 random(4180);
  for (int round = 0; round < 40; ++round) {
    const Rows rows = random_table(random);
    for (const char delimiter : {',', ';', '\t', '|'})
      for (const char* line_end : {"\n", "\r\n", "\r"}) {
        const Style style{delimiter, line_end, random() % 3 == 0, random() % 2 == 0, random() % 4 == 0};
        const std::string text = written(rows, style);
        INFO("round " << round << "\n" << text);
        const auto source = memory_source(text);
        Reader reader(*source, "f.csv", {});
        int problems = 0;
        reader.on_problem([&](const Problem&) { ++problems; });
        Rows got;
        Record record;
        while (reader.next(record)) got.emplace_back(record.fields.begin(), record.fields.end());
        REQUIRE(reader.layout().dialect.delimiter == delimiter);
        REQUIRE(got == rows);
        REQUIRE(problems == 0);
      }
  }
}

}  // namespace csv_roundtrip_test
