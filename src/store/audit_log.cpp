// SPDX-License-Identifier: Apache-2.0
// Writes and reads recorded audits. Verdicts are one text, so that equal audits share it.
#include "store/audit_log.hpp"

#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/reserve_touched.hpp"
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

/// The numbers of seats, in their order, and whether some had none before.
struct SeatNumbers {
  std::vector<std::int64_t> numbers;
  bool grown = false;
};

/// The first of the seats from this name on, looked for near `guess`, which is mostly it.
std::size_t place_of(const JudgedSeats& seats, const SeatName& name, std::size_t guess) {
  std::size_t first = 0, last = seats.count;
  if (guess == 0 || seats.name(guess - 1) < name) {
    first = guess;
    for (std::size_t step = 1; first < last; step *= 2) {
      const std::size_t next = std::min(first + step, last);
      if (!(seats.name(next - 1) < name)) {
        last = next - 1;
        break;
      }
      first = next;
    }
  } else {
    last = guess - 1;
  }
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    if (seats.name(middle) < name) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

/// Both sides are mostly sorted alike, so the next one is looked for where the last one was found.
SeatNumbers numbers_of(const Database& db, const JudgedSeats& seats) {
  SeatNumbers out;
  reserve_touched(out.numbers, seats.count);
  out.numbers.resize(seats.count, 0);
  each_audited_seat_in_parallel(db, [&] {
    return [&, at = std::size_t{0}](std::int64_t number, const SeatName& known) mutable {
      const auto is_here = [&] { return at < seats.count && seats.name(at) == known; };
      if (!is_here()) {
        if (!std::binary_search(seats.products.begin(), seats.products.end(), known.product)) return;
        at = place_of(seats, known, at);
      }
      for (; is_here(); ++at) std::atomic_ref(out.numbers[at]).store(number, std::memory_order_relaxed);
    };
  });
  AuditedSeatWriter add(db);
  for (std::size_t i = 0; i < seats.count; ++i) {
    if (out.numbers[i] != 0) continue;
    const bool twice = i > 0 && seats.name(i - 1) == seats.name(i);  // assigned twice
    out.numbers[i] = twice ? out.numbers[i - 1] : add.add(seats.name(i));
    out.grown = true;
  }
  add.finish();
  return out;
}

std::vector<SeatRecord> seats_of(const Database& db, const std::string& text) {
  std::unordered_map<std::int64_t, SeatRecord> names;
  each_audited_seat(db, [&](std::int64_t number, const SeatName& name) {
    SeatRecord& seat = names[number];
    seat.org = name.org;
    seat.account = name.account;
    seat.product = name.product;
  });
  std::vector<SeatRecord> seats;
  each_verdict(text, [&](std::int64_t number, const SeatVerdict& verdict) {
    const auto name = names.find(number);
    if (name == names.end()) return;
    SeatRecord& seat = seats.emplace_back(name->second);
    seat.verdict = verdict.verdict;
    if (verdict.cost != nullptr) seat.cost = *verdict.cost;
    if (verdict.saving != nullptr) seat.saving = *verdict.saving;
    seat.waived = verdict.waived;
  });
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

void insert(Store& store, const AuditRecord& record, const JudgedSeats& judged) {
  const Database& db = store.database();
  store.record_audit(record.ran_on, record.as_of, record.inputs_sha256, record.policy_sha256, record.findings);
  const std::int64_t id = db.integer("SELECT max(id) FROM audit_run");
  Statement row = db.prepare("INSERT INTO audit_record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  row.bind(1, id).bind(2, std::int64_t{record.as_of_given}).bind(3, std::string_view(record.scope));
  row.bind(4, std::string_view(record.policy_path));
  const SeatNumbers seats = numbers_of(db, judged);
  int at = 5;
  for (const std::string& digest : {keep(db, record.policy_text), keep(db, record.catalog_text),
                                    keep(db, record.inputs), keep(db, verdict_text(seats.numbers, judged.verdict))})
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

void record_audit(Store& store, const AuditRecord& record, const JudgedSeats& seats) {
  store.database().execute("SAVEPOINT record_audit");
  insert(store, record, seats);
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
