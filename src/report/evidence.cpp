// SPDX-License-Identifier: Apache-2.0
// The lines of the files behind a verdict, so that anybody can open the export and look.
#include <fmt/core.h>

#include <algorithm>

#include "report/build_report.hpp"

namespace seatlint {
namespace {

EvidenceLine cite(const Fleet& fleet, const RecordPlace& evidence, std::string says) {
  return {fleet.files[static_cast<std::size_t>(evidence.file)].name, evidence.line, std::move(says)};
}

/// The record that proves the newest day; the file as a whole where that day is inside it.
void cite_last(const Fleet& fleet, const LastUse& last, std::vector<EvidenceLine>& lines) {
  if (last.action < 0) return;
  const FleetAction& action = fleet.actions[static_cast<std::size_t>(last.action)];
  const std::string what = action.sign_in ? "sign-in" : action.object + (action.verb.empty() ? "" : " " + action.verb);
  const std::string says =
      fmt::format("last {} activity {}: {}", action.machine ? "machine" : "human", to_string(last.day), what);
  for (const Proof& proof : last.proofs) {
    const RecordPlace whole{proof.file, 0};
    if (proof.last == last.day) return lines.push_back(cite(fleet, {proof.file, proof.last_line}, says));
    if (proof.first == last.day) return lines.push_back(cite(fleet, {proof.file, proof.first_line}, says));
    if (proof.first < last.day && last.day < proof.last) lines.push_back(cite(fleet, whole, says));
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

std::vector<EvidenceLine> evidence_of(const Fleet& fleet, const Account& account, const Seat* seat) {
  std::vector<EvidenceLine> lines;
  if (seat != nullptr && seat->evidence.file >= 0) {
    const FleetProduct& product = fleet.products[static_cast<std::size_t>(seat->product)];
    lines.push_back(
        cite(fleet, seat->evidence,
             fmt::format("{} {}{}{}", seat->assumed ? "assumed to hold" : "holds", product.name,
                         seat->evidence.says.empty() ? "" : fmt::format(", listed as {}", seat->evidence.says),
                         seat->by_group ? " through a group" : "")));
    if (seat->left_behind.file >= 0)
      lines.push_back(cite(fleet, seat->left_behind, "no permission set listed needs " + product.name));
  } else if (!account.rows.empty()) {
    lines.push_back(cite(fleet, account.rows.front(), "account"));
  }
  if (account.departure_evidence.file >= 0)
    lines.push_back(cite(fleet, account.departure_evidence, "last day " + to_string(*account.last_day)));
  if (account.leave_evidence.file >= 0) lines.push_back(cite(fleet, account.leave_evidence, "leave"));
  if (account.share_evidence.file >= 0)
    lines.push_back(cite(fleet, account.share_evidence, fmt::format("part-time, {} %", account.share)));
  if (account.last_activity_evidence.file >= 0)
    lines.push_back(cite(fleet, account.last_activity_evidence, last_activity_text(account.last_activity)));
  // A seat is judged by its own vendor's activity only; an account by all of it.
  const LastUses last =
      last_uses(fleet, account,
                seat == nullptr ? std::string_view() : fleet.products[static_cast<std::size_t>(seat->product)].vendor);
  cite_last(fleet, last.human, lines);
  cite_last(fleet, last.machine, lines);
  return lines;
}

}  // namespace seatlint
