// SPDX-License-Identifier: Apache-2.0
// Month names of the languages exports come in. A name may be cut to three letters or more; no cut means two months.
#include <algorithm>
#include <array>

#include "profile/dates.hpp"

namespace seatlint::profile {
namespace {

using Months = std::array<std::string_view, 12>;
constexpr Months languages[] = {{"january", "february", "march", "april", "may", "june", "july", "august", "september",
                                 "october", "november", "december"},
                                {"januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
                                 "oktober", "november", "dezember"},
                                {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
                                 "octobre", "novembre", "décembre"},
                                {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
                                 "octubre", "noviembre", "diciembre"},
                                {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
                                 "settembre", "ottobre", "novembre", "dicembre"},
                                {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto",
                                 "setembro", "outubro", "novembro", "dezembro"},
                                {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
                                 "september", "oktober", "november", "december"},
                                {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
                                 "oktober", "november", "december"},
                                {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia",
                                 "września", "października", "listopada", "grudnia"}};
constexpr std::size_t shortest = 3;

unsigned month_in(const Months& months, std::string_view folded) {
  const auto found =
      std::find_if(months.begin(), months.end(), [&](std::string_view month) { return month.starts_with(folded); });
  return found == months.end() ? 0 : static_cast<unsigned>(found - months.begin()) + 1;
}

}  // namespace

unsigned month_number(std::string_view name) {
  if (name.size() < shortest || name.size() > 20) return 0;
  const std::string folded = fold_case(name);
  if (folded == "mrt") return 3;  // Dutch cuts March so
  // "mar" is March everywhere, but "jui" is two months in French.
  if (folded == "jui") return 0;
  for (const Months& months : languages)
    if (const unsigned month = month_in(months, folded); month != 0) return month;
  return 0;
}

}  // namespace seatlint::profile
