// SPDX-License-Identifier: Apache-2.0
// See scenes.hpp.
#include "scenes.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace seatlint::faults {
namespace {

/// A copy of a store need not be the same bytes, but must be a whole store.
bool same_result(const Stage& stage, const Scene& scene) {
  const fs::path file = stage.path(scene.result);
  if (scene.name != "backup") return bytes_of(file) == scene.calm_result;
  return stage.program().run(stage.command({"--db", scene.result, "verify"})).exit_code == 0;
}

}  // namespace

std::vector<Scene> scenes(const Stage& stage) {
  std::vector<Scene> all{
      {"import into no store", {"import", "users_2026-09-15.csv", "log.csv"}, 0, 2, {}, {}, {}},
      {"import into a store", {"import", "log.csv"}, 1, 2, {}, {}, {}},
      {"import what is known", {"import", "users_2026-09-15.csv", "log.csv"}, 2, 2, {}, {}, {}},
      {"audit", {"audit", "-o", "json=report.json"}, 2, 2, "report.json", {}, {}},
      {"query", {"query", "-o", "csv", "SELECT * FROM account"}, 2, 2, {}, {}, {}},
      {"verify", {"verify"}, 2, 2, {}, {}, {}},
      {"backup", {"backup", "copy.db"}, 2, 2, "copy.db", {}, {}},
      {"restore", {"restore", "kept-2"}, 1, 2, {}, {}, {}},
      {"config", {"config", "init", "--from-store", "-o", "new.toml"}, 2, 2, "new.toml", {}, {}},
  };
  for (Scene& scene : all) {
    stage.set(scene.before);
    scene.calm = stage.program().run(stage.command(scene.words), "count:0");
    if (scene.calm.exit_code != 0) throw std::runtime_error(scene.name + " fails without a fault: " + scene.calm.err);
    if (!scene.result.empty()) scene.calm_result = bytes_of(stage.path(scene.result));
  }
  return all;
}

void play(const Stage& stage, const Scene& scene, const std::string& fault, Tally& tally) {
  stage.set(scene.before);
  const Outcome outcome = stage.program().run(stage.command(scene.words), fault);
  const std::string trial = scene.name + ", " + fault;
  const bool well = outcome.exit_code == 0 && outcome.signal == 0;
  if (well && outcome.out != scene.calm.out) tally.add(trial + ": ends with 0, but prints something else");
  if (!well && outcome.signal == 0 && outcome.err.empty()) tally.add(trial + ": fails without a word");
  if (!scene.result.empty() && (well || fs::exists(stage.path(scene.result))) && !same_result(stage, scene))
    tally.add(trial + ": leaves half of " + scene.result);
  stage.check(trial, outcome, well ? scene.afterwards : scene.before, tally);
}

}  // namespace seatlint::faults
