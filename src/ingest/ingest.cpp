// SPDX-License-Identifier: Apache-2.0
// The walk of one file from bytes to facts. Every row read ends up stored, rejected, skipped or duplicate.
#include "ingest/ingest.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "csv/containers.hpp"
#include "ingest/ahead.hpp"
#include "ingest/collector.hpp"
#include "ingest/end_watch.hpp"
#include "ingest/forgotten_names.hpp"
#include "ingest/header_search.hpp"
#include "ingest/kept_input.hpp"
#include "ingest/log_pipeline.hpp"
#include "ingest/record_batch.hpp"
#include "ingest/rows_ahead.hpp"
#include "ingest/seen_records.hpp"
#include "ingest/settle_file.hpp"

namespace seatlint {
namespace {

constexpr std::uint64_t bytes_between_news = 1u << 20;
/// Of a file that is only looked at: what is kept of its records must not grow with it.
constexpr std::size_t most_looked_at = 3u << 18, memory_to_look = 4u << 20;
constexpr std::size_t kept_rejects = 10'000, kept_identities = 200, kept_problems = 100;
constexpr std::size_t most_sample_columns = 50, most_reject_bytes = 8u << 20;  // what is kept only to be shown
constexpr std::uint64_t rows_before_blocks = 1000;
constexpr std::size_t batches_ahead = 4;  // of records read and not yet decoded
constexpr std::uint64_t relief_lines = 1u << 18, relief_lines_to_look = 1u << 15;  // between looks at the memory in use

std::vector<std::string> strings(const csv::Record& record) { return {record.fields.begin(), record.fields.end()}; }

std::ptrdiff_t shown_fields(const csv::Record& record) {
  return static_cast<std::ptrdiff_t>(std::min(record.fields.size(), most_sample_columns));
}

class FileWalk {
 public:
  FileWalk(const IngestRequest& request, FactSink* sink)
      : request_(request),
        sink_(sink),
        collector_(sink, sink == nullptr ? memory_to_look : request.memory, request.threads),
        seen_(sink == nullptr ? most_looked_at : 0),
        forgotten_(request.forgotten) {
    if (sink != nullptr) ahead_.emplace(*sink, request.threads > 1);
    if (request.standard_input != nullptr) standard_input_.emplace(*request.standard_input);
  }

  Ingested run() {
    const std::string before = csv::state_of(request_.input);
    recognize_header();
    decoder_ = std::make_unique<Decoder>(*profile_, std::move(result_.header), request_.name, decode_options());
    if (decoder_->needs_survey()) survey();
    decoder_->settle();
    read_rows();
    if (csv::state_of(request_.input) != before)
      throw Error(request_.name + ": it changed while it was read: it is still being written; import it again",
                  Error::Kind::try_again);
    finish();
    return std::move(result_);
  }

 private:
  /// The last pass is the one with the digest.
  std::unique_ptr<csv::ByteSource> open(Sha256* digest) {
    if (!standard_input_) return csv::open_input(request_.input, digest);
    auto source = standard_input_->open(digest == nullptr);
    if (digest != nullptr) source = csv::digesting_source(std::move(source), *digest);
    return csv::unpacked_source(std::move(source), request_.name, {});
  }

  csv::Options csv_options() const { return options_for(request_, profile_, join_header_); }

  void recognize_header() {
    FoundHeader found = find_header(request_, [this] { return open(nullptr); });
    profile_ = found.profile;
    join_header_ = found.joined;
    result_.header = std::move(found.header);
    result_.header_line = found.line;
    result_.recognized_by = std::move(found.recognized_by);
  }

  DecodeOptions decode_options() const {
    DecodeOptions options = request_.decode;
    if (!options.snapshot_date) options.snapshot_date = request_.snapshot_date;
    return options;
  }

  void survey() {
    const auto source = open(nullptr);
    csv::Reader reader(*source, request_.name, csv_options());
    for (csv::Record record; reader.next(record);)
      if (record.line > result_.header_line) decoder_->survey(record);
  }

