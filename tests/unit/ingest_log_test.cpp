// SPDX-License-Identifier: Apache-2.0
// A log read by several threads in blocks gives what a plain walk over its records gives, to the line.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "ingest/activity_block.hpp"
#include "ingest/ingest.hpp"
#include "profile/day_reader.hpp"
#include "profile/values.hpp"

namespace ingest_log_test {

using namespace seatlint;

namespace {

constexpr const char* profile_text = R"(
[profile]
name = "test-log"
kind = "activity"
vendor = "acme"
get = "here"
require = ["time", "user"]
[columns]
time = "time"
user = "user"
object = "event"
outcome = "outcome"
client = "client"
environment = "site"
[values]
outcome = { success = ["ok"], failure = ["failed"] }
client = { machine = ["api*"], human = ["*"] }
[rows]
skip = [ { column = "event", is = ["ping"], as = "heartbeat" }, { column = "event", is = ["audit"], as = "audited", covers = true } ]
[dates]
order = "ymd"
timezone = "UTC"
)";

/// A row is most often plain; now and then something else than the fast path may take.
std::string random_log(std::uint32_t seed, std::size_t rows) {
  std::mt19937 random(seed);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  const auto two = [](unsigned n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  const std::vector<std::string> events = {"lead.edit", "Lead.Edit", "report", "ping", "audit", "\"case, open\"", ""};
  std::string text = "time,user,event,outcome,client,site,note\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const unsigned odd = below(400);
    std::string time = "2026-0" + std::to_string(3 + below(2)) + "-" + two(1 + below(28)) + "T" + two(below(24)) + ":" +
                       two(below(60)) + ":" + two(below(60));
    if (below(3) == 0) time += "." + std::to_string(below(1000));
    time += below(5) == 0 ? "+05:30" : "Z";
    if (odd == 0) time = "soon";
    if (odd == 1) time = "\"" + time + "\"";
    if (odd == 2) time = "14.03.2026 10:00";
    std::string user = "user" + std::to_string(below(300)) + "@acme.example";
    if (odd == 3) user = "User" + std::to_string(below(9)) + "@ACME.example";
    if (odd == 4) user = "";
    if (odd == 5) user = "\" user1@acme.example\"";
    text += time + "," + user + "," + events[below(7)] + "," + (odd == 6 ? "perhaps" : below(9) == 0 ? "failed" : "ok");
    text += std::string(",") + (below(6) == 0 ? "api-x" : "web") + ",s" + std::to_string(below(2)) + ",";
    if (odd == 7) text += "a stray \" quote";
    if (odd == 8) text += "\"two\nlines\"";
    if (odd == 9) text += "x,y";
    if (odd == 10 && below(20) == 0) text += "\n";
    text += "\n";
  }
  return text;
}

struct Seen {
  std::map<std::pair<std::string, ActionKey>, std::map<Day, std::uint64_t>> days;  ///< first line of each day
  std::map<std::pair<std::string, ActionKey>, std::pair<std::uint64_t, std::uint64_t>> lines;
  RowCounts rows;
  std::map<std::string, std::uint64_t> skipped;
  std::optional<DayRange> covered;
};

class Sink : public FactSink {
 public:
  struct Kept {
    std::int64_t part;
    std::string who, facts;
  };
  void user(const UserRow&, std::uint64_t) override { FAIL("a user in a log"); }
  void entitlement(const EntitlementRow&, std::uint64_t) override { FAIL("an entitlement in a log"); }
  void person(const PersonRow&, std::uint64_t) override { FAIL("a person in a log"); }
  void lookup(const LookupRow&, std::uint64_t) override { FAIL("a lookup in a log"); }
  void activity(const ActivityBlock& block) override {
    if (!kept.empty() && kept.back().part == block.part) REQUIRE(last < block.actor);
    last = block.actor;
    kept.push_back({block.part, std::string(block.id) + "|" + std::string(block.login) + "|" + std::string(block.email),
                    std::string(block.facts)});
  }
  std::vector<Kept> kept;
  std::uint64_t last = 0;
};

struct LogFile {
  std::string path = (std::filesystem::temp_directory_path() / "seatlint-log-test.csv").string();
  explicit LogFile(const std::string& text) { std::ofstream(path, std::ios::binary) << text; }
  ~LogFile() { std::filesystem::remove(path); }
};

IngestRequest request_for(const LogFile& file, const std::vector<Profile>& profiles, const std::string& zone) {
  IngestRequest request;
  request.input = {file.path, {}};
  request.name = "log.csv";
  request.profiles = &profiles;
  request.profile_given = true;
  request.decode.policy_zone = zone;
  return request;
}

Seen plainly(const std::string& text, const Profile& profile, const std::string& zone) {
  const auto source = csv::memory_source(text);
  csv::Reader reader(*source, "log.csv", {});
  csv::Record record;
  REQUIRE(reader.next(record));
  DecodeOptions options;
  options.policy_zone = zone;
  Decoder decoder(profile, {record.fields.begin(), record.fields.end()}, "log.csv", options);
  decoder.settle();
  Seen seen;
  const auto cover = [&](Day day) {
    if (!seen.covered) seen.covered = DayRange{day, day};
    seen.covered = DayRange{std::min(seen.covered->first, day), std::max(seen.covered->last, day)};
  };
  const auto skip = [&](const std::string& why) { ++seen.rows.skipped, ++seen.skipped[why]; };
  while (reader.next(record)) {
    ++seen.rows.read;
    const Decoded decoded = decoder.decode(record);
    if (const auto* skipped = std::get_if<Skipped>(&decoded)) {
      if (skipped->day) cover(*skipped->day);
      skip(skipped->reason);
    } else if (const auto* row = std::get_if<ActivityRow>(&decoded)) {
      cover(row->day);
      if (!row->success) {
        skip("failed");
        continue;
      }
      ++seen.rows.stored;
      const std::string email = row->actor.email == row->actor.login ? "" : row->actor.email;
      const std::pair key(row->actor.id + "|" + row->actor.login + "|" + email,
                          ActionKey{row->object, row->verb, row->app, row->environment, row->machine});
      seen.days[key].try_emplace(row->day, record.line);
    } else {
      ++seen.rows.rejected;
    }
  }
  for (const auto& [key, days] : seen.days) seen.lines[key] = {days.begin()->second, days.rbegin()->second};
  return seen;
}

}  // namespace

