// SPDX-License-Identifier: Apache-2.0
// One person's records, found without making values of everybody's: every record is looked at once, for its keys only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/selection.hpp"
#include "store/store.hpp"

namespace seatlint {

class SweptRow;

class KeySearch {
 public:
  /// `files` as the ledger has them: those that may be read. The store must outlive the search.
  KeySearch(const Store& store, std::vector<ImportedFile> files);

  /// Takes in all records of users that answer to this folded key, and whoever they share an account or a person with.
  void add_person(const std::string& key);
  /// Takes in somebody else's record, for what that account holds.
  void add_other(std::int64_t file, std::uint64_t line);

  /// Who was taken in, HR facts about them, what the logs call by any of their names, and the accounts that might be
  /// meant by those names as well. nullopt: so many records hang together that reading all of them is simpler.
  std::optional<Selection> selection();
  /// Lines of a file that are the person's own.
  std::vector<std::uint64_t> own_lines(std::int64_t file) const;
  /// Orgs of the person's records.
  std::set<std::string> orgs() const;

 private:
  /// What makes two records one account (kind n, within a vendor) or one person (e, f, h, within an org).
  struct Key {
    char kind = 'n';
    std::string org, vendor, text;
    auto operator<=>(const Key&) const = default;
  };
  struct Record {
    std::size_t file = 0;  ///< index into files_
    std::uint64_t line = 0;
    bool operator==(const Record&) const = default;
  };
  using Number = std::uint32_t;                      ///< index into records_
  using Name = std::pair<std::string, std::string>;  ///< org and folded text

  const Store& store_;
  std::vector<ImportedFile> files_;
  std::vector<Record> records_;
  std::vector<std::pair<std::uint32_t, Number>> hashes_;  ///< of every key of every record of users
  std::map<Number, Identity> read_;
  std::set<Number> own_, others_;
  std::vector<BlockKey> blocks_;  ///< in which a log calls somebody by one of the person's names
  std::set<Name> called_;         ///< all names in these, and the person's

  void read_keys(std::size_t file);
  const Identity& identity(Number record);
  std::vector<Key> keys_of(Number record);
  template <typename Fits>
  void each_candidate(const std::string& text, Fits fits) const;
  /// Adds `fresh` and, step by step, whoever shares a key of one of these kinds with one added.
  void grow(std::set<Number>& taken, std::vector<Number> fresh, std::string_view kinds);
  std::set<Name> own_names();
  void each_naming(const std::string& columns, const std::string& table, std::size_t file, const std::set<Name>& names,
                   const std::function<void(const SweptRow&)>& visit) const;
  void select_blocks();
  void select_hr(Selection& selection);
};

}  // namespace seatlint
