// SPDX-License-Identifier: Apache-2.0
// Finds an account by what a log calls it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/numbered_texts.hpp"
#include "seatlint/fleet.hpp"

namespace seatlint {

class AccountIndex {
 public:
  static constexpr int unknown = -1, ambiguous = -2;

 private:
  class Names;

 public:
  explicit AccountIndex(const Fleet& fleet);
  ~AccountIndex();
  AccountIndex(const AccountIndex&) = delete;
  AccountIndex& operator=(const AccountIndex&) = delete;

  /// Those whom one log may name: accounts of its own vendor go first, then whomever it names alone in the org.
  class Scope {
   public:
    Scope(const Names* own, const Names* all) : own_(own), all_(all) {}
    /// Index into Fleet::accounts, `unknown` or `ambiguous`. Any of the texts may be empty.
    int find(std::string_view id, std::string_view login, std::string_view email) const;

   private:
    const Names* own_;
    const Names* all_;
  };
  /// Lives as long as the index.
  Scope scope(int org, const std::string& vendor) const;

 private:
  std::vector<std::unique_ptr<Names>> names_;
  std::map<std::pair<int, std::string>, Names*> by_vendor_;  ///< and org
  std::map<int, Names*> by_org_;

  void fill(const std::vector<Account>& accounts, const std::map<int, Names*>& mixed, std::size_t shard);
};

}  // namespace seatlint
