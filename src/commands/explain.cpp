// SPDX-License-Identifier: Apache-2.0
// `explain`: every verdict on one person's seats, its evidence down to file and line, and what would change it.
#include <fmt/core.h>

#include <algorithm>

#include "commands/audited.hpp"
#include "commands/joined_by.hpp"
#include "commands/session.hpp"
#include "report/build_report.hpp"
#include "rules/examine.hpp"

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

std::vector<int> accounts_called(const Fleet& fleet, const std::string& subject) {
  const std::string key = fold_case(trim(subject));
  std::vector<int> found;
  std::vector<std::string> logins;
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i) {
    if (answers_to(fleet.accounts[i], key)) found.push_back(static_cast<int>(i));
    logins.push_back(fleet.accounts[i].identity.login.empty() ? fleet.accounts[i].key
                                                              : fleet.accounts[i].identity.login);
  }
  if (!found.empty()) return found;
  const auto near = nearest(key, logins);
  throw Error(fmt::format("no account answers to \"{}\" on {}{}", printable(subject), to_string(fleet.as_of),
                          near ? "; did you mean \"" + printable(*near) + "\"?" : ""));
}

class Explanation {
 public:
  Explanation(const Store& store, const Audited& audited, Io& io)
      : store_(store), fleet_(audited.fleet), judged_(audited.judged), io_(io) {}

  void account(int index) {
    const Account& account = fleet_.accounts[static_cast<std::size_t>(index)];
    identity(account);
    std::vector<SeatPath> paths = examine(fleet_, judged_, index);
    if (paths.empty()) line(0, "holds no seat on this day");
    for (const SeatPath& path : paths) seat(account, path);
    use(account);
  }

 private:
  /// Every line may quote a file, so none reaches a terminal raw.
  void line(int indent, const std::string& text) {
    io_.out << std::string(static_cast<std::size_t>(indent), ' ') << printable(text) << "\n";
  }
  void field(const char* label, const std::string& text) {
    if (!text.empty()) line(2, fmt::format("{:<14}{}", label, text));
  }

  std::string product_name(int product) const { return fleet_.products[static_cast<std::size_t>(product)].name; }

  std::string where(const Evidence& evidence) const {
    if (evidence.file < 0) return {};
    const std::string& file = fleet_.files[static_cast<std::size_t>(evidence.file)].name;
    return file + (evidence.line == 0 ? "" : ":" + std::to_string(evidence.line));
  }

  void identity(const Account& account) {
    const std::string who = account.name.empty() ? account.key : account.name;
    line(0, who + (account.identity.login.empty() ? "" : "  " + account.identity.login));
    field("id", account.identity.id);
    field("e-mail", account.identity.email);
    const char* comma = account.title.empty() || account.department.empty() ? "" : ", ";
    field("title", account.title + comma + account.department);
    field("account", fmt::format("{} at {}, class {} ({})", to_string(account.state), account.vendor,
                                 to_string(account.account_class), account.class_origin));
    if (account.created) field("created", to_string(*account.created));
    if (account.reactivated) field("reactivated", to_string(*account.reactivated));
    if (account.last_day) field("last day", to_string(*account.last_day) + "  " + where(account.departure_evidence));
    for (const JoinedFile& joined : joined_by(store_, fleet_, account))
      field("record", joined.file + (joined.by.empty() ? "" : "  by " + joined.by));
  }

  static std::string days(const Setting& setting) { return fmt::format("{} ({})", setting.value, setting.origin); }

  void seat(const Account& account, const SeatPath& path) {
    const Judgment& judgment = judged_.seats[static_cast<std::size_t>(path.seat)];
    const Seat& seat = fleet_.seats[static_cast<std::size_t>(path.seat)];
    line(0, "");
    line(0,
         fmt::format("{}: {}{}", product_name(seat.product), judgment.rule->name, judgment.waived ? " (waived)" : ""));
    field("because", judgment.why);
    if (judgment.waived)
      field("waived", fmt::format("until {} by {}: {}", to_string(judgment.waived->until), judgment.waived->owner,
                                  judgment.waived->reason));
    field("certainty", judgment.certainty);
    for (const std::string& note : judgment.notes) field("note", note);
    money(account, judgment, path);
    field("thresholds", "idle days " + days(path.idle_days) + ", grace days " + days(path.grace_days));
    if (seat.clock_start) field("clock start", to_string(*seat.clock_start) + " (" + seat.clock_origin + ")");
    for (const EvidenceLine& evidence : evidence_of(fleet_, account, &seat))
      field("evidence", fmt::format("{}{}  {}", evidence.file,
                                    evidence.line == 0 ? "" : ":" + std::to_string(evidence.line), evidence.says));
    field("path", path_text(path));
    field("would change", nearest_change(fleet_, judgment, path));
  }

