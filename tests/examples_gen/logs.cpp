// SPDX-License-Identifier: Apache-2.0
// Writes what the company's people did: the Purview audit log in four overlapping parts, and the sign-in files.
#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "company.hpp"

namespace quarter {
namespace {

struct Action {
  std::string_view message, entity;
};

// What each kind of work leaves in the log, in the order in which a person's days walk through it.
const std::map<std::string, std::vector<Action>, std::less<>>& patterns() {
  static const std::map<std::string, std::vector<Action>, std::less<>> table{
      {"sales",
       {{"Update", "opportunity"},
        {"RetrieveMultiple", "account"},
        {"Create", "lead"},
        {"Retrieve", "opportunity"},
        {"QualifyLead", "lead"},
        {"Create", "phonecall"},
        {"Update", "account"},
        {"Create", "quote"},
        {"RetrieveMultiple", "opportunity"},
        {"WinOpportunity", "opportunity"},
        {"Update", "contact"},
        {"Create", "appointment"},
        {"Update", "quotedetail"}}},
      {"both",
       {{"Update", "opportunity"},
        {"Update", "incident"},
        {"RetrieveMultiple", "incident"},
        {"Create", "lead"},
        {"CloseIncident", "incident"},
        {"Update", "knowledgearticle"},
        {"Create", "quote"},
        {"Create", "email"}}},
      {"sequence",
       {{"Update", "msdyn_sequence"},
        {"Update", "opportunity"},
        {"Create", "msdyn_sequencetarget"},
        {"RetrieveMultiple", "opportunity"},
        {"Update", "lead"}}},
      {"contacts",
       {{"RetrieveMultiple", "contact"},
        {"Update", "contact"},
        {"Retrieve", "account"},
        {"Create", "task"},
        {"Create", "annotation"},
        {"Retrieve", "contact"}}},
      {"reader",
       {{"RetrieveMultiple", "opportunity"},
        {"Retrieve", "account"},
        {"ExportToExcel", "opportunity"},
        {"Retrieve", "incident"}}},
      {"lead", {{"Update", "lead"}, {"Retrieve", "contact"}, {"Create", "lead"}, {"RetrieveMultiple", "lead"}}},
      {"custom",
       {{"Update", "tdw_calibration"},
        {"Retrieve", "tdw_calibration"},
        {"Create", "tdw_calibration"},
        {"RetrieveMultiple", "account"}}},
      {"case",
       {{"Update", "incident"},
        {"RetrieveMultiple", "incident"},
        {"Create", "incident"},
        {"Create", "email"},
        {"CloseIncident", "incident"}}},
      {"caseknow",
       {{"Update", "incident"},
        {"Update", "knowledgearticle"},
        {"RetrieveMultiple", "incident"},
        {"CloseIncident", "incident"},
        {"Create", "knowledgearticle"},
        {"Create", "phonecall"},
        {"Update", "entitlement"}}},
      {"workorder",
       {{"Update", "msdyn_workorder"},
        {"Retrieve", "msdyn_workorder"},
        {"Update", "bookableresourcebooking"},
        {"Create", "msdyn_bookingtimestamp"},
        {"Create", "annotation"}}},
      {"machine", {{"Update", "salesorder"}, {"Upsert", "account"}, {"Update", "Unknown"}, {"Create", "salesorder"}}},
      {"admin", {{"RetrieveMultiple", "systemuser"}, {"Associate", "systemuserroles"}, {"Update", "team"}}},
      {"failed", {{"Update", "opportunity"}}},
  };
  return table;
}

struct LogRow {
  Days day;
  unsigned second;
  std::string id, record_type, operation, user, data;
};

struct Event {
  Days day;
  unsigned second;
  Action action;
  std::string id, correlation;
  std::string user;
};

std::string field(std::string_view name, std::string_view value) {
  return "\"" + std::string(name) + "\":\"" + std::string(value) + "\",";
}

std::string stamp(Days day, unsigned second) { return iso_day(day) + "T" + clock(second); }

std::string user_key(const Person& person) {
  std::array<char, 24> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "1003%012llX",
                static_cast<unsigned long long>(hash_of(person.login) & 0xffffffffffffU));
  return buffer.data();
}

std::string address_of(const Person& person) {
  return (person.service ? "198.51.100." : "203.0.113.") + std::to_string(10 + hash_of(person.login) % 200);
}

// AuditData of one Dynamics record. Fields the real export leaves blank are left out to keep the example small.
std::string crm_data(const Person& person, const Event& event, bool failed) {
  const bool unknown = event.action.entity == "Unknown";
  const bool many = event.action.message == "RetrieveMultiple";
  const std::string_view host = person.second_environment ? "https://tidewater-lisbon.crm4.dynamics.com/"
                                                          : "https://tidewater.crm4.dynamics.com/";
  const std::string entity_id = many      ? std::string("00000000-0000-0000-0000-000000000000")
                                : unknown ? std::string("00000000-0000-0000-0000-000000000000")
                                          : guid("entity " + event.id);
  std::string out =
      "{" + field("CreationTime", stamp(event.day, event.second)) + field("Id", event.id) +
      field("Operation", "CrmDefaultActivity") + field("OrganizationId", tenant_id()) + "\"RecordType\":21," +
      field("ResultStatus", failed ? "Failed" : "Success") + field("UserKey", user_key(person)) +
      "\"UserType\":" + (person.service ? "5," : "0,") + "\"Version\":1," + field("Workload", "CRM") +
      field("ClientIP", address_of(person)) + field("UserId", event.user) + field("CorrelationId", event.correlation) +
      field("CrmOrganizationUniqueName", person.second_environment ? "unq7c41d9e05b2f8" : "unq52e0b8fa6d137") +
      field("EntityId", entity_id) + field("EntityName", event.action.entity) + "\"Fields\":[]," +
      field("InstanceUrl", host) + field("Message", event.action.message);
  if (many)
    out += field("Query", "<fetch version=\\\"1.0\\\">\\r\\n  <entity name=\\\"" + std::string(event.action.entity) +
                              "\\\" />\\r\\n</fetch>");
  out += field("ServiceName", "Dataverse") + field("SystemUserId", system_user_id(person)) +
         field("UserAgent", person.service ? "Tidewater.Connector/2.4 (ServiceClient)"
                                           : "Mozilla/5.0 (Windows NT 10.0; Win64; x64)");
  out += "\"UserUpn\":\"" + event.user + "\"}";
  return out;
}

std::string login_on(const Person& person, Days day) {
  if (!person.old_login.empty() && day < parse_day("2026-08-10")) return person.old_login;
  if (!person.upper || hash_of(iso_day(day)) % 3 != 0) return person.login;
  // The log repeats a login as the person typed it.
  std::string shouted = person.login;
  for (char& c : shouted)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return shouted;
}

// One click may write several records: qualifying a lead writes five.
std::vector<Action> records_of(const Action& action) {
  if (action.message == "QualifyLead")
    return {{"QualifyLead", "lead"},
            {"Create", "contact"},
            {"Create", "opportunity"},
            {"Update", "opportunity"},
            {"Update", "lead"}};
  return {action};
}

void add_crm_rows(const Person& person, std::vector<LogRow>& rows) {
  std::size_t step = hash_of(person.login) % 3;
  for (const auto& span : person.activity) {
    const auto& actions = patterns().at(span.pattern);
    for (const auto& session : sessions_of(person, span)) {
      const std::string seed = person.login + iso_day(session.day) + span.pattern;
      Random random(seed);
      const unsigned clicks = person.service ? 1 : 1 + random.below(2);
      unsigned second = session.second;
      for (unsigned click = 0; click < clicks; ++click, second += 20 + random.below(600)) {
        const Action& chosen = actions[step++ % actions.size()];
        const auto records = records_of(chosen);
        // A read over 3 KB is split over several rows that share the CorrelationId.
        const bool split_read = chosen.message == "RetrieveMultiple" && random.below(12) == 0;
        for (std::size_t part = 0; part < records.size() + (split_read ? 1U : 0U); ++part) {
          const std::string key = seed + std::to_string(click);
          Event event{session.day,
                      second,
                      split_read ? chosen : records[part],
                      guid("record " + key + "." + std::to_string(part)),
                      guid("correlation " + key + (split_read ? "" : "." + std::to_string(part))),
                      login_on(person, session.day)};
          rows.push_back({session.day, second, event.id, "21", "CrmDefaultActivity", event.user,
                          crm_data(person, event, span.pattern == "failed")});
        }
      }
    }
  }
}

// Rows of other workloads stand in the same export: reading mail is not CRM use.
void add_other_rows(const Person& person, std::vector<LogRow>& rows) {
  Random random("other " + person.login);
  for (unsigned i = 0; i < person.logged_mail; ++i) {
    const Days day = june_snapshot + std::chrono::days(1 + random.below(91));
    const unsigned second = 6 * 3600 + random.below(36000);
    const bool mail = i % 2 == 0;
    const std::string id = guid("other " + person.login + std::to_string(i));
    const std::string operation = mail ? "MailItemsAccessed" : "UserLoggedIn";
    std::string data = "{" + field("CreationTime", stamp(day, second)) + field("Id", id) +
                       field("Operation", operation) + field("OrganizationId", tenant_id()) +
                       "\"RecordType\":" + (mail ? "50," : "15,") +
                       field("ResultStatus", mail ? "Succeeded" : "Success") + field("UserKey", object_id(person)) +
                       "\"UserType\":0,\"Version\":1," + field("Workload", mail ? "Exchange" : "AzureActiveDirectory") +
                       field("ClientIP", address_of(person)) + "\"UserId\":\"" + person.login + "\"}";
    rows.push_back({day, second, id, mail ? "50" : "15", operation, person.login, data});
  }
}

std::string log_line(const LogRow& row) {
  return row.id + ",\"" + stamp(row.day, row.second) + ".0000000Z \"," + row.record_type + "," + row.operation + "," +
         row.user + "," + quoted(row.data) + ",,\r\n";
}

struct LogPart {
  std::string_view name, first, last;
};

}  // namespace

