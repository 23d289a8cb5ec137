// SPDX-License-Identifier: Apache-2.0
// See verdict_text.hpp.
#include "store/verdict_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "base/in_parallel.hpp"

namespace seatlint {
namespace {

[[noreturn]] void damaged_verdicts() { throw Error("a recorded audit can't be read: the store is damaged"); }

void append_number(std::string& text, std::int64_t number) {
  char digits[20];
  text.append(digits, std::to_chars(std::begin(digits), std::end(digits), number).ptr);
}

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size()) damaged_verdicts();
  return number;
}

/// Different ones mostly give different numbers.
std::size_t place_of(std::size_t verdict_size, const auto& cost, const auto& saving) {
  const auto minor = [](const auto& amount) { return amount ? static_cast<std::uint64_t>(amount->first) : 1; };
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15u;
  return static_cast<std::size_t>(((verdict_size * odd + minor(cost)) * odd + minor(saving)) * odd >> 40u);
}

/// What stands before the next `end`, which goes with it.
std::string_view take_until(std::string_view& text, char end) {
  const auto at = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return part;
}

std::optional<Money> money_of(std::string_view text) {
  if (text == "-") return std::nullopt;
  const auto digits = std::min(text.find_first_not_of("-0123456789"), text.size());
  return Money{number_of(text.substr(0, digits)), std::string(text.substr(digits))};
}

/// What a line says, with amounts of its own.
struct Outcome {
  std::string_view verdict;
  std::optional<Money> cost, saving;
  bool waived = false;

  explicit Outcome(std::string_view line)
      : verdict(take_until(line, ' ')),
        cost(money_of(take_until(line, ' '))),
        saving(money_of(take_until(line, ' '))),
        waived(line == "waived") {}
  SeatVerdict view() const { return {verdict, waived, cost ? &*cost : nullptr, saving ? &*saving : nullptr}; }
};

using Amount = std::pair<std::int64_t, std::string_view>;
using Told = std::tuple<std::string_view, bool, std::optional<Amount>, std::optional<Amount>>;

Told told(const SeatVerdict& verdict) {
  const auto amount = [](const Money* money) {
    return money == nullptr ? std::nullopt : std::optional(Amount(money->minor, money->currency));
  };
  return {verdict.verdict, verdict.waived, amount(verdict.cost), amount(verdict.saving)};
}

/// What is told of seats, each once, numbered in the order of first sight.
class Lines {
 public:
  std::size_t number_of(const Told& line) {
    const auto& [verdict, waived, cost, saving] = line;
    Numbers::const_pointer& recent = recent_[place_of(verdict.size(), cost, saving) % recent_.size()];
    if (recent != nullptr && recent->first == line) return recent->second;
    const auto [at, fresh] = numbers_.try_emplace(line, numbers_.size());
    recent = &*at;
    if (fresh) in_order_.push_back(&at->first);
    return at->second;
  }
  const std::vector<const Told*>& in_order() const { return in_order_; }

 private:
  using Numbers = std::map<Told, std::size_t>;
  Numbers numbers_;
  std::vector<const Told*> in_order_;
  /// The latest of those that share a place: most are asked for often.
  std::array<Numbers::const_pointer, 64> recent_{};
};

void append_line(std::string& text, const Told& line) {
  const auto& [verdict, waived, cost, saving] = line;
  text += verdict;
  for (const std::optional<Amount>& amount : {cost, saving}) {
    text += ' ';
    if (amount) append_number(text, amount->first);
    text += amount ? amount->second : "-";
  }
  text += waived ? " waived\n" : "\n";
}

/// Some seats behind each other.
struct Part {
  Lines lines;
  std::vector<std::uint32_t> line_of;  ///< by seat: number among those of the part
  std::vector<std::size_t> number;     ///< of each of these lines among all
  std::string text;
};

}  // namespace

std::string verdict_text(std::span<const std::int64_t> numbers,
                         const std::function<SeatVerdict(std::size_t)>& verdict) {
  constexpr std::size_t fewest = 10'000;  // seats for which a thread is worth its while
  std::vector<Part> parts(part_count(numbers.size(), fewest));
  in_parallel(numbers.size(), fewest, [&](std::size_t first, std::size_t last, std::size_t at) {
    Part& part = parts[at];
    part.line_of.reserve(last - first);
    for (std::size_t i = first; i < last; ++i)
      part.line_of.push_back(static_cast<std::uint32_t>(part.lines.number_of(told(verdict(i)))));
  });
  Lines lines;
  for (Part& part : parts)
    for (const Told* line : part.lines.in_order()) part.number.push_back(lines.number_of(*line));
  in_parallel(numbers.size(), fewest, [&](std::size_t first, std::size_t last, std::size_t at) {
    constexpr std::size_t usual_bytes = 3;  // of a seat
    Part& part = parts[at];
    part.text.reserve((last - first) * usual_bytes);
    for (std::size_t i = first; i < last; ++i) {
      if (i > 0) part.text += ' ';
      if (numbers[i] != (i > 0 ? numbers[i - 1] + 1 : 1)) {
        part.text += '@';
        append_number(part.text, numbers[i]);
        part.text += ' ';
      }
      append_number(part.text, static_cast<std::int64_t>(part.number[part.line_of[i - first]]));
    }
  });
  std::string text;
  for (const Told* line : lines.in_order()) append_line(text, *line);
  text += '\n';
  for (const Part& part : parts) text += part.text;
  return text += '\n';
}

void each_verdict(std::string_view text, const std::function<void(std::int64_t seat, const SeatVerdict&)>& visit) {
  std::vector<Outcome> outcomes;
  for (std::string_view line = take_until(text, '\n'); !line.empty(); line = take_until(text, '\n'))
    outcomes.emplace_back(line);
  std::string_view seats = take_until(text, '\n');
  for (std::int64_t seat = 1; !seats.empty(); ++seat) {
    std::string_view word = take_until(seats, ' ');
    if (word.starts_with('@')) {
      seat = number_of(word.substr(1));
      word = take_until(seats, ' ');
    }
    const std::int64_t outcome = number_of(word);
    if (outcome < 0 || static_cast<std::size_t>(outcome) >= outcomes.size()) damaged_verdicts();
    visit(seat, outcomes[static_cast<std::size_t>(outcome)].view());
  }
}

}  // namespace seatlint