  void read_rows() {
    Sha256 digest;
    EndWatch source(open(&digest));
    csv::Reader reader(source, request_.name, csv_options());
    reader_ = &reader;
    reader.on_problem([this](const csv::Problem& problem) {
      ++result_.problem_count;
      if (result_.problems.size() < kept_problems) result_.problems.push_back(problem);
    });
    csv::Record record;
    while (reader.next(record)) {
      guessed_ = reader.layout().encoding_guessed;
      if (record.line == result_.header_line) continue;
      read_record(record);
      relieve(reader, nullptr);
      if (result_.file.rows.read != first_rows_one_by_one()) continue;
      if (profile_->kind == RecordKind::activity) {
        read_in_blocks(reader, record);
      } else if (ahead_ && request_.threads > 1 && !decoder_->fills_down()) {
        read_ahead(reader);
      }
    }
    if (ahead_) ahead_->drain();
    if (refuse_if_cut_ != 0 && !source.at_line_end())
      throw Error(
          fmt::format("{}: the file ends in the middle of the record on line {}, which has {} of {} fields and no "
                      "line end: it is cut or still being written; export it again",
                      request_.name, refuse_if_cut_, last_fields_, decoder_->header().size()),
          Error::Kind::try_again);
    result_.layout = reader.layout();
    result_.file.bytes = reader.bytes();
    result_.file.sha256 = digest.hex();
  }

  void read_record(const csv::Record& record) {
    if (profile_->kind != RecordKind::activity) record_hash_ = SeenRecords::hash_of(record);
    repeated_.reset();
    count_and_take(record);
  }

  void count_and_take(const csv::Record& record) {
    ++result_.file.rows.read;
    refuse_if_cut_ =
        record.line > result_.header_line && record.fields.size() < decoder_->header().size() && short_rows_ == 0
            ? record.line
            : 0;
    last_fields_ = record.fields.size();
    short_rows_ += record.fields.size() < decoder_->header().size();
    if (record.line < result_.header_line) {
      skip("before the header");
    } else {
      row(record);
    }
  }

  /// The rest of a list in which no row repeats the one above: another thread reads and tells what it has read before.
  void read_ahead(csv::Reader& reader) {
    BatchReader batches(reader, seen_);
    const auto read = [&] { return batches.next(); };
    make_ahead(batches_ahead, read, [&](const RecordBatch& batch) {
      batch.each([&](const csv::Record& record, const RecordBatch::Row& row) {
        guessed_ = row.guessed;
        repeated_ = row.repeated;
        if (record.line != result_.header_line) count_and_take(record);
      });
      tell(batch.bytes_read);
    });
  }

  void tell(std::uint64_t bytes) {
    if (request_.on_bytes && bytes >= told_at_ + bytes_between_news) request_.on_bytes(told_at_ = bytes);
  }

  /// Looks at the memory in use after the same lines each time, when no block is under way.
  void relieve(const csv::Reader& reader, LogPipeline* pipeline) {
    tell(reader.bytes());
    if (reader.lines() < relieved_at_ + (sink_ == nullptr ? relief_lines_to_look : relief_lines)) return;
    if (pipeline != nullptr) pipeline->drain();
    relieved_at_ = reader.lines();
    collector_.relieve(relieved_at_);
  }

  /// Rows shown as a sample, and identities that tell the org, come from the first ones.
  std::uint64_t first_rows_one_by_one() const {
    return std::max<std::uint64_t>(request_.sample_rows, rows_before_blocks);
  }

  /// The rest of a log: clean blocks by several threads, whatever else record by record.
  void read_in_blocks(csv::Reader& reader, csv::Record& record) {
    // Who was erased and what is too old is asked row by row.
    if (request_.forgotten != nullptr || request_.keep_from) return;
    const auto columns = decoder_->activity_columns();
    const csv::Dialect dialect = reader.layout().dialect;
    if (!columns || decoder_->header().size() > csv::BlockRows::most_fields) return;
    LogPlan plan(*decoder_, collector_, *columns, dialect, decoder_->header().size(), sink_ != nullptr);
    LogPipeline pipeline(plan, request_.threads,
                         [&](const csv::Block& block, BlockTally& tally) { take(block, tally, plan); });
    for (;;) {
      if (reader.next_block(pipeline.next())) {
        pipeline.submit();
      } else {
        pipeline.drain();
        if (!reader.next(record)) break;
        read_record(record);
      }
      relieve(reader, &pipeline);
    }
    if (pipeline.guessed_zone()) decoder_->guessed_zone();
  }

