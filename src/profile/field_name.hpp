// SPDX-License-Identifier: Apache-2.0
// The fields a profile may map, as numbers: what a row is made of is found without comparing texts.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace seatlint::profile {

/// Of all kinds of profile.
inline constexpr std::array<std::string_view, 45> field_names = {
    "aliases",       "app",           "assigned",   "available",      "class",   "client",
    "cost_center",   "created",       "currency",   "department",     "email",   "environment",
    "federation_id", "floor",         "from",       "group_products", "hr_id",   "id",
    "key",           "last_activity", "last_day",   "license_id",     "login",   "manager",
    "name",          "notice_days",   "object",     "outcome",        "product", "products",
    "profile_name",  "profile_ref",   "quantity",   "reducible",      "roles",   "share",
    "status",        "term_end",      "term_start", "time",           "title",   "to",
    "unit_price",    "user",          "verb"};

/// One of them. A text that is none does not compile.
class FieldName {
 public:
  consteval FieldName(const char* name) : number_(*number_of(name)) {}
  static constexpr std::optional<FieldName> find(std::string_view name) {
    const auto number = number_of(name);
    return number ? std::optional(FieldName(*number)) : std::nullopt;
  }

  constexpr std::size_t number() const { return number_; }
  constexpr std::string_view text() const { return field_names[number_]; }
  bool operator==(const FieldName&) const = default;

 private:
  constexpr explicit FieldName(std::size_t number) : number_(number) {}
  static constexpr std::optional<std::size_t> number_of(std::string_view name) {
    for (std::size_t i = 0; i < field_names.size(); ++i)
      if (field_names[i] == name) return i;
    return std::nullopt;
  }

  std::size_t number_;
};

}  // namespace seatlint::profile
