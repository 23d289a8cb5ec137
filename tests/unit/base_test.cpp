// SPDX-License-Identifier: Apache-2.0
// Days, money and text: the leaf values everything else counts with.
#include "seatlint/base.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <utility>

#include "base/ascii.hpp"
#include "base/toml_text.hpp"
#include "seatlint/facts.hpp"

namespace base_test {

using namespace seatlint;

TEST_CASE("days parse strictly and round-trip") {
  for (const char* text : {"1970-01-01", "2024-02-29", "2026-09-30", "9999-12-31", "1600-01-01"})
    CHECK(to_string(parse_day(text).value()) == text);
  for (const char* text :
       {"2023-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-01 ", "2026/01/01", ""})
    CHECK_FALSE(parse_day(text));
  CHECK(make_day(2026, 3, 1) - make_day(2026, 2, 28) == 1);
  CHECK(make_day(1970, 1, 1).days == 0);
}

TEST_CASE("money is read as people write it") {
  CHECK(parse_money("95.00 USD") == Money{9500, "USD"});
  CHECK(parse_money("USD 95") == Money{9500, "USD"});
  CHECK(parse_money("$1260") == Money{126000, "USD"});
  CHECK(parse_money("1.260,50 EUR") == Money{126050, "EUR"});
  CHECK(parse_money("1,260.5", "GBP") == Money{126050, "GBP"});
  CHECK(parse_money("1,260 USD") == Money{126000, "USD"});
  CHECK(parse_money("€ 8,5") == Money{850, "EUR"});
  CHECK(parse_money("1 234,50 €") == Money{123450, "EUR"});
  CHECK(parse_money("1\u202F234,50\u00A0€") == Money{123450, "EUR"});
  CHECK(parse_money("CHF 1'234.50") == Money{123450, "CHF"});
  CHECK(parse_money("US$95.50") == Money{9550, "USD"});
  CHECK_FALSE(parse_money("12 34 USD"));
  CHECK(parse_money("1200 JPY") == Money{1200, "JPY"});
  CHECK(parse_money("-5.00 USD") == Money{-500, "USD"});
  CHECK(parse_money("0.0400 USD") == Money{4, "USD"});
}

TEST_CASE("what is no amount stays unknown") {
  for (const char* text : {"", "USD", "12", "abc USD", "1.2.3 USD", "12.345 USD", "1,2,3 USD", "12.5 JPY", "- USD",
                           "1e5 USD", "99999999999999999999 USD"})
    CHECK_FALSE(parse_money(text));
}

TEST_CASE("money is shown with groups and the currency's decimals") {
  CHECK(to_string(Money{123456789, "USD"}) == "1,234,567.89 USD");
  CHECK(to_string(Money{-5, "USD"}) == "-0.05 USD");
  CHECK(to_string(Money{9500, "USD"}, true) == "95 USD");
  CHECK(to_string(Money{9550, "USD"}, true) == "95.50 USD");
  CHECK(to_string(Money{1200, "JPY"}) == "1,200 JPY");
  CHECK(to_string(Money{INT64_MIN, "USD"}).starts_with("-92,233,720,368,547,758.08"));
}

TEST_CASE("names compare without case, blanks and byte order marks") {
  CHECK(normalize_name("  Application\u00a0 ID ") == "application id");
  CHECK(normalize_name("\ufeffUser ID") == "user id");
  CHECK(fold_case("STRASSE ÄÖÜ") == "strasse äöü");
  std::string kept = "what was there before, and longer than the next";
  fold_case("STRASSE \xFF", kept);
  CHECK(kept == "STRASSE \xFF");
  for (std::size_t size = 0; size < 20; ++size)
    for (int c = 1; c < 0x80; ++c) {
      const std::string text(size, static_cast<char>(c));
      const bool letter = c >= 'A' && c <= 'Z';
      fold_case(text, kept);
      REQUIRE(kept == std::string(size, static_cast<char>(letter ? c + 32 : c)));
    }
  CHECK(trim("\t a b \u2003") == "a b");
  CHECK(trim("\xff\xfe") == "\xff\xfe");
}

TEST_CASE("nothing from a file moves the cursor") {
  CHECK(printable("plain") == "plain");
  CHECK(printable("\x1b[31mred") == "\\x1b[31mred");
  CHECK(printable("a\u202eb") == "a\\u{202e}b");
  CHECK(printable("line\nfeed") == "line\\x0afeed");
  CHECK(printable("\xc3") == "\\xc3");
  CHECK(printable("é€") == "é€");
}

TEST_CASE("one byte beyond ASCII is found wherever it stands") {
  for (std::size_t size = 0; size < 40; ++size) {
    std::string text(size, 'a');
    REQUIRE(is_ascii(text));
    for (char& byte : text) {
      byte = '\x80';
      REQUIRE_FALSE(is_ascii(text));
      byte = '\x7F';
      REQUIRE(is_ascii(text));
    }
  }
}

TEST_CASE("globs") {
  CHECK(glob_match("svc-*", "SVC-erp"));
  CHECK(glob_match("*rep*", "Sales Rep II"));
  CHECK(glob_match("j?hn", "jöhn"));
  CHECK_FALSE(glob_match("svc-*", "mysvc-1"));
  CHECK_FALSE(glob_match("", "x"));
  CHECK(glob_match("*", ""));
  CHECK_FALSE(glob_match(std::string(60, '*') + "b", std::string(5000, 'a')));
}

TEST_CASE("did you mean") {
  const std::vector<std::string> words{"idle", "never-used", "downgrade"};
  CHECK(nearest("ilde", words) == "idle");
  CHECK(nearest("down", words) == "downgrade");
  CHECK_FALSE(nearest("xyzzy", words));
}

TEST_CASE("the nearest word is the one a plain table of distances finds, the first of equals whatever the order") {
  const auto distance = [](const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      std::size_t diagonal = std::exchange(row[0], i);
      for (std::size_t j = 1; j <= b.size(); ++j)
        diagonal =
            std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)}));
    }
    return row.back();
  };
  std::mt19937 dice(7);
  const auto below = [&](std::size_t n) { return dice() % n; };
  int found = 0;
  for (int round = 0; round < 400; ++round) {
    std::string word(1 + below(round % 4 == 0 ? 90 : 12), 'a');
    for (char& c : word) c = static_cast<char>('a' + below(3));
    std::vector<std::string> candidates;
    for (int i = 0; i < 30; ++i) {
      std::string other = word;
      for (std::size_t edits = below(1 + word.size() / 2); edits > 0; --edits) {
        const std::size_t at = below(other.size() + 1);
        if (below(2) == 0) other.insert(at, 1, static_cast<char>('a' + below(3)));
        if (at < other.size()) other[at] = 'd';
      }
      candidates.push_back("d" + other);  // never a word that begins with what was typed
    }
    std::optional<std::string> best;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    std::set<std::string> sorted(candidates.begin(), candidates.end());
    for (const std::string& other : sorted)
      if (const std::size_t away = distance(word, other); away < least) least = away, best = other;
    INFO(word);
    CHECK(nearest(word, candidates) == best);
    found += best ? 1 : 0;
  }
  CHECK(found > 200);
}

