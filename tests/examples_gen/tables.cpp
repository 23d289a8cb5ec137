// SPDX-License-Identifier: Apache-2.0
// Writes who is there and what was bought: two Active users snapshots, the Entra list, security roles, the license
// cost report, the contract, HR and leave.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "company.hpp"

namespace quarter {
namespace {

const std::string crlf = "\r\n";

std::vector<const Person*> by_name(const std::vector<Person>& people) {
  std::vector<const Person*> sorted;
  for (const auto& person : people) sorted.push_back(&person);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Person* a, const Person* b) { return a->name < b->name; });
  return sorted;
}

std::string_view country_name(std::string_view code) {
  constexpr std::array<std::array<std::string_view, 2>, 17> names{{{"DE", "Germany"},
                                                                   {"PT", "Portugal"},
                                                                   {"NO", "Norway"},
                                                                   {"GB", "United Kingdom"},
                                                                   {"FR", "France"},
                                                                   {"CZ", "Czechia"},
                                                                   {"ES", "Spain"},
                                                                   {"IE", "Ireland"},
                                                                   {"DK", "Denmark"},
                                                                   {"NL", "Netherlands"},
                                                                   {"IT", "Italy"},
                                                                   {"PL", "Poland"},
                                                                   {"FI", "Finland"},
                                                                   {"SE", "Sweden"},
                                                                   {"AT", "Austria"},
                                                                   {"IN", "India"},
                                                                   {"JP", "Japan"}}};
  for (const auto& name : names)
    if (name[0] == code) return name[1];
  return code == "HR" ? "Croatia" : code == "RO" ? "Romania" : code == "BG" ? "Bulgaria" : "";
}

std::string zulu(Days day, std::string_view seed) { return iso_day(day) + " " + clock(time_of(seed)) + "Z"; }

std::string licenses(const std::string& codes) {
  if (codes == "-") return "Unlicensed";
  std::vector<std::string> names;
  for (const auto& code : split(codes, '+')) names.push_back(product_name(code));
  return join(names, "+");
}

std::string proxies(const Person& person, Days snapshot, const std::string& login) {
  if (person.guest || !person.mailbox.empty()) return "";
  std::string out = "SMTP:" + login;
  if (!person.old_login.empty() && snapshot == audit_day) out += "+smtp:" + person.old_login;
  if (hash_of(person.login) % 4 == 0) {
    const auto at = login.find('@');
    out += "+smtp:" + login.substr(0, at) + "+crm" + login.substr(at);
  }
  return out;
}

std::string active_user_line(const Person& person, Days snapshot) {
  const bool september = snapshot == audit_day;
  const bool synced = !person.guest && !person.shared && !person.service && person.login.rfind("admin-", 0) != 0;
  const std::string login = !september && !person.old_login.empty() ? person.old_login : person.login;
  const std::string name = !september && !person.old_login.empty() ? "Lena Fischer" : person.name;
  const std::string last = !september && !person.old_login.empty() ? "Fischer" : person.last;
  const std::string deleted = september && !person.deleted.empty() ? zulu(parse_day(person.deleted), "deleted") : "";
  const bool blocked = september ? person.blocked_september : person.blocked_june;
  const Days password = snapshot - std::chrono::days(20 + hash_of("password " + person.login) % 300);
  const Days created = parse_day(person.created);
  std::vector<std::string> cells{cell(name),
                                 synced ? "True" : "False",
                                 login,
                                 object_id(person),
                                 cell(person.first),
                                 cell(last),
                                 zulu(created, "created " + person.login),
                                 deleted,
                                 cell(person.title),
                                 cell(person.department),
                                 "",
                                 "",
                                 std::string(country_name(person.country)),
                                 "",
                                 "",
                                 person.country,
                                 synced ? iso_day(snapshot - std::chrono::days(1)) + " 22:05:10Z" : "",
                                 blocked ? "True" : "False",
                                 cell(licenses(september ? person.september : person.june)),
                                 person.service ? "True" : "False",
                                 zulu(std::max(password, created), "password " + person.login),
                                 "",
                                 "",
                                 "",
                                 "",
                                 "",
                                 "",
                                 proxies(person, snapshot, login)};
  return join(cells, ",") + crlf;
}