TEST_CASE("blocks of a log give what its records give") {
  const std::vector<Profile> profiles = {parse_profile(profile_text, "test")};
  for (std::uint32_t seed = 1; seed <= 4; ++seed) {
    const std::string zone = seed % 2 == 0 ? "UTC" : "America/New_York";
    const std::string text = random_log(seed, 6'000);
    const LogFile file(text);
    const Seen plain = plainly(text, profiles.front(), zone);
    IngestRequest request = request_for(file, profiles, zone);
    request.threads = 1 + seed % 3;
    Sink sink;
    const Ingested in = ingest(request, &sink);
    CHECK(in.file.rows == plain.rows);
    CHECK(in.file.skipped == plain.skipped);
    CHECK(in.file.days == plain.covered);
    CHECK(in.file.sha256 == sha256_hex(text));
    std::size_t facts = 0;
    for (const Sink::Kept& block : sink.kept) {
      FactReader reader(block.facts);
      for (PackedFact fact; reader.next(fact); ++facts) {
        const std::pair key(block.who, in.actions.at(fact.action));
        const auto found = plain.days.find(key);
        REQUIRE(found != plain.days.end());
        DayBits days;
        fact.add_to(days);
        CHECK(days.count() == found->second.size());
        for (const auto& [day, line] : found->second) CHECK(days.test(day));
        CHECK(fact.proven_by() == plain.lines.at(key));
        CHECK(fact.last == found->second.rbegin()->first);
      }
    }
    CHECK(facts == plain.days.size());
  }
}

TEST_CASE("a log larger than the memory allowed is written in parts, the same way each time") {
  const std::vector<Profile> profiles = {parse_profile(profile_text, "test")};
  std::string text;
  for (int i = 0; i < 26; ++i) {
    const std::string more = random_log(9, 12'000);
    text += i == 0 ? more : more.substr(more.find('\n') + 1);
  }
  const LogFile file(text);
  std::vector<std::string> first;
  for (const std::size_t threads : {1u, 2u, 3u}) {
    IngestRequest request = request_for(file, profiles, "UTC");
    request.threads = threads;
    request.memory = 1u << 20;
    Sink sink;
    ingest(request, &sink);
    REQUIRE(sink.kept.back().part >= 1);
    std::vector<std::string> seen;
    for (const Sink::Kept& block : sink.kept) seen.push_back(std::to_string(block.part) + block.who + block.facts);
    if (first.empty()) first = seen;
    CHECK(seen == first);
  }
}

TEST_CASE("days packed and unpacked are the same") {
  std::mt19937 random(3);
  FactWriter writer;
  std::vector<std::vector<std::int32_t>> sets;
  for (std::uint32_t action = 0; action < 200; ++action) {
    std::vector<std::int32_t> days;
    const std::int32_t step = 1 + static_cast<std::int32_t>(random() % 200);
    std::int32_t day = static_cast<std::int32_t>(random() % 60'000);
    for (std::size_t n = 1 + random() % 90; n > 0;
         --n, day += 1 + static_cast<std::int32_t>(random()) % step * (step > 1))
      if (days.empty() || day > days.back()) days.push_back(day);
    sets.push_back(days);
    writer.add(action * 3, days, 7 + action, days.size() > 1 ? 3 : 7 + action);
  }
  FactReader reader(writer.block());
  PackedFact fact;
  for (std::uint32_t action = 0; action < 200; ++action) {
    REQUIRE(reader.next(fact));
    const std::vector<std::int32_t>& days = sets[action];
    CHECK(fact.action == action * 3);
    CHECK(fact.first.days == days.front());
    CHECK(fact.last.days == days.back());
    CHECK(fact.proven_by().second == (days.size() > 1 ? 3 : 7 + action));
    DayBits bits;
    fact.add_to(bits);
    CHECK(bits.count() == days.size());
    for (const std::int32_t d : days) CHECK(bits.test({d}));
  }
  CHECK_FALSE(reader.next(fact));
  const std::string cut(writer.block().substr(0, writer.block().size() - 1));
  FactReader broken(cut);
  CHECK_THROWS_AS(
      [&] {
        while (broken.next(fact)) {
        }
      }(),
      Error);
}

TEST_CASE("days are read by fixed places as they are read otherwise") {
  using namespace seatlint::profile;
  std::mt19937 random(5);
  for (const char* zone : {"UTC", "America/New_York", "Asia/Kathmandu", "Africa/Cairo", "America/Sao_Paulo"}) {
    Zone source("Europe/Berlin"), target(zone);
    DayReader reader({DayOrder::ymd, false}, source, target, true);
    for (int i = 0; i < 8'000; ++i) {
      const Civil day = civil({1096 + static_cast<std::int32_t>(random() % 20'000)});
      char text[40];
      static const char* offsets[] = {"Z", "", "+02:00", " -0800", ".5Z", "+05:45"};
      std::snprintf(text, sizeof text, "%04d-%02u-%02u %02u:%02u:%02u%s", day.year, day.month, day.day,
                    static_cast<unsigned>(random() % 25), static_cast<unsigned>(random() % 61),
                    static_cast<unsigned>(random() % 62), offsets[random() % 6]);
      if (random() % 8 == 0)
        text[11 + random() % 8] = static_cast<char>(random() % 4 == 0 ? 1 + random() % 255 : '/' + random() % 12);
      const auto stamp = parse_stamp(clean_cell(text), {DayOrder::ymd, false});
      const Day plain = stamp ? calendar_day(*stamp, source, target) : DayReader::unread;
      if (reader.read(text) != plain) FAIL(text << " in " << zone);
    }
  }
}

}  // namespace ingest_log_test
