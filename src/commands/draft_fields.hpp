// SPDX-License-Identifier: Apache-2.0
// The header words of many exports, for guessing what the columns of an unknown one mean.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace seatlint {

/// What the values of a column must look like for it to be a field.
enum class DraftValues { any, dates, numbers };

/// A field of a profile and the words of headers that mean it, the surest first. `*` matches anything.
struct DraftField {
  std::string_view field;
  std::vector<std::string_view> words;
  DraftValues values = DraftValues::any;
};

/// The fields of a record kind, in the order in which they may take a column.
std::span<const DraftField> draft_fields(std::string_view kind);

}  // namespace seatlint
