// SPDX-License-Identifier: Apache-2.0
// The lines of the files behind a verdict, so that anybody can open the export and look.
#include <fmt/core.h>

#include <iterator>
#include <utility>

#include "report/build_report.hpp"

namespace seatlint {
namespace {

/// Lines written over those that were there.
class Lines {
 public:
  Lines(const Fleet& fleet, std::vector<EvidenceLine>& lines) : fleet_(fleet), lines_(lines) {}
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  ~Lines() { lines_.resize(used_); }

  template <typename... Parts>
  void cite(const RecordPlace& record, fmt::format_string<Parts...> says, Parts&&... parts) {
    if (record.file < 0) return;
    if (used_ == lines_.size()) lines_.emplace_back();
    EvidenceLine& line = lines_[used_++];
    line.file = fleet_.files[static_cast<std::size_t>(record.file)].name;
    line.line = record.line;
    line.says.clear();
    fmt::format_to(std::back_inserter(line.says), says, std::forward<Parts>(parts)...);
  }

 private:
  const Fleet& fleet_;
  std::vector<EvidenceLine>& lines_;
  std::size_t used_ = 0;
};

/// The record that proves the newest day; the file as a whole where that day is inside it.
void cite_last(const Fleet& fleet, const LastUse& last, Lines& lines) {
  if (last.action < 0) return;
  const FleetAction& action = fleet.actions[static_cast<std::size_t>(last.action)];
  const std::string what = action.sign_in ? "sign-in" : action.object + (action.verb.empty() ? "" : " " + action.verb);
  const auto cite = [&](int file, std::uint64_t line) {
    lines.cite({file, line}, "last {} activity {}: {}", action.machine ? "machine" : "human", to_string(last.day),
               what);
  };
  for (const Proof& proof : last.proofs) {
    if (proof.last == last.day) return cite(proof.file, proof.last_line);
    if (proof.first == last.day) return cite(proof.file, proof.first_line);
    if (proof.first < last.day && last.day < proof.last) cite(proof.file, 0);
  }
}

std::string last_activity_text(const LastActivity& last) {
  switch (last.kind) {
    case LastActivity::Kind::never:
      return "last-activity column: never";
    case LastActivity::Kind::before:
      return "last-activity column: none since " + to_string(last.day);
    case LastActivity::Kind::on:
      return "last-activity column: " + to_string(last.day);
    case LastActivity::Kind::absent:
      break;
  }
  return {};
}

}  // namespace

void list_evidence(const Fleet& fleet, const Account& account, const Seat* seat, std::vector<EvidenceLine>& list) {
  Lines lines(fleet, list);
  const Evidence assigned = seat == nullptr ? Evidence() : seat->evidence(account);
  if (assigned.file >= 0) {
    const FleetProduct& product = fleet.products[static_cast<std::size_t>(seat->product)];
    const std::string_view listed = assigned.says;
    lines.cite(assigned, "{} {}{}{}{}", seat->assumed ? "assumed to hold" : "holds", product.name,
               listed.empty() ? "" : ", listed as ", listed, seat->by_group ? " through a group" : "");
    lines.cite(seat->left_behind(), "no permission set listed needs {}", product.name);
  } else {
    lines.cite(account.row, "account");
  }
  const HrFacts& hr = account.hr();
  lines.cite(hr.departure_evidence, "last day {}", hr.last_day ? to_string(*hr.last_day) : "");
  lines.cite(hr.leave_evidence, "leave");
  lines.cite(hr.share_evidence, "part-time, {} %", hr.share);
  lines.cite(account.last_activity_row(), "{}", last_activity_text(account.last_activity()));
  // A seat is judged by its own vendor's activity only; an account by all of it.
  const LastUses last =
      last_uses(fleet, account,
                seat == nullptr ? std::string_view() : fleet.products[static_cast<std::size_t>(seat->product)].vendor);
  cite_last(fleet, last.human, lines);
  cite_last(fleet, last.machine, lines);
}

std::vector<EvidenceLine> evidence_of(const Fleet& fleet, const Account& account, const Seat* seat) {
  std::vector<EvidenceLine> lines;
  list_evidence(fleet, account, seat, lines);
  return lines;
}

}  // namespace seatlint
