// SPDX-License-Identifier: Apache-2.0
// Texts, lists, amounts and days as small as can be: a fleet has millions of them.
#pragma once

#include <algorithm>
#include <climits>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "seatlint/base.hpp"

namespace seatlint {

class TextRef;
class SharedText;
template <typename Text>
concept OtherText = !std::same_as<Text, TextRef> && !std::same_as<Text, SharedText> &&
                    std::convertible_to<const Text&, std::string_view>;

/// A view of a text that lives elsewhere: its size in the upper 16 bits of a word, its place in the lower 48, which is
/// as far as addresses of programs go. Of a longer text the word says where a view of it is kept.
class TextRef {
 public:
  TextRef() = default;
  template <OtherText Text>
  TextRef(const Text& text) : TextRef(packed(text)) {}  // NOLINT(google-explicit-constructor)

  std::string_view view() const {
    const std::uint64_t size = word_ >> place_bits;
    const std::uint64_t place = word_ & (most_places - 1);
    if (size == kept_elsewhere) return *reinterpret_cast<const std::string_view*>(place);
    return {reinterpret_cast<const char*>(place), static_cast<std::size_t>(size)};
  }
  operator std::string_view() const { return view(); }  // NOLINT(google-explicit-constructor)
  bool empty() const { return word_ == 0; }
  std::size_t size() const { return view().size(); }
  const char* data() const { return view().data(); }

  friend bool operator==(TextRef a, TextRef b) { return a.word_ == b.word_ || a.view() == b.view(); }
  friend auto operator<=>(TextRef a, TextRef b) { return a.view() <=> b.view(); }
  template <OtherText Text>
  friend bool operator==(TextRef a, const Text& b) {
    return a.view() == std::string_view(b);
  }
  template <OtherText Text>
  friend auto operator<=>(TextRef a, const Text& b) {
    return a.view() <=> std::string_view(b);
  }

 private:
  static constexpr unsigned place_bits = 48;
  static constexpr std::uint64_t most_places = std::uint64_t{1} << place_bits, kept_elsewhere = 0xFFFF;

  std::uint64_t word_ = 0;

  static TextRef packed(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() >= kept_elsewhere) return long_text(text);
    return at(text.data(), text.size());
  }
  static TextRef at(const void* place, std::uint64_t size) {
    TextRef ref;
    ref.word_ = size << place_bits | reinterpret_cast<std::uint64_t>(place);
    return ref;
  }
  /// Keeps the view until the program ends. Any thread may ask.
  static TextRef long_text(std::string_view text);
};
static_assert(sizeof(void*) == sizeof(std::uint64_t));

/// A text that very many values share, as accounts do the name of their vendor: two bytes. Each is kept until the
/// program ends. Throws Error where there are more than 65,535.
class SharedText {
 public:
  SharedText() = default;
  template <OtherText Text>
  SharedText(const Text& text) : number_(number_of(text)) {}  // NOLINT(google-explicit-constructor)

  std::string_view view() const { return texts()[number_]; }
  operator std::string_view() const { return view(); }  // NOLINT(google-explicit-constructor)
  bool empty() const { return number_ == 0; }

  friend bool operator==(SharedText, SharedText) = default;
  friend auto operator<=>(SharedText a, SharedText b) { return a.view() <=> b.view(); }
  template <OtherText Text>
  friend bool operator==(SharedText a, const Text& b) {
    return a.view() == std::string_view(b);
  }

 private:
  std::uint16_t number_ = 0;  ///< 0: the empty text

  static std::uint16_t number_of(std::string_view text);  ///< any thread may ask
  static const std::string_view* texts();
};

/// A view of a list that lives elsewhere, behind its length.
template <typename Value>
class ListRef {
 public:
  ListRef() = default;
  /// Over `room`, aligned for both, of `bytes_for` so many.
  ListRef(std::byte* room, std::span<const Value> values) {
    if (values.empty()) return;
    new (room) std::uint32_t(static_cast<std::uint32_t>(values.size()));
    std::uninitialized_copy(values.begin(), values.end(), reinterpret_cast<Value*>(room + head));
    at_ = room;
  }
  static constexpr std::size_t alignment = std::max(alignof(Value), alignof(std::uint32_t));
  static constexpr std::size_t bytes_for(std::size_t count) { return count == 0 ? 0 : head + count * sizeof(Value); }

  std::size_t size() const { return at_ == nullptr ? 0 : *reinterpret_cast<const std::uint32_t*>(at_); }
  bool empty() const { return at_ == nullptr; }
  const Value* begin() const { return at_ == nullptr ? nullptr : reinterpret_cast<const Value*>(at_ + head); }
  const Value* end() const { return begin() + size(); }
  const Value* data() const { return begin(); }
  const Value& front() const { return *begin(); }
  /// For who knows whose they are.
  std::span<Value> values() { return {at_ == nullptr ? nullptr : reinterpret_cast<Value*>(at_ + head), size()}; }
  const Value& operator[](std::size_t i) const { return begin()[i]; }

 private:
  static constexpr std::size_t head = std::max(sizeof(std::uint32_t), alignof(Value));

  std::byte* at_ = nullptr;
};

/// An amount or none. As a member that needs no address of its own, it leaves room for four bytes behind it.
class MaybeMoney {
 public:
  MaybeMoney() = default;
  MaybeMoney(std::nullopt_t) {}                      // NOLINT(google-explicit-constructor)
  MaybeMoney(const Money& money) : money_(money) {}  // NOLINT(google-explicit-constructor)
  MaybeMoney(const std::optional<Money>& money) {    // NOLINT(google-explicit-constructor)
    if (money) money_ = *money;
  }

  explicit operator bool() const { return has_value(); }
  bool has_value() const { return money_.minor != none; }
  Money& operator*() { return money_; }
  const Money& operator*() const { return money_; }
  Money* operator->() { return &money_; }
  const Money* operator->() const { return &money_; }
  operator std::optional<Money>() const {  // NOLINT(google-explicit-constructor)
    return *this ? std::optional(money_) : std::nullopt;
  }
  bool operator==(const MaybeMoney&) const = default;

 private:
  static constexpr std::int64_t none = INT64_MIN;

  [[no_unique_address]] Money money_{none, {}};
};

/// A day or none.
class MaybeDay {
 public:
  MaybeDay() = default;
  MaybeDay(std::nullopt_t) {}                                                 // NOLINT(google-explicit-constructor)
  MaybeDay(Day day) : day_(day) {}                                            // NOLINT(google-explicit-constructor)
  MaybeDay(const std::optional<Day>& day) : day_(day.value_or(Day{none})) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return has_value(); }
  bool has_value() const { return day_.days != none; }
  const Day& operator*() const { return day_; }
  const Day* operator->() const { return &day_; }
  Day value_or(Day other) const { return has_value() ? day_ : other; }
  operator std::optional<Day>() const {  // NOLINT(google-explicit-constructor)
    return has_value() ? std::optional(day_) : std::nullopt;
  }
  auto operator<=>(const MaybeDay&) const = default;  ///< none comes first

 private:
  static constexpr std::int32_t none = INT_MIN;

  Day day_{none};
};

}  // namespace seatlint
