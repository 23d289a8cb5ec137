// SPDX-License-Identifier: Apache-2.0
// Guesses between code pages of text that is no UTF-8 (see encoding.hpp): each page that fits the script is tried, and
// the one under which the words are spelled best wins. What is read so is always said; pages of old systems, and
// scripts in which a wrong page still spells something, are left to the user, for a wrong guess would turn names into
// other names.
#include <fmt/core.h>
#include <iconv.h>

#include <algorithm>
#include <optional>
#include <span>

#include "csv/encoding.hpp"
#include "csv/spelling.hpp"

namespace seatlint::csv {
namespace {

struct Page {
  const char* name;
  double prior;   // added to what speaks against it: how much rarer it is
  bool readable;  // read as guessed; else only named in the refusal
  Script script = Script::latin;
};

constexpr Page latin_pages[] = {{"windows-1252", 0.00, true}, {"iso-8859-15", 0.01, true},
                                {"windows-1250", 0.02, true}, {"iso-8859-2", 0.03, true},
                                {"windows-1254", 0.03, true}, {"windows-1257", 0.04, true},
                                {"iso-8859-13", 0.12, true},  {"iso-8859-4", 0.06, true},
                                {"iso-8859-16", 0.05, true},  {"iso-8859-10", 0.06, false},
                                {"iso-8859-3", 0.06, false},  {"windows-1258", 0.05, false},
                                {"macintosh", 0.04, false},   {"mac-centraleurope", 0.05, false},
                                {"cp850", 0.04, false},       {"cp437", 0.05, false},
                                {"cp852", 0.05, false},       {"cp857", 0.06, false},
                                {"cp860", 0.06, false},       {"cp861", 0.06, false},
                                {"cp863", 0.06, false},       {"cp865", 0.06, false},
                                {"cp775", 0.06, false},       {"viscii", 0.06, false},
                                {"tcvn", 0.06, false},        {"hp-roman8", 0.07, false}};
constexpr Page other_pages[] = {{"windows-1251", 0.00, true, Script::cyrillic},
                                {"koi8-r", 0.005, true, Script::cyrillic},
                                {"koi8-u", 0.01, true, Script::cyrillic},
                                {"iso-8859-5", 0.01, true, Script::cyrillic},
                                {"cp866", 0.01, true, Script::cyrillic},
                                {"mac-cyrillic", 0.015, true, Script::cyrillic},
                                {"cp855", 0.02, false, Script::cyrillic},
                                {"cp1125", 0.015, false, Script::cyrillic},
                                {"windows-1253", 0.00, false, Script::greek},
                                {"iso-8859-7", 0.01, false, Script::greek},
                                {"cp737", 0.02, false, Script::greek},
                                {"cp869", 0.02, false, Script::greek},
                                {"windows-1255", 0.00, false, Script::hebrew},
                                {"iso-8859-8", 0.01, false, Script::hebrew},
                                {"cp862", 0.02, false, Script::hebrew},
                                {"windows-1256", 0.00, false, Script::arabic},
                                {"iso-8859-6", 0.01, false, Script::arabic},
                                {"tis-620", 0.00, false, Script::thai},
                                {"cp874", 0.01, false, Script::thai}};

constexpr double worst_latin = 0.34, worst_other = 0.30;
constexpr double worst_short_latin = 0.20;    // of a word or two, where noise may look like letters
constexpr double worst_latin_in_runs = 0.15;  // Latin words seldom have three such letters in a row
constexpr double flawless_latin = 0.12, flawless_other = 0.27, enough_bytes = 20, lone_lead = 0.05;
// How many bytes of evidence outweigh what is common; a few may be names from abroad.
constexpr double prior_bytes = 10, prior_bytes_of_few = 26, few_bytes = 6;
constexpr double clear_lead = 0.02;  // over a page that isn't read, beside the priors

// What each byte from 0x80 on stands for, or nothing where iconv does not know the page.
std::optional<PageTable> table_of(const char* page) {
  const iconv_t opened = iconv_open("UTF-32LE", page);
  if (opened == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  PageTable table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    char in = static_cast<char>(0x80u + i);
    unsigned char out[8] = {};
    char* from = &in;
    char* to = reinterpret_cast<char*>(out);
    std::size_t in_left = 1, out_left = sizeof out;
    iconv(opened, nullptr, nullptr, nullptr, nullptr);
    // A page with combining marks holds a letter back until what follows is known.
    if (iconv(opened, &from, &in_left, &to, &out_left) == static_cast<std::size_t>(-1)) continue;
    if (out_left == sizeof out) iconv(opened, nullptr, nullptr, &to, &out_left);
    table[i] = static_cast<std::int32_t>(out[0] | out[1] << 8 | out[2] << 16);
  }
  iconv_close(opened);
  return table;
}

/// A page with what it can write.
struct KnownPage {
  const Page* page = nullptr;
  PageTable table{};
  Alphabets languages;
};

// Those of the pages that iconv knows here.
std::vector<KnownPage> known(std::span<const Page> pages) {
  std::vector<KnownPage> result;
  for (const Page& page : pages)
    if (const auto table = table_of(page.name)) result.push_back({&page, *table, written_in(*table, page.script)});
  return result;
}

struct Candidate {
  const KnownPage* known = nullptr;
  double cost = 0;  ///< with how rare the page is
  double misspelled = 0;
  const Page& page() const { return *known->page; }
};

bool same_reading(const Candidate& a, const Candidate& b, const std::vector<Neighborhood>& seen) {
  return std::all_of(seen.begin(), seen.end(), [&](const Neighborhood& n) {
    return a.known->table[n.byte - 0x80u] == b.known->table[n.byte - 0x80u];
  });
}

double bytes_of(const std::vector<Neighborhood>& seen) {
  double bytes = 0;
  for (const Neighborhood& n : seen) bytes += n.count;
  return bytes;
}

// Each page with how badly the bytes are spelled in it, the best first.
std::vector<Candidate> ranked(const std::vector<KnownPage>& pages, const std::vector<Neighborhood>& seen) {
  // The less there is to read, the more counts how common a page is.
  const double bytes = std::max(bytes_of(seen), 1.0);
  const double weight = (bytes < few_bytes ? prior_bytes_of_few : prior_bytes) / bytes;
  std::vector<Candidate> result;
  for (const KnownPage& known : pages) {
    const double misspelled = misspelling(seen, known.table, known.page->script, known.languages);
    result.push_back({&known, misspelled + known.page->prior * weight, misspelled});
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
  return result;
}

// Whether the first of the sorted pages spells a longer text nearly without a flaw, and no page that would make other
// letters of it comes close.
bool stands_alone(const std::vector<Candidate>& sorted, const std::vector<Neighborhood>& seen, double flawless) {
  if (sorted.front().cost > flawless || bytes_of(seen) < enough_bytes) return false;
  return std::all_of(sorted.begin() + 1, sorted.end(), [&](const Candidate& rival) {
    return rival.cost > sorted.front().cost + lone_lead || same_reading(sorted.front(), rival, seen);
  });
}

// Three or more high bytes next to each other are words of another script.
struct Runs {
  std::size_t all = 0, in_runs = 0;
  bool other_script() const { return all >= 6 && in_runs * 2 >= all; }
  /// One word of it, too short to tell which: `Иван` in windows-1251 is `Èâàí` elsewhere.
  bool lone_word() const { return all < 6 && in_runs == all; }
};

Runs runs_of(std::string_view sample) {
  Runs runs;
  std::size_t run = 0;
  for (const char c : sample) {
    run = static_cast<unsigned char>(c) < 0x80 ? 0 : run + 1;
    runs.all += run > 0 ? 1u : 0u;
    runs.in_runs += run == 3 ? 3u : run > 3 ? 1u : 0u;
  }
  return runs;
}

}  // namespace

CodePage guess_code_page(std::string_view sample) {
  const std::vector<Neighborhood> seen = neighborhoods(sample);
  const Runs runs = runs_of(sample);
  const bool other = runs.other_script();
  static const std::vector<KnownPage> of_other_scripts = known(other_pages), of_latin = known(latin_pages);
  std::vector<Candidate> pages = ranked(of_other_scripts, seen);
  if (pages.empty() || pages.front().cost > flawless_other)
    if (const std::string multibyte = guess_multibyte(sample); !multibyte.empty()) return {multibyte, {}};
  if (other) {
    if (!pages.empty() && pages.front().cost <= worst_other) {
      if (pages.front().page().readable || stands_alone(pages, seen, flawless_other))
        return {pages.front().page().name, {}};
      return {{}, fmt::format("it reads best as {}", pages.front().page().name)};
    }
  }
  pages = ranked(of_latin, seen);
  if (!other && !pages.front().page().readable && stands_alone(pages, seen, flawless_latin))
    return {pages.front().page().name, {}};
  const double worst = other ? worst_latin_in_runs : runs.all < 6 ? worst_short_latin : worst_latin;
  const auto best = std::find_if(pages.begin(), pages.end(), [](const Candidate& c) { return c.page().readable; });
  if (best == pages.end() || best->misspelled > worst || runs.lone_word())
    return {{},
            other || runs.lone_word()
                ? "it may be Russian (windows-1251), Greek (windows-1253), Hebrew (windows-1255), Arabic "
                  "(windows-1256), Thai "
                  "(tis-620), Chinese, Japanese or Korean (gb18030, big5, shift_jis, euc-jp, cp949)"
                : "it may be a DOS or Macintosh code page (cp850, cp437, macintosh)"};
  if (best->cost > pages.front().cost + clear_lead)
    return {{}, fmt::format("it reads best as {}", pages.front().page().name)};
  return {best->page().name, {}};
}

}  // namespace seatlint::csv
