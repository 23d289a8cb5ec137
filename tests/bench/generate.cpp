// SPDX-License-Identifier: Apache-2.0
// Writes the exports that are timed: users with a license tier each, and a log in which a few people do most, some have
// stopped and some never came. Quoted commas, quotes and line ends occur. The same arguments give the same bytes.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <numeric>
#include <string>
#include <vector>

namespace {

constexpr const char* features[] = {"login",
                                    "report.view",
                                    "report.export",
                                    "report.schedule",
                                    "dashboard.view",
                                    "dashboard.edit",
                                    "lead.create",
                                    "lead.convert",
                                    "lead.edit",
                                    "account.view",
                                    "account.edit",
                                    "contact.view",
                                    "contact.edit",
                                    "contact.merge",
                                    "opportunity.view",
                                    "opportunity.edit",
                                    "opportunity.stage_change",
                                    "quote.create",
                                    "quote.approve",
                                    "forecast.view",
                                    "forecast.submit",
                                    "campaign.create",
                                    "campaign.send",
                                    "email.send",
                                    "email.template_edit",
                                    "case.create",
                                    "case.close",
                                    "case.escalate",
                                    "knowledge.search",
                                    "knowledge.publish",
                                    "chat.start",
                                    "chat.transfer",
                                    "api.query",
                                    "api.bulk_load",
                                    "workflow.edit",
                                    "workflow.run",
                                    "admin.user_edit",
                                    "admin.permission_edit",
                                    "mobile.sync",
                                    "ai.assistant_ask"};
constexpr std::uint32_t feature_count = 40;
constexpr const char* modules[] = {"Sales",
                                   "Service",
                                   "Marketing",
                                   "Reports",
                                   "Admin",
                                   "Mobile",
                                   "\"Quotes, Orders\"",
                                   "Knowledge",
                                   "\"Cases, Email-to-Case\"",
                                   "Analytics",
                                   "API",
                                   "Platform"};
constexpr const char* first_names[] = {"anna", "boris", "chen", "dalia", "emeka", "fatima", "george", "hana",
                                       "ivan", "julia", "kofi", "lena",  "mateo", "nadia",  "oscar",  "priya"};
constexpr const char* last_names[] = {"almeida", "brown",  "cho",    "diaz",   "eriksen",  "fischer",
                                      "garcia",  "hughes", "ito",    "jensen", "kowalski", "lopez",
                                      "muller",  "nguyen", "okafor", "petrov"};
constexpr const char* departments[] = {"Sales EMEA", "Sales AMER",       "Support", "Marketing",
                                       "Finance",    "\"Ops, Central\"", "IT",      "Partners"};
constexpr const char* titles[] = {"Standard User", "Sales Rep", "Sales Manager", "Support Agent",
                                  "\"Analyst, Read only\""};
constexpr const char* tiers[] = {"Starter", "Professional", "Enterprise", "Unlimited", "Platform", "Read Only"};
constexpr std::int64_t day_seconds = 86400, days = 180, end = 1782864000, begin = end - days * day_seconds;

/// A sequence that depends on the seed alone.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30u)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27u)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31u);
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(((next() >> 32u) * n) >> 32u); }
  double unit() { return static_cast<double>(next() >> 11u) / 9007199254740992.0; }

 private:
  std::uint64_t state_;
};

std::string two(std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::string stamp(std::int64_t second) {
  static std::int64_t known = -1;
  static std::string date;
  if (second / day_seconds != known) {
    known = second / day_seconds;
    const std::int64_t z = known + 719468, era = z / 146097, doe = z - era * 146097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
    date = std::to_string(yoe + era * 400 + (month <= 2)) + "-" + two(month) + "-" + two(doy - (153 * mp + 2) / 5 + 1) +
           "T";
  }
  const std::int64_t time = second % day_seconds;
  return date + two(time / 3600) + ":" + two(time / 60 % 60) + ":" + two(time % 60) + "Z";
}

std::vector<std::string> write_users(const std::string& path, std::uint32_t count, Random& random) {
  std::ofstream out(path, std::ios::binary);
  out << "id,email,name,role,department,license_tier,status,created,last_login\n";
  std::vector<std::string> emails;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string first = first_names[random.below(16)], last = last_names[random.below(16)];
    emails.push_back(first + "." + last + std::to_string(i + 1) +
                     (random.below(8) == 0 ? "@partner.example.org" : "@example.com"));
    const std::string number = std::to_string(i + 1);
    const std::uint32_t share = random.below(100);
    const int tier = share < 30 ? 0 : share < 65 ? 1 : share < 85 ? 2 : share < 90 ? 3 : share < 96 ? 4 : 5;
    out << "005" << std::string(12 - number.size(), '0') << number << ',' << emails.back() << ',';
    out << (random.below(50) == 0 ? "\"" + last + ", " + first + " \"\"The Closer\"\"\"" : first + " " + last);
    out << ',' << titles[random.below(5)] << ',' << departments[random.below(8)] << ',' << tiers[tier] << ','
        << (random.below(12) == 0 ? "inactive" : "active") << ',' << stamp(begin - random.below(900 * 86400u)) << ',';
    if (random.below(25) != 0) out << stamp(begin + random.below(days * day_seconds));
    out << '\n';
  }
  return emails;
}

