// SPDX-License-Identifier: Apache-2.0
// Numbers come back whatever their length and whatever stands behind them; cut ones are refused.
#include "base/leb128.hpp"

#include <catch2/catch.hpp>

namespace leb128_test {

using namespace seatlint;

TEST_CASE("packed numbers of every length come back, with anything behind them", "[leb128]") {
  for (int bits = 0; bits <= 64; ++bits) {
    const std::uint64_t least = bits == 0 ? 0 : std::uint64_t{1} << (bits - 1);
    for (const std::uint64_t value :
         {least, bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1, least | 1}) {
      std::string number;
      put_number(number, value);
      for (const char* behind :
           {"", "\x01", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", "\x7F\x80\x7F\x80\x7F\x80\x7F\x80"}) {
        const std::string bytes = number + behind;
        std::string_view rest = bytes;
        CHECK(take_number(rest) == value);
        CHECK(rest == behind);
      }
      for (std::size_t size = 0; size < number.size(); ++size) {
        std::string_view cut = std::string_view(number).substr(0, size);
        CHECK_FALSE(take_number(cut));
      }
    }
  }
  std::string_view endless = "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80";
  CHECK_FALSE(take_number(endless));
}

}  // namespace leb128_test
