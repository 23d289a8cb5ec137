// SPDX-License-Identifier: Apache-2.0
// Recorded audits come back as they went in; equal texts are kept once; who was erased is not remembered.
#include "store/audit_log.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

using namespace seatlint;

namespace {

AuditRecord a_record(Day as_of) {
  AuditRecord record;
  record.ran_on = as_of + 2;
  record.as_of = as_of;
  record.as_of_given = true;
  record.scope = "idle-days=60\n";
  record.policy_path = "seatlint.toml";
  record.policy_text = "currency = \"EUR\"\n";
  record.policy_sha256 = sha256_hex(record.policy_text);
  record.catalog_text = std::string(100'000, 'x');
  record.inputs = "abc\tdefault\tgeneric-users\t2026-03-31\tusers.csv\n";
  record.inputs_sha256 = sha256_hex(record.inputs);
  record.findings = 1;
  record.seats = {{"default", "ana", "generic.basic", "used", false, Money{4000, "EUR"}, std::nullopt},
                  {"default", "ben", "generic.basic", "idle", true, Money{4000, "EUR"}, Money{-5, "EUR"}},
                  {"default", "cleo", "Mystery Planner", "outside", false, std::nullopt, std::nullopt}};
  return record;
}

std::int64_t count(const Store& store, const char* what) {
  return store.database().integer(std::string("SELECT count(*) FROM ") + what);
}

}  // namespace

TEST_CASE("a recorded audit comes back as it went in", "[audit-log]") {
  const std::string path = (std::filesystem::temp_directory_path() / "seatlint-audit-log-test.db").string();
  std::filesystem::remove(path);
  {
    Store store(path, Store::Open::create);
    const Day march = *parse_day("2026-03-31");
    CHECK_FALSE(recorded_audit(store, std::nullopt, true));
    CHECK_FALSE(last_catalog_sha256(store));
    record_audit(store, a_record(march));
    record_audit(store, a_record(march));
    record_audit(store, a_record(march + 90));
    CHECK(count(store, "audit_record") == 3);
    CHECK(count(store, "kept_text") == 4);
    CHECK(count(store, "audited_seat") == 3);

    const auto found = recorded_audit(store, march, true);
    REQUIRE(found);
    const AuditRecord wrote = a_record(march);
    CHECK(found->ran_on == wrote.ran_on);
    CHECK(found->as_of_given);
    CHECK(found->scope == wrote.scope);
    CHECK(found->policy_text == wrote.policy_text);
    CHECK(found->catalog_text == wrote.catalog_text);
    CHECK(found->inputs == wrote.inputs);
    REQUIRE(found->seats.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(found->seats[i].same_verdict(wrote.seats[i]));
      CHECK(found->seats[i].key() == wrote.seats[i].key());
      CHECK(found->seats[i].cost == wrote.seats[i].cost);
    }
    CHECK(recorded_audit(store, std::nullopt, false)->as_of == march + 90);
    CHECK(recorded_audit(store, std::nullopt, false)->seats.empty());
    CHECK_FALSE(recorded_audit(store, march + 1, false));
    CHECK(last_catalog_sha256(store) == sha256_hex(wrote.catalog_text));

    store.database().execute("DELETE FROM audited_seat WHERE account = 'ben'");
    CHECK(recorded_audit(store, march, true)->seats.size() == 2);
    store.database().execute("UPDATE kept_text SET packed = x'00'");
    CHECK_THROWS_AS(recorded_audit(store, march, true), Error);
  }
  std::filesystem::remove(path);
}