class Log {
 public:
  Log(const std::vector<std::string>& emails, Random& random)
      : emails_(emails), random_(random), order_(emails.size()), stops_(emails.size(), end) {
    std::iota(order_.begin(), order_.end(), 0u);
    for (std::size_t i = order_.size(); i > 1; --i)
      std::swap(order_[i - 1], order_[random.below(static_cast<std::uint32_t>(i))]);
    for (std::int64_t& stop : stops_)
      if (random.below(100) < 15) stop = begin + random.below(days * day_seconds);
    active_ = static_cast<std::uint32_t>(static_cast<double>(emails.size()) * 0.92) + 1;
  }

  std::string row(std::uint64_t n, std::uint64_t of) {
    std::int64_t time = begin +
                        static_cast<std::int64_t>(static_cast<double>(n) / static_cast<double>(of) *
                                                  static_cast<double>(days * day_seconds)) +
                        random_.below(120) - 60;
    time = time < begin ? begin : time >= end ? end - 1 : time;
    const std::uint32_t user = somebody(time);
    std::string row = stamp(time) + "," + emails_[user] + ",";
    const std::uint32_t feature = feature_of(user);
    row += std::string(features[feature]) + "," + modules[(feature * 7 + random_.below(3)) % 12] + ",";
    const std::uint64_t noise = random_.next();
    for (unsigned part = 0; part < 3; ++part)
      row += (part == 0 ? "10." : ".") + std::to_string(noise >> (8 * part) & 255u);
    char session[20];
    std::snprintf(session, sizeof session, "%016llx", static_cast<unsigned long long>(noise * 0x9E3779B97F4A7C15u));
    row += std::string(",") + session + "," + std::to_string(5 + (noise >> 24u) % 60000) + ",";
    const std::uint32_t detail = random_.below(1000);
    if (detail >= 997)
      row += "\"note line one\nline two, done\"";
    else if (detail >= 985)
      row += "\"search \"\"renewal Q3\"\"\"";
    else if (detail >= 930)
      row += "record 00Q" + std::to_string(noise >> 32u);
    else if (detail >= 850)
      row += "\"filter: region=EMEA, owner=me\"";
    return row + "\n";
  }

 private:
  /// A few people do most; who has stopped is somebody else.
  std::uint32_t somebody(std::int64_t time) {
    constexpr double slope = 0.1;
    const double most = std::pow(active_ + 1.0, slope) - 1;
    auto rank = static_cast<std::uint32_t>(std::pow(random_.unit() * most + 1, 1 / slope));
    rank = rank < 1 ? 1 : rank > active_ ? active_ : rank;
    std::uint32_t user = order_[rank - 1];
    if (time > stops_[user]) user = order_[random_.below(active_)];
    return time > stops_[user] ? order_.front() : user;
  }
  /// Everybody has a set of features of their own, and a few of all.
  std::uint32_t feature_of(std::uint32_t user) {
    const std::uint32_t chance = random_.below(1000), own = user * 2654435761u >> 27u;
    if (chance < 250) return 0;
    if (chance < 700) return 1 + (own + random_.below(6)) % 11;
    return chance < 950 ? (own * 3 + random_.below(10)) % feature_count : random_.below(feature_count);
  }

  const std::vector<std::string>& emails_;
  Random& random_;
  std::vector<std::uint32_t> order_;
  std::vector<std::int64_t> stops_;
  std::uint32_t active_ = 1;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) {
    std::cerr << "usage: generate FOLDER USERS ROWS [SEED]\n";
    return 2;
  }
  const std::string folder = arguments[1];
  Random random(count > 4 ? std::strtoull(arguments[4], nullptr, 10) : 1);
  const auto users = static_cast<std::uint32_t>(std::strtoul(arguments[2], nullptr, 10));
  const std::uint64_t rows = std::strtoull(arguments[3], nullptr, 10);
  const std::vector<std::string> emails = write_users(folder + "/users-" + arguments[2] + ".csv", users, random);
  if (rows == 0) return 0;
  std::ofstream out(folder + "/activity-" + arguments[2] + "-" + arguments[3] + ".csv", std::ios::binary);
  out << "timestamp,user_email,event,module,client_ip,session_id,duration_ms,detail\n";
  Log log(emails, random);
  for (std::uint64_t n = 0; n < rows; ++n) out << log.row(n, rows);
  return out.good() ? 0 : 1;
}
