// SPDX-License-Identifier: Apache-2.0
// Records that were read on one thread, for another to decode.
#pragma once

#include <algorithm>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ingest/seen_records.hpp"
#include "seatlint/csv.hpp"

namespace seatlint {

class RecordBatch {
 public:
  struct Row {
    std::uint64_t line = 0;
    std::uint32_t blank_before = 0;
    bool guessed = false;        ///< at this record the encoding was a guess
    std::size_t fields_end = 0;  ///< in all fields
    std::uint64_t hash = 0;      ///< as SeenRecords has it
    bool repeated = false;       ///< the very same record was read before
  };

  void add(const csv::Record& record, bool guessed) {
    const std::size_t begin = bytes_.size(), first = ends_.size();
    for (const std::string_view field : record.fields) ends_.push_back(bytes_.append(field).size() - begin);
    const auto ends = std::span<const std::size_t>(ends_).subspan(first);
    rows_.push_back({record.line, record.blank_before, guessed, ends_.size(),
                     SeenRecords::hash_of(std::string_view(bytes_).substr(begin), ends)});
  }
  bool empty() const { return rows_.empty(); }
  bool full() const { return rows_.size() >= most_rows || bytes_.size() >= most_bytes; }

  /// Finds out which records were read before, by this reader or another that asked `seen`.
  void note_repeated(SeenRecords& seen) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      seen.expect(rows_[std::min(i + rows_ahead, rows_.size() - 1)].hash);
      rows_[i].repeated = !seen.insert(rows_[i].hash);
    }
  }

  /// Calls `visit(record, row)` for each in turn; the record lives until the next.
  template <typename Visit>
  void each(const Visit& visit) const {
    csv::Record record;
    std::size_t at = 0, begin = 0;  // the next field, and where its record begins
    for (const Row& row : rows_) {
      record.fields.clear();
      std::size_t from = 0;
      for (; at < row.fields_end; from = ends_[at++])
        record.fields.emplace_back(bytes_.data() + begin + from, ends_[at] - from);
      begin += from;
      record.line = row.line;
      record.blank_before = row.blank_before;
      visit(record, row);
    }
  }

  std::uint64_t bytes_read = 0;  ///< of the file, up to the last record

 private:
  static constexpr std::size_t most_rows = 512, most_bytes = 1u << 18, rows_ahead = 8;
  std::string bytes_;
  std::vector<std::size_t> ends_;  ///< of all fields, each counted from the begin of its record
  std::vector<Row> rows_;
};

/// What is left to read, batch by batch.
class BatchReader {
 public:
  /// Both must outlive this.
  BatchReader(csv::Reader& reader, SeenRecords& seen) : reader_(reader), seen_(seen) {}

  /// nullopt at the end. What stops the reader is thrown by the call after the one that gives the records before it, so
  /// that they are decoded first, as they would be on one thread.
  std::optional<RecordBatch> next() {
    if (failed_) std::rethrow_exception(failed_);
    RecordBatch batch;
    try {
      for (csv::Record record; !batch.full() && reader_.next(record);)
        batch.add(record, reader_.layout().encoding_guessed);
    } catch (...) {
      failed_ = std::current_exception();
      if (batch.empty()) throw;
    }
    batch.note_repeated(seen_);
    batch.bytes_read = reader_.bytes();
    return batch.empty() ? std::nullopt : std::optional(std::move(batch));
  }

 private:
  csv::Reader& reader_;
  SeenRecords& seen_;
  std::exception_ptr failed_;
};

}  // namespace seatlint
