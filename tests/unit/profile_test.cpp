// SPDX-License-Identifier: Apache-2.0
// Profiles as files: every mistake has a place and a hint, and the right profile is found for a header.
#include "seatlint/profile.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "profile/field_name.hpp"
#include "profile/parse.hpp"

namespace profile_test {

using namespace seatlint;

namespace {

std::string complaint(const std::string& toml) {
  try {
    parse_profile(toml, "my.toml");
  } catch (const Error& problem) {
    return problem.what();
  }
  return {};
}

const std::string head = "[profile]\nname = \"x\"\nvendor = \"acme\"\nkind = \"users\"\n";

std::string best(const std::vector<std::string>& header, const std::string& name = "x.csv") {
  const auto found = recognize(builtin_profiles(), header, name);
  return found.profile == nullptr ? std::string() : found.profile->name;
}

}  // namespace

TEST_CASE("mistakes in a profile are reported with line, column and a hint") {
  using Catch::Contains;
  CHECK_THAT(complaint("[profile\n"), Contains("my.toml:1:"));
  CHECK_THAT(complaint("[columns]\nid = \"Id\"\n"), Contains("needs the table [profile]"));
  CHECK_THAT(complaint("[profile]\nname = \"x\"\nvendor = \"v\"\nkind = \"user\"\n"),
             Contains("my.toml:4:8") && Contains("did you mean \"users\""));
  CHECK_THAT(complaint(head + "[columns]\nid = \"Id\"\nemial = \"Mail\"\n"),
             Contains("my.toml:7:1") && Contains("did you mean \"email\""));
  CHECK_THAT(complaint(head + "[colums]\nid = \"Id\"\n"), Contains("did you mean \"columns\""));
  CHECK_THAT(complaint(head + "[columns]\nid = 7\n"), Contains("my.toml:6:6"));
  CHECK_THAT(complaint(head + "[columns]\nname = \"Name\"\n"), Contains("at least one of id, login and email"));
  CHECK_THAT(complaint(head + "[columns]\nid = \"Id\"\n[values]\nstatus = { activ = [\"x\"] }\n"),
             Contains("did you mean \"active\""));
  CHECK_THAT(complaint(head + "[columns]\nid = \"Id\"\n[dates]\norder = \"usa\"\n"), Contains("auto, ymd, mdy or dmy"));
  CHECK_THAT(complaint(head + "[columns]\nid = { column = \"a\", value = \"b\" }\n"), Contains("exactly one of"));
  CHECK_THAT(complaint(head + "[columns]\nid = { column = \"a\", pattern = \"x\" }\n"), Contains("{}"));
  CHECK_THAT(
      complaint(head +
                "[columns]\nid = \"Id\"\n[rows]\nclass = [ { column = \"a\", is = [\"b\"], class = \"robot\" } ]\n"),
      Contains("integration"));
  CHECK_THAT(complaint(head + "[columns]\nid = \"Id\"\n[rows]\nskip = [ { all = [ { all = [] } ] } ]\n"),
             Contains("unknown key"));
  CHECK_THAT(complaint(head + "[columns]\nid = \"Id\"\n[split]\nroles = { separator = \", \" }\n"),
             Contains("one ASCII character"));
}

TEST_CASE("a profile may use every table at once, and words of fields other kinds have") {
  const auto profile = parse_profile(head + R"(get = "Admin > Users"
require = ["User ID", "Plan"]
[file]
encoding = "windows-1252"
delimiter = ";"
skip_rows = 2
footer = ["Grand Totals*"]
repeats_header = true
row_cap = 50000
snapshot_date = { column = "Report date" }
[columns]
id = "User ID"
login = ["Login", "Username"]
products = "Plan"
[values]
products = { none = ["Unlicensed", ""] }
outcome = { success = ["Success", "0"], failure = ["*"] }
last_day = { none = ["", "0000-00-00"] }
client = { machine = ["API*"], human = ["*"] }
[split]
products = { separator = "+", tight = true }
[dates]
order = "auto"
timezone = "UTC"
[rows]
skip = [ { column = "User type", is = ["Guest"], as = "guest" } ]
class = [ { column = "Profile", is = ["*Integration*"], class = "integration" } ]
)",
                                     "my.toml");
  CHECK(profile.require == std::vector<std::string>{"User ID", "Plan"});
  CHECK(profile.file_options.delimiter == ';');
  CHECK(profile.file_options.skip_rows == 2);
  CHECK(profile.row_caps == std::vector<std::uint64_t>{50000});
}

TEST_CASE("vocabulary words keep their written order") {
  const auto profile = parse_profile(
      "[profile]\nname=\"x\"\nvendor=\"v\"\nkind=\"activity\"\n[columns]\ntime=\"T\"\nuser=\"U\"\noutcome=\"S\"\n"
      "[values]\noutcome = { success = [\"ok\"], failure = [\"*\"] }\n",
      "x");
  CHECK_FALSE(profile.gives_actions);
  CHECK(profile.covers_days);
  Decoder decoder(profile, {"T", "U", "S"}, "x.csv", {});
  csv::Record record{{"2026-01-02", "a@x.example", "OK"}, 2, 0};
  CHECK(std::get<ActivityRow>(decoder.decode(record)).success);
  record.fields[2] = "odd";
  CHECK_FALSE(std::get<ActivityRow>(decoder.decode(record)).success);
}

