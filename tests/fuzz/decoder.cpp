// SPDX-License-Identifier: Apache-2.0
// A header and rows through the recognition of profiles and the decoder of the one that fits.
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

void decode(std::string_view text) {
  std::vector<std::string> header;
  each_record(text, [&](const csv::Record& record) {
    if (header.empty()) header.assign(record.fields.begin(), record.fields.end());
  });
  const Profile* profile = recognize(builtin_profiles(), header, name).profile;
  if (profile == nullptr || !profile->refuse.empty()) return;
  Decoder decoder(*profile, header, name, {});
  if (decoder.needs_survey())
    each_record(text, [&, first = true](const csv::Record& record) mutable {
      if (!first) decoder.survey(record);
      first = false;
    });
  decoder.settle();
  each_record(text, [&, first = true](const csv::Record& record) mutable {
    if (!first) check(decoder.decode(record));
    first = false;
  });
  static_cast<void>(decoder.choices());
  static_cast<void>(decoder.snapshot_date());
  static_cast<void>(decoder.tenant());
  static_cast<void>(decoder.unknown_values());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    decode(fuzz::text_of(data, size));
  } catch (const Error&) {  // refused with a reason
  }
  return 0;
}
