// SPDX-License-Identifier: Apache-2.0
// Writes and reads recorded audits. Verdicts are one text, a seat a line, so that equal audits share it and a
// hundred thousand seats pack into a few hundred kilobytes.
#include "store/audit_log.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <nlohmann/json.hpp>
#include <tuple>
#include <unordered_map>

#include "store/chain.hpp"
#include "store/sealed_content.hpp"

namespace seatlint {
namespace {

std::vector<std::uint8_t> packed(std::string_view text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::vector<std::uint8_t> bytes(size);
  if (compress2(bytes.data(), &size, reinterpret_cast<const Bytef*>(text.data()), static_cast<uLong>(text.size()),
                Z_BEST_SPEED) != Z_OK)
    throw Error("out of memory for an audit's record");
  bytes.resize(size);
  return bytes;
}

std::string unpacked(const std::vector<std::uint8_t>& bytes, std::int64_t size) {
  constexpr std::int64_t most = std::int64_t{1} << 32;
  std::string text(static_cast<std::size_t>(std::clamp<std::int64_t>(size, 0, most)), '\0');
  uLongf got = text.size();
  const int code =
      uncompress(reinterpret_cast<Bytef*>(text.data()), &got, bytes.data(), static_cast<uLong>(bytes.size()));
  if (code != Z_OK || got != text.size()) throw Error("a recorded audit can't be unpacked: the store is damaged");
  return text;
}

std::string keep(const Database& db, const std::string& text) {
  const std::string digest = sha256_hex(text);
  Statement known = db.prepare("SELECT 1 FROM kept_text WHERE sha256 = ?1");
  if (known.bind(1, std::string_view(digest)).step()) return digest;
  Statement row = db.prepare("INSERT INTO kept_text VALUES (?1, ?2, ?3)");
  row.bind(1, std::string_view(digest))
      .bind(2, static_cast<std::int64_t>(text.size()))
      .bind_blob(3, packed(text))
      .run();
  return digest;
}

std::string kept(const Database& db, std::string_view digest) {
  Statement row = db.prepare("SELECT bytes, packed FROM kept_text WHERE sha256 = ?1");
  if (!row.bind(1, digest).step()) throw Error("a recorded audit lacks a text it was made with: the store is damaged");
  return unpacked(row.blob(1), row.integer(0));
}

using SeatKey = std::tuple<std::string_view, std::string_view, std::string_view>;
SeatKey key_of(const SeatRecord& seat) { return {seat.org, seat.account, seat.product}; }

/// The numbers of seats, in their order, and whether some had none before.
struct SeatNumbers {
  std::vector<std::int64_t> numbers;
  bool grown = false;
};

/// Both sides are mostly sorted alike, so the next one is looked for where the last one was found.
SeatNumbers numbers_of(const Database& db, const std::vector<SeatRecord>& seats) {
  SeatNumbers out;
  out.numbers.resize(seats.size(), 0);
  Statement row = db.prepare("SELECT id, org, account, product FROM audited_seat ORDER BY id");
  for (auto at = seats.begin(); row.step();) {
    const SeatKey known(row.text(1), row.text(2), row.text(3));
    if (at == seats.end() || key_of(*at) != known)
      at = std::lower_bound(seats.begin(), seats.end(), known,
                            [](const SeatRecord& seat, const SeatKey& key) { return key_of(seat) < key; });
    for (; at != seats.end() && key_of(*at) == known; ++at)
      out.numbers[static_cast<std::size_t>(at - seats.begin())] = row.integer(0);
  }
  Statement add = db.prepare("INSERT INTO audited_seat (org, account, product) VALUES (?1, ?2, ?3)");
  for (std::size_t at = 0; at < seats.size(); ++at) {
    if (out.numbers[at] != 0) continue;
    if (at > 0 && key_of(seats[at - 1]) == key_of(seats[at])) {  // assigned twice
      out.numbers[at] = out.numbers[at - 1];
      continue;
    }
    add.bind(1, std::string_view(seats[at].org)).bind(2, std::string_view(seats[at].account));
    add.bind(3, std::string_view(seats[at].product)).run();
    out.numbers[at] = db.last_insert_id();
    out.grown = true;
  }
  return out;
}

void append_money(std::string& text, const std::optional<Money>& money) {
  if (money) {
    fmt::format_to(std::back_inserter(text), " {}{}", money->minor, money->currency);
  } else {
    text += " -";
  }
}

std::optional<Money> money_of(std::string_view text) {
  Money money;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), money.minor);
  if (error != std::errc()) return std::nullopt;
  money.currency = std::string_view(rest, text.data() + text.size());
  return money;
}

std::string verdict_text(const std::vector<SeatRecord>& seats, const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (std::size_t at = 0; at < seats.size(); ++at) {
    const SeatRecord& seat = seats[at];
    fmt::format_to(std::back_inserter(text), "{} {}", numbers[at], seat.verdict);
    append_money(text, seat.cost);
    append_money(text, seat.saving);
    text += seat.waived ? " waived\n" : "\n";
  }
  return text;
}

/// The words of a line.
std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> out;
  while (!line.empty()) {
    const auto blank = std::min(line.find(' '), line.size());
    out.push_back(line.substr(0, blank));
    line.remove_prefix(std::min(blank + 1, line.size()));
  }
  return out;
}

