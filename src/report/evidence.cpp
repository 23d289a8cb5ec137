// SPDX-License-Identifier: Apache-2.0
// The lines of the files behind a verdict, so that anybody can open the export and look.
#include <fmt/core.h>

#include <algorithm>

#include "report/build_report.hpp"

namespace seatlint {
namespace {

EvidenceLine cite(const Fleet& fleet, const Evidence& evidence, std::string says) {
  return {fleet.files[static_cast<std::size_t>(evidence.file)].name, evidence.line, std::move(says)};
}

/// The record that proves the newest day of some uses; the file as a whole where that day is inside it.
void cite_last(const Fleet& fleet, const Account& account, std::span<const Use> uses, const std::string& vendor,
               bool machine, std::vector<EvidenceLine>& lines) {
  std::optional<Day> newest;
  const Use* last = nullptr;
  for (const Use& use : uses) {
    const FleetAction& action = fleet.actions[static_cast<std::size_t>(use.action)];
    if (action.machine != machine || action.from_column || (!vendor.empty() && action.vendor != vendor)) continue;
    const Day day = use.days.last();
    if (newest && *newest >= day) continue;
    newest = day;
    last = &use;
  }
  if (last == nullptr) return;
  const FleetAction& action = fleet.actions[static_cast<std::size_t>(last->action)];
  const std::string what = action.sign_in ? "sign-in" : action.object + (action.verb.empty() ? "" : " " + action.verb);
  const std::string says =
      fmt::format("last {} activity {}: {}", machine ? "machine" : "human", to_string(*newest), what);
  for (const Proof& proof : proofs_of(fleet, account, last->action)) {
    const Evidence whole{proof.file, 0, {}};
    if (proof.last == *newest) return lines.push_back(cite(fleet, {proof.file, proof.last_line, {}}, says));
    if (proof.first == *newest) return lines.push_back(cite(fleet, {proof.file, proof.first_line, {}}, says));
    if (proof.first < *newest && *newest < proof.last) lines.push_back(cite(fleet, whole, says));
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
  const std::string vendor = seat == nullptr ? "" : fleet.products[static_cast<std::size_t>(seat->product)].vendor;
  Uses unpacked;
  const std::span<const Use> uses = unpacked.of(fleet, account);
  cite_last(fleet, account, uses, vendor, false, lines);
  cite_last(fleet, account, uses, vendor, true, lines);
  return lines;
}

}  // namespace seatlint
