// SPDX-License-Identifier: Apache-2.0
// Replaces everything in a report that names a person. Fields are replaced as a whole, sentences scrubbed.
#include "report/mask.hpp"

#include "base/arena.hpp"

namespace seatlint {
namespace {

bool names_persons(std::string_view key) {
  for (const std::string_view person : {"id", "login", "email", "name", "title", "manager"})
    if (key == person) return true;
  return false;
}

}  // namespace

Mask::Mask(const Fleet& fleet, std::optional<Pseudonyms> pseudonyms)
    : pseudonyms_(std::move(pseudonyms)), min_group_(fleet.policy->privacy.min_group) {
  for (const Account& account : fleet.accounts) {
    const AccountIdentity& identity = account.identity;
    for (const std::string_view own :
         {account.key, account.shown, identity.id, identity.login, identity.email, account.more().hr_id,
          account.more().federation_id, account.name, account.more().manager})
      learn(own);
    for (const std::string_view alias : account.more().aliases) learn(alias);
  }
  for (const UnknownActor& actor : fleet.unknown_actors) learn(actor.key);
  for (const Waiver& waiver : fleet.policy->waivers) {
    learn(waiver.owner);
    for (const auto& [key, globs] : waiver.match.keys)
      if (names_persons(key))
        for (const std::string& glob : globs) learn(glob);
  }
  scrub_.finish();
}

void Mask::learn(std::string_view identity) {
  if (!trim(identity).empty()) scrub_.add(identity, stand_in(identity));
}

std::string Mask::stand_in(std::string_view identity) const {
  if (pseudonyms_) return (*pseudonyms_)(identity);
  return trim(identity).empty() ? std::string() : "(hidden)";
}

Finding Mask::masked(Finding finding) const {
  finding.name = finding.name.empty() ? "" : stand_in(finding.user.empty() ? finding.account : finding.user);
  finding.user = stand_in(finding.user);
  finding.account = stand_in(finding.account);
  finding.manager = stand_in(finding.manager);
  finding.title.clear();
  finding.why = scrub_(finding.why);
  for (std::string& note : finding.notes) note = scrub_(note);
  for (EvidenceLine& line : finding.evidence) {
    line.file = scrub_(line.file);
    line.says = scrub_(line.says);
  }
  if (finding.waived) {
    WaivedBy masked{finding.waived->until, scrub_(finding.waived->reason), stand_in(finding.waived->owner)};
    finding.waived = std::make_shared<const WaivedBy>(std::move(masked));
  }
  return finding;
}

void Mask::mask_texts(Report& report) const {
  for (InputLine& line : report.inputs) line.file = scrub_(line.file);
  for (RefusedFile& file : report.refused) file = {scrub_(file.file), scrub_(file.says)};
  for (std::string& file : report.known) file = scrub_(file);
  for (Doubt& doubt : report.doubts) {
    doubt.says = scrub_(doubt.says);
    doubt.fetch = scrub_(doubt.fetch);
  }
  for (BorderlineSeat& seat : report.borderline) {
    seat.account = stand_in(seat.account);
    seat.user = stand_in(seat.user);
  }
  for (std::string& hint : report.hints) hint = scrub_(hint);
  for (WaiverLine& waiver : report.waivers) {
    waiver.subject = scrub_(waiver.subject);
    waiver.owner = stand_in(waiver.owner);
    waiver.reason = scrub_(waiver.reason);
  }
}

Report Mask::masked(const Report& report, Names names, std::string_view group_by) const {
  Report shown = report;
  if (names == Names::show) return shown;
  shown.names = names;
  for (Finding& finding : shown.findings) finding = masked(std::move(finding));
  mask_texts(shown);
  if (names == Names::hide) hide_persons(shown, min_group_, group_by);
  return shown;
}

void Mask::mask_accounts(Fleet& fleet) const {
  Arena& memory = *fleet.memory.emplace_back(std::make_shared<Arena>());
  for (Account& account : fleet.accounts) {
    AccountIdentity& identity = account.identity;
    if (!account.name.empty())
      account.name = memory.keep(stand_in(account.shown.empty() ? account.key : account.shown));
    for (TextRef* own : {&account.key, &account.shown, &identity.id, &identity.login, &identity.email})
      *own = memory.keep(stand_in(*own));
    if (account.told_more != nullptr) {
      AccountMore& more = *account.told_more;
      for (TextRef* own : {&more.hr_id, &more.federation_id, &more.manager}) *own = memory.keep(stand_in(*own));
      std::vector<std::string_view> aliases;
      for (const std::string_view alias : more.aliases) aliases.push_back(memory.keep(stand_in(alias)));
      more.aliases = memory.keep_list<std::string_view>(aliases);
    }
    account.title = {};
  }
  for (ImportedFile& file : fleet.files) file.name = scrub_(file.name);
}

}  // namespace seatlint
