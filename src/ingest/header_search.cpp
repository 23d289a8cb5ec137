// SPDX-License-Identifier: Apache-2.0
// The header is usually the first record. Lines are joined into one only where none of them is one.
#include "ingest/header_search.hpp"

#include <fmt/core.h>

namespace seatlint {
namespace {

constexpr std::size_t header_search_rows = 20;

std::string unknown_layout(const std::string& name, const std::vector<std::string>& header, const Recognition& best) {
  std::string columns;
  for (std::size_t i = 0; i < header.size() && i < 8; ++i) columns += (i == 0 ? "" : ", ") + printable(header[i]);
  if (header.size() > 8) columns += ", ...";
  std::string says = fmt::format("{}: no profile knows this header ({}).", name, columns);
  for (const std::string& near : best.near) says += "\n  " + near;
  return says +
         "\n  'seatlint inspect FILE' proposes a profile to edit; give it with --profile FILE (docs/profiles.md).";
}

/// The first record that some profile knows; else what the first one lacks.
Recognition search(const IngestRequest& request, csv::ByteSource& source, FoundHeader& found) {
  csv::Reader reader(source, request.name, options_for(request, found.profile, found.joined));
  csv::Record record;
  Recognition best;
  for (std::size_t n = 0; n < header_search_rows && reader.next(record); ++n) {
    std::vector<std::string> header(record.fields.begin(), record.fields.end());
    Recognition recognized = recognize(*request.profiles, header, request.name);
    const bool known = recognized.profile != nullptr;
    if (n > 0 && !known) continue;
    best = std::move(recognized);
    found.header = std::move(header);
    found.line = record.line;
    if (known) break;
  }
  return best;
}

}  // namespace

csv::Options options_for(const IngestRequest& request, const Profile* profile, bool join_header) {
  csv::Options options = request.csv;
  options.join_header = join_header;
  if (profile == nullptr) return options;
  const csv::Options& file = profile->file_options;
  if (!options.encoding) options.encoding = file.encoding;
  if (!options.delimiter) options.delimiter = file.delimiter;
  if (!options.quote) options.quote = file.quote;
  options.skip_rows = file.skip_rows;
  return options;
}

FoundHeader find_header(const IngestRequest& request, const std::function<std::unique_ptr<csv::ByteSource>()>& open) {
  FoundHeader found;
  if (request.profile_given) found.profile = &request.profiles->front();
  Recognition best = search(request, *open(), found);
  if (best.profile == nullptr) {
    found.joined = true;
    Recognition joined = search(request, *open(), found);
    if (joined.profile != nullptr || request.profile_given) best = std::move(joined);
  }
  if (found.header.empty()) throw Error(request.name + ": there is no record in it");
  if (best.profile == nullptr && found.profile == nullptr)
    throw Error(unknown_layout(request.name, found.header, best));
  if (best.profile != nullptr) found.profile = best.profile;
  found.recognized_by = best.why;
  if (!found.profile->refuse.empty()) throw Error(fmt::format("{}: {}", request.name, found.profile->refuse));
  return found;
}

}  // namespace seatlint