TEST_CASE("every built-in profile says how to get its file and what it rests on") {
  REQUIRE(builtin_profiles().size() > 40);
  for (const auto& profile : builtin_profiles()) {
    INFO(profile.name);
    CHECK_FALSE(profile.get.empty());
    CHECK_FALSE(profile.evidence.empty());
    CHECK_FALSE(profile.seen.empty());
    CHECK(profile.origin == "built-in");
    REQUIRE(builtin_profile(profile.name) != nullptr);
    const auto siblings = builtin_profiles_of(profile.vendor);
    CHECK(std::count(siblings.begin(), siblings.end(), builtin_profile(profile.name)) == 1);
  }
}

TEST_CASE("a vendor's profile wins over a generic one, and a generic one takes what is left") {
  CHECK(best({"Email", "Seat", "Tier"}) == "hubspot-seats");
  CHECK(best({"email", "name", "role", "license", "status", "last_login", "created_at"}) == "generic-users");
  CHECK(best({"User Email", "License Type", "Last Active", "Created At", "Active"}) == "generic-users");
  CHECK(best({"timestamp", "user", "module", "action", "result"}) == "generic-activity");
  CHECK(best({"Time", "Email", "Outcome", "Source"}) == "generic-sign-ins");
  CHECK(best({"product", "quantity", "unit_price", "currency", "term_start", "term_end"}) == "generic-entitlements");
  CHECK(best({"email", "last_day"}) == "generic-departures");
  CHECK(best({"Email", "Termination Date"}) == "generic-departures");
  CHECK(best({"email", "from", "to"}) == "generic-leave");
  CHECK(best({"ID", "USERNAME", "ISACTIVE", "PROFILEID", "LASTLOGINDATE"}) == "salesforce-user");
  CHECK(best({"_", "Id", "Username", "IsActive", "Profile.Name"}) == "salesforce-user");
  CHECK(best({"CreationDate", "UserIds", "Operations", "AuditData"}) == "purview-audit");
  CHECK(best({"EVENT_TYPE", "TIMESTAMP", "REQUEST_ID", "URI"}) == "salesforce-elf-other");
  CHECK(best({"Date (UTC)", "Request ID", "Correlation ID", "Service principal ID", "Service principal name"}) ==
        "entra-signins-service-principals");
  CHECK(best({"Changed Date", "Changed By", "Event", "Operation", "Entity"}) == "dataverse-audit-view");
  CHECK(best({"user", "product", "assigned_at"}) == "generic-assignments");
  CHECK(best({"User", "Login", "Status", "Activation date", "Authentication Source", "Last Login",
              "Last Password Change"}) == "okta-password-health");
  CHECK(best({"MetricsDate", "PermissionSetLicenseId", "TotalLicenses", "ActiveUserCount"}) ==
        "salesforce-license-metrics");
  CHECK(best({"Id", "AssigneeId", "PermissionSetId"}) == "salesforce-license-references");
  CHECK(best({"Id", "AssigneeId", "PermissionSetId", "PermissionSet.Name", "PermissionSet.LicenseId"}) ==
        "salesforce-permission-set-assignment");
  CHECK(best({"Employee_ID", "Email_Address", "Hire_Date", "Termination_Date", "Full_Name"}) == "workday-departures");
  CHECK(best({"ID", "Name", "Email", "Suspended", "Date created", "Last updated", "Last sign-in"}) ==
        "zendesk-team-members");
  CHECK(best({"Zoho CRM ID", "First Name", "Last Name", "Email", "Profile", "Role", "Active"}) == "zoho-users");
  CHECK(best({"E-Mail", "Lizenz", "Status", "Letzte Anmeldung"}) == "generic-users");
  CHECK(best({"a", "b", "c"}).empty());
  const auto near =
      recognize(builtin_profiles(), {"User principal name", "Object Id", "Block credential"}, "users.csv");
  CHECK(near.profile == nullptr);
  REQUIRE_FALSE(near.near.empty());
  CHECK(near.near[0] == "m365-users (lacks Licenses)");
}

TEST_CASE("every field that a profile may map has its number") {
  for (const RecordKind kind :
       {RecordKind::users, RecordKind::assignments, RecordKind::activity, RecordKind::entitlements,
        RecordKind::departures, RecordKind::leave, RecordKind::lookup})
    for (const std::string& name : profile::known_fields(kind)) {
      const auto found = profile::FieldName::find(name);
      REQUIRE(found);
      CHECK(found->text() == name);
    }
  CHECK_FALSE(profile::FieldName::find("surname"));
}

}  // namespace profile_test
