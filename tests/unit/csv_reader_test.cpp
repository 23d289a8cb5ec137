// SPDX-License-Identifier: Apache-2.0
// The streaming reader against the plain reference reader on random texts and buffer sizes, its limits, and what it
// reports. The grammar itself is spelled out in csv_grammar_test.cpp.
#include <catch2/catch.hpp>
#include <random>

#include "csv/reference_reader.hpp"
#include "csv/scan.hpp"
#include "seatlint/csv.hpp"

namespace csv_reader_test {

using namespace seatlint;
using namespace seatlint::csv;

namespace {

// Gives its text in pieces of random size, as pipes and decompressors do.
class TricklingSource : public ByteSource {
 public:
  TricklingSource(std::string_view text, std::mt19937& random, std::size_t most)
      : text_(text), random_(random), most_(most) {}
  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t piece = std::uniform_int_distribution<std::size_t>(1, most_)(random_);
    const std::size_t n = std::min({capacity, text_.size(), piece});
    std::copy_n(text_.data(), n, buffer);
    text_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view text_;
  std::mt19937& random_;
  std::size_t most_;
};

std::vector<ReferenceRecord> read_all(Reader& reader) {
  std::vector<ReferenceRecord> records;
  bool unterminated = false;
  reader.on_problem(
      [&](const Problem& p) { unterminated = unterminated || p.kind == Problem::Kind::unterminated_quote; });
  Record record;
  while (reader.next(record))
    records.push_back({{record.fields.begin(), record.fields.end()}, record.line, record.blank_before, unterminated});
  return records;
}

std::string random_text(std::mt19937& random, std::string_view alphabet, std::size_t size) {
  std::string text;
  std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1);
  while (text.size() < size) text += alphabet[pick(random)];
  return text;
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

std::string error_of(std::string_view text, Options options = {}, Error::Kind kind = Error::Kind::usage) {
  try {
    const auto source = memory_source(text);
    Reader reader(*source, "f.csv", options);
    Record record;
    while (reader.next(record)) {
    }
  } catch (const Error& error) {
    CHECK(error.kind() == kind);
    return error.what();
  }
  return "no error";
}

void compare(std::string_view text, std::mt19937& random, std::size_t most, Options options) {
  options.keep_unterminated = true;
  TricklingSource source(text, random, most);
  Reader reader(source, "random", options);
  const auto got = read_all(reader);
  const auto want = read_plainly(text, reader.layout());
  INFO(text.substr(0, 400));
  REQUIRE(got == want);
}

}  // namespace

TEST_CASE("the streaming reader agrees with the reference on random texts", "[csv]") {
  std::mt19937 random(20260930);
  const std::string_view alphabets[] = {"ab,\"\n", "a,\"\"\n\r",  "ab;\"\n\n", "a,'\n\"",
                                        "a, \"\n", "a\t\"\r\n\\", "ab,\"\n\\"};
  for (int round = 0; round < 6000; ++round) {
    const std::string_view alphabet = alphabets[static_cast<std::size_t>(round) % std::size(alphabets)];
    Options options;
    if (round % 3 == 0) options.delimiter = ',';
    compare("x" + random_text(random, alphabet, 1 + random() % 120), random, 1 + random() % 40, options);
  }
}

TEST_CASE("the streaming reader agrees with the reference across blocks", "[csv]") {
  std::mt19937 random(7);
  // Longer than the sample, so that records, quotes and line ends fall on every kind of border.
  for (const std::string_view piece :
       {"a,b,c\r\n", "1,\"two \"\"2\"\"\r\nlines\",3\r\n", "x,\"y\",z\n", "a,b,\"c\"\r"}) {
    std::string text = repeated(piece, (1u << 20) + 300'000);
    text += random_text(random, "ab,\"\n", 2000);
    compare(text, random, 70'000, {});
  }
}

TEST_CASE("a quoted field may be longer than any block", "[csv]") {
  std::mt19937 random(8);
  const std::string field = repeated("long text, with \"\"quotes\"\" and\nlines ", 3u << 20);
  compare("a,b\n1,\"" + field + "\"\n2,x\n", random, 1u << 20, {});
}

TEST_CASE("the vector scanner finds what the plain one finds", "[csv]") {
  std::mt19937 random(9);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = random_text(random, "abcdefgh,\"\n\r\\\xE9", random() % 300);
    const std::size_t from = text.empty() ? 0 : random() % text.size();
    std::vector<std::uint32_t> fast, plain;
    const Specials specials{',', round % 2 == 0 ? '"' : '\0', round % 3 == 0 ? '\\' : '\0'};
    find_specials(text.data(), from, text.size(), specials, fast);
    find_specials_plainly(text.data(), from, text.size(), specials, plain);
    REQUIRE(fast == plain);
  }
}

TEST_CASE("a file cut inside a quoted field names the line where the quote opened", "[csv]") {
  CHECK(error_of("id,note\n1,ok\n2,\"begins here\nand goes on", {}, Error::Kind::try_again) ==
        "f.csv: the file ends inside a quoted field that opened on line 3: it is cut or still being written; fetch it "
        "again");
}

TEST_CASE("a cut file gives what it has where the caller wants that", "[csv]") {
  Options options;
  options.keep_unterminated = true;
  const auto source = memory_source("id,note\n1,ok\n2,\"begins here\nand goes on");
  Reader reader(*source, "f.csv", options);
  const auto records = read_all(reader);
  REQUIRE(records.size() == 3);
  CHECK(records[2].fields == std::vector<std::string>{"2", "begins here\nand goes on"});
  CHECK(records[2].unterminated);
}

TEST_CASE("limits end in errors that name the line", "[csv]") {
  Options options;
  options.max_field_bytes = 1u << 20;
  CHECK(error_of("a,b\n1,2\n3,\"" + repeated("no end ", 8u << 20), options) ==
        "f.csv: the quoted field that opened on line 3 is longer than 1 MiB: its quote never closes, or the file is no "
        "CSV");
  CHECK(
      error_of("a,b\n1," + repeated("0123456789", 8u << 20), options).find("a field on line 2 is longer than 1 MiB") !=
      std::string::npos);
  options.max_columns = 1000;
  CHECK(error_of(repeated("a,", 4000), options) == "f.csv: line 1 has more than 1000 columns");
}

TEST_CASE("problems carry line and column", "[csv]") {
  using namespace std::string_view_literals;
  const std::string_view text = "a,b,c\n1,2,3\nx,y\"z,w\n4,\"5\" 6,7\n\0,8,9\n"sv;
  const auto source = memory_source(text);
  Reader reader(*source, "f.csv", {});
  std::vector<std::string> seen;
  reader.on_problem([&](const Problem& p) {
    seen.push_back(std::to_string(p.line) + ":" + std::to_string(p.column) + " " + p.says);
  });
  Record record;
  while (reader.next(record)) {
  }
  CHECK(seen == std::vector<std::string>{"3:2 1 quote inside a field is kept as it stands",
                                         "4:2 2 quotes inside a field are kept as they stand",
                                         "5:1 a NUL byte is kept in the field"});
  CHECK(reader.lines() == 6);
  CHECK(reader.bytes() == text.size());
}

TEST_CASE("wide and tiny rows stay exact", "[csv]") {
  const std::string wide = repeated("a,", 200'000 - 2) + "a\n";
  const auto source = memory_source(wide);
  Reader reader(*source, "f.csv", {});
  Record record;
  REQUIRE(reader.next(record));
  CHECK(record.fields.size() == 100'000);
  const std::string tiny = repeated("x\n", 2'000'000);
  const auto rows = memory_source(tiny);
  Reader tiny_reader(*rows, "f.csv", {});
  std::uint64_t count = 0;
  while (tiny_reader.next(record)) ++count;
  CHECK(count == 1'000'000);
  CHECK(record.line == 1'000'000);
}

}  // namespace csv_reader_test
