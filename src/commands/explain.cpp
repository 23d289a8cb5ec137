// SPDX-License-Identifier: Apache-2.0
// `explain`: every verdict on one person's seats, its evidence down to file and line, and what would change it.
#include <fmt/core.h>

#include <algorithm>
#include <sstream>

#include "commands/audited.hpp"
#include "commands/explanation.hpp"
#include "commands/name_access.hpp"
#include "commands/names.hpp"
#include "commands/session.hpp"
#include "fleet/one_person.hpp"
#include "report/mask.hpp"

namespace seatlint {
namespace {

struct ExplainOptions {
  std::string subject;
  NamesOptions names;
  AuditScope scope;
};

constexpr CommandText explain_words{
    "explain", "show why one user's seats got their verdicts, with file and line",
    "  seatlint explain ana@example.com                    by login, e-mail, vendor id or alias\n"
    "  seatlint explain ana@example.com --as-of 2026-06-30 as of an earlier day\n"};

void declare(OptionSet& options, ExplainOptions& target) {
  options.positional("SUBJECT", target.subject, "any identity key of a user, or a pseudonym");
  declare_names(options, target.names);
  declare_scope(options, target.scope);
}

bool has_pseudonym(const Account& account, const std::string& key, const Pseudonyms& pseudonyms) {
  return pseudonyms(account.key) == key || pseudonyms(account.shown) == key;
}

/// Whose stand-in a pseudonym is only the whole fleet tells, and so it is with what a mask has to hide.
bool asks_for_all(const std::string& key, const NamesChoice& names) {
  return names.for_people() == Names::pseudonym || (names.pseudonyms() && key.starts_with(pseudonym_prefix));
}

std::vector<int> accounts_called(const Store& store, const Fleet& fleet, const std::string& subject,
                                 const std::string& key, const NamesChoice& names) {
  std::vector<int> found;
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i)
    if (answers_to(fleet.accounts[i], key) ||
        (names.pseudonyms() && has_pseudonym(fleet.accounts[i], key, *names.pseudonyms())))
      found.push_back(static_cast<int>(i));
  if (!found.empty()) return found;
  // A guess would say whom there is.
  const auto near = names.for_people() == Names::show ? nearest(key, store.logins()) : std::nullopt;
  std::string hint;
  if (near && fold_case(*near) == key) {
    hint = "; an export of another day names this account: --as-of DATE asks about that day";
  } else if (near) {
    hint = "; did you mean \"" + printable(*near) + "\"?";
  }
  throw Error(fmt::format("no account answers to \"{}\" on {}{}", printable(subject), to_string(fleet.as_of), hint));
}

int run_explain(const ExplainOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  Policy policy = load_policy(io, catalog);
  const NamesChoice names = choose_names(options.names, policy, "explain", io);
  if (names.for_people() == Names::hide)
    throw Error(
        "explain shows one account, and names are hidden here; --names pseudonym --reason TEXT shows a stand-in");
  const Store store = open_store(io, policy, Store::Open::read);
  const std::string key = fold_case(trim(options.subject));
  const Day today = io.environment.today;
  const auto audited = asks_for_all(key, names)
                           ? audit_store(store, std::move(catalog), std::move(policy), options.scope, today)
                           : audit_person(store, std::move(catalog), std::move(policy), options.scope, today, key);
  const std::vector<int> accounts = accounts_called(store, audited->fleet, options.subject, key, names);
  std::optional<Mask> mask;
  if (names.for_people() == Names::pseudonym) {
    mask.emplace(audited->fleet, names.pseudonyms());
    mask->mask_accounts(audited->fleet);
  }
  io.out << "as of " << to_string(audited->fleet.as_of)
         << (audited->fleet.as_of_given ? " (given)" : " (newest evidence)") << "\n\n";
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (i > 0) io.out << "\n";
    std::ostringstream text;
    explain_account(store, audited->fleet, audited->judged, accounts[i], text);
    io.out << (mask ? mask->scrubbed(text.str()) : text.str());
  }
  record_look(io, store, {"explain", std::string(to_string(names.for_people())), options.names.reason});
  return 0;
}

}  // namespace

std::unique_ptr<Command> explain_command() { return make_command(explain_words, declare, run_explain); }

}  // namespace seatlint
