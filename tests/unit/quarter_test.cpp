// SPDX-License-Identifier: Apache-2.0
// The bundled quarter, audited as a newcomer does it: every seat gets the verdict that was derived by hand from the
// definitions, the figures its README gives are the ones printed, and the excerpt in the top README is real.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "commands/audited.hpp"
#include "seatlint/cli.hpp"
#include "store/store.hpp"

namespace quarter_test {

using namespace seatlint;

namespace {

/// Login, product and verdict of one seat.
using SeatVerdict = std::tuple<std::string, std::string, std::string>;

const std::string tree = SEATLINT_SOURCE_DIR;
const std::string example = tree + "/examples/quarterly-audit";
const Day today = make_day(2026, 10, 5);

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The example's store, imported once, with what the screen and the JSON said.
struct Quarter {
  std::string folder, db, screen;
  nlohmann::json report;
  int exit_code = 0;

  Quarter() {
    std::string name = (std::filesystem::temp_directory_path() / "seatlint-quarter-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder = name;
    db = folder + "/seatlint.db";
    Environment environment;
    environment.today = today;
    environment.columns = 80;
    std::istringstream in;
    std::ostringstream out, err;
    exit_code = run({"--db", db, "--config", example + "/seatlint.toml", "audit", "--from", example + "/exports", "-o",
                     "table", "-o", "json=" + folder + "/audit.json"},
                    in, out, err, environment);
    screen = out.str();
    report = nlohmann::json::parse(text_of(folder + "/audit.json"));
  }
  ~Quarter() { std::filesystem::remove_all(folder); }
  Quarter(const Quarter&) = delete;
  Quarter& operator=(const Quarter&) = delete;
};

const Quarter& quarter() {
  static const Quarter value;
  return value;
}

/// A guest's login names the guest's own address: `a_b.example#EXT#@c` is shown as `a@b.example`.
std::string shown_login(const std::string& login) {
  const auto guest = login.find("#EXT#");
  if (guest == std::string::npos) return login;
  std::string address = login.substr(0, guest);
  address[address.rfind('_')] = '@';
  return address;
}

std::multiset<SeatVerdict> expected_verdicts() {
  std::multiset<SeatVerdict> seats;
  std::vector<std::string> lines = lines_of(text_of(tree + "/tests/examples_gen/expected.csv"));
  for (std::size_t i = 1; i < lines.size(); ++i) {
    std::istringstream in(lines[i]);  // only the note, the last cell, is ever quoted
    std::string login, product, verdict;
    std::getline(in, login, ',');
    std::getline(in, product, ',');
    std::getline(in, verdict, ',');
    seats.emplace(fold_case(shown_login(login)), product, verdict);
  }
  return seats;
}

bool has_finding(const std::string& verdict) { return find_rule(verdict)->family != Family::none; }

}  // namespace

TEST_CASE("the bundled quarter: every seat has the verdict derived by hand", "[quarter]") {
  Catalog catalog = builtin_catalog();
  Policy policy = parse_policy(text_of(example + "/seatlint.toml"), "seatlint.toml", catalog, rule_and_family_names());
  const Store store(quarter().db, Store::Open::read, 0);
  const auto audited = audit_store(store, std::move(catalog), std::move(policy), {}, today);
  const Fleet& fleet = audited->fleet;
  std::multiset<SeatVerdict> found;
  for (const Judgment& judgment : audited->judged.seats) {
    const Seat& seat = fleet.seats.at(static_cast<std::size_t>(judgment.seat));
    found.emplace(fold_case(fleet.accounts.at(static_cast<std::size_t>(seat.account)).shown),
                  fleet.products.at(static_cast<std::size_t>(seat.product)).name, std::string(judgment.rule->name));
  }
  const std::multiset<SeatVerdict> expected = expected_verdicts();
  CHECK(expected.size() == 199);
  for (const SeatVerdict& seat : found)
    if (!expected.contains(seat)) {
      INFO(std::get<0>(seat) << ", " << std::get<1>(seat));
      FAIL_CHECK("is not expected to be " << std::get<2>(seat));
    }
  CHECK(found.size() == expected.size());
}

TEST_CASE("the bundled quarter: the JSON report agrees", "[quarter]") {
  const auto& report = quarter().report;
  CHECK(quarter().exit_code == 2);  // one file is refused on purpose
  CHECK(report["as_of"] == "2026-09-30");
  std::map<std::string, int> counts;
  std::multiset<SeatVerdict> expected, found;
  for (const SeatVerdict& seat : expected_verdicts()) {
    ++counts[std::get<2>(seat)];
    if (has_finding(std::get<2>(seat))) expected.insert(seat);
  }
  CHECK(report["seats"]["by_verdict"].get<std::map<std::string, int>>() == counts);
  for (const auto& finding : report["findings"]) {
    const std::string user = finding["user"], rule = finding["rule"];
    if (!user.empty() && !finding["product"].is_null()) found.emplace(fold_case(user), finding["product_name"], rule);
  }
  CHECK(found == expected);
  const auto& money = report["money"].at(0);
  CHECK(money["contract"] == 1215500);
  CHECK(money["savings"]["exposure"] == 353300);
}

TEST_CASE("the excerpt of the report in the README is printed line by line", "[quarter]") {
  const std::vector<std::string> screen = lines_of(quarter().screen);
  auto from = screen.begin();
  bool inside = false;
  int compared = 0;
  for (const std::string& line : lines_of(text_of(tree + "/README.md"))) {
    if (line.starts_with("```")) inside = line == "```text";
    if (!inside || line.empty() || line.starts_with("```") || line == "...") continue;
    INFO(line);
    const auto at = std::find(from, screen.end(), line);
    CHECK(at != screen.end());
    if (at != screen.end()) from = at + 1;
    ++compared;
  }
  CHECK(compared > 10);
}

}  // namespace quarter_test
