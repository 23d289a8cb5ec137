// SPDX-License-Identifier: Apache-2.0
// HMAC by libcrypto; random bytes by the kernel, which has them ready: a generator of our own would be set up first.
#include "base/keyed_hash.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "seatlint/base.hpp"

namespace seatlint {
namespace {

std::string to_hex(const unsigned char* bytes, std::size_t size) {
  std::string text;
  text.reserve(size * 2);
  for (std::size_t i = 0; i < size; ++i) {
    text += "0123456789abcdef"[bytes[i] >> 4];
    text += "0123456789abcdef"[bytes[i] & 15];
  }
  return text;
}

}  // namespace

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(bytes.data()),
           bytes.size(), digest.data(), &size) == nullptr)
    throw Error("libcrypto can't compute an HMAC");
  return to_hex(digest.data(), size);
}

std::string random_hex(std::size_t bytes) {
  std::vector<unsigned char> random(bytes);
  if (::getentropy(random.data(), bytes) != 0) throw Error(std::string("no random bytes: ") + std::strerror(errno));
  return to_hex(random.data(), bytes);
}

}  // namespace seatlint
