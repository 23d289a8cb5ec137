// SPDX-License-Identifier: Apache-2.0
// Reading in blocks gives what reading record by record gives, whatever the text; vectors see what a plain loop sees.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>

#include "csv/block_rows.hpp"
#include "csv/clean_run.hpp"
#include "csv/masks.hpp"

namespace csv_blocks_test {

using namespace seatlint;
using namespace seatlint::csv;

namespace {

using Rows = std::vector<std::pair<std::uint64_t, std::vector<std::string>>>;

Rows one_by_one(const std::string& text) {
  const auto source = memory_source(text);
  Reader reader(*source, "one", {});
  Rows rows;
  for (Record record; reader.next(record);)
    rows.emplace_back(record.line, std::vector<std::string>(record.fields.begin(), record.fields.end()));
  return rows;
}

struct InBlocks {
  Rows rows;
  std::size_t blocks = 0;
};

InBlocks in_blocks(const std::string& text) {
  const auto source = memory_source(text);
  Reader reader(*source, "blocks", {});
  InBlocks out;
  Block block;
  std::string store;
  std::vector<std::string_view> fields;
  for (;;) {
    if (reader.next_block(block)) {
      ++out.blocks;
      const Dialect& dialect = reader.layout().dialect;
      for (BlockRows rows(block, dialect); rows.next();) {
        split_clean_record(rows.text(), dialect, fields, store);
        REQUIRE(fields.size() == rows.fields());
        for (std::size_t i = 0; i < std::min(fields.size(), BlockRows::most_fields); ++i) {
          const bool quoted = rows.raw(i).starts_with(dialect.quote);
          if (!quoted) REQUIRE(rows.raw(i) == fields[i]);
          if (quoted) REQUIRE(rows.raw(i).size() >= fields[i].size() + 2);
        }
        out.rows.emplace_back(rows.line(), std::vector<std::string>(fields.begin(), fields.end()));
      }
      continue;
    }
    Record record;
    if (!reader.next(record)) return out;
    out.rows.emplace_back(record.line, std::vector<std::string>(record.fields.begin(), record.fields.end()));
  }
}

/// Records of five fields, most of them plain; `dirt` of a thousand have something in them that is not clean.
std::string random_table(std::uint32_t seed, std::size_t bytes, unsigned dirt, bool crlf) {
  std::mt19937 random(seed);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  const std::vector<std::string> plain = {"", "a", "Sales EMEA", "2026-09-14T10:11:12Z", "anna.brown1@example.com",
                                          "7"};
  const std::vector<std::string> quoted = {"\"a, b\"", "\"say \"\"so\"\"\"", "\"two\nlines\"",
                                           "\"\"",     "\"\"\"\"",           "\"x\r\ny\""};
  const std::vector<std::string> dirty = {"5\" tube", "\"open\" end", "a\"b\"c", "x\ry", "\"lone\rcr\"", "\xC3\xA9"};
  std::string text = "time,user,event,detail,note\n";
  while (text.size() < bytes) {
    const unsigned fields = below(400) == 0 ? 3 + below(4) : 5;
    for (unsigned i = 0; i < fields; ++i) {
      if (i > 0) text += ',';
      const unsigned kind = below(1000);
      text += kind < dirt ? dirty[below(6)] : kind < 150 ? quoted[below(6)] : plain[below(6)];
    }
    if (below(3000) == 0) text += "\n";
    text += crlf ? "\r\n" : "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("vectors find what a plain loop finds") {
  std::mt19937 random(7);
  const std::string alphabet =
      ",,\"\"\n\r;a\\b \0"
      "x";
  std::string text(64 * 40, 'x');
  for (char& c : text) c = random() % 3 == 0 ? alphabet[random() % alphabet.size()] : static_cast<char>(random());
  for (const Dialect dialect : {Dialect{}, Dialect{';', '\'', '\\', false}, Dialect{'\t', '\0', '\0', false}}) {
    std::vector<Masks> fast(40), plain(40), borders(40);
    find_borders(text.data(), 40, dialect, borders.data());
    find_masks(text.data(), 40, dialect, fast.data());
    find_masks_plainly(text.data(), 40, dialect, plain.data());
    for (std::size_t i = 0; i < 40; ++i) {
      REQUIRE(fast[i].quote == plain[i].quote);
      REQUIRE(fast[i].delimiter == plain[i].delimiter);
      REQUIRE(fast[i].newline == plain[i].newline);
      REQUIRE(fast[i].carriage == plain[i].carriage);
      REQUIRE(fast[i].odd == plain[i].odd);
      REQUIRE(borders[i].quote == plain[i].quote);
      REQUIRE(borders[i].delimiter == plain[i].delimiter);
      REQUIRE(borders[i].newline == plain[i].newline);
    }
  }
}

TEST_CASE("a clean run ends before the record that is not clean") {
  const auto run = [](const std::string& text) {
    const CleanRun found = clean_run(text, {});
    return std::tuple(found.end, found.lines, found.stopped);
  };
  CHECK((run("a,b\nc,d\n") == std::tuple(8u, 2u, false)));
  CHECK((run("a,b\nc,d") == std::tuple(4u, 1u, false)));
  CHECK((run("a,b\r\n\"c\nd\",e\r\nx") == std::tuple(14u, 3u, false)));
  CHECK((run("a,b\nc\"c,d\ne,f\n") == std::tuple(4u, 1u, true)));
  CHECK((run("a,b\n\"c\"c,d\n") == std::tuple(4u, 1u, true)));
  CHECK((run("a,b\n\"c\"\" \"\",d\"\ne\n") == std::tuple(17u, 3u, false)));
  CHECK((run("a,b\n\nc,d\n") == std::tuple(4u, 1u, true)));
  CHECK((run("a,b\r\n\r\nc,d\n") == std::tuple(5u, 1u, true)));
  CHECK((run("a,b\nc\rd\n") == std::tuple(4u, 1u, true)));
  CHECK(run(std::string("a,b\nc\0,d\n", 9)) == std::tuple(4u, 1u, true));
  CHECK((run("\na,b\n") == std::tuple(0u, 0u, true)));
  CHECK((run("a,\"b\n") == std::tuple(0u, 0u, false)));
  for (std::size_t pad = 0; pad < 140; ++pad) {
    const std::string line = std::string(pad, 'p') + "\n";
    CHECK((run("a" + line + "b\"\n") == std::tuple(pad + 2, 1u, true)));
    CHECK((run("a" + line + "\"b\"\r\n") == std::tuple(pad + 7, 2u, false)));
    CHECK((run("\"a" + line + "\",\"b\"\n") == std::tuple(pad + 9, 2u, false)));
  }
}

TEST_CASE("blocks and records read the same") {
  std::size_t blocks = 0;
  for (std::uint32_t seed = 1; seed <= 24; ++seed) {
    const unsigned dirt = seed % 4 == 0 ? 20 : seed % 4 == 1 ? 1 : 0;
    const std::string text = random_table(seed, 700'000, dirt, seed % 3 == 0);
    const InBlocks fast = in_blocks(text);
    blocks += fast.blocks;
    const Rows slow = one_by_one(text);
    REQUIRE(fast.rows.size() == slow.size());
    for (std::size_t i = 0; i < slow.size(); ++i) REQUIRE(fast.rows[i] == slow[i]);
  }
  CHECK(blocks > 12);
}

TEST_CASE("records of however many fields are taken apart as they are split") {
  std::mt19937 random(3);
  const std::vector<std::string> cells = {"", "a", "\"\"", "\"a,\n\"\"b\"", "bc", "\"x\r\n\"", std::string(90, 'y')};
  std::string text;
  while (text.size() < 600'000) {
    const std::size_t fields = random() % 50 == 0 ? random() % 6000 : 1 + random() % (random() % 3 == 0 ? 400 : 9);
    text += "x";
    for (std::size_t i = 1; i < fields; ++i) text += "," + cells[random() % (random() % 2 == 0 ? 2 : cells.size())];
    text += random() % 2 == 0 ? "\r\n" : "\n";
  }
  Block block;
  block.memory.reset(static_cast<char*>(std::malloc(text.size() + 64)));
  std::copy(text.begin(), text.end(), block.memory.get());
  std::fill_n(block.memory.get() + text.size(), 64, '\n');  // whatever stands behind is none of its records
  block.end = text.size();
  block.line = 7;
  std::string store;
  std::vector<std::string_view> fields;
  std::size_t at = 0;
  std::uint64_t line = 7;
  for (BlockRows rows(block, {}); rows.next();) {
    REQUIRE((rows.begin() == at && rows.line() == line));
    at = rows.end();
    line += static_cast<std::uint64_t>(std::count(rows.text().begin(), rows.text().end(), '\n'));
    split_clean_record(rows.text(), {}, fields, store);
    REQUIRE(rows.fields() == fields.size());
    for (std::size_t i = 0; i < std::min(fields.size(), BlockRows::most_fields); ++i)
      if (rows.raw(i).starts_with('"') || rows.raw(i) != fields[i])
        REQUIRE(rows.raw(i).find(fields[i].substr(0, 2)) == (fields[i].empty() ? 0u : 1u));
  }
  CHECK(at == text.size());
}

}  // namespace csv_blocks_test
