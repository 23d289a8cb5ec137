// SPDX-License-Identifier: Apache-2.0
// By name alone: exports do not tell what a role may do.
#include "rules/admin_rights.hpp"

#include <algorithm>

namespace seatlint {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// "System Administrator", "Org Admin"; not "Admissions".
bool names_admin(std::string_view role) {
  if (role.size() < std::string_view("admin").size()) return false;
  const std::string text = fold_case(role);
  for (std::size_t at = text.find("admin"); at != std::string::npos; at = text.find("admin", at + 1)) {
    std::size_t end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    const std::string_view word = std::string_view(text).substr(at, end - at);
    const bool starts = at == 0 || !is_letter(text[at - 1]);
    if (starts && (word == "admin" || word == "admins" || word == "administrator" || word == "administrators"))
      return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> admin_rights(const Account& account) {
  std::vector<std::string> rights;
  for (const std::string_view role : account.more().roles)
    if (names_admin(role)) rights.emplace_back(role);
  if (names_admin(account.more().profile_name)) rights.emplace_back(account.more().profile_name);
  std::sort(rights.begin(), rights.end());
  rights.erase(std::unique(rights.begin(), rights.end()), rights.end());
  return rights;
}

}  // namespace seatlint
