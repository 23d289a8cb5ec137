// SPDX-License-Identifier: Apache-2.0
// A header and rows through the recognition of profiles and the decoder of the one that fits; or, where the first byte
// is none of ASCII, rows alone through the profile it picks.
#include <algorithm>
#include <string>

#include "seatlint/profile.hpp"
#include "target.hpp"

using namespace seatlint;

namespace {

constexpr const char* name = "users_9_15_2026 9_17_18 AM.csv";

template <typename Visit>
void each_record(std::string_view text, Visit visit) {
  const auto source = csv::memory_source(text);
  csv::Reader reader(*source, name, {});
  for (csv::Record record; reader.next(record);) visit(record);
}

void check(const Decoded& decoded) {
  if (const auto* activity = std::get_if<ActivityRow>(&decoded))
    fuzz::must(to_string(activity->day).size() == 10, "a day of activity has four digits of year");
  if (const auto* reject = std::get_if<Reject>(&decoded)) fuzz::must(!reject->reason.empty(), "a reject has a reason");
  if (const auto* skipped = std::get_if<Skipped>(&decoded)) fuzz::must(!skipped->reason.empty(), "a skip has a reason");
}

void decode_rows(const Profile& profile, const std::vector<std::string>& header, std::string_view rows) {
  Decoder decoder(profile, header, name, {});
  if (decoder.needs_survey()) each_record(rows, [&](const csv::Record& record) { decoder.survey(record); });
  decoder.settle();
  each_record(rows, [&](const csv::Record& record) { check(decoder.decode(record)); });
  static_cast<void>(decoder.choices());
  static_cast<void>(decoder.snapshot_date());
  static_cast<void>(decoder.tenant());
  static_cast<void>(decoder.unknown_values());
}

// The header is decoded as a row, too: no cell of a file is safe to read.
void recognize_and_decode(std::string_view text) {
  std::vector<std::string> header;
  each_record(text, [&](const csv::Record& record) {
    if (header.empty()) header.assign(record.fields.begin(), record.fields.end());
  });
  const Profile* profile = recognize(builtin_profiles(), header, name).profile;
  if (profile != nullptr && profile->refuse.empty()) decode_rows(*profile, header, text);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  try {
    if (size > 0 && data[0] >= 0x80) {
      const Profile& profile = builtin_profiles()[data[0] % builtin_profiles().size()];
      decode_rows(profile, profile.require, text.substr(1));
    } else {
      recognize_and_decode(text);
    }
  } catch (const Error&) {  // refused with a reason
  }
  return 0;
}
