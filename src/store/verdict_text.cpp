// SPDX-License-Identifier: Apache-2.0
// See verdict_text.hpp.
#include "store/verdict_text.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

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

}  // namespace

std::optional<VerdictTextWriter::Amount> VerdictTextWriter::amount(const Money* money) {
  return money == nullptr ? std::nullopt : std::optional(Amount(money->minor, money->currency));
}

std::size_t VerdictTextWriter::number_of(const Outcome& outcome) {
  const auto& [verdict, waived, cost, saving] = outcome;
  Numbers::const_pointer& recent = recent_[place_of(verdict.size(), cost, saving) % recent_.size()];
  if (recent != nullptr && recent->first == outcome) return recent->second;
  const auto [at, fresh] = numbers_.try_emplace(outcome, numbers_.size());
  recent = &*at;
  if (!fresh) return at->second;
  outcomes_ += verdict;
  for (const std::optional<Amount>& amount : {cost, saving}) {
    outcomes_ += ' ';
    if (amount) append_number(outcomes_, amount->first);
    outcomes_ += amount ? amount->second : "-";
  }
  outcomes_ += waived ? " waived\n" : "\n";
  return at->second;
}

void VerdictTextWriter::add(std::int64_t seat, const SeatVerdict& verdict) {
  if (!seats_.empty()) seats_ += ' ';
  if (seat != last_seat_ + 1) {
    seats_ += '@';
    append_number(seats_, seat);
    seats_ += ' ';
  }
  const Outcome outcome(verdict.verdict, verdict.waived, amount(verdict.cost), amount(verdict.saving));
  append_number(seats_, static_cast<std::int64_t>(number_of(outcome)));
  last_seat_ = seat;
}

std::string VerdictTextWriter::text() const {
  std::string all;
  all.reserve(outcomes_.size() + seats_.size() + 2);
  return all.append(outcomes_).append(1, '\n').append(seats_).append(1, '\n');
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
