// SPDX-License-Identifier: Apache-2.0
// The digest of an input, computed beside the reading of it.
#pragma once

#include <future>
#include <string>

#include "ingest/ingest.hpp"

namespace seatlint {

class FileDigest {
 public:
  /// Begins at once, on a thread of its own.
  explicit FileDigest(const IngestRequest& request);

  /// Set where the bytes can only be had while they are read (standard input, a member of an archive): who reads must
  /// feed it.
  Sha256* inline_digest() { return digest_.valid() ? nullptr : &inline_; }
  /// After everything was read.
  std::string hex();

 private:
  std::future<std::string> digest_;
  Sha256 inline_;
};

}  // namespace seatlint
