// SPDX-License-Identifier: Apache-2.0
// The campaigns by name:
//   faults CAMPAIGN --binary SEATLINT --shim SHIM --samples FOLDER [--count N] [--ledger FILE]
// With a ledger (campaign, first trial, trials, broken laws: one line a run) a campaign goes on where it stopped, and
// prints what all runs together reached.
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>

#include "campaigns.hpp"

namespace {

using namespace seatlint::faults;

struct Sums {
  long next = 0, trials = 0, broken = 0;
};

Sums read_ledger(const std::string& file, const std::string& campaign) {
  Sums sums;
  std::ifstream in(file);
  std::string name;
  for (long first = 0, count = 0, trials = 0, broken = 0; in >> name >> first >> count >> trials >> broken;) {
    if (name != campaign) continue;
    sums = {first + count, sums.trials + trials, sums.broken + broken};
  }
  return sums;
}

Tally run(const std::string& campaign, const Program& program, const fs::path& samples, Part part) {
  const fs::path home = fs::temp_directory_path();
  if (campaign == "power") return cut_power(program, home, samples, part);
  const Stage stage(program, home, samples);
  if (campaign == "calls") return fail_system_calls(stage, part);
  if (campaign == "allocations") return fail_allocations(stage, part);
  if (campaign == "kills") return kill_imports(stage, part);
  if (campaign == "stores") return damage_stores(stage, part);
  if (campaign == "crowd") return crowd_store(stage, part, 64, 16);
  if (campaign == "small-crowd") return crowd_store(stage, part, 12, 4);
  if (campaign == "surroundings") return change_surroundings(stage);
  throw std::runtime_error("no campaign named " + campaign);
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::string> options{{"--count", "100"}};
  for (int i = 2; i + 1 < argc; i += 2) options[argv[i]] = argv[i + 1];
  try {
    const std::string campaign = argc > 1 ? argv[1] : "";
    const Sums before = read_ledger(options["--ledger"], campaign);
    const Part part{before.next, std::stol(options["--count"])};
    const Program program(options["--binary"], options["--shim"]);
    const Tally tally = run(campaign, program, options["--samples"], part);
    for (const std::string& what : tally.broken) std::printf("%s\n", what.c_str());
    const auto broken = static_cast<long>(tally.broken.size());
    if (!options["--ledger"].empty())
      std::ofstream(options["--ledger"], std::ios::app)
          << campaign << ' ' << part.first << ' ' << part.count << ' ' << tally.done << ' ' << broken << '\n';
    std::printf("%s: %ld trials, %ld broken laws\n", campaign.c_str(), before.trials + tally.done,
                before.broken + broken);
    return broken == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
