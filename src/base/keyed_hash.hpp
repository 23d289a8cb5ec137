// SPDX-License-Identifier: Apache-2.0
// Digests that nobody can compute without a key, and keys.
#pragma once

#include <string>
#include <string_view>

namespace seatlint {

/// HMAC-SHA-256 as 64 lower-case hexadecimal digits.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);
/// So many random bytes, at most 256, in hexadecimal digits. Throws Error where the system has none.
std::string random_hex(std::size_t bytes);

}  // namespace seatlint
