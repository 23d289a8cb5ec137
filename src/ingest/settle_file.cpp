// SPDX-License-Identifier: Apache-2.0
// See settle_file.hpp.
#include "ingest/settle_file.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace seatlint {
namespace {

/// 1, 2 or 5 followed by three or more zeros: how exports look when somebody's limit cut them.
bool round_count(std::uint64_t rows) {
  if (rows < 1000) return false;
  while (rows % 10 == 0) rows /= 10;
  return rows == 1 || rows == 2 || rows == 5;
}

bool reaches_cap(std::uint64_t rows, const std::vector<std::uint64_t>& caps) {
  return rows > 0 && (round_count(rows) || std::find(caps.begin(), caps.end(), rows) != caps.end());
}

void settle_snapshot_date(ImportedFile& file, const Decoder& decoder, const IngestRequest& request) {
  if (file.kind == RecordKind::activity) {
    if (request.snapshot_date) file.warnings.emplace_back("--snapshot-date is ignored for activity");
    return;
  }
  file.snapshot_date = decoder.snapshot_date();
  if (file.snapshot_date && request.snapshot_date && *file.snapshot_date != *request.snapshot_date)
    file.warnings.push_back(fmt::format("the file itself says {}; --snapshot-date {} is not used",
                                        to_string(*file.snapshot_date), to_string(*request.snapshot_date)));
  if (!file.snapshot_date) file.snapshot_date = request.snapshot_date;
  const bool needed = file.kind == RecordKind::users || file.kind == RecordKind::assignments;
  if (needed && !file.snapshot_date)
    throw Error(
        fmt::format("{}: neither the file nor its name says on which day it was exported; "
                    "give it with --snapshot-date YYYY-MM-DD",
                    request.name));
  if (request.keep_from && file.snapshot_date && *file.snapshot_date < *request.keep_from)
    throw Error(fmt::format("{}: it is of {}; [privacy] keep lets nothing older than {} into the store", request.name,
                            to_string(*file.snapshot_date), to_string(*request.keep_from)));
}

void settle_period(ImportedFile& file, const Decoder& decoder, const Profile& profile, const IngestRequest& request) {
  if (file.kind != RecordKind::activity) {
    if (request.covers) file.warnings.emplace_back("--covers is ignored: this is no activity log");
    return;
  }
  if (profile.covers_days) file.covers = file.days;
  if (const auto stated = decoder.stated_period()) file.covers = stated;
  if (!request.covers) return;
  if (file.days && (file.days->first < request.covers->first || file.days->last > request.covers->last))
    file.warnings.push_back(fmt::format("rows from {} to {} lie outside --covers", to_string(file.days->first),
                                        to_string(file.days->last)));
  file.covers = request.covers;
  file.covers_stated_by_hand = true;
}

/// What is not kept proves nothing.
void keep_recent_cover(std::optional<DayRange>& covers, const IngestRequest& request) {
  if (!request.keep_from || !covers) return;
  covers->first = std::max(covers->first, *request.keep_from);
  if (covers->last < covers->first) covers.reset();
}

void settle_row_cap(ImportedFile& file, const Profile& profile, const EdgeDays& edges) {
  file.row_cap = reaches_cap(file.rows.read, profile.row_caps);
  if (!file.row_cap) return;
  file.warnings.push_back(
      fmt::format("{} rows are exactly a limit exports are cut at: it may lack rows", file.rows.read));
  if (file.days) file.cap_edge = edges.last >= edges.first ? file.days->last : file.days->first;
}

}  // namespace

void settle_file(ImportedFile& file, const Decoder& decoder, const Profile& profile, const IngestRequest& request,
                 const EdgeDays& edges) {
  settle_snapshot_date(file, decoder, request);
  settle_period(file, decoder, profile, request);
  keep_recent_cover(file.covers, request);
  settle_row_cap(file, profile, edges);
}

std::optional<DayRange> proven_days(const ImportedFile& file) {
  if (!file.covers || !file.row_cap || !file.cap_edge || !file.days) return file.covers;
  DayRange proven = *file.covers;
  // Cut at its newest day: nothing from there on is proven; cut at its oldest: nothing up to there.
  if (*file.cap_edge == file.days->last) proven.last = std::min(proven.last, *file.cap_edge - 1);
  if (*file.cap_edge == file.days->first && file.days->first != file.days->last)
    proven.first = std::max(proven.first, *file.cap_edge + 1);
  return proven.first <= proven.last ? std::optional(proven) : std::nullopt;
}

void warn_of_layout(ImportedFile& file, const csv::Layout& layout) {
  if (layout.preamble_doubtful)
    file.warnings.push_back(
        fmt::format("above the table {} left out, though there is more than titles in it",
                    layout.preamble_lines == 1 ? "line 1 is" : fmt::format("lines 1-{} are", layout.preamble_lines)));
  if (layout.header_records > 1)
    file.warnings.push_back(fmt::format("the header stands in {} lines, which are joined", layout.header_records));
}

}  // namespace seatlint