void write_active_users_on(const std::vector<Person>& people, Days snapshot, const std::string& path) {
  std::string bytes =
      "\xEF\xBB\xBF"
      "Display name,DirSyncEnabled,User principal name,Object Id,First name,Last name,When created,Soft deletion time "
      "stamp,Title,Department,Preferred data location,City,CountryOrRegion,Office,StateOrProvince,Usage location,Last "
      "dirsync time,Block credential,Licenses,Password never expires,Last password change time stamp,Mobile "
      "Phone,Phone "
      "number,Postal code,Preferred language,Street address,Fax,Proxy addresses\r\n";
  for (const Person* person : by_name(people))
    if ((snapshot == audit_day ? person->september : person->june) != "absent")
      bytes += active_user_line(*person, snapshot);
  save(path, bytes);
}

std::string default_role(const std::string& codes) {
  const auto held = split(codes, '+');
  const auto holds = [&](std::string_view code) { return std::find(held.begin(), held.end(), code) != held.end(); };
  std::vector<std::string> roles;
  if (holds("SE") || holds("SP") || holds("SPREM")) roles.emplace_back("Salesperson");
  if (holds("CSE") || holds("CSP") || holds("CSEA")) roles.emplace_back("Customer Service Representative");
  if (holds("FS") || holds("FSA")) roles.emplace_back("Field Service - Resource");
  if (roles.empty() && holds("TM")) roles.emplace_back("Sales team member");
  return join(roles, "; ");
}

unsigned seats(const std::vector<Person>& people, std::string_view code) {
  unsigned count = 0;
  for (const auto& person : people) {
    if (person.september == "absent" || !person.deleted.empty()) continue;
    const auto held = split(person.september, '+');
    count += static_cast<unsigned>(std::count(held.begin(), held.end(), code));
  }
  return count;
}

struct ReportLine {
  std::string_view code, name, guid;
  unsigned price, spare;  // dollars a month; purchased beyond what is assigned
};

// Without the products in contracts.csv: lines of one product add up, and each purchase must stand once.
constexpr std::array report_lines{
    ReportLine{"SPREM", "Dynamics 365 Sales Premium", "2edaa1dc-966d-4475-93d6-8ee8dfd96877", 150, 0},
    ReportLine{"SP", "Dynamics 365 For Sales Professional", "be9f9771-1c64-4618-9907-244325141096", 65, 1},
    ReportLine{"CSP", "Dynamics 365 Customer Service Professional", "1439b6e2-5d59-4873-8c59-d60e2a196e92", 50, 0},
    ReportLine{"CSEA", "Dynamics 365 for Customer Service Enterprise Attach to Qualifying Dynamics 365 Base Offer A",
               "eb18b715-ea9d-4290-9994-2ebf4b5042d2", 18, 1},
    ReportLine{"FS", "Dynamics 365 for Field Service Enterprise Edition", "c7d15985-e746-4f01-b113-20b575898250", 105,
               1},
    ReportLine{"FSA", "Dynamics 365 for Field Service Attach to Qualifying Dynamics 365 Base Offer",
               "a36cdaa2-a806-4b6e-9ae0-28dbd993c20e", 20, 0},
    ReportLine{"TRIAL", "Dynamics 365 Sales Premium Viral Trial", "6ec92958-3cc1-49db-95bd-bc6b3798df71", 0, 9999},
    ReportLine{"E3", "Microsoft 365 E3", "05e9a617-0261-4cee-bb44-138d3ef5d965", 36, 0},
    ReportLine{"EMS", "Enterprise Mobility + Security E3", "efccb6f7-5641-4e0e-bd10-b4976e1bf68e", 11, 0},
    ReportLine{"PBI", "Power BI Pro", "f8a1db68-be16-40ed-86d5-cb42ce701560", 14, 0},
    ReportLine{"EXO", "Exchange Online (Plan 2)", "19ec0d23-8335-4cbd-94ac-6050e30712fa", 8, 0},
};

}  // namespace

void write_active_users(const std::vector<Person>& people, const std::string& folder) {
  write_active_users_on(people, june_snapshot, folder + "/users_2026_06_30 17_05_10.csv");
  write_active_users_on(people, audit_day, folder + "/users_2026_09_30 17_11_42.csv");
}

