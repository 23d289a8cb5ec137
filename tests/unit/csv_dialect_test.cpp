// SPDX-License-Identifier: Apache-2.0
// What the sample says about how a file is written. Every case is a whole small file; plain files stay plain.
#include <catch2/catch.hpp>

#include "seatlint/csv.hpp"

namespace csv_dialect_test {

using namespace seatlint;
using namespace seatlint::csv;

namespace {

Layout layout_of(std::string_view text) {
  const auto source = memory_source(text);
  return Reader(*source, "f.csv", {}).layout();
}

}  // namespace

TEST_CASE("the delimiter is found by evidence", "[csv][dialect]") {
  struct Case {
    std::string_view text;
    char delimiter;
    std::size_t columns;
  };
  for (const Case& c :
       {Case{"a,b,c\n1,2,3\n", ',', 3}, Case{"a;b;c\n1;2;3\n", ';', 3}, Case{"a\tb\n1\t2\n", '\t', 2},
        Case{"a|b|c\n1|2|3\n", '|', 3}, Case{"a:b:c\n1:2:3\n4:5:6\n", ':', 3}, Case{"a^b\n1^2\n3^4\n", '^', 2},
        Case{"a`b\n1`2\n3`4\n", '`', 2}, Case{"a b c\n1 2 3\n4 5 6\n", ' ', 3},
        Case{"a b c\n1 \"x y\" 3\n4 \"z\" 6 7\n5 \"z\" 6\n", ' ', 3},
        Case{"a\x1F"
             "b\n1\x1F"
             "2\n",
             '\x1F', 2},
        // decimal commas, lists and times inside cells
        Case{"name;price\nA;1,5\nB;2,5\nC;3,5\n", ';', 2}, Case{"name,list\nA,x;y;z\nB,p;q;r\n", ',', 2},
        Case{"one|two,two|three\nfour|five,five|six\n", '|', 3}, Case{"day,at\n1,12:30:00\n2,12:45:00\n", ',', 2},
        Case{"id\tnote\n1\ta, b, c\n2\td, e, f\n", '\t', 2},
        Case{"mail;roles\na@x;Sales, Service\nb@x;Sales\n", ';', 2},
        // one column is a legal table
        Case{"Full Name\nAda Lovelace\nAlan Turing\n", ',', 1}, Case{"at\n12:30\n12:45\n13:00\n", ',', 1},
        Case{"note\nhello\n", ',', 1}, Case{"mail\na@x.org\nb@x.org\n", ',', 1},
        // delimiters inside quotes are no evidence
        Case{"a,\"b;c;d\"\n1,\"x;y;z\"\n", ',', 2}, Case{"\"a,b\";\"c,d\"\n\"1,2\";\"3,4\"\n", ';', 2}}) {
    INFO(c.text);
    const Layout layout = layout_of(c.text);
    CHECK(layout.dialect.delimiter == c.delimiter);
    CHECK(layout.columns == c.columns);
    CHECK(layout.dialect.quote == '"');
    CHECK(layout.dialect.escape == '\0');
    CHECK(layout.preamble_lines == 0);
    CHECK_FALSE(layout.reasons.empty());
  }
}

TEST_CASE("other quoting needs evidence", "[csv][dialect]") {
  CHECK(layout_of("a,b\n'x, y','z'\n'p, q','r'\n").dialect.quote == '\'');
  CHECK(layout_of("a,b\n'Kids' bike, red','isn't'\n'p, q','r'\n").dialect.quote == '\'');
  CHECK(layout_of("a,b,'c,d'").dialect.quote == '\'');
  CHECK(layout_of("a,b\n'x, y',2\n3,4\n").dialect.quote == '\'');
  CHECK(layout_of("a,b,c\n'tis,so'\n1,2,3\n4,5,6\n").dialect.quote == '"');
  CHECK(layout_of("a,b\n'tis,so'\n1,2\n").dialect.quote == '"');
  CHECK(layout_of("city,name\n's-Hertogenbosch,'t Hart\nBrielle,O'Brien\n").dialect.quote == '"');
  CHECK(layout_of("phone,name\n'+44 20,x\n'+49 30,y\n").dialect.quote == '"');
  CHECK(layout_of("a,b\n1,\"say \\\"hi\\\", ok\"\n2,x\n").dialect.escape == '\\');
  CHECK(layout_of("a,b\n\"C:\\dir\\\",x\n\"D:\\\",y\n").dialect.escape == '\0');
  CHECK(layout_of("a,b\n1,\"{\"\"k\"\":\"\"v \\\"\"w\\\"\" x\"\",\"\"l\"\":\"\"m\"\"}\"\n").dialect.escape == '\0');
  CHECK(layout_of("a,b\n1,\"a link<\\/a> to \\\"\"one, two\\\"\", and on\"\n").dialect.escape == '\0');
  CHECK(layout_of("a, \"b\", c\n1, \"x, y\", 3\n").dialect.skip_blank);
  CHECK_FALSE(layout_of("a, b, c\n1, x, 3\n").dialect.skip_blank);
}

TEST_CASE("lines above the table are skipped only on clear evidence", "[csv][dialect]") {
  struct Case {
    std::string_view text;
    std::uint64_t lines;
  };
  const Case cases[] = {{"sep=;\na;b\n1;2\n", 1},
                        {"\"sep=,\"\r\na,b\r\n1,2\r\n", 1},
                        {"#TYPE Selected.System.Object\n\"a\",\"b\"\n\"1\",\"2\"\n", 1},
                        {"Users report\na,b,c\n1,2,3\n4,5,6\n", 1},
                        {"Users report\nAs of 2026-09-30\n\na,b,c\n1,2,3\n4,5,6\n", 3},
                        {"# made by x, y\n# on Monday\na,b,c\n1,2,3\n4,5,6\n", 2},
                        {"Period,30\n\na,b,c,d\n1,2,3,4\n5,6,7,8\n", 2},
                        {"Title,,\n,,\nid,name,role\n1,x,y\n2,z,w\n", 2},
                        {"Title,,,\nPeriod: May,,,\nid,name,role,\n1,x,y,\n2,z,w,\n", 2},
                        {"Water used,,\nTotal,For each,Cost\n\"44,761\",13.9,68\n", 1},
                        // comment signs need fewer rows below them, names above numbers no blank line
                        {"# a comment\na,b,c", 1},
                        {"#1\n#2\n#3\n#4\n#5\n#6\none,\"t,w,o\",three\nfour,five,six", 6},
                        {"#FILE: ,run4\n#DATE: ,2026-09-30\n\n##T/C,t/min,E\n 21.5, 0.88,5\n 21.8, 0.93,6\n", 3},
                        {"Made by x, y, z\ncm-1,%T\n4000,98.7\n3999,98.8\n3998,98.7\n3997,98.8\n3996,98.7\n", 1},
                        {"Trips,,,,\n,,,,\nday,to,COST,,\n,,road,rail,bed\n1.4.26,Oslo,3,4,5\n2.4.26,Rome,1,2,3\n", 2},
                        {"Trips,,,,,\nMay,,,,,\n,,,,,\nday,to,COST,,,\n,,road,rail,bed,sum\n1.4.26,Oslo,3,4,5,12\n", 3},
                        // two columns, lines without a cell, `key,value` above a wider table
                        {"Travel ,\n,\nRow,Sum\nAir,9997.75\nRail,2277\n", 2},
                        {",,\nRow,Sum,N\nAir,9,3\nRail,2,4\n", 1},
                        {"Tenant,acme\nLogin,Name,Role,Status\nu1,A,admin,on\nu2,B,admin,on\nu3,C,admin,on\n", 1},
                        {"Users,2026,,,\nLogin,Name,Role,Status,Last\nu1,A,a,b,x\nu2,B,a,b,y\nu3,C,a,b,z\n", 0},
                        {"Users,May,,,\n,,,,\nLogin,Name,Role,Status,Last\nu1,A,a,b,x\nu2,B,a,b,y\n", 2},
                        {"K,1\nL,2\nM,3\nN,4\nO,5\n\nLogin,Name,Role,Status\nu1,A,a,b\nu2,B,a,b\nu3,C,a,b\n", 6},
                        {"name,mail,,,,\nann,a@x,p,q,r,s\nbob,b@x,p,q,r,s\n", 0},
                        {"name,seat\nann,1\nbob,2\nLogin,Name,Role\nu1,A,a\n", 0},
                        {"#tag\nhello, world\n", 0},
                        {"#tag\nred\ngreen\nhello, world\nblue\n", 0},
                        {"#,name,role\n1,x,y\n", 0},
                        {"id,name,note\nx,y\n1,2\n3,4\n5,6\n7,8\n9,0\n", 0},
                        // the header itself, short or wrongly delimited, and tables without one
                        {"a,b\n1,2\n3,4\n", 0},
                        {"a;b;c\n1,2,3\n4,5,6\n7,8,9\n", 0},
                        {"name\na,b\nc,d\ne,f\n", 0},
                        {"Name,,\nx,y,z\np,q,r\n", 0},
                        {"a,b,c\n1\n2\n3\n", 0}};
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(layout_of(c.text).preamble_lines == c.lines);
  }
}

TEST_CASE("line ends are named", "[csv][dialect]") {
  CHECK(layout_of("a\nb\n").line_end == "lf");
  CHECK(layout_of("a\r\nb\r\n").line_end == "crlf");
  CHECK(layout_of("a\rb\r").line_end == "cr");
  CHECK(layout_of("a\nb\r\n").line_end == "mixed");
}

}  // namespace csv_dialect_test
