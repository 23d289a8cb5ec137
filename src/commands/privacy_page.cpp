// SPDX-License-Identifier: Apache-2.0
// What is kept of persons, for how long, who was erased and who looked; figures from the store, not from intentions.
#include "commands/privacy_page.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "commands/prune.hpp"
#include "commands/session.hpp"
#include "report/amounts.hpp"
#include "store/chain.hpp"
#include "store/stored_activity.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

struct Kept {
  std::string what;
  std::int64_t records = 0;
  std::optional<Day> oldest, newest;
  std::vector<std::string> columns;  ///< that hold anything
};

Kept kept(const Database& db, std::string what, std::string_view count_oldest_newest,
          const std::vector<std::pair<std::string, std::string>>& columns, const std::string& table) {
  Statement row = db.prepare(count_oldest_newest);
  Kept kept{std::move(what), 0, {}, {}, {}};
  if (row.step()) kept.records = row.integer(0), kept.oldest = row.day(1), kept.newest = row.day(2);
  for (const auto& [column, label] : columns)
    if (db.integer(fmt::format("SELECT EXISTS (SELECT 1 FROM {} WHERE {})", table, column)) != 0)
      kept.columns.push_back(label);
  return kept;
}

std::vector<Kept> all_kept(const Database& db) {
  const auto there = [](const char* column) { return std::string(column) + " IS NOT NULL"; };
  std::vector<Kept> all;
  all.push_back(kept(db, "accounts in snapshots",
                     "SELECT count(*), min(f.snapshot_date), max(f.snapshot_date) FROM user_block b "
                     "JOIN user_row(b.rows) JOIN imported_file f ON f.id = b.file_id",
                     {{there("id"), "vendor id"},
                      {there("login"), "login"},
                      {there("email"), "e-mail"},
                      {there("aliases"), "aliases"},
                      {there("federation_id"), "federation id"},
                      {there("hr_id"), "HR number"},
                      {there("name"), "name"},
                      {there("title"), "title"},
                      {there("department"), "department"},
                      {there("manager"), "manager"},
                      {there("cost_center"), "cost center"},
                      {there("roles"), "roles"},
                      {there("state"), "state"},
                      {there("created"), "day created"},
                      {"last_kind <> 0", "day of last activity"},
                      {there("products"), "licenses"}},
                     "user_block b JOIN user_row(b.rows)"));
  std::set<std::string> keys;
  Kept logs{"identities in logs, a file each, with the days of each action", 0, {}, {}, {}};
  each_log_identity(db, [&](const LogIdentity& log) {
    ++logs.records;
    if (!log.identity.id.empty()) keys.insert("vendor id");
    if (!log.identity.login.empty()) keys.insert("login");
    if (!log.identity.email.empty()) keys.insert("e-mail");
  });
  logs.columns.assign(keys.begin(), keys.end());
  Statement days = db.prepare("SELECT min(first_day), max(last_day) FROM imported_file WHERE kind = 'activity'");
  if (days.step()) logs.oldest = days.day(0), logs.newest = days.day(1);
  all.push_back(std::move(logs));
  all.push_back(kept(db, "departures",
                     "SELECT count(*), min(last_day), max(last_day) FROM person_row "
                     "WHERE last_day IS NOT NULL",
                     {}, ""));
  all.push_back(kept(db, "leave, from and to",
                     "SELECT count(*), min(from_day), max(ifnull(to_day, from_day)) "
                     "FROM person_row WHERE from_day IS NOT NULL AND share IS NULL",
                     {}, ""));
  all.push_back(kept(
      db, "part-time, share of full time",
      "SELECT count(*), min(from_day), max(ifnull(to_day, from_day)) FROM person_row WHERE share IS NOT NULL", {}, ""));
  all.push_back(kept(db, "audits run", "SELECT count(*), min(ran_on), max(ran_on) FROM audit_run", {}, ""));
  return all;
}

constexpr std::string_view never_kept[] = {
    "times of day: of a log only days are kept, one bit a day",
    "IP addresses, devices, places, contents of records, or any column no profile maps",
    "why somebody is away: of leave only from and to",
};

std::vector<std::string> erased_on(const std::vector<ChainEntry>& entries) {
  std::vector<std::string> days;
  for (const ChainEntry& entry : entries) {
    if (entry.kind != "forget" || !entry.unit.name.empty()) continue;
    const auto says = nlohmann::json::parse(entry.says, nullptr, false);
    if (says.is_object()) days.push_back(says.value("on", ""));
  }
  return days;
}

