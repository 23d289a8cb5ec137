// SPDX-License-Identifier: Apache-2.0
// What a fleet has millions of says the same as its large form.
#include "seatlint/compact.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/arena.hpp"

namespace compact_test {
using namespace seatlint;

TEST_CASE("a text in one word is the text, whatever its length", "[compact]") {
  for (const std::size_t size : {0u, 1u, 255u, 65'534u, 65'535u, 65'536u, 1'000'000u}) {
    const std::string text(size, 'x');
    const TextRef ref = text;
    CHECK(ref.view() == text);
    CHECK(ref.size() == size);
    CHECK(ref.empty() == (size == 0));
    CHECK(ref.view().data() == (size == 0 ? nullptr : text.data()));
    CHECK(ref == text);
    const std::string longer = text + "y";
    CHECK(ref < TextRef(longer));
    CHECK_FALSE(ref == TextRef(longer));
    const std::string copy = text;
    CHECK(ref == TextRef(copy));
  }
  CHECK(TextRef().view().empty());
  CHECK(sizeof(TextRef) == sizeof(void*));
}

TEST_CASE("texts in one word come in the order of their bytes", "[compact]") {
  CHECK(TextRef("a") < "b");
  CHECK(TextRef("") < "a");
  CHECK(TextRef("\xC3\xA4") > std::string("z"));
  CHECK(TextRef("ab") > std::string_view("a"));
}

TEST_CASE("a text that many values share is the text, known again wherever it comes from", "[compact]") {
  CHECK(SharedText().empty());
  CHECK(SharedText().view().empty());
  CHECK(SharedText(std::string()) == SharedText());
  std::vector<SharedText> kept;
  for (int i = 0; i < 300; ++i) kept.emplace_back("shared text " + std::to_string(i));
  for (int i = 0; i < 300; ++i) {
    const std::string text = "shared text " + std::to_string(i);
    const SharedText& first = kept[static_cast<std::size_t>(i)];
    CHECK(first == text);
    CHECK(SharedText(text) == first);
    CHECK(SharedText(text).view().data() == first.view().data());
    CHECK((i == 0 || first != kept[static_cast<std::size_t>(i - 1)]));
  }
  CHECK(SharedText("b first") > SharedText("a second"));  // whatever came first
  CHECK(sizeof(SharedText) == 2);
}

TEST_CASE("a list in one word has what it was made of", "[compact]") {
  Arena memory;
  std::vector<ListRef<std::string_view>> lists;
  std::vector<std::vector<std::string_view>> wanted;
  static const std::string text(300, 'a');
  for (std::size_t i = 0; i < text.size(); ++i) {
    memory.room<char>(i % 5);
    std::vector<std::string_view> list;
    for (std::size_t k = 0; k < i % 7; ++k) list.push_back(std::string_view(text).substr(0, i + k));
    lists.push_back(memory.keep_list<std::string_view>(list));
    wanted.push_back(std::move(list));
  }
  for (std::size_t i = 0; i < lists.size(); ++i) {
    CHECK(std::vector<std::string_view>(lists[i].begin(), lists[i].end()) == wanted[i]);
    CHECK(lists[i].size() == wanted[i].size());
    CHECK(lists[i].empty() == wanted[i].empty());
    CHECK(reinterpret_cast<std::uintptr_t>(lists[i].data()) % alignof(std::string_view) == 0);
  }
  CHECK(sizeof lists.front() == sizeof(void*));
}

TEST_CASE("a small day or amount is an optional one", "[compact]") {
  CHECK(MaybeDay() < MaybeDay(Day{-1'000'000}));
  CHECK(MaybeDay(Day{3}) < MaybeDay(Day{4}));
  CHECK(std::optional<Day>(MaybeDay()) == std::nullopt);
  CHECK(std::optional<Day>(MaybeDay(Day{7})) == Day{7});
  CHECK(MaybeDay(std::optional<Day>()).value_or(Day{5}) == Day{5});
  CHECK(std::optional<Money>(MaybeMoney()) == std::nullopt);
  CHECK(std::optional<Money>(MaybeMoney(Money{0, "EUR"})) == Money{0, "EUR"});
  MaybeMoney amount = Money{-5, "USD"};
  amount->minor += 12;
  CHECK(*amount == Money{7, "USD"});
  amount = std::nullopt;
  CHECK_FALSE(amount.has_value());
}

}  // namespace compact_test