  void take(const csv::Block& block, const BlockTally& tally, const LogPlan& plan) {
    RowCounts& rows = result_.file.rows;
    for (std::uint32_t number = 0; number < tally.by_action.size(); ++number) {
      const KnownAction& action = plan.action(number);
      const auto& [all, of_nobody] = tally.by_action[number];
      rows.read += all;
      if (!action.meaning.tenant.empty()) decoder_->saw_tenant(action.meaning.tenant, all);
      if (!action.meaning.skipped.empty()) {
        skip(action.meaning.skipped, all);
        continue;
      }
      skip("no user", of_nobody);
      if (action.meaning.row.success) {
        rows.stored += all - of_nobody;
      } else {
        skip("failed", all - of_nobody);
      }
    }
    if (tally.days) {
      cover(tally.first.day, tally.first.line);
      cover(tally.last.day, tally.last.line);
      result_.file.days->first = std::min(result_.file.days->first, tally.days->first);
      result_.file.days->last = std::max(result_.file.days->last, tally.days->last);
    }
    csv::Record record;
    for (const BlockTally::SlowRow& slow : tally.slow) {
      csv::split_clean_record({block.memory.get() + slow.begin, slow.end - slow.begin}, plan.dialect, record.fields,
                              store_);
      record.line = slow.line;
      if (record.fields.size() > request_.csv.max_columns)
        throw Error(
            fmt::format("{}: line {} has more than {} columns", request_.name, record.line, request_.csv.max_columns));
      read_record(record);
    }
    refuse_if_cut_ = 0;  // a block ends in a line end
  }

  void row(const csv::Record& record) {
    if (result_.sample.size() < request_.sample_rows)
      result_.sample.emplace_back(record.fields.begin(), record.fields.begin() + shown_fields(record));
    Decoded& decoded = ahead_ ? ahead_->place() : decoded_;
    decoder_->decode(record, decoded);
    std::visit([&](auto& value) { take(value, record); }, decoded);
  }

  void take(UserRow& row, const csv::Record& record) {
    if (forgotten_.person(profile_->vendor, row.identity)) return skip("forgotten");
    forgotten_.clear_mention(profile_->vendor, row.manager);
    if (profile_->kind == RecordKind::users && !first_time()) return;
    remember(row.identity, record.line);
    if (ahead_) ahead_->add(record.line);
    ++result_.file.rows.stored;
  }
  void take(EntitlementRow& row, const csv::Record& record) {
    if (ahead_) ahead_->drain().entitlement(row, record.line);
    ++result_.file.rows.stored;
  }
  void take(PersonRow& row, const csv::Record& record) {
    const Identity identity{{}, row.login, row.email, {}, {}, row.hr_id};
    if (forgotten_.person(profile_->vendor, identity)) return skip("forgotten");
    if (!first_time()) return;
    remember(identity, record.line);
    if (ahead_) ahead_->drain().person(row, record.line);
    ++result_.file.rows.stored;
  }
  void take(LookupRow& row, const csv::Record& record) {
    if (!first_time()) return;
    if (ahead_) ahead_->drain().lookup(row, record.line);
    ++result_.file.rows.stored;
  }
  void take(ActivityRow& row, const csv::Record& record) {
    if (!ActivityCollector::keeps(row.day)) {
      Reject reject{record.line, 0, "the day " + to_string(row.day) + " is no day of activity"};
      return take(reject, record);
    }
    cover(row.day, record.line);
    if (request_.keep_from && row.day < *request_.keep_from) return skip("older than [privacy] keep");
    if (!row.success) return skip("failed");
    if (!row.dedupe_key.empty() && !seen_.insert(std::hash<std::string>{}(row.dedupe_key))) {
      ++result_.file.rows.duplicate;
      return;
    }
    if (forgotten_.actor(profile_->vendor, row.actor)) return skip("forgotten");
    remember(row.actor, record.line);
    collector_.add(row, record.line);
    ++result_.file.rows.stored;
  }
  void take(Skipped& skipped, const csv::Record& record) {
    if (skipped.day) cover(*skipped.day, record.line);
    skip(skipped.reason);
  }
  void take(Reject& reject, const csv::Record& record) {
    ++result_.file.rows.rejected;
    if (reject.line == 0) reject.line = record.line;
    if (result_.rejects.size() >= kept_rejects || kept_reject_bytes_ > most_reject_bytes) return;
    result_.rejects.push_back({reject, strings(record)});
    for (const std::string& field : result_.rejects.back().fields) kept_reject_bytes_ += sizeof field + field.size();
  }

