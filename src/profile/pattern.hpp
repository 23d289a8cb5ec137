// SPDX-License-Identifier: Apache-2.0
// Patterns a person who is no programmer can read: `*`, one `{}`, and in file names date parts such as `{yyyy}`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatlint/base.hpp"

namespace seatlint::profile {

/// What stands at `{}` when `pattern` fits the whole of `text` (letter case is ignored); nullopt when it does not fit.
/// `*` takes as little as it can, `{}` at least one character.
std::optional<std::string_view> capture(std::string_view pattern, std::string_view text);

/// A date found in a file's name; an instant where the name holds one.
struct NameDate {
  std::optional<Day> day;
  std::optional<std::int64_t> instant;
};

/// Dates in `name` by the parts of `pattern`: `{yyyy}` `{yy}` `{MM}` `{M}` `{dd}` `{d}` `{MMM}` `{epoch_ms}`, and `{n}`
/// for a day or a month whose order is not known (used only where it has one meaning). A date ends when all its parts
/// are there, so two dates may follow each other. Empty when the name does not fit or a date is not settled.
std::vector<NameDate> dates_in_name(std::string_view pattern, std::string_view name);

}  // namespace seatlint::profile
