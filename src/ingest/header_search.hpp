// SPDX-License-Identifier: Apache-2.0
// Where the header of a file stands, and which profile takes it for one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ingest/ingest.hpp"

namespace seatlint {

struct FoundHeader {
  const Profile* profile = nullptr;  ///< of the request, never nullptr
  std::vector<std::string> header;
  std::uint64_t line = 0;
  std::string recognized_by;
  bool joined = false;  ///< it may be made up of several lines
};

/// How a file of this layout is to be read: what the request says goes before what the profile says. `profile` may be
/// nullptr.
csv::Options options_for(const IngestRequest& request, const Profile* profile, bool join_header);

/// `open` gives the file from its start, each time. Throws Error where no profile knows the layout, or one refuses it.
FoundHeader find_header(const IngestRequest& request, const std::function<std::unique_ptr<csv::ByteSource>()>& open);

}  // namespace seatlint
