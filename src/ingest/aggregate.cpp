// SPDX-License-Identifier: Apache-2.0
// Keeps one day set an actor and action instead of the log's rows; no minute of anybody's work is kept.
#include "ingest/aggregate.hpp"

#include <utility>

namespace seatlint {
namespace {

constexpr char separator = '\x1f';

}  // namespace

std::uint32_t ActivityAggregate::actor(const Identity& identity) {
  key_.assign(identity.id).append(1, separator).append(identity.login).append(1, separator).append(identity.email);
  const auto [at, fresh] = actors_.try_emplace(key_, static_cast<std::uint32_t>(facts_.actors.size()));
  if (fresh) {
    Identity kept;
    kept.id = identity.id;
    kept.login = identity.login;
    kept.email = identity.email;
    facts_.actors.push_back(std::move(kept));
  }
  return at->second;
}

std::uint32_t ActivityAggregate::action(const ActivityRow& row) {
  key_.assign(row.object).append(1, separator).append(row.verb).append(1, separator).append(row.app);
  key_.append(1, separator).append(row.environment).append(1, row.machine ? 'm' : 'h');
  const auto [at, fresh] = actions_.try_emplace(key_, static_cast<std::uint32_t>(facts_.actions.size()));
  if (fresh) facts_.actions.push_back({row.object, row.verb, row.app, row.environment, row.machine});
  return at->second;
}

void ActivityAggregate::add(const ActivityRow& row, std::uint64_t line) {
  const std::uint32_t who = actor(row.actor), what = action(row);
  const auto [at, fresh] = index_.try_emplace(std::uint64_t{who} << 32 | what, facts_.facts.size());
  if (fresh) {
    facts_.facts.push_back({who, what, {}, line, line});
    facts_.facts.back().days.add(row.day);
    return;
  }
  ActivityFact& fact = facts_.facts[at->second];
  if (row.day < fact.days.first()) fact.first_line = line;
  if (row.day > fact.days.last()) fact.last_line = line;
  fact.days.add(row.day);
}

ActivityFacts ActivityAggregate::take() { return std::move(facts_); }

}  // namespace seatlint