void write_entra_users(const std::vector<Person>& people, const std::string& folder) {
  std::string bytes =
      "\xEF\xBB\xBF"
      "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,"
      "usageLocation,"
      "streetAddress,state,country,officeLocation,city,postalCode,telephoneNumber,mobilePhone,alternateEmailAddress,"
      "ageGroup,consentProvidedForMinor,legalAgeGroupClassification,companyName,creationType,directorySynced,"
      "invitationState,identityIssuer,createdDateTime\r\n";
  for (const Person* person : by_name(people)) {
    if (person->september == "absent" || !person->deleted.empty()) continue;
    // A guest's own address stands in its login, before #EXT#, with the last underscore for the @.
    std::string mail = person->mailbox.empty() ? person->login : person->mailbox;
    if (person->guest) {
      mail = person->login.substr(0, person->login.find("#EXT#"));
      mail[mail.rfind('_')] = '@';
    }
    const bool synced = !person->guest && !person->shared && !person->service;
    std::vector<std::string> cells{person->login,
                                   cell(person->name),
                                   cell(person->last),
                                   mail,
                                   cell(person->first),
                                   object_id(*person),
                                   person->guest ? "Guest" : "Member",
                                   cell(person->title),
                                   cell(person->department),
                                   person->blocked_september ? "False" : "True",
                                   person->country,
                                   "",
                                   "",
                                   "",
                                   "",
                                   "",
                                   "",
                                   "",
                                   "",
                                   person->guest ? mail : "",
                                   "",
                                   "",
                                   "",
                                   person->guest ? "" : "Tidewater Instruments",
                                   person->guest ? "Invitation" : "",
                                   synced ? "True" : "",
                                   person->guest ? "Accepted" : "",
                                   person->guest ? "ExternalAzureAD" : std::string(domain),
                                   us_time(parse_day(person->created), time_of("created " + person->login))};
    bytes += join(cells, ",") + crlf;
  }
  save(folder + "/exportUsers_2026-09-30.csv", bytes);
}

void write_roles(const std::vector<Person>& people, const std::string& folder) {
  const std::string unit = guid("business unit");
  std::string bytes =
      "\xEF\xBB\xBF"
      "\"User ID\",\"Application ID\",\"Azure AD Object Id\",\"Full Name\",\"Domain Name\",\"Business Unit "
      "ID\",\"Business "
      "Unit Name\",\"Primary Email\",\"User Status\",\"Access Mode\",\"User Security Roles\",\"User Teams\",\"Teams "
      "Security "
      "Roles\",\"Created on\",\"Created by\",\"Modified on\",\"Modified by\"\r\n";
  const auto add = [&](std::vector<std::string> cells) {
    for (auto& text : cells) text = quoted(text);
    bytes += join(cells, ",") + crlf;
  };
  for (const Person* person : by_name(people)) {
    if (person->september == "absent" || !person->deleted.empty()) continue;
    std::string roles = person->has_roles ? person->roles : default_role(person->september);
    if (roles.empty()) continue;
    if (const auto semicolon = roles.find(';'); person->has_roles && semicolon != std::string::npos)
      roles.insert(semicolon + 1, " ");
    const std::string created = us_time(parse_day(person->created), time_of("created " + person->login));
    const std::string team = person->department == "Customer Service" ? "Service Desk" : "";
    add({system_user_id(*person), "", object_id(*person), person->name, person->login, unit, "tidewater",
         person->guest ? "" : person->login, person->blocked_september ? "Disabled" : "Enabled",
         person->login.rfind("svc-", 0) == 0 ? "Non-interactive" : "Read-Write", roles, team,
         team.empty() ? "" : "Customer Service Representative", created, "SYSTEM", "9/1/2026 12:00:00 AM", "SYSTEM"});
  }
  // Dataverse lists its own accounts beside the people.
  for (const std::string name : {"# Tidewater ERP Connector", "INTEGRATION", "SYSTEM"}) {
    const bool application = name.front() == '#';
    add({guid("systemuser " + name), application ? guid("application Tidewater ERP Connector") : "", "", name, "", unit,
         "tidewater", "", "Enabled", "Non-interactive", application ? "Integration Service" : "", "", "",
         "1/15/2018 8:00:00 AM", "SYSTEM", "9/1/2026 12:00:00 AM", "SYSTEM"});
  }
  save(folder + "/xrmtoolbox_users_roles_2026-09-30.csv", bytes);
}

