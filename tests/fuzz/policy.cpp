// SPDX-License-Identifier: Apache-2.0
// Any text as a policy, over a small catalog; what parses is shown.
#include "seatlint/policy.hpp"

#include "seatlint/embedded.hpp"
#include "target.hpp"

using namespace seatlint;

namespace {

const Catalog& small_catalog() {
  static const Catalog catalog = [] {
    Catalog read;
    for (const EmbeddedFile& file : embedded_files())
      if (file.folder == "catalogs" && file.name == "pipedrive.toml") add_catalog(read, file.text, "pipedrive.toml");
    read.index();
    return read;
  }();
  return catalog;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Catalog catalog = small_catalog();
  try {
    const Policy policy =
        parse_policy(fuzz::text_of(data, size), "fuzz.toml", catalog, {"idle", "duplicate", "unjudged"});
    fuzz::must(!show_policy(policy).empty(), "a policy can be shown");
  } catch (const Error& error) {
    fuzz::must(error.what()[0] != '\0', "an error says something");
  }
  return 0;
}
