// SPDX-License-Identifier: Apache-2.0
// A clean table is damaged in every way the Pollock data loading benchmark (Vitagliano et al., VLDB 2023) damages its
// own, one damage a file, and read without a hint. Loading is scored as there: header, records and cells as multisets,
// precision, recall and F1 of each, a point for loading at all.
#include <fmt/core.h>

#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "seatlint/csv.hpp"

namespace csv_pollution_test {

using namespace seatlint;
using namespace seatlint::csv;

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Style {
  std::string delimiter = ",", quote = "\"", escape = "\"", line_end = "\r\n";
};

// Products with commas, inch signs and apostrophes; the description and link always quoted, the comment always empty.
Rows clean_table() {
  const std::vector<std::string> things = {"Men's Hiking Boots",
                                           "Throw Pillow, Wooden Paddles",
                                           "Dining Table, Round 48\"",
                                           "Switch Fly Rods",
                                           "Kids' Bike, 24\"",
                                           "Men's Boxer, 5\" Inseam",
                                           "Leather Sofa",
                                           "Women's No-Show Socks"};
  const std::vector<std::string> texts = {
      "These boots are rugged enough for peak performance yet light, and quick enough, to keep feet dry.",
      "Great grip and breathability make these hikers ideal for warm, dry conditions.",
      "This rod can be used as either a traditional one-handed rod or as a two-handed rod. There isn't more.",
      "Amazingly crisp action and a light feel in our 8\\'9\" length fly rod, designed for her.",
      "For strong, lightweight comfort without bulk, our men's crewneck makes for an ideal first layer."};
  Rows rows{{"DATE", "TIME", "Qty", "PRODUCTID", "Price", "ProductType", "ProductDescription", "URL", "Comments"}};
  for (std::size_t i = 0; i < 83; ++i)
    rows.push_back({fmt::format("{:02}/{:02}/2018", 1 + i % 28, 1 + i % 12),
                    fmt::format("{:02}:{:02}", i % 24, i * 15 % 60), fmt::format("{}", i * 7 % 31),
                    fmt::format("RI-{}", 1000 + i * 37), fmt::format("${}.{:02}", i + 3, i % 100),
                    things[i % things.size()], texts[i * 3 % texts.size()],
                    fmt::format("https://www.example.com/product/RI_{}.html", 1000 + i * 37), ""});
  return rows;
}

bool always_quoted(std::size_t column) { return column == 6 || column == 7; }

std::string cell_text(const std::string& value, std::size_t column, const Style& style) {
  const bool quoted =
      always_quoted(column) || value.find(',') != std::string::npos || value.find('"') != std::string::npos;
  if (!quoted) return value;
  std::string out = style.quote;
  for (const char c : value) {
    if (std::string(1, c) == style.quote) out += style.escape;
    out += c;
  }
  return out + style.quote;
}

// One row as its cells and what stands between them, so that either can be damaged.
struct Parts {
  std::vector<std::string> cells, between;
  std::string line_end;
};

std::vector<Parts> parts_of(const Rows& rows, const Style& style) {
  std::vector<Parts> all;
  for (const auto& row : rows) {
    Parts parts;
    for (std::size_t c = 0; c < row.size(); ++c) parts.cells.push_back(cell_text(row[c], c, style));
    parts.between.assign(row.size() - 1, style.delimiter);
    parts.line_end = style.line_end;
    all.push_back(std::move(parts));
  }
  return all;
}

std::string text_of(const std::vector<Parts>& all) {
  std::string text;
  for (const Parts& parts : all) {
    for (std::size_t c = 0; c < parts.cells.size(); ++c)
      text += parts.cells[c] + (c < parts.between.size() ? parts.between[c] : "");
    text += parts.line_end;
  }
  return text;
}

Rows load(const std::string& text, std::vector<Problem>* problems = nullptr) {
  Options options;
  options.keep_unterminated = true;
  const auto source = memory_source(text);
  Reader reader(*source, "polluted.csv", options);
  reader.on_problem([&](const Problem& p) {
    if (problems != nullptr) problems->push_back(p);
  });
  Rows rows;
  Record record;
  while (reader.next(record)) rows.emplace_back(record.fields.begin(), record.fields.end());
  return rows;
}

// Empty where they are alike, else the first row that differs: whole tables are too much to read.
std::string difference(const Rows& got, const Rows& want) {
  for (std::size_t r = 0; r < std::max(got.size(), want.size()); ++r) {
    if (r < got.size() && r < want.size() && got[r] == want[r]) continue;
    std::string text = fmt::format("row {} of {}, want {}:", r, got.size(), want.size());
    for (const std::string& cell : r < got.size() ? got[r] : std::vector<std::string>()) text += " [" + cell + "]";
    return text;
  }
  return {};
}

using Bag = std::map<std::string, int>;

double three_measures(const Bag& want, const Bag& got) {
  double both = 0, wanted = 0, loaded = 0;
  for (const auto& [key, n] : want) {
    wanted += n;
    const auto found = got.find(key);
    if (found != got.end()) both += std::min(n, found->second);
  }
  for (const auto& [key, n] : got) loaded += n;
  if (wanted == 0) return 3;
  if (both == 0) return 0;
  const double p = both / wanted, r = both / loaded;
  return p + r + 2 * p * r / (p + r);
}

double score(const Rows& want, const Rows& got, bool header = true) {
  Bag bags[6];
  for (int side = 0; side < 2; ++side) {
    const Rows& rows = side == 0 ? want : got;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      std::string joined;
      for (const std::string& cell : rows[r]) {
        joined += cell;
        ++bags[side * 3 + (r == 0 && header ? 0 : 2)][cell];
      }
      if (r > 0 || !header) ++bags[side * 3 + 1][joined];
    }
  }
  return 1 + three_measures(bags[0], bags[3]) + three_measures(bags[1], bags[4]) + three_measures(bags[2], bags[5]);
}

}  // namespace

