// SPDX-License-Identifier: Apache-2.0
// The words of the contract's enumerations, as files, profiles and reports write them.
#include <array>
#include <utility>

#include "seatlint/facts.hpp"

namespace seatlint {
namespace {

template <class Value, std::size_t N>
using Words = std::array<std::pair<Value, std::string_view>, N>;

constexpr Words<RecordKind, 7> kKinds = {{{RecordKind::users, "users"},
                                          {RecordKind::assignments, "assignments"},
                                          {RecordKind::activity, "activity"},
                                          {RecordKind::entitlements, "entitlements"},
                                          {RecordKind::departures, "departures"},
                                          {RecordKind::leave, "leave"},
                                          {RecordKind::lookup, "lookup"}}};
constexpr Words<AccountClass, 5> kClasses = {{{AccountClass::human, "human"},
                                              {AccountClass::integration, "integration"},
                                              {AccountClass::admin, "admin"},
                                              {AccountClass::shared, "shared"},
                                              {AccountClass::external, "external"}}};
constexpr Words<AccountState, 4> kStates = {{{AccountState::active, "active"},
                                             {AccountState::disabled, "disabled"},
                                             {AccountState::frozen, "frozen"},
                                             {AccountState::deleted, "deleted"}}};

template <class Value, std::size_t N>
std::string_view word_of(const Words<Value, N>& words, Value value) {
  for (const auto& [key, word] : words)
    if (key == value) return word;
  return {};
}

template <class Value, std::size_t N>
std::optional<Value> value_of(const Words<Value, N>& words, std::string_view text) {
  for (const auto& [value, word] : words)
    if (word == text) return value;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(RecordKind kind) { return word_of(kKinds, kind); }
std::optional<RecordKind> parse_record_kind(std::string_view text) { return value_of(kKinds, text); }
std::string_view to_string(AccountClass value) { return word_of(kClasses, value); }
std::optional<AccountClass> parse_account_class(std::string_view text) { return value_of(kClasses, text); }
std::string_view to_string(AccountState value) { return word_of(kStates, value); }
std::optional<AccountState> parse_account_state(std::string_view text) { return value_of(kStates, text); }

}  // namespace seatlint
