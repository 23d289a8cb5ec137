// SPDX-License-Identifier: Apache-2.0
// Cutting, wrapping and aligning by display width.
#include <catch2/catch.hpp>

#include "report/amounts.hpp"
#include "report/layout.hpp"
#include "seatlint/base.hpp"

namespace terminal_layout_test {

using namespace seatlint;

namespace {

std::string flat(const Cells& line) {
  std::string text;
  for (const Cell& cell : line) text += cell.text;
  return text;
}

}  // namespace

TEST_CASE("shortening keeps what fits and never needs more than the width") {
  CHECK(shorten_end("short", 5) == "short");
  CHECK(shorten_end("longer", 5) == "long…");
  CHECK(shorten_middle("Sales Enterprise", 16) == "Sales Enterprise");
  for (const std::string text :
       {"Customer Service Enterprise Attach", "株式会社日本語の名前", "e\xcc\x81x\xcc\x81y\xcc\x81z\xcc\x81w\xcc\x81",
        "Sales Enterprise → Team Members", ""})
    for (int width = 0; width < 40; ++width) {
      CHECK(display_width(shorten_middle(text, width)) <= std::max(width, 0));
      CHECK(display_width(shorten_end(text, width)) <= std::max(width, 0));
    }
}

TEST_CASE("shortening in the middle keeps endings apart, at words where it can") {
  CHECK(shorten_middle("Customer Service Enterprise", 20) == "Customer…Enterprise");
  CHECK(shorten_middle("Customer Service Enterprise Attach", 20) !=
        shorten_middle("Customer Service Professional Attach", 20));
  CHECK(shorten_middle("Sales Enterprise → Team Members", 24) == "Sales…rise → Team…mbers");
}

TEST_CASE("combining marks stay with their letter") { CHECK(shorten_end("ae\xcc\x81iou", 3) == "ae\xcc\x81…"); }

TEST_CASE("wrapping breaks at blanks, and inside a word only where it must") {
  CHECK(wrapped("one two three", 9) == std::vector<std::string>{"one two", "three"});
  CHECK(wrapped("abcdefghijkl mn", 8) == std::vector<std::string>{"abcdefgh", "ijkl mn"});
  CHECK(wrapped("", 20) == std::vector<std::string>{""});
}

TEST_CASE("a table aligns wide characters, cuts the widest column and leaves no blanks at line ends") {
  TextTable table({{"name", Column::Align::left, Column::Cut::end, 4}, {"n", Column::Align::right}, {"note"}});
  table.add({{"株式会社"}, {"1"}, {}});
  table.add({{"plain"}, {"1,234"}, {"x"}});
  table.add_line({"across"});
  const auto lines = table.lines(40, 1);
  REQUIRE(lines.size() == 4);
  CHECK(flat(lines[0]) == " name          n  note");
  CHECK(flat(lines[1]) == " 株式会社      1");
  CHECK(flat(lines[2]) == " plain     1,234  x");
  CHECK(flat(lines[3]) == " across");
  for (const Cells& line : table.lines(16, 1)) CHECK(display_width(flat(line)) <= 18);
}

TEST_CASE("bars: something is never nothing, and nothing is longer than the whole") {
  CHECK(bar(0, 100, 10).empty());
  CHECK(bar(-5, 100, 10).empty());
  CHECK(bar(1, 1000000, 10) == "▏");
  CHECK(display_width(bar(200, 100, 10)) == 10);
  CHECK(display_width(bar(9'000'000'000'000'000'000, 9'000'000'000'000'000'000, 10)) == 10);
}

TEST_CASE("figures") {
  CHECK(grouped(-1234567) == "-1,234,567");
  CHECK(amount(123456, "USD") == "1,234.56");
  CHECK(amount(123456, "JPY") == "123,456");
  CHECK(plain_amount({123456789, "KWD"}) == "123456.789");
  CHECK(percent(1, 1000) == "<1%");
  CHECK(percent(999, 1000) == "99%");
  CHECK(percent(0, 10) == "0%");
  CHECK(percent(-1, 4) == "-25%");
  CHECK(percent(5, 0).empty());
  CHECK(counted(1, "seat") == "1 seat");
  CHECK(counted(2000, "seat") == "2,000 seats");
  CHECK(a_year(INT64_MAX) > 0);
}

}  // namespace terminal_layout_test