TEST_CASE("polluted: the whole file written another way", "[csv][pollution]") {
  const Rows clean = clean_table();
  for (const Style& style :
       {Style{}, Style{";", "\"", "\"", "\r\n"}, Style{"\t", "\"", "\"", "\n"}, Style{"|", "\"", "\"", "\n"},
        Style{", ", "\"", "\"", "\r\n"}, Style{",", "\"", "\"", "\n"}, Style{",", "\"", "\"", "\r"},
        Style{",", "'", "'", "\r\n"}, Style{"^", "\"", "\"", "\r\n"}}) {
    INFO("delimiter " << style.delimiter << " quote " << style.quote << " line end " << style.line_end.size());
    CHECK(difference(load(text_of(parts_of(clean, style))), clean) == "");
  }
}

TEST_CASE("polluted: quotes inside escaped by a backslash or not at all", "[csv][pollution]") {
  const Rows clean = clean_table();
  CHECK(difference(load(text_of(parts_of(clean, {",", "\"", "\\", "\r\n"}))), clean) == "");
  CHECK(difference(load(text_of(parts_of(clean, {",", "\"", "", "\r\n"}))), clean) == "");
}

TEST_CASE("polluted: line ends, no end, two ends, few rows, no header", "[csv][pollution]") {
  Rows clean = clean_table();
  auto parts = parts_of(clean, {});
  parts.back().line_end = "";
  CHECK(difference(load(text_of(parts)), clean) == "");
  parts.back().line_end = "\r\n\r\n";
  CHECK(difference(load(text_of(parts)), clean) == "");
  for (std::size_t r = 0; r < parts.size(); ++r) parts[r].line_end = r % 3 == 0 ? "\n" : r % 3 == 1 ? "\r" : "\r\n";
  CHECK(difference(load(text_of(parts)), clean) == "");
  const Rows header(clean.begin(), clean.begin() + 1), one(clean.begin(), clean.begin() + 2);
  CHECK(difference(load(text_of(parts_of(header, {}))), header) == "");
  CHECK(difference(load(text_of(parts_of(one, {}))), one) == "");
  clean.erase(clean.begin());
  CHECK(difference(load(text_of(parts_of(clean, {}))), clean) == "");
}

