// SPDX-License-Identifier: Apache-2.0
// See ascii_bytes.hpp.
#include "csv/ascii_bytes.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "csv/avx2_bits.hpp"
#include "csv/masks.hpp"

namespace seatlint::csv {
namespace {

#ifdef SEATLINT_X86

__attribute__((target("avx2"))) std::size_t ascii_bytes_avx2(std::string_view text) {
  const __m256i nul = _mm256_setzero_si256();
  std::size_t i = 0;
  for (; i + word_bytes <= text.size(); i += word_bytes) {
    __m256i low, high;
    __builtin_memcpy(&low, text.data() + i, sizeof low);
    __builtin_memcpy(&high, text.data() + i + sizeof low, sizeof high);
    const __m256i nuls = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), nul);
    if (_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(low, high), nuls)) == 0) continue;
    const std::uint64_t others = bits_avx2(_mm256_or_si256(low, _mm256_cmpeq_epi8(low, nul)),
                                           _mm256_or_si256(high, _mm256_cmpeq_epi8(high, nul)));
    return i + static_cast<unsigned>(std::countr_zero(others));
  }
  return i;
}

#endif

}  // namespace

std::size_t ascii_bytes_plainly(std::string_view text) {
  constexpr std::uint64_t high = 0x8080808080808080u;
  std::uint64_t eight = 0;
  std::size_t i = 0;
  for (; i + sizeof eight <= text.size(); i += sizeof eight) {
    std::memcpy(&eight, text.data() + i, sizeof eight);
    if ((eight & high) != 0 || ((eight + ~high) & high) != high) break;  // the sum has no carry where all are ASCII
  }
  while (i < text.size() && text[i] != '\0' && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

std::size_t ascii_bytes(std::string_view text) {
#ifdef SEATLINT_X86
  if (has_avx2()) return ascii_bytes_avx2(text);
#endif
  return ascii_bytes_plainly(text);
}

}  // namespace seatlint::csv
