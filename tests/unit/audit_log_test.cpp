// SPDX-License-Identifier: Apache-2.0
// Recorded audits come back as they went in; equal texts are kept once; who was erased is not remembered.
#include "store/audit_log.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <random>
#include <set>

namespace audit_log_test {

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

void record(Store& store, const AuditRecord& wanted) {
  const auto amount = [](const std::optional<Money>& money) { return money ? &*money : nullptr; };
  const std::vector<SeatRecord>& seats = wanted.seats;
  std::set<std::string_view> products;
  for (const SeatRecord& seat : seats) products.insert(seat.product);
  record_audit(store, wanted,
               {seats.size(),
                [&](std::size_t i) {
                  return SeatName{seats[i].org, seats[i].account, seats[i].product};
                },
                [&](std::size_t i) {
                  return SeatVerdict{seats[i].verdict, seats[i].waived, amount(seats[i].cost), amount(seats[i].saving)};
                },
                {products.begin(), products.end()}});
}

std::int64_t count(const Store& store, const char* what) {
  return store.database().integer(std::string("SELECT count(*) FROM ") + what);
}

std::vector<std::string> numbered(const Store& store) {
  std::vector<std::string> names;
  each_audited_seat(store.database(), [&](std::int64_t number, const SeatName& name) {
    names.push_back(std::to_string(number) + " " + std::string(name.account));
  });
  return names;
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
    record(store, a_record(march));
    record(store, a_record(march));
    record(store, a_record(march + 90));
    CHECK(count(store, "audit_record") == 3);
    CHECK(count(store, "kept_text") == 4);
    CHECK(numbered(store) == std::vector<std::string>{"1 ana", "2 ben", "3 cleo"});

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

    erase_audited_seats(store.database(), {2});
    CHECK(recorded_audit(store, march, true)->seats.size() == 2);
    CHECK(numbered(store) == std::vector<std::string>{"1 ana", "3 cleo"});
    record(store, a_record(march));
    CHECK(numbered(store) == std::vector<std::string>{"1 ana", "3 cleo", "4 ben"});
    CHECK(recorded_audit(store, march, true)->seats.size() == 3);
    store.database().execute("UPDATE kept_text SET packed = x'00'");
    CHECK_THROWS_AS(recorded_audit(store, march, true), Error);
  }
  std::filesystem::remove(path);
}

TEST_CASE("names of seats are numbered through over many blocks", "[audit-log]") {
  const std::string path = (std::filesystem::temp_directory_path() / "seatlint-audited-seats-test.db").string();
  std::filesystem::remove(path);
  {
    Store store(path, Store::Open::create);
    const Database& db = store.database();
    for (const int round : {0, 1}) {
      AuditedSeatWriter writer(db);
      for (int i = 0; i < 3000; ++i) {
        const std::string account = std::to_string(round) + "-" + std::to_string(i / 2);
        CHECK(writer.add({i < 2000 ? "one" : "two", account, i % 2 == 0 ? "a" : ""}) == round * 3000 + i + 1);
      }
      writer.finish();
    }
    erase_audited_seats(db, {1, 2000, 2001, 6000});
    std::vector<std::int64_t> numbers;
    each_audited_seat(db, [&](std::int64_t number, const SeatName& name) {
      numbers.push_back(number);
      const auto i = (number - 1) % 3000;
      CHECK(name.org == (i < 2000 ? "one" : "two"));
      CHECK(name.account == std::to_string((number - 1) / 3000) + "-" + std::to_string(i / 2));
      CHECK(name.product == (i % 2 == 0 ? "a" : ""));
    });
    CHECK(numbers.size() == 5996);
    CHECK(std::find(numbers.begin(), numbers.end(), 2001) == numbers.end());
    db.execute("UPDATE audited_seat_block SET names = x'0509' WHERE first = 1");
    CHECK_THROWS_AS(each_audited_seat(db, [](std::int64_t, const SeatName&) {}), Error);
  }
  std::filesystem::remove(path);
}

TEST_CASE("a text of verdicts says what was written into it", "[audit-log]") {
  const Money forty{4000, "EUR"}, less{-5, "JPY"};
  const std::vector<std::pair<std::int64_t, SeatVerdict>> said{{1, {"used", false, &forty, nullptr}},
                                                               {2, {"idle", true, &forty, &less}},
                                                               {2, {"used", false, &forty, nullptr}},
                                                               {7, {"outside", false, nullptr, nullptr}},
                                                               {8, {"used", false, &forty, nullptr}}};
  const std::vector<std::int64_t> numbers{1, 2, 2, 7, 8};
  const std::string text = verdict_text(numbers, [&](std::size_t i) { return said[i].second; });
  CHECK(text == "used 4000EUR -\nidle 4000EUR -5JPY waived\noutside - -\n\n0 1 @2 0 @7 2 0\n");
  std::size_t at = 0;
  each_verdict(text, [&](std::int64_t seat, const SeatVerdict& verdict) {
    REQUIRE(at < said.size());
    CHECK(seat == said[at].first);
    CHECK(verdict.verdict == said[at].second.verdict);
    CHECK(verdict.waived == said[at].second.waived);
    CHECK((verdict.cost == nullptr) == (said[at].second.cost == nullptr));
    CHECK((verdict.saving == nullptr) == (said[at].second.saving == nullptr));
    ++at;
  });
  CHECK(at == said.size());
  for (const char* damaged : {"used 1EUR -\n\n1\n", "used 1EUR -\n\nx\n", "used EUR -\n\n0\n"})
    CHECK_THROWS_AS(each_verdict(damaged, [](std::int64_t, const SeatVerdict&) {}), Error);
}

TEST_CASE("texts of verdicts made by several threads are as one thread makes them", "[audit-log]") {
  constexpr std::size_t seats = 45'000;
  std::minstd_rand dice(7);
  std::vector<Money> amounts;
  for (int i = 0; i < 300; ++i)
    amounts.push_back({static_cast<std::int64_t>(dice() % 100), i % 3 == 0 ? "EUR" : "JPY"});
  std::vector<std::int64_t> numbers;
  std::vector<SeatVerdict> said;
  for (std::size_t i = 0; i < seats; ++i) {
    numbers.push_back((numbers.empty() ? 0 : numbers.back()) + (dice() % 50 == 0 ? 3 : 1));
    // Later ones are seen by no thread but the last.
    const Money* cost = dice() % 4 == 0 ? nullptr : &amounts[dice() % (100 + i * 200 / seats)];
    said.push_back({dice() % 2 == 0 ? "used" : "idle", dice() % 9 == 0, cost, nullptr});
  }
  std::vector<std::string> lines;
  std::string words;
  for (std::size_t i = 0; i < seats; ++i) {
    const SeatVerdict& one = said[i];
    const std::string cost =
        one.cost == nullptr ? "-" : std::to_string(one.cost->minor) + std::string(one.cost->currency);
    const std::string line = std::string(one.verdict) + " " + cost + " -" + (one.waived ? " waived" : "");
    auto at = std::find(lines.begin(), lines.end(), line);
    if (at == lines.end()) at = lines.insert(at, line);
    if (i > 0) words += ' ';
    if (numbers[i] != (i > 0 ? numbers[i - 1] : 0) + 1) words += '@' + std::to_string(numbers[i]) + ' ';
    words += std::to_string(at - lines.begin());
  }
  std::string wanted;
  for (const std::string& line : lines) wanted += line + '\n';
  wanted += '\n' + words + '\n';
  CHECK(verdict_text(numbers, [&](std::size_t i) { return said[i]; }) == wanted);
}

}  // namespace audit_log_test