TEST_CASE("polluted: a preamble", "[csv][pollution]") {
  const Rows clean = clean_table();
  const std::string table = text_of(parts_of(clean, {}));
  CHECK(difference(load("PREAMBLE,,,,,,,,\r\n,,,,,,,,\r\n" + table), clean) == "");
  CHECK(difference(load("Sales report\r\nGenerated 2026-09-30\r\n\r\n" + table), clean) == "");
  CHECK(difference(load("Sales report\r\n" + table), clean) == "");
  CHECK(difference(load("# exported by a tool, v2\r\n" + table), clean) == "");
  CHECK(difference(load("sep=,\r\n" + table), clean) == "");
}

TEST_CASE("polluted: a quote too many in one cell", "[csv][pollution]") {
  const Rows clean = clean_table();
  for (std::size_t r = 0; r < clean.size(); ++r)
    for (std::size_t c = 0; c < clean[r].size(); ++c) {
      auto parts = parts_of(clean, {});
      std::string& cell = parts[r].cells[c];
      cell.insert(cell.starts_with('"') ? 1 : 0, "\"");
      Rows want = clean;
      want[r][c].insert(0, "\"");
      std::vector<Problem> problems;
      INFO("row " << r << " column " << c);
      REQUIRE(difference(load(text_of(parts), &problems), want) == "");
      REQUIRE_FALSE(problems.empty());
    }
}

TEST_CASE("polluted: a delimiter too many or too few", "[csv][pollution]") {
  const Rows clean = clean_table();
  double more = 0, fewer = 0;
  int files = 0;
  for (std::size_t r = 0; r < clean.size(); ++r)
    for (std::size_t c = 1; c < clean[r].size(); ++c, ++files) {
      auto parts = parts_of(clean, {});
      parts[r].between[c - 1] = ",,";
      Rows want = clean;
      want[r].insert(want[r].begin() + static_cast<std::ptrdiff_t>(c), "");
      INFO("row " << r << " column " << c);
      const Rows got = load(text_of(parts));
      REQUIRE(difference(got, want) == "");
      more += score(clean, got);
      parts[r].between[c - 1] = "";
      const double lost = score(clean, load(text_of(parts)));
      CHECK(lost > (r == 0 ? 9.4 : 9.8));
      fewer += lost;
    }
  CHECK(more / files > 9.99);
  CHECK(fewer / files > 9.97);
}

TEST_CASE("polluted: one row with another delimiter", "[csv][pollution]") {
  const Rows clean = clean_table();
  for (const char* delimiter : {" ", ";"})
    for (std::size_t r = 0; r < clean.size(); ++r) {
      auto parts = parts_of(clean, {});
      parts[r].between.assign(8, delimiter);
      INFO("row " << r << " delimiter " << delimiter);
      const Rows got = load(text_of(parts));
      REQUIRE(got.size() == clean.size());
      CHECK((r == 0 || score(clean, got) > 9.9));
    }
}

TEST_CASE("polluted: another table below the first", "[csv][pollution]") {
  const Rows clean = clean_table();
  const std::string table = text_of(parts_of(clean, {}));
  for (const std::size_t columns : {std::size_t{8}, std::size_t{10}}) {
    Rows other = clean;
    for (auto& row : other) row.resize(columns);
    if (columns > clean[0].size()) other[0].back() = "col1";
    const std::string text = table + text_of(parts_of(other, {}));
    const auto source = memory_source(text);
    Reader reader(*source, "polluted.csv", {});
    std::ostringstream out;
    const RowsResult result = print_rows_json(reader, out);
    CHECK(result.rows == clean.size());
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].kind == Problem::Kind::second_table);
    CHECK(result.problems[0].line == clean.size() + 1);
  }
  // The same header again: pieces of one table.
  const std::string twice = table + table;
  CHECK(load(twice).size() == 2 * clean.size());
}

TEST_CASE("polluted: single quotes around text with apostrophes", "[csv][pollution]") {
  const Rows clean = clean_table();
  auto parts = parts_of(clean, {});
  for (std::size_t r = 0; r < parts.size(); ++r)
    for (std::size_t c = 0; c < parts[r].cells.size(); ++c)
      if (parts[r].cells[c].starts_with('"')) parts[r].cells[c] = "'" + clean[r][c] + "'";
  CHECK(difference(load(text_of(parts)), clean) == "");
}

}  // namespace csv_pollution_test