std::vector<SeatRecord> seats_of(const Database& db, const std::string& text) {
  std::unordered_map<std::int64_t, SeatRecord> names;
  Statement row = db.prepare("SELECT id, org, account, product FROM audited_seat");
  while (row.step()) {
    SeatRecord& seat = names[row.integer(0)];
    seat.org = row.text(1);
    seat.account = row.text(2);
    seat.product = row.text(3);
  }
  std::vector<SeatRecord> seats;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto parts = words(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    std::int64_t id = 0;
    if (parts.size() < 4 || std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), id).ec != std::errc())
      throw Error("a recorded audit can't be read: the store is damaged");
    const auto name = names.find(id);
    if (name == names.end()) continue;
    SeatRecord seat = name->second;
    seat.verdict = parts[1];
    seat.cost = money_of(parts[2]);
    seat.saving = money_of(parts[3]);
    seat.waived = parts.size() > 4;
    seats.push_back(std::move(seat));
  }
  return seats;  // in the order they were written
}

void seal(const Database& db, std::int64_t id, const AuditRecord& record, bool more_seats) {
  const nlohmann::json says{{"as_of", to_string(record.as_of)},
                            {"findings", record.findings},
                            {"imports_sha256", imports_digest(db)},
                            {"policy_sha256", record.policy_sha256}};
  const Unit unit{"audit", id};
  const Chain chain(db);
  chain.seal("audit", unit, says.dump(), row_digest(db, unit));
  const std::string shared = store_digest(db);
  if (!chain.fits({"store", 0}, shared)) chain.seal("store", {"store", 0}, "{}", shared);
  if (more_seats) chain.seal("store", {"seats", 0}, "{}", seats_digest(db));
}

void insert(Store& store, const AuditRecord& record) {
  const Database& db = store.database();
  store.record_audit(record.ran_on, record.as_of, record.inputs_sha256, record.policy_sha256, record.findings);
  const std::int64_t id = db.integer("SELECT max(id) FROM audit_run");
  Statement row = db.prepare("INSERT INTO audit_record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  row.bind(1, id).bind(2, std::int64_t{record.as_of_given}).bind(3, std::string_view(record.scope));
  row.bind(4, std::string_view(record.policy_path));
  const SeatNumbers seats = numbers_of(db, record.seats);
  int at = 5;
  for (const std::string& digest : {keep(db, record.policy_text), keep(db, record.catalog_text),
                                    keep(db, record.inputs), keep(db, verdict_text(record.seats, seats.numbers))})
    row.bind(at++, std::string_view(digest));
  row.run();
  seal(db, id, record, seats.grown);
}

}  // namespace

std::int64_t rewrite_kept_texts(const Database& db, const std::function<std::string(const std::string&)>& rewrite) {
  std::vector<std::pair<std::string, std::string>> changed;
  Statement row = db.prepare("SELECT sha256, bytes, packed FROM kept_text");
  while (row.step()) {
    const std::string text = unpacked(row.blob(2), row.integer(1));
    std::string other = rewrite(text);
    if (other != text) changed.emplace_back(row.text(0), std::move(other));
  }
  row.reset();
  Statement write = db.prepare("UPDATE kept_text SET bytes = ?2, packed = ?3 WHERE sha256 = ?1");
  for (const auto& [digest, text] : changed)
    write.bind(1, std::string_view(digest))
        .bind(2, static_cast<std::int64_t>(text.size()))
        .bind_blob(3, packed(text))
        .run();
  return static_cast<std::int64_t>(changed.size());
}

void record_audit(Store& store, const AuditRecord& record) {
  store.database().execute("SAVEPOINT record_audit");
  insert(store, record);
  store.database().execute("RELEASE record_audit");
}

std::optional<AuditRecord> recorded_audit(const Store& store, std::optional<Day> as_of, bool with_seats) {
  const Database& db = store.database();
  Statement row = db.prepare(
      "SELECT r.ran_on, r.as_of, a.as_of_given, a.scope, a.policy_path, a.policy_sha256, a.catalog_sha256, "
      "a.inputs_sha256, a.verdicts_sha256, r.inputs_sha256, r.findings FROM audit_run r "
      "JOIN audit_record a ON a.audit_id = r.id WHERE ?1 IS NULL OR r.as_of = ?1 ORDER BY r.id DESC LIMIT 1");
  row.bind_day(1, as_of);
  if (!row.step()) return std::nullopt;
  AuditRecord record;
  record.ran_on = *row.day(0);
  record.as_of = *row.day(1);
  record.as_of_given = row.integer(2) != 0;
  record.scope = row.text(3);
  record.policy_path = row.text(4);
  record.policy_sha256 = row.text(5);
  record.policy_text = kept(db, row.text(5));
  record.catalog_text = kept(db, row.text(6));
  record.inputs = kept(db, row.text(7));
  record.inputs_sha256 = row.text(9);
  record.findings = row.integer(10);
  if (with_seats) record.seats = seats_of(db, kept(db, row.text(8)));
  return record;
}

std::optional<std::string> last_catalog_sha256(const Store& store) {
  Statement row = store.database().prepare("SELECT catalog_sha256 FROM audit_record ORDER BY audit_id DESC LIMIT 1");
  return row.step() ? std::optional(std::string(row.text(0))) : std::nullopt;
}

}  // namespace seatlint
