// SPDX-License-Identifier: Apache-2.0
// The file of --rejects: each rejected row as it stood, with its reason, so that it can be put right and imported.
#pragma once

#include <string>
#include <vector>

#include "commands/import_inputs.hpp"
#include "ingest/ingest.hpp"

namespace seatlint {

class RejectsFile {
 public:
  /// No file at all where `path` is empty. Throws Error when it is one of the inputs.
  RejectsFile(std::string path, const std::vector<InputFile>& inputs);
  /// How many of the rejected rows are left out, since only the first ones are kept.
  std::uint64_t add(const Ingested& in);
  void write() const;

 private:
  std::string path_, text_, header_;
};

/// One CSV field as RFC 4180 wants it.
std::string csv_field(std::string_view text, char delimiter = ',');

}  // namespace seatlint
