// SPDX-License-Identifier: Apache-2.0
// Reads people.psv and supplies the ids, dates and CSV cells that all writers of the example share.
#include "company.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace quarter {
namespace {

// Names as the Active users export spells them; the SKU list and the cost report spell some differently.
constexpr std::array products{
    Product{"SE", "Dynamics 365 Sales Enterprise"},
    Product{"SP", "Dynamics 365 Sales Professional"},
    Product{"SPREM", "Dynamics 365 Sales Premium"},
    Product{"CSE", "Dynamics 365 Customer Service Enterprise"},
    Product{"CSP", "Dynamics 365 Customer Service Professional"},
    Product{"CSEA", "Dynamics 365 Customer Service Enterprise Attach to Qualifying Dynamics 365 Base Offer"},
    Product{"FS", "Dynamics 365 Field Service"},
    Product{"FSA", "Dynamics 365 Field Service Attach to Qualifying Dynamics 365 Base Offer"},
    Product{"TM", "Dynamics 365 Team Members"},
    Product{"TRIAL", "Dynamics 365 Sales Premium Viral Trial"},
    Product{"E3", "Microsoft 365 E3"},
    Product{"EMS", "Enterprise Mobility + Security E3"},
    Product{"PBI", "Power BI Pro"},
    Product{"PAF", "Microsoft Power Automate Free"},
    Product{"EXO", "Exchange Online (Plan 2)"},
};

std::string day_text(std::string_view month_day) {
  return "2026-" + std::string(month_day.substr(0, 2)) + "-" + std::string(month_day.substr(2, 2));
}

// pattern@MMDD..MMDD/PERCENT~HH:MM
ActivitySpan parse_span(std::string_view text) {
  const auto at = text.find('@');
  const auto slash = text.find('/');
  const auto tilde = text.find('~');
  if (at == std::string_view::npos || slash == std::string_view::npos)
    throw std::runtime_error("people.psv: no activity: " + std::string(text));
  ActivitySpan span;
  span.pattern = text.substr(0, at);
  span.first = parse_day(day_text(text.substr(at + 1, 4)));
  span.last = parse_day(day_text(text.substr(at + 7, 4)));
  span.percent = static_cast<unsigned>(std::stoul(std::string(text.substr(slash + 1, tilde - slash - 1))));
  if (tilde != std::string_view::npos) span.time = text.substr(tilde + 1);
  return span;
}

void parse_flag(Person& person, std::string_view flag) {
  const auto equals = flag.find('=');
  const std::string name(flag.substr(0, equals));
  const std::string value(equals == std::string_view::npos ? std::string_view{} : flag.substr(equals + 1));
  const auto number = [&] { return static_cast<unsigned>(std::stoul(value)); };
  if (name == "blocked6")
    person.blocked_june = true;
  else if (name == "blocked9")
    person.blocked_september = true;
  else if (name == "guest")
    person.guest = true;
  else if (name == "shared")
    person.shared = true;
  else if (name == "service")
    person.service = true;
  else if (name == "nohr")
    person.in_hr = false;
  else if (name == "env2")
    person.second_environment = true;
  else if (name == "upper")
    person.upper = true;
  else if (name == "deleted")
    person.deleted = value;
  else if (name == "left")
    person.hr_last_day = value;
  else if (name == "ends")
    person.hr_last_day = value, person.future_leaver = true;
  else if (name == "leave")
    person.leave = value;
  else if (name == "old")
    person.old_login = value + "@" + std::string(domain);
  else if (name == "mailbox")
    person.mailbox = value;
  else if (name == "dv")
    person.dataverse = number();
  else if (name == "mail")
    person.mail = number();
  else if (name == "fail")
    person.failed = number();
  else if (name == "int")
    person.interrupted = number();
  else if (name == "pmail")
    person.logged_mail = number();
  else
    throw std::runtime_error("people.psv: unknown flag " + name);
}

void parse_flags(Person& person, std::string_view flags) {
  // Role names hold blanks, so this flag stands last and takes the rest.
  if (const auto role = flags.find("role="); role != std::string_view::npos) {
    person.roles = flags.substr(role + 5);
    person.has_roles = true;
    flags = flags.substr(0, role);
  }
  for (const auto& flag : split(flags, ' '))
    if (!flag.empty()) parse_flag(person, flag);
}

void parse_name(Person& person, const std::string& text) {
  const auto parts = split(text, '~');
  person.name = parts[0];
  const auto blank = person.name.find(' ');
  if (parts.size() == 3) {
    person.first = parts[1];
    person.last = parts[2];
  } else if (blank != std::string::npos && !person.shared) {
    person.first = person.name.substr(0, blank);
    person.last = person.name.substr(blank + 1);
  }
}

}  // namespace

