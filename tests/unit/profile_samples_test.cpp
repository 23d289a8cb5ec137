// SPDX-License-Identifier: Apache-2.0
// Every sample export through recognition and decoding: the right profile, the right counts, and the rows that
// show each export's quirk.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "seatlint/profile.hpp"

namespace profile_samples_test {

using namespace seatlint;

namespace {

struct Read {
  std::string profile, refused, tenant;
  int rows = 0, skipped = 0, rejected = 0;
  std::optional<Day> snapshot;
  std::vector<Decoded> decoded;
  std::vector<std::string> unknown;
  bool actions = false, last_activity = false, blank_never = false;
};

Read read(const std::string& path) {
  std::ifstream file(std::string(SEATLINT_TEST_DATA) + "/samples/" + path, std::ios::binary);
  REQUIRE(file.good());
  std::stringstream bytes;
  bytes << file.rdbuf();
  const std::string text = bytes.str(), name = path.substr(path.rfind('/') + 1);
  Read out;
  const auto each = [&](const auto& use) {
    const auto source = csv::memory_source(text);
    csv::Reader reader(*source, name, {});
    csv::Record record;
    reader.next(record);
    const std::vector<std::string> header(record.fields.begin(), record.fields.end());
    use(header, reader);
  };
  std::optional<Decoder> decoder;
  each([&](const std::vector<std::string>& header, csv::Reader& reader) {
    const auto found = recognize(builtin_profiles(), header, name);
    REQUIRE(found.profile != nullptr);
    out.profile = found.profile->name;
    out.refused = found.profile->refuse;
    if (!out.refused.empty()) return;
    decoder.emplace(*found.profile, header, name, DecodeOptions{"UTC", "Europe/London", {}, make_day(2026, 8, 1)});
    for (csv::Record record; decoder->needs_survey() && reader.next(record);) decoder->survey(record);
    decoder->settle();
  });
  if (!decoder) return out;
  each([&](const std::vector<std::string>&, csv::Reader& reader) {
    for (csv::Record record; reader.next(record);) {
      out.decoded.push_back(decoder->decode(record));
      ++(std::holds_alternative<Skipped>(out.decoded.back())  ? out.skipped
         : std::holds_alternative<Reject>(out.decoded.back()) ? out.rejected
                                                              : out.rows);
    }
  });
  out.snapshot = decoder->snapshot_date();
  out.tenant = decoder->tenant();
  out.unknown = decoder->unknown_values();
  out.actions = decoder->gives_actions();
  out.last_activity = decoder->has_last_activity();
  out.blank_never = decoder->blank_means_never();
  return out;
}

const UserRow& person(const Read& file, const std::string& login) {
  for (const auto& row : file.decoded)
    if (const auto* found = std::get_if<UserRow>(&row))
      if (found->identity.login == login || found->identity.email == login) return *found;
  FAIL("nobody called " << login);
  throw 0;
}
const ActivityRow& act(const Read& file, std::size_t i) { return std::get<ActivityRow>(file.decoded.at(i)); }

struct Expected {
  const char* path;
  const char* profile;
  int rows, skipped;
};

}  // namespace

TEST_CASE("every sample is recognized and every row accounted for") {
  static const Expected table[] = {
      {"dynamics/users_9_15_2026 9_17_18 AM.csv", "m365-users", 16, 0},
      {"dynamics/users_9_15_2021 3_22_41 PM.csv", "m365-users", 8, 0},
      {"dynamics/AuditLog_20260915_083000.csv", "purview-audit", 15, 1},
      {"dynamics/InteractiveSignIns_2026-09-01_2026-09-15.csv", "entra-signins", 7, 3},
      {"dynamics/getOffice365ActiveUserDetail_D180.csv", "m365-usage-report", 13, 0},
      {"dynamics/dataverse_audit_webapi.csv", "dataverse-audit", 7, 0},
      {"dynamics/systemuser_ps51_exportcsv_ascii_TYPE.csv", "dataverse-users", 7, 0},
      {"dynamics/xrmtoolbox_users_roles.csv", "dataverse-user-roles", 12, 0},
      {"dynamics/entra_license_list_m365cli.csv", "m365-license-list", 8, 1},
      {"dynamics/LicenseUsageReport 15-09-26 09_30_11 AM.csv", "m365-license-costs", 3, 1},
      {"dynamics/UnusedM365LicensesByLastSignIn_2026-Sep-15-Tue 09-30-11 AM.csv", "m365-unused-licenses", 3, 0},
      {"dynamics/fno_user_license_consumption_standard.csv", "fno-license-consumption", 6, 0},
      {"salesforce/WE_00D8d00000Lk7QzEAA_1_User.csv", "salesforce-user", 20, 0},
      {"salesforce/dataloader_v63_User_utf8bom_crlf.csv", "salesforce-user", 20, 0},
      {"salesforce/workbench_User_ragged_null_profile.csv", "salesforce-user", 20, 0},
      {"salesforce/report1789459200123.csv", "salesforce-report-users", 15, 5},
      {"salesforce/bulk_UserLicense.csv", "salesforce-user-license", 8, 1},
      {"salesforce/bulk_Profile.csv", "salesforce-profile", 11, 0},
      {"salesforce/bulk_PermissionSetLicense.csv", "salesforce-permission-set-license", 5, 1},
      {"salesforce/bulk_PermissionSetLicenseAssign.csv", "salesforce-permission-set-license-assign", 11, 0},
      {"salesforce/bulk_PermissionSetAssignment.csv", "salesforce-permission-set-assignment", 9, 1},
      {"salesforce/bulk_UserLogin.csv", "salesforce-user-login", 18, 0},
      {"salesforce/bulk_LoginHistory.csv", "salesforce-login-history", 11, 0},
      {"salesforce/LoginHistory1789459200000.csv", "salesforce-login-history-setup", 11, 0},
      {"salesforce/2026-09-15_Login_ELF.csv", "salesforce-elf-login", 11, 0},
      {"salesforce/2026-09-14_ApiTotalUsage_ELF.csv", "salesforce-elf-api", 7, 0},
      {"salesforce/2026-09-14_DatabaseSave_ELF.csv", "salesforce-elf-database-save", 13, 0},
      {"salesforce/2026-09-14_LightningPageView_ELF.csv", "salesforce-elf-page-view", 10, 0},
      {"other/suitecrm_users_enUS.csv", "suitecrm-users", 14, 0},
      {"other/sugarcrm_users_license_type.csv", "sugarcrm-users", 13, 0},
      {"other/odoo_res_users_labels.csv", "odoo-users", 13, 0},
      {"other/odoo_res_users_continuation_rows.csv", "odoo-users", 8, 0},
      {"other/zendesk_agents_api_export.csv", "zendesk-agents", 6, 0},
      {"other/hubspot_users_export_documented_fields.csv", "hubspot-users", 12, 0},
      {"other/hubspot_login_history_documented_fields.csv", "hubspot-login-history", 5, 0},
      {"other/hubspot_seats_handmade.csv", "hubspot-seats", 13, 0},
      {"other/zoho_crmplus_app_matrix.csv", "zoho-app-matrix", 10, 0},
      {"other/pipedrive_users_pasted.tsv", "pipedrive-users", 10, 0},
      {"other/google_users_download_34col.csv", "google-users", 13, 0},
      {"other/gam_print_licenses.csv", "gam-licenses", 12, 0},
      {"other/entra_users_bulk_2021plus.csv", "entra-users", 13, 0},
      {"other/entra_signins_frFR_export.csv", "entra-signins-short", 0, 5},
      {"other/okta_current_assignments.csv", "okta-assignments", 10, 1},
      {"other/bamboohr_report.csv", "bamboohr-departures", 13, 0},
      {"other/snipeit_licenses_export.csv", "snipeit-licenses", 4, 1},
      {"other/glpi_licenses.csv", "glpi-licenses", 4, 1},
      {"other/contracts_avanoo_template.csv", "avanoo-contracts", 5, 0}};
  for (const auto& expected : table) {
    INFO(expected.path);
    const Read file = read(expected.path);
    CHECK(file.profile == expected.profile);
    CHECK(file.rows == expected.rows);
    CHECK(file.skipped == expected.skipped);
    CHECK(file.rejected == 0);
    CHECK(file.unknown.empty());
  }
}

TEST_CASE("wrong files are refused with what they are and what to fetch instead") {
  using Catch::Contains;
  CHECK(read("salesforce/bulk_PermissionSet.csv").profile == "salesforce-permission-set");
  CHECK_THAT(read("salesforce/bulk_PermissionSet.csv").refused, Contains("PermissionSetLicense"));
  CHECK_THAT(read("salesforce/bulk_ActiveFeatureLicenseMetric.csv").refused, Contains("name no user"));
}

TEST_CASE("files that tell of no person or license are known for what they are") {
  const auto name = [](const std::vector<std::string>& header) {
    const auto found = recognize(builtin_profiles(), header, "x.csv");
    return found.profile == nullptr || found.profile->refuse.empty() ? std::string() : found.profile->name;
  };
  CHECK(name({"Product_Display_Name", "String_Id", "GUID"}) == "microsoft-sku-list");
  CHECK(name({"Report Refresh Date", "User Principal Name", "Last Activity Date"}) == "m365-usage-other");
  CHECK(name({"securityrole", "AOTName", "LicenseType"}) == "fno-role-licenses");
  CHECK(name({"Id", "AssigneeId", "PermissionSetLicenseId"}) == "salesforce-license-references");
  CHECK(name({"Id", "AssigneeId", "PermissionSetLicenseId", "PermissionSetLicense.MasterLabel"}) == "");
}

TEST_CASE("concealed names are counted and never become accounts") {
  const Read file = read("other/m365_report_mail_activity_concealed.csv");
  CHECK(file.profile == "m365-usage-report");
  CHECK(file.rows == 0);
  CHECK(file.skipped == static_cast<int>(file.decoded.size()));
  REQUIRE(file.unknown.size() == 1);
  CHECK_THAT(file.unknown[0], Catch::Contains("concealed") && Catch::Contains("Org settings"));
}

TEST_CASE("Microsoft samples say what they should") {
  const Read users = read("dynamics/users_9_15_2026 9_17_18 AM.csv");
  CHECK(users.snapshot == make_day(2026, 9, 15));
  const auto& aino = person(users, "aino.virtanen@northgatepumps.example");
  CHECK(aino.identity.id == "b589e9bd-ec86-4a74-886f-2e89ad37d34f");
  CHECK(aino.products.at(2) == "Enterprise Mobility + Security E3");
  CHECK(aino.identity.aliases == std::vector<std::string>{"aino.virtanen+crm@northgatepumps.onmicrosoft.com"});
  CHECK(person(users, "ivan.petrov@northgatepumps.example").state == AccountState::disabled);
  CHECK(person(users, "zoe.larsson@northgatepumps.example").state == AccountState::deleted);
  CHECK(person(users, "priya.raman@contractor.example").account_class == AccountClass::external);
  CHECK(person(users, "admin@northgatepumps.onmicrosoft.com").products.empty());
  CHECK_FALSE(users.last_activity);

  const Read audit = read("dynamics/AuditLog_20260915_083000.csv");
  CHECK(audit.actions);
  CHECK(audit.tenant == "7d3c2a10-5b7e-4c0e-9f2b-0a4c6d1e8f55");
  CHECK(act(audit, 0).object == "opportunity");
  CHECK(act(audit, 0).verb == "update");
  CHECK(act(audit, 0).app == "dataverse");
  CHECK(act(audit, 0).environment == "https://northgatepumps.crm4.dynamics.com/");
  CHECK(act(audit, 2).dedupe_key == act(audit, 3).dedupe_key);

  const Read signins = read("dynamics/InteractiveSignIns_2026-09-01_2026-09-15.csv");
  CHECK_FALSE(signins.actions);
  CHECK(std::get<Skipped>(signins.decoded[2]).day == make_day(2026, 9, 13));
  CHECK_FALSE(act(signins, 6).success);
  CHECK_FALSE(act(signins, 9).success);
  CHECK(act(signins, 0).app == "dataverse");

  const Read roles = read("dynamics/xrmtoolbox_users_roles.csv");
  CHECK(person(roles, "dagmar.muller@northgatepumps.example").roles ==
        std::vector<std::string>{"Customer Service Representative", "Salesperson"});
  CHECK(person(roles, "svc-crm-integration@northgatepumps.onmicrosoft.com").account_class == AccountClass::integration);

  const Read costs = read("dynamics/LicenseUsageReport 15-09-26 09_30_11 AM.csv");
  CHECK(std::get<EntitlementRow>(costs.decoded[0]).unit_price == Money{10500, "USD"});
  const Read unused = read("dynamics/UnusedM365LicensesByLastSignIn_2026-Sep-15-Tue 09-30-11 AM.csv");
  CHECK(unused.snapshot == make_day(2026, 9, 15));
  CHECK(person(unused, "mads.kohler@northgatepumps.example").group_products.size() == 2);
  CHECK(person(unused, "mads.kohler@northgatepumps.example").last_activity ==
        LastActivity{LastActivity::Kind::before, make_day(2026, 3, 3)});
  CHECK(person(unused, "leavers@northgatepumps.example").last_activity.kind == LastActivity::Kind::never);
}

TEST_CASE("Salesforce samples say what they should") {
  const Read weekly = read("salesforce/WE_00D8d00000Lk7QzEAA_1_User.csv");
  CHECK(weekly.snapshot == make_day(2026, 9, 15));
  CHECK(weekly.tenant == "00D8d00000Lk7QzEAJ");
  CHECK(weekly.blank_never);
  const auto& maren = person(weekly, "maren.holt@larkmoor.example");
  CHECK(maren.manager.empty());
  CHECK_FALSE(maren.has_products);
  CHECK(maren.profile_ref == "00e8d000001Pq1AAAS");
  CHECK(maren.last_activity == LastActivity{LastActivity::Kind::on, make_day(2026, 9, 14)});
  CHECK(person(weekly, "declan.oshea@larkmoor.example").last_activity.kind == LastActivity::Kind::never);
  CHECK(person(weekly, "vera.lindqvist@larkmoor.example").state == AccountState::disabled);
  CHECK(person(weekly, "camila.vega@customer.example").account_class == AccountClass::external);

  const Read loader = read("salesforce/dataloader_v63_User_utf8bom_crlf.csv");
  const auto& owen = person(loader, "owen.pritchard@larkmoor.example");
  CHECK(owen.has_products);
  CHECK(owen.products == std::vector<std::string>{"Salesforce", "Service Cloud User", "Knowledge User"});
  CHECK(person(loader, "svc-feed@larkmoor.example").account_class == AccountClass::integration);

  const Read report = read("salesforce/report1789459200123.csv");
  CHECK(report.snapshot == make_day(2026, 9, 15));
  CHECK(person(report, "declan.oshea@larkmoor.example").identity.id == "0058d00000AB3cdAAD");
  CHECK(person(report, "ingrid.sondergaard@larkmoor.example").identity.id == "0058d00000ab3CDAAY");

  const Read logins = read("salesforce/bulk_LoginHistory.csv");
  CHECK_FALSE(act(logins, 3).success);
  CHECK(act(logins, 4).machine);
  CHECK_FALSE(act(logins, 2).machine);
  const Read setup = read("salesforce/LoginHistory1789459200000.csv");
  CHECK(act(setup, 0).actor.login == "maren.holt@larkmoor.example");
  CHECK(act(setup, 0).day == make_day(2026, 9, 14));
  CHECK(act(setup, 4).machine);
  const Read log = read("salesforce/2026-09-15_Login_ELF.csv");
  CHECK(act(log, 0).actor.id == "0058d00000Ab1CdAAJ");
  CHECK_FALSE(act(log, 2).machine);
  CHECK(act(log, 4).machine);
  const Read api = read("salesforce/2026-09-14_ApiTotalUsage_ELF.csv");
  CHECK_FALSE(api.actions);
  CHECK(act(api, 0).machine);
  CHECK_FALSE(act(api, 6).machine);
  CHECK(act(read("salesforce/2026-09-14_DatabaseSave_ELF.csv"), 1).object == "lead");
  const Read frozen = read("salesforce/bulk_UserLogin.csv");
  CHECK(std::count_if(frozen.decoded.begin(), frozen.decoded.end(),
                      [](const Decoded& row) { return std::get<UserRow>(row).state == AccountState::frozen; }) == 1);
}

TEST_CASE("other samples say what they should") {
  CHECK(person(read("other/google_users_download_34col.csv"), "hal.vesterby@harbourline.example").last_activity.kind ==
        LastActivity::Kind::never);
  CHECK(person(read("other/sugarcrm_users_license_type.csv"), "maren.oduya").products.size() == 2);
  CHECK(person(read("other/odoo_res_users_labels.csv"), "leila.haddad@harbourline.example").state ==
        AccountState::disabled);
  CHECK(person(read("other/zendesk_agents_api_export.csv"), "callum.reid@harbourline.example").products ==
        std::vector<std::string>{"Zendesk light agent"});
  CHECK(person(read("other/pipedrive_users_pasted.tsv"), "yui.tanaka@harbourline.example").last_activity.day ==
        make_day(2026, 7, 18));
  CHECK(person(read("other/zoho_crmplus_app_matrix.csv"), "tomas.ferreira-lund@harbourline.example").products.size() ==
        3);
  CHECK(act(read("other/hubspot_login_history_documented_fields.csv"), 1).machine);
  const Read leavers = read("other/bamboohr_report.csv");
  CHECK(std::get<PersonRow>(leavers.decoded[2]).last_day == make_day(2026, 6, 30));
  CHECK_FALSE(std::get<PersonRow>(leavers.decoded[0]).last_day);
  const Read contracts = read("other/contracts_avanoo_template.csv");
  const auto& line = std::get<EntitlementRow>(contracts.decoded[0]);
  CHECK(line.unit_price == Money{9000, "USD"});
  CHECK(line.term_end == make_day(2026, 10, 31));
  CHECK_FALSE(std::get<EntitlementRow>(read("other/glpi_licenses.csv").decoded[2]).quantity);
}

}  // namespace profile_samples_test