void write_license_report(const std::vector<Person>& people, const std::string& folder) {
  std::string bytes =
      "\"License Name\",\"Cost\",\"Purchased Units\",\"Consumed Units\",\"Unused Units\",\"Purchased Units "
      "Cost\",\"Consumed "
      "Units Cost\",\"Unused Units Cost\",\"SkuID\"\r\n";
  unsigned total_bought = 0;
  unsigned total_used = 0;
  const auto dollars = [](unsigned amount) { return "\"$" + std::to_string(amount) + "\""; };
  for (const auto& line : report_lines) {
    const unsigned used = seats(people, line.code);
    const unsigned bought = used + line.spare;
    total_bought += bought * line.price;
    total_used += used * line.price;
    bytes += join({quoted(line.name), dollars(line.price), quoted(std::to_string(bought)), quoted(std::to_string(used)),
                   quoted(std::to_string(line.spare)), dollars(bought * line.price), dollars(used * line.price),
                   dollars(line.spare * line.price), quoted(line.guid)},
                  ",") +
             crlf;
  }
  bytes += crlf + "\"Total\",\"-\",\"-\",\"-\",\"-\"," + dollars(total_bought) + "," + dollars(total_used) + "," +
           dollars(total_bought - total_used) + ",\"-\"" + crlf;
  save(folder + "/LicenseUsageReport 30-09-26 05_20_44 PM.csv", bytes);
}

void write_contracts(const std::string& folder) {
  save(folder + "/contracts.csv",
       "product,quantity,unit_price,currency,term_start,term_end,notice_days,floor,reducible\n"
       "Dynamics 365 Sales Enterprise,70,95.00,USD,2026-02-01,2027-01-31,60,50,at-renewal\n"
       "Dynamics 365 Customer Service Enterprise,12,95.00,USD,2026-02-01,2027-01-31,60,10,at-renewal\n"
       "Dynamics 365 Team Members,25,8.00,USD,2026-02-01,2027-01-31,30,0,any-time\n");
}

void write_hr(const std::vector<Person>& people, const std::string& folder) {
  std::string bytes =
      "employeeNumber,firstName,lastName,workEmail,department,jobTitle,status,hireDate,terminationDate,"
      "employmentHistoryStatus\n";
  std::string leave = "email,from,to\n";
  unsigned number = 1001;
  for (const auto& person : people) {
    if (!person.in_hr) continue;
    const bool gone = !person.hr_last_day.empty() && !person.future_leaver;
    const std::string end = person.hr_last_day.empty() ? "0000-00-00" : person.hr_last_day;
    bytes += join({std::to_string(number++), cell(person.first), cell(person.last), person.login, person.department,
                   person.title, gone ? "Inactive" : "Active", person.created, end, gone ? "Terminated" : "Full-Time"},
                  ",") +
             "\n";
    if (!person.leave.empty()) {
      const auto dots = person.leave.find("..");
      leave += person.login + "," + person.leave.substr(0, dots) + "," + person.leave.substr(dots + 2) + "\n";
    }
  }
  // A namesake of somebody who stays: no address, so nobody may be matched.
  bytes +=
      std::to_string(number) + ",Anna,Berg,,Operations,Warehouse Clerk,Inactive,2024-02-05,2026-08-31,Terminated\n";
  save(folder + "/bamboohr_report_2026-09-30.csv", bytes);
  save(folder + "/leave_2026-09-30.csv", leave);
}

void write_expected(const std::vector<Person>& people, const std::string& path) {
  std::string text = "login,product,verdict,note\n";
  for (const auto& person : people) {
    if (person.september == "-" || person.september == "absent" || !person.deleted.empty()) continue;
    for (const auto& code : split(person.september, '+')) {
      std::string verdict = code == "TRIAL" || code == "PAF"                                  ? "free"
                            : code == "E3" || code == "EMS" || code == "PBI" || code == "EXO" ? "outside"
                                                                                              : "used";
      for (const auto& exception : split(person.expected, ' '))
        if (exception.rfind(code + "=", 0) == 0) verdict = exception.substr(code.size() + 1);
      text += person.login + "," + cell(product_name(code)) + "," + verdict + "," + cell(person.note) + "\n";
    }
  }
  save(path, text);
}

}  // namespace quarter
