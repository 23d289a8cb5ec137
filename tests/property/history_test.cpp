// SPDX-License-Identifier: Apache-2.0
// Time must not change what was said of an earlier day: what is imported later and concerns later days alone leaves
// the report as of that day as it was, byte for byte.

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "oracle.hpp"
#include "tool_run.hpp"

namespace {

using property::Day;
using Arguments = std::vector<std::string>;

Day first_day(const property::LogFile& log) {
  Day first = log.covers ? log.covers->first : 1'000'000;
  // A day of slack: the store's time zone may put a row of midnight on the day before.
  for (const property::LogRow& row : log.rows) first = std::min(first, static_cast<Day>(row.stamp / 86400) - 1);
  return first;
}

/// Files that say nothing of days up to `day`. A snapshot within the slack may be the nearest, so it does.
std::set<std::string> later_files(const property::World& world, Day day) {
  std::set<std::string> names;
  for (const property::UserFile& file : world.users)
    if (file.date > day + world.policy.slack) names.insert(file.file);
  for (const property::LogFile& log : world.logs)
    if (!log.rows.empty() && first_day(log) > day) names.insert(log.file);
  return names;
}

bool is_about(const Arguments& command, const std::set<std::string>& names) {
  return std::any_of(command.begin(), command.end(), [&](const std::string& argument) {
    const auto slash = argument.rfind('/');
    return names.count(slash == std::string::npos ? argument : argument.substr(slash + 1)) > 0;
  });
}

Arguments audit(const property::World& world, const std::string& format) {
  Arguments arguments = property::audit_arguments(world);
  for (std::string& argument : arguments)
    if (argument == "json") argument = format;
  return arguments;
}

/// Says what differs, or nothing. `later` counts the files that came later.
std::string what_changed(property::World world, const std::string& folder, int& later) {
  const auto commands = property::write_world(world, folder);
  if (!world.as_of) world.as_of = property::judge(world).as_of;
  const auto names = later_files(world, *world.as_of);
  if (names.empty()) return {};
  ++later;
  for (const Arguments& command : commands)
    if (!is_about(command, names)) property::tool(world, folder, command);
  const std::string json = property::tool(world, folder, audit(world, "json"));
  const std::string table = property::tool(world, folder, audit(world, "table"));
  for (const Arguments& command : commands)
    if (is_about(command, names)) property::tool(world, folder, command);
  world.today += 100;  // and some time has passed
  const std::string day = property::iso(*world.as_of);
  std::string notes, wrong;
  if (property::tool(world, folder, {"audit", "--replay", day, "-o", "json"}, &notes) != json)
    wrong += "the replay differs\n" + notes;
  std::string more;
  const std::string again = property::tool(world, folder, audit(world, "json"), &more);
  if (again != json) wrong += "json differs:\n" + json + "\n--- now\n" + again;
  if (property::tool(world, folder, audit(world, "table")) != table) wrong += "the table differs\n";
  notes += more;
  // Remarks on the policy stand there, too.
  if (notes.find("this is not what") != std::string::npos) wrong += "it says that something changed: " + notes;
  return wrong;
}

}  // namespace

TEST_CASE("later imports leave earlier reports as they were", "[property][history]") {
  const int first = property::number_from("SEATLINT_FIRST_SEED", 1);
  const int fleets = property::number_from("SEATLINT_FLEETS", 1000);
  int tried = 0;
  for (int seed = first; seed < first + fleets; seed += 5) {
    const property::World world = property::make_world(static_cast<std::uint64_t>(seed));
    property::Scratch scratch(world.seed + 1'000'000);
    const std::string wrong = what_changed(world, scratch.path(), tried);
    if (wrong.empty()) continue;
    scratch.keep();
    FAIL("seed " << seed << ", files in " << scratch.path() << "\n" << wrong);
  }
  CHECK((tried > 0 || fleets < 50));
}