  void skip(const std::string& reason, std::uint64_t rows = 1) {
    if (rows == 0) return;
    result_.file.rows.skipped += rows;
    result_.file.skipped[reason] += rows;
  }

  /// The very same record again, under the same rows above where it repeats them, says nothing new.
  bool first_time() {
    const bool first = repeated_ ? !*repeated_ : seen_.insert(record_hash_ ^ decoder_->carried());
    result_.file.rows.duplicate += !first;
    return first;
  }

  void remember(const Identity& identity, std::uint64_t line) {
    if (guessed_) refuse_guessed(identity, line);
    if (result_.identities.size() < kept_identities) result_.identities.push_back(identity);
  }

  /// In another code page these keys would be another's: nobody is joined on a guess.
  void refuse_guessed(const Identity& identity, std::uint64_t line) const {
    for (const std::string* key : {&identity.login, &identity.email, &identity.id, &identity.hr_id})
      if (!is_ascii(*key))
        throw Error(
            fmt::format("{}: the encoding {} is a guess, and \"{}\" on line {} would join another account if it "
                        "is wrong: say --encoding NAME ({} if it is right)",
                        request_.name, reader_->layout().encoding, printable(*key), line, reader_->layout().encoding));
  }

  void cover(Day day, std::uint64_t line) {
    if (request_.keep_from && day < *request_.keep_from) return;
    std::optional<DayRange>& days = result_.file.days;
    if (!days) days = DayRange{day, day}, first_day_line_ = line, first_row_day_ = day;
    days->first = std::min(days->first, day);
    days->last = std::max(days->last, day);
    if (line < first_day_line_) first_day_line_ = line, first_row_day_ = day;
    if (line >= last_day_line_) last_day_line_ = line, last_row_day_ = day;
  }

  void finish() {
    ImportedFile& file = result_.file;
    file.name = request_.name;
    file.kind = profile_->kind;
    file.profile = profile_->name;
    file.vendor = profile_->vendor;
    file.app = profile_->app;
    file.gives_actions = decoder_->gives_actions();
    file.tenant = decoder_->tenant();
    file.encoding = result_.layout.encoding;
    file.delimiter = std::string(1, result_.layout.dialect.delimiter);
    file.has_last_activity = decoder_->has_last_activity();
    file.blank_means_never = decoder_->blank_means_never();
    result_.header = decoder_->header();
    result_.binding = decoder_->binding();
    result_.choices = decoder_->choices();
    result_.actions = collector_.finish();
    for (std::string& unknown : decoder_->unknown_values()) file.warnings.push_back(std::move(unknown));
    warn_of_layout(file, result_.layout);
    if (seen_.full())
      file.warnings.push_back(
          fmt::format("duplicates are looked for among the first {} records alone", most_looked_at));
    if (file.rows.read == 0) file.warnings.emplace_back("the file has a header but no rows");
    settle_file(file, *decoder_, *profile_, request_, {first_row_day_, last_row_day_});
  }

  const IngestRequest& request_;
  FactSink* sink_;
  std::optional<KeptInput> standard_input_;
  const Profile* profile_ = nullptr;
  const csv::Reader* reader_ = nullptr;  ///< while rows are read
  bool guessed_ = false;                 ///< the encoding, at the record looked at
  bool join_header_ = false;
  std::unique_ptr<Decoder> decoder_;
  ActivityCollector collector_;
  SeenRecords seen_;
  ForgottenNames forgotten_;
  std::optional<RowsAhead> ahead_;  ///< set where there is a sink
  Day first_row_day_, last_row_day_;
  std::uint64_t first_day_line_ = 0, last_day_line_ = 0, relieved_at_ = 0, told_at_ = 0;
  std::string store_;                ///< of the record at hand
  Decoded decoded_;                  ///< the same, where there is no sink
  std::uint64_t record_hash_ = 0;    ///< of all its fields
  std::optional<bool> repeated_;     ///< where it was read ahead: the very same was read before
  std::uint64_t refuse_if_cut_ = 0;  ///< line of the last record, where it alone has too few fields
  std::size_t last_fields_ = 0, short_rows_ = 0, kept_reject_bytes_ = 0;
  Ingested result_;
};

}  // namespace

Ingested ingest(const IngestRequest& request, FactSink* sink) { return FileWalk(request, sink).run(); }

}  // namespace seatlint
