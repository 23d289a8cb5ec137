// SPDX-License-Identifier: Apache-2.0
#include "catalog/toml_pack.hpp"

#include <cstring>

namespace seatlint {
namespace {

using Kind = TomlValue::Kind;

class Packer {
 public:
  void value(const TomlValue& value) {
    bytes_.push_back(static_cast<char>(value.kind));
    text(value.key);
    for (const std::uint32_t place : {value.line, value.column, value.key_line, value.key_column}) number(place);
    switch (value.kind) {
      case Kind::text:
        return text(value.text);
      case Kind::integer:
        return number(static_cast<std::uint64_t>(value.integer));
      case Kind::real:
        bytes_.append(reinterpret_cast<const char*>(&value.real), sizeof value.real);
        return;
      case Kind::boolean:
        return number(value.boolean ? 1 : 0);
      case Kind::date:
        return number(static_cast<std::uint32_t>(value.date.days));
      case Kind::time:
        return;
      case Kind::array:
      case Kind::table:
        number(value.items.size());
        for (const TomlValue& item : value.items) this->value(item);
    }
  }
  std::string take() { return std::move(bytes_); }

 private:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7u) bytes_.push_back(static_cast<char>(value | 0x80u));
    bytes_.push_back(static_cast<char>(value));
  }
  void text(std::string_view text) {
    number(text.size());
    bytes_.append(text);
  }

  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  void value(TomlValue& value) {
    value.kind = static_cast<Kind>(bytes(1).front());
    value.key = text();
    for (std::uint32_t* place : {&value.line, &value.column, &value.key_line, &value.key_column})
      *place = static_cast<std::uint32_t>(number());
    switch (value.kind) {
      case Kind::text:
        value.text = text();
        return;
      case Kind::integer:
        value.integer = static_cast<std::int64_t>(number());
        return;
      case Kind::real:
        std::memcpy(&value.real, bytes(sizeof value.real).data(), sizeof value.real);
        return;
      case Kind::boolean:
        value.boolean = number() != 0;
        return;
      case Kind::date:
        value.date.days = static_cast<std::int32_t>(static_cast<std::uint32_t>(number()));
        return;
      case Kind::time:
        return;
      case Kind::array:
      case Kind::table:
        value.items.resize(number());
        for (TomlValue& item : value.items) this->value(item);
    }
  }

 private:
  std::string_view bytes(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes(1).front());
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
  }
  std::string_view text() {
    const std::size_t size = number();
    return bytes(size);
  }

  std::string_view rest_;
};

}  // namespace

std::string pack_toml(const TomlValue& value) {
  Packer packer;
  packer.value(value);
  return packer.take();
}

TomlValue unpack_toml(std::string_view bytes) {
  TomlValue value;
  Unpacker(bytes).value(value);
  return value;
}

}  // namespace seatlint
