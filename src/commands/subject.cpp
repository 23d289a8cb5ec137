// SPDX-License-Identifier: Apache-2.0
// `seatlint subject`: the answer to "what do you store about me, and where is it from?"
#include "commands/subject.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "commands/name_access.hpp"
#include "commands/person_records.hpp"
#include "commands/session.hpp"
#include "report/amounts.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

class Page {
 public:
  explicit Page(Io& io) : io_(io) {}

  void print(const PersonRecords& all) {
    for (const PersonRecord& record : all.records) print(record);
    if (!all.activity.empty()) line(0, "Activity, in days; times of day are not stored");
    for (const LoggedAction& use : all.activity) print(use);
    if (!all.mentions.empty()) line(0, "Named as manager in");
    for (const PersonRecord& record : all.mentions) line(2, record.file + ":" + std::to_string(record.line));
  }

 private:
  /// Every line may quote a file, so none reaches a terminal raw.
  void line(int indent, const std::string& text) {
    io_.out << std::string(static_cast<std::size_t>(indent), ' ') << printable(text) << '\n';
  }

  void print(const PersonRecord& record) {
    line(0, fmt::format("{}:{}  {}, org {}{}", record.file, record.line, record.profile, record.org,
                        record.snapshot_date.empty() ? "" : ", as of " + record.snapshot_date));
    for (const auto& [label, value] : record.values) line(2, fmt::format("{:<18}{}", label, value));
  }

  void print(const LoggedAction& use) {
    line(2, fmt::format("{} to {}  {}{}  {} {}, as {}", to_string(use.days.front()), to_string(use.days.back()),
                        counted(static_cast<std::int64_t>(use.days.size()), "day"), use.machine ? " by machine" : "",
                        use.object, use.verb, use.identity));
    std::string where = use.file;
    if (use.first_line != 0) where += fmt::format(", first on line {}", use.first_line);
    if (use.last_line != use.first_line) where += fmt::format(", last on line {}", use.last_line);
    line(4, where);
  }

  Io& io_;
};

Json value_of(const PersonRecord& record) {
  Json values = Json::object();
  for (const auto& [label, value] : record.values) values[label] = value;
  return {{"kind", record.kind},
          {"org", record.org},
          {"file", record.file},
          {"line", record.line},
          {"profile", record.profile},
          {"snapshot_date", record.snapshot_date.empty() ? Json() : Json(record.snapshot_date)},
          {"values", values}};
}

Json value_of(const LoggedAction& use) {
  Json days = Json::array();
  for (const Day day : use.days) days.push_back(to_string(day));
  const auto line = [](std::uint64_t number) { return number == 0 ? Json() : Json(number); };
  return {{"org", use.org},
          {"vendor", use.vendor},
          {"file", use.file},
          {"identity", use.identity},
          {"object", use.object},
          {"verb", use.verb},
          {"app", use.app},
          {"environment", use.environment},
          {"client", use.machine ? "machine" : "human"},
          {"days", days},
          {"first_line", line(use.first_line)},
          {"last_line", line(use.last_line)}};
}

void print_json(const PersonRecords& all, const std::string& user, Io& io) {
  Json records = Json::array(), activity = Json::array(), mentions = Json::array();
  for (const PersonRecord& record : all.records) records.push_back(value_of(record));
  for (const LoggedAction& use : all.activity) activity.push_back(value_of(use));
  for (const PersonRecord& record : all.mentions) mentions.push_back(value_of(record));
  const Json page{{"schema", "seatlint.subject/1"},
                  {"user", user},
                  {"records", records},
                  {"activity", activity},
                  {"mentions", mentions}};
  io.out << page.dump(2, ' ', io.environment.stdout_is_terminal, Json::error_handler_t::replace) << '\n';
}

void declare(OptionSet& set, SubjectOptions& options) {
  set.positional("USER", options.user, "login, e-mail, vendor id, alias or HR number");
  set.option("--reason", options.reason, "why you look, for the record (status --privacy shows it)", "TEXT");
  set.choice("--format", options.format, {"table", "json"}, "how to print it");
}

}  // namespace

int run_subject(const SubjectOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  const Store store = open_store(io, policy, Store::Open::read);
  const StoredPerson person = find_person(store, options.user);
  if (person.empty()) throw unknown_person(store, policy, options.user);
  const PersonRecords all = person_records(store, person);
  record_look(io, store, {"subject", "show", options.reason});
  if (options.format == "json") {
    print_json(all, options.user, io);
  } else {
    Page(io).print(all);
  }
  return 0;
}

std::unique_ptr<Command> subject_command() {
  return make_command<SubjectOptions>({"subject", "print all that is stored about a person, and where it came from",
                                       "  seatlint subject ana@example.com                every record and day\n"
                                       "  seatlint subject ana@example.com --format json  to hand over\n"},
                                      declare, run_subject);
}

}  // namespace seatlint
