// SPDX-License-Identifier: Apache-2.0
// Stable stand-ins for persons: the same key and identity give the same one, in every format and quarter.
#pragma once

#include <string>
#include <string_view>

namespace seatlint {

inline constexpr std::string_view pseudonym_prefix = "u-";

class Pseudonyms {
 public:
  explicit Pseudonyms(std::string key) : key_(std::move(key)) {}
  /// `u-` and 16 hexadecimal digits of HMAC-SHA-256 over the identity without regard to case; nothing for nothing.
  std::string operator()(std::string_view identity) const;

 private:
  std::string key_;
};

}  // namespace seatlint
