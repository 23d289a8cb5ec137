// SPDX-License-Identifier: Apache-2.0
// What is said of a file as a whole, once all its rows were read.
#pragma once

#include "ingest/ingest.hpp"

namespace seatlint {

/// The days of the rows that stand first and last in a log.
struct EdgeDays {
  Day first, last;
};

/// Fills in the snapshot date, the covered period and whether the row count is a limit's, with warnings about options
/// that say otherwise. Throws Error for a snapshot without a date, or one too old to be kept.
void settle_file(ImportedFile& file, const Decoder& decoder, const Profile& profile, const IngestRequest& request,
                 const EdgeDays& edges);

/// Adds what was left out or put together above the rows.
void warn_of_layout(ImportedFile& file, const csv::Layout& layout);

}  // namespace seatlint
