// SPDX-License-Identifier: Apache-2.0
// One login of one system, as exports and logs know it on the audit date.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "seatlint/compact.hpp"
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
  friend bool operator==(const RecordPlace&, const RecordPlace&) = default;
};

/// A record that proves something.
struct Evidence : RecordPlace {
  TextRef says;

  Evidence() = default;
  Evidence(int in_file, std::uint64_t at_line, TextRef text) : RecordPlace(in_file, at_line), says(text) {}
  Evidence(RecordPlace place, TextRef text) : RecordPlace(place), says(text) {}
  friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// What one log says of one identity, packed (ingest/activity_block.hpp).
struct LoggedBlock {
  int file = 0;
  std::uint64_t actor = 0;  ///< hash of the identity, nearly always
  TextRef facts;
  LoggedBlock* next = nullptr;  ///< of the same account
};

/// The blocks of an account, each naming the next.
class BlockChain {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = LoggedBlock;
    using difference_type = std::ptrdiff_t;
    using pointer = const LoggedBlock*;
    using reference = const LoggedBlock&;
    Iterator() = default;
    explicit Iterator(const LoggedBlock* at) : at_(at) {}
    reference operator*() const { return *at_; }
    pointer operator->() const { return at_; }
    Iterator& operator++() { return at_ = at_->next, *this; }
    Iterator operator++(int) { return Iterator(std::exchange(at_, at_->next)); }
    bool operator==(const Iterator&) const = default;

   private:
    const LoggedBlock* at_ = nullptr;
  };

  BlockChain() = default;
  explicit BlockChain(const LoggedBlock* first) : first_(first) {}
  bool empty() const { return first_ == nullptr; }
  bool several() const { return first_ != nullptr && first_->next != nullptr; }
  const LoggedBlock* first() const { return first_; }
  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(); }

 private:
  const LoggedBlock* first_ = nullptr;
};

/// A day that last-activity columns name.
struct ColumnDay {
  Day day;
  int action = -1;  ///< index into Fleet::actions: machine activity where the log shows only a machine's sign-in
};

/// How an account is known: see Identity.
struct AccountIdentity {
  TextRef id, login, email;
};

/// What HR says of a person.
struct HrFacts {
  MaybeDay last_day;                 ///< may lie in the future
  std::span<const DayRange> leaves;  ///< sorted; an open end is Day{INT32_MAX}
  int share = 100;                   ///< of full time on the audit date, in per cent
  RecordPlace departure_evidence, leave_evidence, share_evidence;
};

/// What there is not of most accounts, or what exports of many vendors do not tell.
struct AccountMore {
  ListRef<std::string_view> aliases, roles;
  TextRef federation_id, hr_id;
  TextRef manager, cost_center, profile_name;
  ListRef<RecordPlace> rows;       ///< all of them where there are several
  ListRef<ColumnDay> column_days;  ///< the same
  RecordPlace last_activity_row;   ///< where the latest last-activity value stands, if not in the first of the rows
  MaybeDay reactivated;
  const HrFacts* hr = nullptr;
};

/// Texts and lists live as long as the fleet and its copies. A large fleet is as fast as it is small, and as what is
/// asked for together stands together: by whom and what an account is first, in one line of the cache.
struct alignas(64) Account {
  int org = 0;
  int person = -1;  ///< accounts of one human share it
  SharedText vendor;
  SharedText class_origin;  ///< "export", "license", "seatlint.toml:31" or "default"
  AccountClass account_class = AccountClass::human;
  AccountState state = AccountState::active;
  LastActivity::Kind column_kind = LastActivity::Kind::absent;
  bool state_known : 1 = false;
  bool licenses_told : 1 = false;          ///< some export says what it holds, if only "nothing"
  bool last_activity_machine : 1 = false;  ///< on its day the log shows only machine sign-ins
  TextRef key;                             ///< vendor id, else login, else e-mail: how reports name it
  TextRef shown;                           ///< its login, else its e-mail, as the export writes it
  AccountIdentity identity;
  AccountMore* told_more = nullptr;

  TextRef name, title, department;
  MaybeDay created;
  MaybeDay column_until;  ///< a last-activity value of this account spans up to this snapshot date
  ColumnDay column_day;   ///< the newest of column_days(), or another day that the latest last-activity value names
  RecordPlace row;        ///< the first of rows()
  BlockChain blocks;      ///< what the logs say of the identities joined to it; see Uses
  std::ranges::iota_view<int, int> seats;  ///< indexes into Fleet::seats

  const AccountMore& more() const {
    static const AccountMore nothing;
    return told_more == nullptr ? nothing : *told_more;
  }
  /// As of somebody who is there full time, where HR says nothing.
  const HrFacts& hr() const {
    static const HrFacts nothing;
    return more().hr == nullptr ? nothing : *more().hr;
  }
  /// The snapshot records it stands on.
  std::span<const RecordPlace> rows() const {
    if (!more().rows.empty()) return {more().rows.data(), more().rows.size()};
    return {&row, row.file < 0 ? 0u : 1u};
  }
  /// The latest of the snapshots' own columns.
  LastActivity last_activity() const { return {column_kind, column_day.day}; }
  void set_last_activity(const LastActivity& value) { column_kind = value.kind, column_day.day = value.day; }
  RecordPlace last_activity_row() const {
    if (column_kind == LastActivity::Kind::absent) return {};
    return more().last_activity_row.file < 0 ? row : more().last_activity_row;
  }
  /// Ascending.
  std::span<const ColumnDay> column_days() const {
    if (!more().column_days.empty()) return {more().column_days.data(), more().column_days.size()};
    return {&column_day, column_kind == LastActivity::Kind::on ? 1u : 0u};
  }
  std::span<ColumnDay> column_days() {
    if (!more().column_days.empty()) return told_more->column_days.values();
    return {&column_day, column_kind == LastActivity::Kind::on ? 1u : 0u};
  }
};

static_assert(sizeof(Account) == 128);

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
