// SPDX-License-Identifier: Apache-2.0
// The data files of src/ that travel inside the binary, so that one file is all there is to install.
#pragma once

#include <string_view>
#include <vector>

namespace seatlint {

/// One embedded file. All views are static and end in no NUL.
struct EmbeddedFile {
  std::string_view folder;  ///< below src/: "catalogs", "profiles" or "store/schema"
  std::string_view name;    ///< file name with its extension, e.g. "salesforce-user.toml"
  std::string_view text;    ///< the bytes of the file in the source tree; line ends are LF
};

/// Every embedded file, sorted by folder, then name (bytewise).
const std::vector<EmbeddedFile>& embedded_files();

}  // namespace seatlint
