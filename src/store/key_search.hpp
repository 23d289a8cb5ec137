// SPDX-License-Identifier: Apache-2.0
// One person's records, found by name: nobody else's are read.
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

class KeySearch {
 public:
  /// `files` as the ledger has them: those that may be read. The store must outlive the search.
  KeySearch(const Store& store, std::vector<ImportedFile> files);

  /// Takes in all records of users that answer to this folded key, and whoever they share an account or a person with.
  void add_person(const std::string& key);
  /// Takes in records of others, for what those accounts hold.
  void add_others(std::int64_t file, const std::vector<std::uint64_t>& lines);

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
    auto operator<=>(const Record&) const = default;
  };
  using Number = std::uint32_t;                      ///< index into records_
  using Name = std::pair<std::string, std::string>;  ///< org and folded text

  const Store& store_;
  std::vector<ImportedFile> files_;
  std::vector<Record> records_;  ///< of users, that were met so far
  std::map<Record, Number> numbers_;
  std::map<Number, Identity> read_;
  std::set<Number> own_, others_;
  std::vector<BlockKey> blocks_;  ///< in which a log calls somebody by one of the person's names
  std::set<Name> called_;         ///< all names in these, and the person's

  Number number_of(const Record& record);
  const Identity& identity(Number record);
  std::vector<Key> keys_of(Number record);
  /// Records of users that may have this folded text as a key.
  std::vector<Number> candidates(const std::string& text);
  /// Adds `fresh` and, step by step, whoever shares a key of one of these kinds with one added.
  void grow(std::set<Number>& taken, std::vector<Number> fresh, std::string_view kinds);
  std::set<Name> own_names();
  void select_blocks();
  void select_hr(Selection& selection);
};

}  // namespace seatlint
