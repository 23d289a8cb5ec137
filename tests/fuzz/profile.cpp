// SPDX-License-Identifier: Apache-2.0
// Any text as an import profile; one that parses must decode a record under a header of the columns it requires.
#include "seatlint/profile.hpp"

#include <string>

#include "target.hpp"

using namespace seatlint;

namespace {

void use(const Profile& profile) {
  Decoder decoder(profile, profile.require, "users_2026-09-30.csv", {});
  csv::Record record;
  record.line = 2;
  constexpr std::string_view values[] = {"ana@example.com", "2026-09-30T10:00:00Z", "12", "yes", ""};
  for (std::size_t i = 0; i < profile.require.size(); ++i) record.fields.push_back(values[i % std::size(values)]);
  if (decoder.needs_survey()) decoder.survey(record);
  decoder.settle();
  static_cast<void>(decoder.decode(record));
  static_cast<void>(decoder.snapshot_date());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    use(parse_profile(fuzz::text_of(data, size), "fuzz.toml"));
  } catch (const Error& error) {
    fuzz::must(error.what()[0] != '\0', "an error says something");
  }
  return 0;
}
