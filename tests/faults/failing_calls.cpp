// SPDX-License-Identifier: Apache-2.0
// Every call of the system, and every allocation, of every scene. The trials are walked with a stride that has no
// divisor in common with their number, so that any part of them is spread over all.
#include <numeric>

#include "campaigns.hpp"
#include "scenes.hpp"

namespace seatlint::faults {
namespace {

/// One fault of a kind in a scene: `how` and how many places there are for it.
struct Row {
  const Scene* scene;
  std::string how;
  long places;
};

void walk(const Stage& stage, const std::vector<Row>& rows, Part part, Tally& tally) {
  long all = 0;
  for (const Row& row : rows) all += row.places;
  long stride = all * 618 / 1000 + 1;
  while (std::gcd(stride, all) != 1) ++stride;
  for (long trial = part.first; trial < part.first + part.count; ++trial) {
    long at = trial % all * stride % all;
    for (const Row& row : rows) {
      if (at < row.places) {
        play(stage, *row.scene, row.how + ":" + std::to_string(at + 1), tally);
        break;
      }
      at -= row.places;
    }
  }
}

}  // namespace

Tally fail_system_calls(const Stage& stage, Part part) {
  Tally tally;
  const auto all = scenes(stage);
  std::vector<Row> rows;
  for (const Scene& scene : all)
    for (const char* how : {"eio", "enospc", "full", "kill", "torn"}) rows.push_back({&scene, how, scene.calm.calls});
  walk(stage, rows, part, tally);
  return tally;
}

Tally fail_allocations(const Stage& stage, Part part) {
  Tally tally;
  const auto all = scenes(stage);
  std::vector<Row> rows;
  for (const Scene& scene : all)
    for (const char* how : {"memory", "memories"}) rows.push_back({&scene, how, scene.calm.allocations});
  walk(stage, rows, part, tally);
  return tally;
}

}  // namespace seatlint::faults
