// SPDX-License-Identifier: Apache-2.0
// How well bytes read as words once a code page has turned them into letters: the evidence between code pages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace seatlint::csv {

/// A byte beyond ASCII with its neighbors (0 at the ends), and how often it stands so.
struct Neighborhood {
  unsigned char before = 0, byte = 0, after = 0;
  std::uint32_t count = 0;
};

/// Every high byte of the sample (as far as it is looked at) with what stands around it, sorted.
std::vector<Neighborhood> neighborhoods(std::string_view sample);

enum class Script { latin, cyrillic, greek, hebrew, arabic, thai };

/// What the bytes from 0x80 on stand for; 0 where a page has nothing there.
using PageTable = std::array<std::int32_t, 128>;

/// The letters beyond ASCII of each language of the script that can be written in the page.
using Alphabets = std::vector<std::u32string_view>;
Alphabets written_in(const PageTable& page, Script script);

/// 0 for flawless spelling of one of the languages, about 1 for noise: letters no language of the script puts together,
/// signs inside words, capitals behind small letters. Infinite where a byte means nothing in the page.
double misspelling(const std::vector<Neighborhood>& seen, const PageTable& page, Script script,
                   const Alphabets& languages);

}  // namespace seatlint::csv
