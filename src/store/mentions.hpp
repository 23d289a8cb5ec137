// SPDX-License-Identifier: Apache-2.0
// A person named in the records of others: as a manager, in a file's name, in a warning.
#pragma once

#include "store/person.hpp"

namespace seatlint {

/// Does `text` say one of the person's addresses, ids, logins or its full name?
class Mentions {
 public:
  explicit Mentions(const StoredPerson& person);
  /// As a word of it.
  bool inside(std::string_view text) const;
  /// Or as the whole of it: short logins, row numbers and single names count, too.
  bool is(std::string_view text) const;
  /// `text` with each mention replaced; `instead` where places can't be told.
  std::string without(const std::string& text, std::string_view instead) const;

 private:
  std::vector<std::string> inside_, whole_;  ///< folded; longest first
};

struct RemovedMentions {
  std::int64_t count = 0;
  std::set<std::string> managers;  ///< what other accounts called the person, names included
};
/// Removes all mentions. A name that another stored person bears, too, is left.
RemovedMentions remove_mentions(const Database& db, const StoredPerson& person);

}  // namespace seatlint
