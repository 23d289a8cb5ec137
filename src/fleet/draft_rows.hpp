// SPDX-License-Identifier: Apache-2.0
// Records of a snapshot on their way to become accounts: what can be made of each by itself, on any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/accounts.hpp"

namespace seatlint {

class DraftRows {
 public:
  /// One record. Its products are the next of `names()`: first its own, then those by group.
  struct Row {
    AccountNode node;      ///< without number, series and holdings
    std::string_view key;  ///< id, else login, else e-mail
    std::string_view profile_ref;
    std::uint64_t key_hash = 0;  ///< as NumberedTexts has it
    bool has_products = false;
    std::size_t products = 0, group_products = 0;
    std::optional<std::string> license_id;
  };
  /// How much of each record is kept.
  enum class Kept {
    account,     ///< all; accounts live as long as `memory`
    assignment,  ///< all; accounts live as long as this: mostly they are known from a record before
    past         ///< only what tells the past; keys live as long as this
  };

  /// `org` and `file` index Fleet::orgs and Fleet::files. Texts go to `memory`.
  DraftRows(int org, int file, Kept kept, Arena& memory) : org_(org), file_(file), kept_(kept), memory_(memory) {}

  /// Records without a key are left out.
  void add(const UserRow& row, std::uint64_t line) { add_row(row, line); }
  /// Room for the records of so many blocks.
  void expect(std::size_t blocks) { rows_.reserve(blocks * usual_rows); }
  /// All records of a block of the store.
  void add_block(std::string_view block);

  std::vector<Row>& rows() { return rows_; }
  /// Whether accounts outlive this.
  bool accounts_last() const { return kept_ == Kept::account; }
  /// Indexes into `texts()`, row by row.
  const std::vector<std::uint32_t>& names() const { return names_; }
  /// Names of products as written, each once, in the order of first sight.
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  /// Views are of what lives as long as `memory_`, where the row is not of the past.
  template <typename Text>
  void add_row(const BasicUserRow<Text>& row, std::uint64_t line);
  template <typename Text>
  Account* account_of(const BasicUserRow<Text>& row);
  template <typename Text>
  void add_names(const std::vector<Text>& products);
  template <typename Text>
  ListRef<std::string_view> kept(const std::vector<Text>& texts);
  std::string_view kept(const std::string& text) { return memory_.keep(text); }
  std::string_view kept(std::string_view text) const { return text; }

  static constexpr std::size_t usual_rows = 256;  ///< of a block

  int org_, file_;
  Kept kept_;
  Arena& memory_;
  Arena own_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> names_;
  std::vector<std::string> texts_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;  ///< of texts_
};

}  // namespace seatlint
