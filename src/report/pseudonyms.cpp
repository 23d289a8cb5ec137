// SPDX-License-Identifier: Apache-2.0
// Pseudonyms from a keyed digest: without the key nobody can try names until one fits.
#include "report/pseudonyms.hpp"

#include "base/keyed_hash.hpp"
#include "seatlint/base.hpp"

namespace seatlint {

std::string Pseudonyms::operator()(std::string_view identity) const {
  const std::string_view name = trim(identity);
  return name.empty() ? std::string()
                      : std::string(pseudonym_prefix) + hmac_sha256_hex(key_, fold_case(name)).substr(0, 16);
}

}  // namespace seatlint
