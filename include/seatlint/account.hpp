// SPDX-License-Identifier: Apache-2.0
// One login of one system, as exports and logs know it on the audit date.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "seatlint/facts.hpp"

namespace seatlint {

/// A record of an export: `file` indexes Fleet::files, -1: none; line 0 cites the file as a whole, and so does a line
/// beyond four billion. Small: a fleet has millions of them.
struct RecordPlace {
  int file = -1;
  std::uint32_t line = 0;

  RecordPlace() = default;
  RecordPlace(int in_file, std::uint64_t at_line)
      : file(in_file), line(at_line > UINT32_MAX ? 0 : static_cast<std::uint32_t>(at_line)) {}
};

/// A record that proves something.
struct Evidence : RecordPlace {
  std::string_view says;

  Evidence() = default;
  Evidence(int in_file, std::uint64_t at_line, std::string_view text) : RecordPlace(in_file, at_line), says(text) {}
  Evidence(RecordPlace place, std::string_view text) : RecordPlace(place), says(text) {}
};

/// What one log says of one identity, packed (ingest/activity_block.hpp).
struct LoggedBlock {
  int file = 0;
  std::uint64_t actor = 0;  ///< hash of the identity, nearly always
  std::string_view facts;
};

/// A day that last-activity columns name.
struct ColumnDay {
  Day day;
  int action = 0;  ///< index into Fleet::actions: machine activity where the log shows only a machine's sign-in
};

/// How an account is known: see Identity.
struct AccountIdentity {
  std::string_view id, login, email;
  std::span<const std::string_view> aliases;
  std::string_view federation_id, hr_id;
};

/// Texts and lists live as long as the fleet and its copies.
struct Account {
  int org = 0;
  std::string_view vendor;
  std::string_view key;    ///< vendor id, else login, else e-mail: how reports name it
  std::string_view shown;  ///< its login, else its e-mail, as the export writes it
  AccountIdentity identity;
  std::string_view name, title, department, manager, cost_center, profile_name;
  std::span<const std::string_view> roles;
  AccountClass account_class = AccountClass::human;
  std::string_view class_origin;  ///< "export", "seatlint.toml:31" or "default"
  AccountState state = AccountState::active;
  bool state_known = false;
  bool licenses_told = false;  ///< some export says what it holds, if only "nothing"
  std::optional<Day> created, reactivated;
  LastActivity last_activity;          ///< the latest of the snapshots' own columns
  bool last_activity_machine = false;  ///< on its day the log shows only machine sign-ins
  std::optional<Day> column_until;     ///< a last-activity value of this account spans up to this snapshot date
  std::optional<Day> last_day;         ///< from HR; may lie in the future
  std::span<const DayRange> leaves;    ///< sorted; an open end is Day{INT32_MAX}
  int share = 100;                     ///< of full time on the audit date, in per cent
  int person = -1;                     ///< accounts of one human share it
  std::span<const RecordPlace> rows;   ///< the snapshot records it stands on
  RecordPlace last_activity_evidence, departure_evidence, leave_evidence, share_evidence;
  std::span<const LoggedBlock> blocks;     ///< what the logs say of the identities joined to it; see Uses
  std::span<const ColumnDay> column_days;  ///< ascending
  std::span<const int> seats;              ///< indexes into Fleet::seats
};

/// Accounts in an order of their own. They stay where they were made, and live as long as the fleet and its copies.
class AccountList {
 public:
  template <typename Value>
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = Account;
    using difference_type = std::ptrdiff_t;
    using pointer = Value*;
    using reference = Value&;
    Iterator() = default;
    explicit Iterator(Account* const* at) : at_(at) {}
    reference operator*() const { return **at_; }
    pointer operator->() const { return *at_; }
    reference operator[](difference_type n) const { return *at_[n]; }
    Iterator& operator+=(difference_type n) { return at_ += n, *this; }
    Iterator& operator-=(difference_type n) { return at_ -= n, *this; }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this -= 1; }
    Iterator operator++(int) { return Iterator(at_++); }
    Iterator operator--(int) { return Iterator(at_--); }
    friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
    friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
    friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
    friend difference_type operator-(Iterator a, Iterator b) { return a.at_ - b.at_; }
    auto operator<=>(const Iterator&) const = default;

   private:
    Account* const* at_ = nullptr;
  };

  AccountList() = default;
  explicit AccountList(std::vector<Account*> accounts) : accounts_(std::move(accounts)) {}
  void push_back(Account& account) { accounts_.push_back(&account); }

  std::size_t size() const { return accounts_.size(); }
  bool empty() const { return accounts_.empty(); }
  Account& operator[](std::size_t i) { return *accounts_[i]; }
  const Account& operator[](std::size_t i) const { return *accounts_[i]; }
  Account& at(std::size_t i) { return *accounts_.at(i); }
  const Account& at(std::size_t i) const { return *accounts_.at(i); }
  auto begin() { return Iterator<Account>(accounts_.data()); }
  auto end() { return Iterator<Account>(accounts_.data() + accounts_.size()); }
  auto begin() const { return Iterator<const Account>(accounts_.data()); }
  auto end() const { return Iterator<const Account>(accounts_.data() + accounts_.size()); }

 private:
  std::vector<Account*> accounts_;
};

}  // namespace seatlint