class PrivacyPage {
 public:
  PrivacyPage(const Store& store, const Policy& policy, Day today)
      : kept_(all_kept(store.database())),
        first_kept_(first_kept_day(policy.privacy.keep, today)),
        keep_(policy.privacy.keep),
        entries_(Chain(store.database()).entries()),
        looks_(store.name_accesses()) {}

  void print(Io& io) const {
    io.out << "What is kept\n";
    for (const Kept& kept : kept_) {
      if (kept.records == 0) continue;
      io.out << fmt::format("  {:>9}  {}", grouped(kept.records), kept.what);
      if (kept.oldest) io.out << fmt::format(", {} to {}", to_string(*kept.oldest), to_string(*kept.newest));
      io.out << '\n';
      for (std::size_t i = 0; i < kept.columns.size(); ++i)
        io.out << (i == 0 ? "             " : ", ") << kept.columns[i] << (i + 1 == kept.columns.size() ? "\n" : "");
    }
    io.out << "\nWhat is never kept\n";
    for (const std::string_view what : never_kept) io.out << "  " << what << '\n';
    io.out << "\nFor how long\n  "
           << (first_kept_
                   ? fmt::format("{} ([privacy] keep): nothing older than {} is taken, and each import removes it; the "
                                 "newest snapshot stays",
                                 keep_, to_string(*first_kept_))
                   : std::string("no period is set: keep = \"13mo\" under [privacy] sets one"))
           << '\n';
    print_erasures(io);
    print_looks(io);
    if (!entries_.empty())
      io.out << fmt::format("\nEvidence\n  {} entries in the chain, head {}\n", entries_.size(), entries_.back().head);
  }

  Json value() const {
    Json kept = Json::array(), looks = Json::array();
    for (const Kept& each : kept_)
      kept.push_back({{"what", each.what},
                      {"records", each.records},
                      {"oldest", each.oldest ? Json(to_string(*each.oldest)) : Json()},
                      {"newest", each.newest ? Json(to_string(*each.newest)) : Json()},
                      {"columns", each.columns}});
    for (const Store::NameAccess& look : looks_)
      looks.push_back({{"on", to_string(look.on)},
                       {"who", look.who},
                       {"command", look.command},
                       {"names", look.names},
                       {"reason", look.reason}});
    return {
        {"schema", "seatlint.privacy/1"},
        {"kept", kept},
        {"never_kept", never_kept},
        {"keep", keep_.empty() ? Json() : Json(keep_)},
        {"first_kept_day", first_kept_ ? Json(to_string(*first_kept_)) : Json()},
        {"erasures", erased_on(entries_)},
        {"looks", looks},
        {"chain", {{"entries", entries_.size()}, {"head", entries_.empty() ? Json() : Json(entries_.back().head)}}}};
  }

 private:
  void print_erasures(Io& io) const {
    const std::vector<std::string> days = erased_on(entries_);
    if (days.empty()) return;
    io.out << "\nErased\n  " << counted(static_cast<std::int64_t>(days.size()), "erasure") << ", the last on "
           << days.back() << "; only keyed digests stay, so that old exports bring nobody back\n";
  }

  void print_looks(Io& io) const {
    constexpr std::size_t shown = 20;
    io.out << "\nWho looked, with names shown\n";
    if (looks_.empty()) io.out << "  nobody so far\n";
    const std::size_t first = looks_.size() > shown ? looks_.size() - shown : 0;
    if (first > 0) io.out << fmt::format("  ... {} earlier (--format json has all)\n", first);
    for (std::size_t i = first; i < looks_.size(); ++i) {
      const Store::NameAccess& look = looks_[i];
      io.out << "  "
             << printable(fmt::format("{}  {:<8}{}{}", to_string(look.on), look.command,
                                      look.who.empty() ? "" : "  by " + look.who,
                                      look.reason.empty() ? "" : "  because: " + look.reason))
             << '\n';
    }
    io.out << "  seatlint query and whoever opens the file by other means leave no line here\n";
  }

  std::vector<Kept> kept_;
  std::optional<Day> first_kept_;
  std::string keep_;
  std::vector<ChainEntry> entries_;
  std::vector<Store::NameAccess> looks_;
};

}  // namespace

void print_privacy_page(const Store& store, const Policy& policy, const std::string& format, Io& io) {
  const PrivacyPage page(store, policy, io.environment.today);
  if (format == "json") {
    io.out << page.value().dump(2, ' ', io.environment.stdout_is_terminal, Json::error_handler_t::replace) << '\n';
  } else {
    page.print(io);
  }
}

}  // namespace seatlint
