// SPDX-License-Identifier: Apache-2.0
// Asks who was erased, once for each name: names occur again and again, and asking is slow.
#pragma once

#include <string>
#include <unordered_map>

#include "seatlint/forgotten.hpp"

namespace seatlint {

class ForgottenNames {
 public:
  /// nullptr: nobody was erased.
  explicit ForgottenNames(const Forgotten* forgotten) : forgotten_(forgotten) {}

  bool person(const std::string& vendor, const Identity& identity) const {
    return forgotten_ != nullptr && forgotten_->person(vendor, identity);
  }

  /// The same for those who act in a log.
  bool actor(const std::string& vendor, const Identity& actor) {
    if (forgotten_ == nullptr) return false;
    const auto [at, fresh] = asked_.try_emplace(actor.id + '\x1f' + actor.login + '\x1f' + actor.email, false);
    if (fresh) at->second = person(vendor, actor);
    return at->second;
  }

  void clear_mention(const std::string& vendor, std::string& manager) {
    if (forgotten_ == nullptr || manager.empty()) return;
    const auto [at, fresh] = asked_.try_emplace(manager, false);
    if (fresh) at->second = forgotten_->mention(vendor, manager);
    if (at->second) manager.clear();
  }

 private:
  const Forgotten* forgotten_;
  std::unordered_map<std::string, bool> asked_;
};

}  // namespace seatlint