  void money(const Account& account, const Judgment& judgment, const SeatPath& path) {
    const Seat& seat = fleet_.seats[static_cast<std::size_t>(path.seat)];
    const UnitPrice price = unit_price(fleet_, account.org, seat.product);
    field("price", price.money ? to_string(*price.money) + " a month (" + price.origin + ")" : "unknown");
    if (!path.tier || !path.tier->asked) return;
    const TierView& tier = *path.tier;
    field("used features", features(tier.used));
    if (!tier.adequate.empty()) {
      std::string set;
      for (const int product : tier.adequate) {
        const UnitPrice unit = unit_price(fleet_, account.org, product);
        set += (set.empty() ? "" : " + ") + product_name(product) + (unit.money ? " at " + to_string(*unit.money) : "");
      }
      field("cheapest", set + (tier.cheapest.empty() ? " (nothing cheaper is adequate)" : ""));
    }
    if (judgment.saving && judgment.saving->minor != 0) field("saving", to_string(*judgment.saving) + " a month");
    cheaper_ones(account, tier, price);
  }

  /// What each cheaper product of the vendor lacks.
  void cheaper_ones(const Account& account, const TierView& tier, const UnitPrice& now) {
    constexpr int shown = 6;
    int count = 0;
    for (std::size_t i = 0; i < fleet_.products.size() && count < shown; ++i) {
      const FleetProduct& product = fleet_.products[i];
      if (product.known == nullptr || product.vendor != account.vendor || !product.known->offered ||
          !product.grants.test(0))
        continue;
      const UnitPrice price = unit_price(fleet_, account.org, static_cast<int>(i));
      if (!price.money || !now.money || price.money->currency != now.money->currency ||
          price.money->minor >= now.money->minor)
        continue;
      const FeatureSet missing = tier.needed & ~product.grants;
      if (missing.none()) continue;
      ++count;
      field("too little", fmt::format("{} at {} lacks {}", product.name, to_string(*price.money), features(missing)));
    }
  }

  std::string features(const FeatureSet& set) const {
    std::string text;
    for (std::size_t bit = 0; bit < fleet_.features.size(); ++bit)
      if (set.test(bit)) text += (text.empty() ? "" : ", ") + fleet_.features[bit];
    return text.empty() ? "none" : text;
  }

  static std::string path_text(const SeatPath& path) {
    std::string text;
    for (const PathStep& step : path.steps)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", step.rule->name,
                          !step.asked    ? "not asked"
                          : step.applies ? "yes"
                                         : "no");
    return text;
  }

  /// Newest first: what the logs say of the account.
  void use(const Account& account) {
    std::vector<const Use*> uses;
    for (const Use& use : account.uses) uses.push_back(&use);
    if (uses.empty()) return;
    std::sort(uses.begin(), uses.end(), [](const Use* a, const Use* b) { return a->days.last() > b->days.last(); });
    line(0, "");
    line(0, "Activity up to " + to_string(fleet_.as_of));
    constexpr std::size_t shown = 20;
    for (std::size_t i = 0; i < uses.size() && i < shown; ++i) {
      const FleetAction& action = fleet_.actions[static_cast<std::size_t>(uses[i]->action)];
      const std::string what = action.from_column ? "last-activity column" : action.object + " " + action.verb;
      std::string source;
      for (const Proof& proof : uses[i]->proofs)
        if (proof.last == uses[i]->days.last()) source = "  " + where({proof.file, proof.last_line, {}});
      line(2, fmt::format("{}  {} day{}{}  {}{}", to_string(uses[i]->days.last()), uses[i]->days.count(),
                          uses[i]->days.count() == 1 ? "" : "s", action.machine ? " by machine" : "", what, source));
    }
    if (uses.size() > shown) line(2, fmt::format("... and {} more kinds of activity", uses.size() - shown));
  }

  const Store& store_;
  const Fleet& fleet_;
  const Judged& judged_;
  Io& io_;
};

int run_explain(const ExplainOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  Policy policy = load_policy(io, catalog);
  const Store store = open_store(io, policy, Store::Open::read);
  const auto audited = audit_store(store, std::move(catalog), std::move(policy), options.scope, io.environment.today);
  const std::vector<int> accounts = accounts_called(audited->fleet, options.subject);
  load_proofs(store, audited->fleet, accounts);
  io.out << "as of " << to_string(audited->fleet.as_of)
         << (audited->fleet.as_of_given ? " (given)" : " (newest evidence)") << "\n\n";
  Explanation explanation(store, *audited, io);
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (i > 0) io.out << "\n";
    explanation.account(accounts[i]);
  }
  return 0;
}

}  // namespace

std::unique_ptr<Command> explain_command() { return make_command(words, declare, run_explain); }

}  // namespace seatlint