TEST_CASE("SHA-256 of known texts") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 hash;
  hash.update("a");
  hash.update("bc");
  CHECK(hash.hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("day sets do not depend on the order of insertion") {
  const Day day = make_day(2026, 7, 3);
  DayBits forward, backward;
  for (int i = 0; i < 40; i += 3) forward.add(day + i);
  for (int i = 39; i >= 0; i -= 3) backward.add(day + i);
  CHECK(forward.base == backward.base);
  CHECK(forward.bits == backward.bits);
  CHECK(forward.first() == day);
  CHECK(forward.last() == day + 39);
  CHECK(forward.count() == 14);
  CHECK(forward.test(day + 3));
  CHECK_FALSE(forward.test(day + 4));
  CHECK(forward.last_until(day + 5) == day + 3);
  CHECK_FALSE(forward.last_until(day - 1));
  CHECK(forward.count_in({day + 1, day + 9}) == 3);
}

TEST_CASE("day sets merge and end") {
  const Day day = make_day(2026, 1, 1);
  DayBits a, b;
  a.add(day + 20);
  b.add(day);
  b.add(day + 100);
  DayBits both = a, other = b;
  both.merge(b.view());
  other.merge(a.view());
  CHECK(both.bits == other.bits);
  CHECK(both.count() == 3);
  both.truncate_after(day + 20);
  CHECK(both.last() == day + 20);
  both.truncate_after(day - 1);
  CHECK(both.empty());
}

TEST_CASE("letters beyond ASCII are for strings and comments of TOML") {
  const auto says = [](std::string_view toml) -> std::string {
    try {
      refuse_unquoted_letters(toml, "p.toml");
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  };
  CHECK(says("\xEF\xBB\xBF# é\na = 'é' # é\n\"é\" = \"\\\"é\"\nb = \"\"\"\né \\\n  a\"é\"\"\"\"\nc = '''\\\né'''")
            .empty());
  CHECK(says("a = 1\né = 2").starts_with("p.toml:2:1: "));
  CHECK(says("\"é\" = 1 \xC2\xA0").starts_with("p.toml:1:9: "));
  CHECK(says("a = \"\"\"x\\\n  é\"\"\"").starts_with("p.toml:2:3: "));
  CHECK(says("[x.\"é\"]\na = [\n  \"é\", { b = 'é' },\n]").empty());
  CHECK(says("a = [[1, 'é'], { b = 1, \"é\" = [ 'é' ] }]\n\"é\" = 'é'").empty());
  CHECK(says("a = 1-{'é'").starts_with("p.toml:1:9: "));
  CHECK(says("a = { b = 1='é' }").starts_with("p.toml:1:14: "));
  CHECK(says("a = 1.\"é\"").starts_with("p.toml:1:8: "));
  CHECK(says("a = \"open\né = 2").starts_with("p.toml:2:1: "));
}

}  // namespace base_test
