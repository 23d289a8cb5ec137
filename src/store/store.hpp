// SPDX-License-Identifier: Apache-2.0
// The one SQLite file: opening and migrating it, writing one file's facts in one transaction, typed reads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "seatlint/facts.hpp"
#include "store/database.hpp"

namespace seatlint {

struct Selection;

/// One log identity's activity in one file. The views live while it is visited.
struct StoredBlock {
  std::int64_t file = 0;
  std::uint64_t actor = 0;            ///< hash of the identity, nearly always
  std::string_view id, login, email;  ///< `email` is empty where it equals `login`
  std::string_view facts;             ///< see ingest/activity_block.hpp
};
/// An action of a file, as its blocks number it.
struct StoredAction {
  std::int64_t file = 0;
  std::uint32_t number = 0;
  std::string vendor;
  ActionKey key;
};

/// How messages name a store.
std::string absolute_path(const std::string& path);

/// What a file's column of license ids is about.
struct LicenseIds {
  enum class Of { nothing, rights, seats };
  Of of = Of::nothing;
  std::set<std::string> ids;  ///< of seats
};

class Store {
 public:
  enum class Open {
    read,       ///< must exist; nothing is written, an older schema is read as if it were new
    write,      ///< must exist; older schemas are migrated, and a copy kept
    create,     ///< made with mode 0600 where missing
    temporary,  ///< a nameless one, gone when it is closed or the program ends, however that happens
  };
  /// Throws Error for a missing, foreign, changed, newer or locked store, naming the absolute path.
  Store(const std::string& path, Open how, int lock_timeout_ms = 30'000);

  /// The same store once more, to write a line into it.
  Store again_for_writing(int lock_timeout_ms) const;

  bool created() const { return created_; }
  const std::string& path() const { return path_; }
  const Database& database() const { return db_; }
  /// For whoever created it, in the end: removes the file if no import was ever stored and nobody else has it open;
  /// else others may read it while it is written from now on.
  void finish_new() const;

  // --- the ledger
  /// Sorted by name, digest, org, profile, snapshot date.
  std::vector<ImportedFile> files() const;
  bool has_file_of_size(std::uint64_t bytes) const;
  bool knows(const std::string& sha256, const std::string& org, const std::string& profile,
             std::optional<Day> snapshot_date) const;
  std::vector<std::string> orgs() const;
  std::optional<std::string> org_of_tenant(const std::string& vendor, const std::string& tenant) const;
  std::optional<std::string> tenant_of_org(const std::string& vendor, const std::string& org) const;
  /// The org in which most of these identities are known; nullopt when none is.
  std::optional<std::string> org_knowing(const std::vector<Identity>& identities) const;
  LicenseIds license_ids(std::int64_t file) const;
  /// What people are called in any snapshot: logins, else addresses or ids; in no order, and once a record.
  std::vector<std::string> logins() const;
  std::optional<std::string> setting(const std::string& name) const;
  void set_setting(const std::string& name, const std::string& value);

  // --- reads, in (file, line) resp. (file, actor) order; of all records, or of those in `only`
  void each_user(std::int64_t file, const std::function<void(const UserRow&, std::uint64_t)>& visit,
                 const Selection* only = nullptr) const;
  void each_entitlement(std::int64_t file,
                        const std::function<void(const EntitlementRow&, std::uint64_t)>& visit) const;
  void each_person(std::int64_t file, const std::function<void(const PersonRow&, std::uint64_t)>& visit,
                   const Selection* only = nullptr) const;
  void each_lookup(std::int64_t file, const std::function<void(const LookupRow&, std::uint64_t)>& visit) const;
  std::vector<StoredAction> actions() const;
  void each_block(const std::function<void(const StoredBlock&)>& visit, const Selection* only = nullptr) const;
  /// The blocks of some identities, by their hashes (`identity_hash`), which each block then gives as `actor`.
  void each_block_of(std::vector<std::uint64_t> actors, const std::function<void(const StoredBlock&)>& visit) const;

  // --- audits
  void record_audit(Day ran_on, Day as_of, const std::string& inputs_sha256, const std::string& policy_sha256,
                    std::int64_t findings);
  struct AuditRun {
    Day ran_on, as_of;
    std::int64_t findings = 0;
  };
  std::optional<AuditRun> last_audit() const;
  /// Somebody saw more of persons than the policy shows, and said why.
  void record_names_override(Day day, const std::string& command, const std::string& policy_names,
                             const std::string& shown, const std::string& reason);

  // --- who looked
  struct NameAccess {
    Day on;
    std::string who, command, names, reason;
  };
  void record_name_access(const NameAccess& access);
  /// Oldest first.
  std::vector<NameAccess> name_accesses() const;

 private:
  Store(std::string path, Database db) : path_(std::move(path)), db_(std::move(db)) {}
  friend class ImportSession;
  std::string path_;
  bool created_ = false;
  Database db_;
};

/// One file's facts in one transaction: everything or nothing. Destroyed without `commit`, it rolls back.
class ImportSession : public FactSink {
 public:
  explicit ImportSession(Store& store);
  ~ImportSession() override;
  void user(const UserRow& row, std::uint64_t line) override;
  void entitlement(const EntitlementRow& row, std::uint64_t line) override;
  void person(const PersonRow& row, std::uint64_t line) override;
  void lookup(const LookupRow& row, std::uint64_t line) override;
  /// Blocks ascending by part and actor.
  void activity(const ActivityBlock& block) override;
  /// Writes the ledger line and what the blocks call actions, and makes all of it durable. `file.org` must be settled.
  void commit(const ImportedFile& file, const std::vector<ActionKey>& actions);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace seatlint
