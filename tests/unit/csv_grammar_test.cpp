// SPDX-License-Identifier: Apache-2.0
// The grammar as tables: RFC 4180 and its everyday breaches as csv-spectrum, Papa Parse, rust-csv, CPython and CSV on
// the Web see them, in own words. Records are written `field|field`, lines end with `/`; `!` marks what is reported.
#include <catch2/catch.hpp>

#include "seatlint/csv.hpp"

namespace csv_grammar_test {

using namespace seatlint;
using namespace seatlint::csv;

namespace {

std::string read(std::string_view text, Options options = {}) {
  options.keep_unterminated = true;
  const auto source = memory_source(text);
  Reader reader(*source, "f.csv", std::move(options));
  bool reported = false;
  reader.on_problem([&](const Problem&) { reported = true; });
  std::string out;
  Record record;
  while (reader.next(record)) {
    for (std::size_t i = 0; i < record.fields.size(); ++i) out.append(i == 0 ? "" : "|").append(record.fields[i]);
    out += '/';
  }
  return out + (reported ? "!" : "");
}

struct Case {
  std::string_view text, want;
};

void check(std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(read(c.text) == c.want);
  }
}

}  // namespace

TEST_CASE("plain records", "[csv][grammar]") {
  check({{"a,b,c", "a|b|c/"},
         {"a,b,c\n", "a|b|c/"},
         {"a,b,c\nd,e,f", "a|b|c/d|e|f/"},
         {"a,b\r\nc,d\r\n", "a|b/c|d/"},
         {"a,b\rc,d\r", "a|b/c|d/"},
         {"a,b\nc,d\r\ne,f\rg,h", "a|b/c|d/e|f/g|h/"},
         {"a,\tb ,c", "a|\tb |c/"},
         {",", "|/"},
         {",,\n,,,", "||/|||/"},
         {"a,b,,,c\n,,e,,", "a|b|||c/||e||/"},
         {"Abc def", "Abc def/"},
         {"a\n b\nc", "a/ b/c/"},
         {"a,b,\nc,d,\n", "a|b|/c|d|/"},
         {"a,b\nc\nd,e,f\n", "a|b/c/d|e|f/"},
         {"名,b\nü,é\n", "名|b/ü|é/"}});
}

TEST_CASE("blank lines are no records", "[csv][grammar]") {
  check({{"\n\na,b\n\nc,d\n\n\n", "a|b/c|d/"}, {"a\n\r\n\rb\n", "a/b/"}, {"\n", ""}, {"a,b\n\"\"\n", "a|b//"}});
}

TEST_CASE("quoted fields", "[csv][grammar]") {
  check({{"A,\"B\",C", "A|B|C/"},
         {"A,\" B  \",C", "A| B  |C/"},
         {"A,\"B,B\",C", "A|B,B|C/"},
         {"A,\"B\nB\",C", "A|B\nB|C/"},
         {"A,\"B\r\nB\",\"C\rC\"", "A|B\r\nB|C\rC/"},
         {"a,b,\"c,c\nc\"\nd,e,f", "a|b|c,c\nc/d|e|f/"},
         {"A,\"B\"\"B\"\"B\",C", "A|B\"B\"B|C/"},
         {"A,\"\"\"B\"\"\",C", "A|\"B\"|C/"},
         {"A,\"\"\",\"\"\",C", "A|\",\"|C/"},
         {"A,\",\"\"\",C", "A|,\"|C/"},
         {"A,\"\"\",\",C", "A|\",|C/"},
         {"\"1\",\"cnonce=\"\"\"\",nc=\"\"\"\"\",\"2\"", "1|cnonce=\"\",nc=\"\"|2/"},
         {"a,b,\"\"\na,b,\"\"", "a|b|/a|b|/"},
         {"\"\",\"\"\n1,2\n", "|/1|2/"},
         {"a,b,c\n,\"h\",\"i\"\n,\"k\",\"l\"", "a|b|c/|h|i/|k|l/"},
         {"a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", "a|b/1|ha \"ha\" ha/3|4/"},
         {"key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [1.5, 2]}\"\n",
          "key|val/1|{\"type\": \"Point\", \"at\": [1.5, 2]}/"},
         {"\"a\"\"\",\"\"\"b\"\n", "a\"|\"b/"},
         {"\"\"\"\"\n", "\"/"},
         {"\"a\n\n\nb\"\nc\n", "a\n\n\nb/c/"}});
}

TEST_CASE("breaches are read sensibly and never silently", "[csv][grammar]") {
  check({{"A,B \"B\",C", "A|B \"B\"|C/!"},
         {"A,B\",C", "A|B\"|C/!"},
         {"A, \"B\" ,C", "A| \"B\" |C/!"},
         {"A,\"B\" ,C,D\r\nE,F,\"G\"  ,H", "A|B|C|D/E|F|G|H/!"},
         {"A,B,C,\"D\" \r\nE,F,G,\"H\"  \r\nQ,W,E,R", "A|B|C|D/E|F|G|H/Q|W|E|R/!"},
         {"\"a,\"b,c\"\nd,e,f", "a,\"b,c/d|e|f/!"},
         {"a,\"b,c\nd,e,f", "a|b,c\nd,e,f/!"},
         {"a,b\n1,\"x\"y\n2,z\n", "a|b/1|\"x\"y/2|z/!"},
         {"a,b\n1,\"say \"hi\" now\"\n2,z\n", "a|b/1|say \"hi\" now/2|z/!"},
         {"a,b,c\n1,\"no end,3\n4,5,6\n7,8,9\n", "a|b|c/1|\"no end|3/4|5|6/7|8|9/!"},
         {"a,b,c\n1,\"no end,3\n4,\"5\",6\n7,8,9\n", "a|b|c/1|\"no end|3/4|5|6/7|8|9/!"},
         {"a,b,c,d\n1,boots\"size 4, red, new\",3\n4,5,6,7\n7,8,9,0\n",
          "a|b|c|d/1|boots|size 4, red, new|3/4|5|6|7/7|8|9|0/!"},
         {"a,b,\"c\n\" \nd,e,f", "a|b|c\n/d|e|f/!"},
         {"\"\"a\"\",b\n", "\"a\"|b/!"},
         {"\"abc", "abc/!"}});
  CHECK(read(std::string_view("a,b\n1,x\0y\n", 10)) == std::string("a|b/1|x\0y/!", 11));
}

TEST_CASE("options overrule every guess", "[csv][grammar]") {
  Options options;
  options.delimiter = ';';
  CHECK(read("a,b;c\n1,2;3\n", options) == "a,b|c/1,2|3/");
  options = {};
  options.quote = '\0';
  CHECK(read("a,\"b\nc,d\"\n", options) == "a|\"b/c|d\"/");
  options.quote = '\'';
  CHECK(read("a,'b,c'\n", options) == "a|b,c/");
  options = {};
  options.skip_rows = 2;
  CHECK(read("junk\nmore, junk\na,b\n1,2\n", options) == "a|b/1|2/");
}

}  // namespace csv_grammar_test
