// SPDX-License-Identifier: Apache-2.0
// The program as one function: streams, environment, exit codes; and the small sums behind `status`.
#include <catch2/catch.hpp>
#include <sstream>

#include "base/day_ranges.hpp"
#include "commands/import_limits.hpp"
#include "commands/session.hpp"
#include "commands/store_status.hpp"
#include "seatlint/cli.hpp"

namespace cli_run_test {

using namespace seatlint;

namespace {

struct Outcome {
  int code;
  std::string out, err;
};

Outcome run_line(const std::vector<std::string>& args, const std::map<std::string, std::string>& variables = {}) {
  Environment environment;
  environment.variables = variables;
  environment.today = make_day(2026, 9, 20);
  std::istringstream in;
  std::ostringstream out, err;
  const int code = run(args, in, out, err, environment);
  return {code, out.str(), err.str()};
}

Day day(const char* text) { return *parse_day(text); }

}  // namespace

TEST_CASE("help comes from every command, with its examples first") {
  const Outcome all = run_line({"--help"});
  CHECK(all.code == 0);
  for (const std::string name : {"import", "inspect", "status", "config", "rules", "profiles", "catalog", "query",
                                 "verify", "backup", "restore"}) {
    CHECK(all.out.find("\n  " + name) != std::string::npos);
    for (const std::vector<std::string>& args :
         {std::vector<std::string>{name, "--help"}, {"--help", name}, {"help", name}, {name, "-h"}}) {
      const Outcome help = run_line(args);
      CHECK(help.code == 0);
      CHECK(help.err.empty());
      CHECK(help.out.find("examples:") < help.out.find("usage: seatlint " + name));
    }
  }
}

TEST_CASE("a stream that fails is never a success") {
  std::istringstream in;
  std::ostringstream out, err;
  out.setstate(std::ios::badbit);
  CHECK(run({"--version"}, in, out, err, {}) == 2);
  CHECK(err.str().find("could not be written") != std::string::npos);
}

TEST_CASE("global options stand before or behind the command, flags before the environment") {
  const std::map<std::string, std::string> variables{{"SEATLINT_DB", "/nowhere/environment.db"}};
  CHECK(run_line({"verify"}, variables).err.find("/nowhere/environment.db") != std::string::npos);
  CHECK(run_line({"--db", "/nowhere/flag.db", "verify"}, variables).err.find("/nowhere/flag.db") != std::string::npos);
  CHECK(run_line({"verify", "--db=/nowhere/flag.db"}, variables).err.find("/nowhere/flag.db") != std::string::npos);
  CHECK(run_line({"verify"}, {{"STATE_DIRECTORY", "/nowhere/state:/other"}}).err.find("/nowhere/state/seatlint.db") !=
        std::string::npos);
}

TEST_CASE("a word that is a command's name can be an argument") {
  const Outcome outcome = run_line({"rules", "show", "import"});
  CHECK(outcome.code == 2);
  CHECK(outcome.err.find("no rule named \"import\"") != std::string::npos);
}

TEST_CASE("messages never carry control characters to a terminal") {
  const Outcome outcome = run_line({"import", "a\x1b[31mb.csv"});
  CHECK(outcome.code == 2);
  CHECK(outcome.err.find('\x1b') == std::string::npos);
  CHECK(outcome.err.find("\\x1b") != std::string::npos);
}

TEST_CASE("color: flag, NO_COLOR, CLICOLOR_FORCE, TERM, terminal") {
  std::istringstream in;
  std::ostringstream out, err;
  const auto colored = [&](std::map<std::string, std::string> variables, bool terminal,
                           const std::string& flag = "auto") {
    Environment environment;
    environment.variables = std::move(variables);
    environment.stdout_is_terminal = terminal;
    Io io{in, out, err, environment, {}};
    io.globals.color = flag;
    return wants_color(io);
  };
  CHECK(colored({}, true));
  CHECK_FALSE(colored({}, false));
  CHECK_FALSE(colored({{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}}, true));
  CHECK(colored({{"NO_COLOR", ""}, {"FORCE_COLOR", "1"}}, false));
  CHECK_FALSE(colored({{"TERM", "dumb"}}, true));
  CHECK(colored({{"NO_COLOR", "1"}}, false, "always"));
  CHECK_FALSE(colored({{"CLICOLOR_FORCE", "1"}}, true, "never"));
}

TEST_CASE("delimiters by name or character") {
  CHECK(parse_delimiter("tab") == '\t');
  CHECK(parse_delimiter("\\t") == '\t');
  CHECK(parse_delimiter("pipe") == '|');
  CHECK(parse_delimiter("^") == '^');
  CHECK_THROWS_AS(parse_delimiter("colon"), Error);
}

TEST_CASE("the next audit is a calendar period later") {
  CHECK(after_period(day("2026-11-30"), "3 months") == day("2027-02-28"));
  CHECK(after_period(day("2026-01-31"), "1 month") == day("2026-02-28"));
  CHECK(after_period(day("2026-09-20"), "13 weeks") == day("2026-12-20"));
  CHECK(after_period(day("2026-09-20"), "90 days") == day("2026-12-19"));
  CHECK(after_period(day("2028-02-29"), "1 year") == day("2029-02-28"));
  CHECK_FALSE(after_period(day("2026-09-20"), "soon"));
}

TEST_CASE("missing days are what no range covers") {
  const DayRange wanted{day("2026-07-01"), day("2026-07-31")};
  CHECK(without({wanted}, {}) == std::vector<DayRange>{wanted});
  CHECK(without({wanted}, {{day("2026-06-01"), day("2026-08-30")}}).empty());
  CHECK(tell_ranges(
            without({wanted}, {{day("2026-06-01"), day("2026-07-09")}, {day("2026-07-11"), day("2026-07-20")}})) ==
        "2026-07-10, 2026-07-21 to 2026-07-31");
}

}  // namespace cli_run_test
