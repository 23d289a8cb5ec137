// SPDX-License-Identifier: Apache-2.0
// `explain`: every verdict on one person's seats, its evidence down to file and line, and what would change it.
#include <fmt/core.h>

#include <algorithm>

#include "commands/audited.hpp"
#include "commands/explanation.hpp"
#include "commands/session.hpp"

namespace seatlint {
namespace {

struct ExplainOptions {
  std::string subject;
  AuditScope scope;
};

constexpr CommandText words{
    "explain", "show why one user's seats got their verdicts, with file and line",
    "  seatlint explain ana@example.com                    by login, e-mail, vendor id or alias\n"
    "  seatlint explain ana@example.com --as-of 2026-06-30 as of an earlier day\n"};

void declare(OptionSet& options, ExplainOptions& target) {
  options.positional("SUBJECT", target.subject, "any identity key of a user");
  declare_scope(options, target.scope);
}

bool answers_to(const Account& account, const std::string& key) {
  const Identity& identity = account.identity;
  for (const std::string* own :
       {&account.key, &identity.id, &identity.login, &identity.email, &identity.hr_id, &identity.federation_id})
    if (fold_case(*own) == key && !key.empty()) return true;
  return std::any_of(identity.aliases.begin(), identity.aliases.end(),
                     [&](const std::string& alias) { return fold_case(alias) == key; });
}

std::vector<int> accounts_called(const Store& store, const Fleet& fleet, const std::string& subject) {
  const std::string key = fold_case(trim(subject));
  std::vector<int> found;
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i)
    if (answers_to(fleet.accounts[i], key)) found.push_back(static_cast<int>(i));
  if (!found.empty()) return found;
  const auto near = nearest(key, store.logins());
  throw Error(fmt::format("no account answers to \"{}\" on {}{}", printable(subject), to_string(fleet.as_of),
                          near ? "; did you mean \"" + printable(*near) + "\"?" : ""));
}

int run_explain(const ExplainOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  Policy policy = load_policy(io, catalog);
  const Store store = open_store(io, policy, Store::Open::read);
  const auto audited =
      audit_unproven(store, std::move(catalog), std::move(policy), options.scope, io.environment.today);
  const std::vector<int> accounts = accounts_called(store, audited->fleet, options.subject);
  load_proofs(store, audited->fleet, accounts);
  io.out << "as of " << to_string(audited->fleet.as_of)
         << (audited->fleet.as_of_given ? " (given)" : " (newest evidence)") << "\n\n";
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (i > 0) io.out << "\n";
    explain_account(store, audited->fleet, audited->judged, accounts[i], io.out);
  }
  return 0;
}

}  // namespace

std::unique_ptr<Command> explain_command() { return make_command(words, declare, run_explain); }

}  // namespace seatlint
