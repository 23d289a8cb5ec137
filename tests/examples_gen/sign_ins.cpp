// SPDX-License-Identifier: Apache-2.0
// Writes the Entra sign-in files of the last month: the interactive one, a second download of it, and the
// service-principal one that a hurried admin downloads by mistake.
#include <algorithm>
#include <array>
#include <tuple>

#include "company.hpp"

namespace quarter {
namespace {

struct Outcome {
  std::string_view status, code, reason;
};
constexpr Outcome success{"Success", "0", "Other."};
constexpr Outcome wrong_password{"Failure", "50126",
                                 "Error validating credentials due to invalid username or password."};
constexpr Outcome account_disabled{"Failure", "50057", "The user account is disabled."};
constexpr Outcome needs_second_factor{"Interrupted", "50074", "Strong Authentication is required."};

struct Application {
  std::string_view name, id;
};
constexpr Application dataverse{"Dataverse", "00000007-0000-0000-c000-000000000000"};
constexpr Application exchange{"Office 365 Exchange Online", "00000002-0000-0ff1-ce00-000000000000"};
constexpr Application teams{"Microsoft Teams", "1fec8e78-bce4-4aaf-ab1b-5451cc387264"};

struct SignIn {
  Days day;
  unsigned second;
  const Person* person;
  Application application;
  Outcome outcome;
};

const Days first_day = parse_day("2026-08-31");

std::string_view place(std::string_view country) {
  if (country == "SE") return "Gothenburg, Vastra Gotalands Lan, SE";
  if (country == "PT") return "Lisbon, Lisboa, PT";
  if (country == "GB") return "Leeds, England, GB";
  return "Hamburg, Hamburg, DE";
}

std::string sign_in_line(const SignIn& sign_in) {
  const Person& person = *sign_in.person;
  const std::string key = person.login + iso_day(sign_in.day) + clock(sign_in.second);
  const std::string application(sign_in.application.name);
  const std::string application_id(sign_in.application.id);
  std::vector<std::string> cells{iso_day(sign_in.day) + "T" + clock(sign_in.second) + "Z",
                                 guid("request " + key),
                                 quoted("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                                        "Gecko) Chrome/139.0 Safari/537.36"),
                                 guid("sign-in " + key),
                                 object_id(person),
                                 cell(person.name),
                                 person.login,
                                 person.guest ? "Guest" : "Member",
                                 "",
                                 "none",
                                 "",
                                 "",
                                 "",
                                 "",
                                 "",
                                 "",
                                 application,
                                 application_id,
                                 "",
                                 application,
                                 application_id,
                                 tenant_id(),
                                 "",
                                 tenant_id(),
                                 "",
                                 "203.0.113." + std::to_string(10 + hash_of(person.login) % 200),
                                 quoted(place(person.country)),
                                 std::string(sign_in.outcome.status),
                                 std::string(sign_in.outcome.code),
                                 std::string(sign_in.outcome.reason),
                                 "Browser",
                                 "",
                                 "Chrome 139.0.0",
                                 "Windows10",
                                 "true",
                                 "true",
                                 "",
                                 "",
                                 "",
                                 "",
                                 "Multi-factor authentication",
                                 "",
                                 "",
                                 "",
                                 "",
                                 "",
                                 "",
                                 "",
                                 "Azure AD",
                                 "none",
                                 "",
                                 std::to_string(90 + hash_of(key) % 200),
                                 "Success",
                                 "",
                                 "",
                                 "",
                                 ""};
  return join(cells, ",") + "\r\n";
}

void add_sign_ins(const Person& person, std::vector<SignIn>& rows) {
  // A day with Dataverse rows in the log often begins with a sign-in.
  for (const auto& span : person.activity) {
    if (person.service || span.pattern == "failed") continue;
    for (const auto& session : sessions_of(person, span))
      if (session.day >= first_day && hash_of("opens " + person.login + iso_day(session.day)) % 100 < 30)
        rows.push_back({session.day, session.second - 60, &person, dataverse, success});
  }
  Random random("sign-ins " + person.login);
  const auto add = [&](unsigned count, Application application, Outcome outcome) {
    for (unsigned i = 0; i < count;) {
      const Days day = first_day + std::chrono::days(random.below(31));
      const unsigned second = 6 * 3600 + random.below(36000);
      if (!working_day(day)) continue;
      rows.push_back({day, second, &person, application, outcome});
      ++i;
    }
  };
  add(person.dataverse, dataverse, success);
  for (unsigned i = 0; i < person.mail; ++i) add(1, i % 3 == 2 ? teams : exchange, success);
  add(person.failed, dataverse, person.blocked_september ? account_disabled : wrong_password);
  add(person.interrupted, dataverse, needs_second_factor);
}

}  // namespace

void write_sign_ins(const std::vector<Person>& people, const std::string& folder) {
  std::vector<SignIn> rows;
  for (const auto& person : people)
    if (person.september != "absent" && person.deleted.empty()) add_sign_ins(person, rows);
  std::sort(rows.begin(), rows.end(), [](const SignIn& a, const SignIn& b) {
    return std::tie(b.day, b.second, b.person->login) < std::tie(a.day, a.second, a.person->login);
  });
  std::string bytes =
      "\xEF\xBB\xBF"
      "Date (UTC),Request ID,User agent,Correlation ID,User ID,User,Username,User type,Cross tenant access type,"
      "Incoming token type,Authentication Protocol,Unique token identifier,Original transfer method,Client credential "
      "type,Token Protection - Sign In Session,Token Protection - Sign In Session StatusCode,Application,Application "
      "ID ,App owner tenant ID,Resource,Resource ID ,Resource tenant ID,Resource owner tenant ID,Home tenant ID,Home "
      "tenant name,IP address,Location,Status,Sign-in error code,Failure reason,Client app,Device ID,Browser,Operating "
      "System,Compliant,Managed,Join Type,Multifactor authentication result,Multifactor authentication auth "
      "method,Multifactor authentication auth detail,Authentication requirement,Sign-in identifier,Session ID,IP "
      "address (seen by resource),Through Global Secure Access,Global Secure Access IP address,Autonomous system  "
      "number,Flagged for review,Token issuer type,Incoming token type,Token issuer name,Latency,Conditional "
      "Access,Managed Identity type,Associated Resource Id,Federated Token Id,Federated Token Issuer\r\n";
  for (const auto& row : rows) bytes += sign_in_line(row);
  save(folder + "/InteractiveSignIns_2026-08-31_2026-09-30.csv", bytes);
  save(folder + "/InteractiveSignIns_2026-08-31_2026-09-30_copy.csv", bytes);
}

void write_application_sign_ins(const std::string& folder) {
  std::string bytes =
      "\xEF\xBB\xBF"
      "Date (UTC),Request ID,Correlation ID,Service principal ID,Service principal name,Credential key "
      "ID,Credential thumbprint,Application,Application ID ,App owner tenant ID,Resource,Resource ID ,Resource tenant "
      "ID,Resource owner tenant ID,Home tenant ID,IP address,Location,Status,Sign-in error code,Failure "
      "reason,Conditional Access,Federated Token Id\r\n";
  for (unsigned i = 0; i < 31; ++i) {
    const Days day = parse_day("2026-09-30") - std::chrono::days(i);
    const std::string key = "application " + iso_day(day);
    std::vector<std::string> cells{iso_day(day) + "T01:00:0" + std::to_string(i % 10) + "Z",
                                   guid("request " + key),
                                   guid("correlation " + key),
                                   guid("principal Tidewater ERP Connector"),
                                   "Tidewater ERP Connector",
                                   guid("credential"),
                                   "",
                                   "Tidewater ERP Connector",
                                   guid("application Tidewater ERP Connector"),
                                   tenant_id(),
                                   "Dataverse",
                                   std::string(dataverse.id),
                                   tenant_id(),
                                   "",
                                   tenant_id(),
                                   "198.51.100.20",
                                   quoted("Hamburg, Hamburg, DE"),
                                   "Success",
                                   "0",
                                   "Other.",
                                   "Not Applied",
                                   ""};
    bytes += join(cells, ",") + "\r\n";
  }
  save(folder + "/ApplicationSignIns_2026-08-31_2026-09-30.csv", bytes);
}

}  // namespace quarter
