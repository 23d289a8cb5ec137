// SPDX-License-Identifier: Apache-2.0
// What the two halves of the generator share: the people as they truly are, before any export shows part of them.
#pragma once

#include "world.hpp"

namespace property {

/// One thing an account did, whatever the exports show of it.
struct Event {
  long long stamp = 0;
  std::string object, verb;
  bool success = true, machine = false;
  bool is_sign_in() const { return object == "session"; }
};

struct Person {
  UserRow row;
  Day from = 0, until = 0;  ///< listed in snapshots dated in [from, until]
  Day changed = 0;          ///< the day from which `status` holds
  std::string status = "active";
  std::optional<Day> reactivated, switched;
  std::vector<std::string> later_products;           ///< held from `switched` on
  std::map<std::string, std::vector<Event>> events;  ///< by vendor, oldest first
  std::size_t profile = 0;
};

struct Frame {
  Day base = 0;   ///< where the exports mostly end
  Day audit = 0;  ///< the audit date the dice aim at
  bool zeta = false, capped = false;
  std::size_t users = 0, second_users = 0, departures = 0, leave = 0;
  std::map<std::string, std::size_t> action_log, login_log;
};

/// Turns the people of one org into export files and contract lines of `world`.
void export_org(World& world, Dice& dice, const Frame& frame, const std::string& org,
                const std::vector<Person>& people);

}  // namespace property