std::vector<Session> sessions_of(const Person& person, const ActivitySpan& span) {
  std::vector<Session> sessions;
  for (Days day = span.first; day <= span.last; day += std::chrono::days(1)) {
    const std::string seed = person.login + iso_day(day) + span.pattern;
    const bool edge = day == span.first || day == span.last;
    const bool wanted = (person.service || working_day(day)) && Random("day " + seed).below(100) < span.percent;
    if (!edge && !wanted) continue;
    // Integrations run at night, yet on the same day in UTC and in Berlin.
    unsigned second = person.service ? 3600 + Random(seed).below(600) : time_of(seed);
    if (!span.time.empty())
      second = static_cast<unsigned>(std::stoul(span.time.substr(0, 2)) * 3600 + std::stoul(span.time.substr(3)) * 60);
    sessions.push_back({day, second});
  }
  return sessions;
}

void write_audit_logs(const std::vector<Person>& people, const std::string& folder) {
  std::vector<LogRow> rows;
  for (const auto& person : people) {
    add_crm_rows(person, rows);
    add_other_rows(person, rows);
  }
  // Newest first, as the portal exports.
  std::sort(rows.begin(), rows.end(), [](const LogRow& a, const LogRow& b) {
    return std::tie(b.day, b.second, b.id) < std::tie(a.day, a.second, a.id);
  });
  // Each search goes up to the day before its export; the first two overlap by three days.
  constexpr std::array parts{LogPart{"AuditLog_20260721_070312.csv", "2026-06-28", "2026-07-20"},
                             LogPart{"AuditLog_20260811_071845.csv", "2026-07-18", "2026-08-10"},
                             LogPart{"AuditLog_20260901_065930.csv", "2026-08-11", "2026-08-31"},
                             LogPart{"AuditLog_20261001_072114.csv", "2026-09-01", "2026-09-30"}};
  for (const auto& part : parts) {
    std::string bytes =
        "RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,"
        "AssociatedAdminUnitsNames\r\n";
    for (const auto& row : rows)
      if (row.day >= parse_day(part.first) && row.day <= parse_day(part.last)) bytes += log_line(row);
    save(folder + "/" + std::string(part.name), bytes);
  }
}

}  // namespace quarter