std::vector<Person> read_people(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::vector<Person> people;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto f = split(line, '|');
    if (f.size() != 12) throw std::runtime_error("people.psv: twelve fields expected: " + line);
    Person person;
    person.login = f[0].find('@') == std::string::npos ? f[0] + "@" + std::string(domain) : f[0];
    parse_flags(person, f[8]);
    parse_name(person, f[1]);
    person.title = f[2];
    person.department = f[3];
    person.country = f[4];
    person.created = f[5];
    person.september = f[7];
    person.june = f[6] == "=" ? f[7] : f[6];
    for (const auto& span : split(f[9], ' '))
      if (!span.empty()) person.activity.push_back(parse_span(span));
    person.expected = f[10];
    person.note = f[11];
    if (person.guest || person.shared || person.service) person.in_hr = false;
    people.push_back(std::move(person));
  }
  return people;
}

std::string product_name(std::string_view code) {
  for (const auto& product : products)
    if (product.code == code) return std::string(product.name);
  throw std::runtime_error("people.psv: unknown product " + std::string(code));
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

std::uint64_t Random::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

std::string guid(std::string_view text) {
  Random random(text);
  const std::uint64_t a = random.next();
  const std::uint64_t b = random.next();
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%08x-%04x-4%03x-%04x-%012llx", static_cast<unsigned>(a >> 32U),
                static_cast<unsigned>((a >> 16U) & 0xffffU), static_cast<unsigned>(a & 0xfffU),
                static_cast<unsigned>(0x8000U | ((b >> 48U) & 0x3fffU)),
                static_cast<unsigned long long>(b & 0xffffffffffffU));
  return buffer.data();
}

std::string object_id(const Person& person) { return guid("object " + person.login); }
std::string system_user_id(const Person& person) { return guid("systemuser " + person.login); }

const std::string& tenant_id() {
  static const std::string id = guid("tenant Tidewater Instruments");
  return id;
}

std::string iso_day(Days day) {
  const std::chrono::year_month_day date(day);
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer.data();
}

std::string clock(unsigned second) {
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%02u:%02u:%02u", second / 3600, second / 60 % 60, second % 60);
  return buffer.data();
}

std::string us_time(Days day, unsigned second) {
  const std::chrono::year_month_day date(day);
  const unsigned hour = second / 3600;
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%u/%u/%d %u:%02u:%02u %s", static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(date.year()), hour % 12 == 0 ? 12 : hour % 12,
                second / 60 % 60, second % 60, hour < 12 ? "AM" : "PM");
  return buffer.data();
}

Days parse_day(std::string_view text) {
  const std::string day(text);
  return std::chrono::year{std::stoi(day.substr(0, 4))} /
         std::chrono::month{static_cast<unsigned>(std::stoul(day.substr(5, 2)))} /
         std::chrono::day{static_cast<unsigned>(std::stoul(day.substr(8, 2)))};
}

unsigned time_of(std::string_view seed) { return 6 * 3600 + Random(seed).below(10 * 3600); }

bool working_day(Days day) {
  const auto weekday = std::chrono::weekday(day).iso_encoding();
  return weekday <= 5;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string cell(std::string_view text) {
  return text.find_first_of(",\"\r\n") == std::string_view::npos ? std::string(text) : quoted(text);
}

std::string join(const std::vector<std::string>& cells, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) out += separator;
    out += cells[i];
  }
  return out;
}

void save(const std::string& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace quarter
