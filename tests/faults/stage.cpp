// SPDX-License-Identifier: Apache-2.0
// See stage.hpp.
#include "stage.hpp"

#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace seatlint::faults {
namespace {

/// Every row of the documented views; what depends on the order of what failed before is no content.
constexpr const char* everything =
    "SELECT 'file' AS what, file AS a, sha256 AS b, rows_read AS c, rows_stored AS d FROM import_file "
    "UNION ALL SELECT 'account', account, login, file, line FROM account "
    "UNION ALL SELECT 'assignment', account, product, valid_from, valid_to FROM assignment "
    "UNION ALL SELECT 'day', account, object, verb, day FROM activity_day "
    "UNION ALL SELECT 'proof', account, object || '.' || verb, first_day, first_line FROM activity_evidence "
    "ORDER BY 1, 2, 3, 4, 5";
constexpr const char* no_rows = "what,a,b,c,d\n";
constexpr const char* nothing = "no store";

}  // namespace

Stage::Stage(const Program& program, const fs::path& home, const fs::path& samples) : program_(program) {
  std::string name = (home / "seatlint-faults-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder in " + home.string());
  folder_ = name;
  fs::copy_file(samples / "users_9_15_2026 9_17_18 AM.csv", path("users_2026-09-15.csv"));
  fs::copy_file(samples / "AuditLog_20260915_083000.csv", path("log.csv"));
  exports_ = {"users_2026-09-15.csv", "log.csv"};
  digests_ = {nothing};
  if (program_.run(command({"import", exports_[1]})).exit_code != 0) throw std::runtime_error("no log can be imported");
  second_only_ = digest();
  set(0);
  for (int files = 1; files <= 2; ++files) {
    const Outcome made = program_.run(import(files));
    if (made.exit_code != 0) throw std::runtime_error("the exports can't be imported: " + made.err);
    digests_.push_back(digest());
    fs::copy_file(path("seatlint.db"), path("kept-" + std::to_string(files)));
  }
}

Stage::~Stage() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Command Stage::command(std::vector<std::string> words) const {
  return {std::move(words), {"SEATLINT_TODAY=2026-09-20", "TZ=UTC"}, folder_, {}, {}, 60};
}

Command Stage::import(int files) const {
  std::vector<std::string> words{"import"};
  for (int i = 0; i < files; ++i) words.push_back(exports_.at(static_cast<std::size_t>(i)));
  return command(words);
}

void Stage::set(int files) const {
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("kept-") && name != exports_[0] && name != exports_[1]) fs::remove_all(entry.path());
  }
  if (files > 0) fs::copy_file(path("kept-" + std::to_string(files)), path("seatlint.db"));
}

std::string Stage::digest() const {
  if (!fs::exists(path("seatlint.db"))) return nothing;
  const Outcome rows = program_.run(command({"query", "-o", "csv", everything}));
  return rows.exit_code == 0 ? rows.out : "unreadable: " + rows.err;
}

int Stage::state() const {
  const std::string found = digest();
  for (std::size_t files = 0; files < digests_.size(); ++files)
    if (digests_[files] == found) return static_cast<int>(files);
  if (found == second_only_) return 1;
  return found == no_rows ? 0 : -1;  // a store without a row is as good as none
}

void Stage::check(const std::string& trial, const Outcome& outcome, int acknowledged, Tally& tally) const {
  const bool killed = outcome.signal == SIGKILL && !outcome.hung;
  check_ending(trial, outcome, killed, tally);
  const int found = state();
  if (found < acknowledged)
    tally.add(trial + ": " + std::to_string(acknowledged) + " files were acknowledged, the store is in state " +
              std::to_string(found));
  const Outcome again = program_.run(import(2));
  if (again.exit_code != 0)
    tally.add(trial + ": importing again ends with " + std::to_string(again.exit_code) + ": " + again.err);
  if (state() != 2) tally.add(trial + ": importing again leaves another store than a run without faults");
  const Outcome verified = program_.run(command({"verify"}));
  if (verified.exit_code != 0) tally.add(trial + ": verify finds damage: " + verified.out + verified.err);
}

void check_ending(const std::string& trial, const Outcome& outcome, bool killed, Tally& tally) {
  ++tally.done;
  if (outcome.hung) tally.add(trial + ": hangs");
  if (outcome.signal != 0 && !killed && !outcome.hung)
    tally.add(trial + ": crashes with signal " + std::to_string(outcome.signal) + " " + outcome.err);
  if (outcome.exit_code > 3) tally.add(trial + ": ends with " + std::to_string(outcome.exit_code) + " " + outcome.err);
}

std::string bytes_of(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(fs::symlink_status(path, ignored))) return {};
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace seatlint::faults
