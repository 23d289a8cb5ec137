// SPDX-License-Identifier: Apache-2.0
// The invented company behind examples/quarterly-audit: its people as read from people.psv, and the small means
// every export writer needs (ids made from names, a seeded random source, CSV cells, dates).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarter {

using Days = std::chrono::sys_days;

constexpr std::string_view domain = "tidewater.example";
constexpr Days june_snapshot = std::chrono::year{2026} / 6 / 30;
constexpr Days audit_day = std::chrono::year{2026} / 9 / 30;

struct ActivitySpan {
  std::string pattern;
  Days first, last;
  unsigned percent;  // of working days; the first and the last day always count
  std::string time;  // "HH:MM" in UTC, or empty for some time of the working day
};

struct Person {
  std::string login, name, first, last, title, department, country, created;
  std::string june, september;  // product codes joined by '+', "-" or "absent"
  std::string old_login, mailbox, deleted, hr_last_day, leave, roles;
  bool blocked_june = false, blocked_september = false, guest = false, shared = false, service = false;
  bool in_hr = true, second_environment = false, upper = false, has_roles = false, future_leaver = false;
  unsigned dataverse = 0, mail = 0, failed = 0, interrupted = 0, logged_mail = 0;
  std::vector<ActivitySpan> activity;
  std::string expected, note;
};

// One CRM row of a working day; the sign-in file shows the same days.
struct Session {
  Days day;
  unsigned second;  // of the day, UTC
};

struct Product {
  std::string_view code, name;
};

std::vector<Person> read_people(const std::string& path);
std::string product_name(std::string_view code);
std::vector<std::string> split(std::string_view text, char separator);

// The same text gives the same id on every machine, and a new person changes nobody else's.
std::uint64_t hash_of(std::string_view text);
std::string guid(std::string_view text);
std::string object_id(const Person& person);
std::string system_user_id(const Person& person);
const std::string& tenant_id();

// splitmix64: written out here because the standard distributions may differ between libraries.
class Random {
 public:
  explicit Random(std::string_view seed) : state_(hash_of(seed)) {}
  std::uint64_t next();
  unsigned below(unsigned limit) { return static_cast<unsigned>(next() % limit); }

 private:
  std::uint64_t state_;
};

std::string iso_day(Days day);
std::string clock(unsigned second);              // "08:12:03"
std::string us_time(Days day, unsigned second);  // "9/30/2026 5:11:42 PM"
Days parse_day(std::string_view text);           // "2026-09-30"
unsigned time_of(std::string_view seed);         // a second between 06:00 and 16:00
bool working_day(Days day);

std::string cell(std::string_view text);    // quoted only where it must be
std::string quoted(std::string_view text);  // always quoted
std::string join(const std::vector<std::string>& cells, std::string_view separator);
void save(const std::string& path, const std::string& bytes);

std::vector<Session> sessions_of(const Person& person, const ActivitySpan& span);

void write_audit_logs(const std::vector<Person>& people, const std::string& folder);
void write_sign_ins(const std::vector<Person>& people, const std::string& folder);
void write_application_sign_ins(const std::string& folder);
void write_active_users(const std::vector<Person>& people, const std::string& folder);
void write_entra_users(const std::vector<Person>& people, const std::string& folder);
void write_roles(const std::vector<Person>& people, const std::string& folder);
void write_license_report(const std::vector<Person>& people, const std::string& folder);
void write_contracts(const std::string& folder);
void write_hr(const std::vector<Person>& people, const std::string& folder);
void write_expected(const std::vector<Person>& people, const std::string& path);

}  // namespace quarter
