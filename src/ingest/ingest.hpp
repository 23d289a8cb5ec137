// SPDX-License-Identifier: Apache-2.0
// One export file into facts: recognize, settle, decode, count, aggregate. Where they go is the caller's business.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "seatlint/csv.hpp"
#include "seatlint/facts.hpp"
#include "seatlint/forgotten.hpp"
#include "seatlint/profile.hpp"

namespace seatlint {

struct IngestRequest {
  csv::Input input;
  std::string name;                                ///< how messages, the ledger and evidence call the file
  std::istream* standard_input = nullptr;          ///< where the input is `-`
  const std::vector<Profile>* profiles = nullptr;  ///< the candidates; a single one is taken as given
  bool profile_given = false;
  csv::Options csv;  ///< --encoding, --delimiter; unset ones are found out
  DecodeOptions decode;
  std::optional<Day> snapshot_date;             ///< --snapshot-date
  std::optional<DayRange> covers;               ///< --covers
  std::size_t sample_rows = 0;                  ///< keep the first rows for `inspect`
  std::size_t threads = 2;                      ///< at least 1; more than two hardly pay
  std::size_t memory = 256u << 20;              ///< for the days of a log, in bytes; more is written in parts
  const Forgotten* forgotten = nullptr;         ///< nullptr: nobody was erased
  std::optional<Day> keep_from;                 ///< older days of activity are not taken
  std::function<void(std::uint64_t)> on_bytes;  ///< told of the bytes read, each MiB or so; unset: nobody watches
};

/// A rejected row as it stood, for --rejects.
struct RejectedRow {
  Reject reject;
  std::vector<std::string> fields;
};

struct Ingested {
  ImportedFile file;               ///< all but `id` and `org`
  std::vector<ActionKey> actions;  ///< what the blocks given to the sink number
  std::vector<std::string> header;
  std::uint64_t header_line = 0;
  std::vector<RejectedRow> rejects;  ///< the first 10,000; file.rows.rejected counts all
  std::vector<Identity> identities;  ///< up to 200, to find the org they belong to
  csv::Layout layout;
  std::string recognized_by;
  Binding binding;
  std::vector<std::string> choices;    ///< what was settled from the data, a sentence each
  std::vector<csv::Problem> problems;  ///< the first 100 things guessed at or repaired
  std::uint64_t problem_count = 0;
  std::vector<std::vector<std::string>> sample;
};

/// Reads the whole file once (twice where a whole column must settle the order of day and month) and streams its
/// rows to `sink`; without a sink nothing is kept. Throws Error for what can't be imported, saying what to do.
Ingested ingest(const IngestRequest& request, FactSink* sink);

/// The period in which a capped or stated log proves days: what is left of `covers` after the cut edge.
std::optional<DayRange> proven_days(const ImportedFile& file);

}  // namespace seatlint
