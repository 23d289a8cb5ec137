// SPDX-License-Identifier: Apache-2.0
// How figures are written in reports: thousands separators for people, bare decimals for programs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "seatlint/base.hpp"

namespace seatlint {

/// `12,345`
std::string grouped(std::int64_t number);
/// `1,234.50` of a currency's minor units, without its name.
std::string amount(std::int64_t minor, std::string_view currency);
/// `1,234.50 USD`
std::string amount_with_currency(std::int64_t minor, std::string_view currency);
/// `1234.50`: what a spreadsheet or a script reads as a number.
std::string plain_amount(const Money& money);
/// `28%`, never 0% or 100% for what is neither; empty where `whole` is not positive.
std::string percent(std::int64_t part, std::int64_t whole);
/// `1 seat`, `2,000 seats`; the plural is the singular and an s unless given.
std::string counted(std::int64_t number, std::string_view singular, std::string_view plural = {});
/// Twelve months of it; stays at the edge of the range instead of overflowing.
std::int64_t a_year(std::int64_t minor_a_month);

}  // namespace seatlint
