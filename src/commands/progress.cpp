// SPDX-License-Identifier: Apache-2.0
// See progress.hpp.
#include "commands/progress.hpp"

#include <fmt/core.h>

#include <cmath>

#include "seatlint/base.hpp"

namespace seatlint {
namespace {

constexpr auto silent_at_first = std::chrono::seconds(1);
constexpr auto between_two = std::chrono::milliseconds(200);

/// Decimal units, as file managers and disks have them.
std::string bytes_text(double bytes) {
  if (bytes >= 1e9) return fmt::format("{:.1f} GB", bytes / 1e9);
  return fmt::format("{:.0f} MB", bytes / 1e6);
}

std::string time_text(double seconds) {
  const auto whole = static_cast<long>(std::ceil(seconds));
  return whole < 120 ? fmt::format("{} s", whole) : fmt::format("{} min", (whole + 59) / 60);
}

}  // namespace

std::string progress_text(const std::string& name, std::uint64_t bytes, std::optional<std::uint64_t> total,
                          double rate) {
  const double done = static_cast<double>(bytes);
  std::string text = printable(name) + "  ";
  if (!total || *total == 0) return text + fmt::format("{}  {}/s", bytes_text(done), bytes_text(rate));
  const double all = static_cast<double>(std::max(*total, bytes));
  text += fmt::format("{:.0f} %  {}/s", std::floor(100 * done / all), bytes_text(rate));
  if (rate > 0) text += fmt::format("  {} left", time_text((all - done) / rate));
  return text;
}

Progress::Progress(std::ostream& err, std::string name, std::optional<std::uint64_t> total, int columns)
    : err_(err),
      name_(std::move(name)),
      total_(total),
      columns_(columns < 20 ? 20 : static_cast<std::size_t>(columns)) {}

void Progress::at(std::uint64_t bytes, Clock::time_point now) {
  if (!first_) first_.emplace(now, bytes);
  if (now - begun_ < silent_at_first || (visible_ && now - shown_ < between_two)) return;
  const double seconds = std::chrono::duration<double>(now - first_->first).count();
  const double rate = seconds > 0 ? static_cast<double>(bytes - first_->second) / seconds : 0;
  std::string text = progress_text(name_, bytes, total_, rate);
  // A line that wraps could not be erased.
  while (display_width(text) >= static_cast<int>(columns_) && name_.size() > 1) {
    name_.resize(name_.size() / 2);
    text = progress_text(name_ + "~", bytes, total_, rate);
  }
  err_ << "\r\x1b[K" << text << std::flush;
  shown_ = now;
  visible_ = true;
}

void Progress::erase() {
  if (visible_) err_ << "\r\x1b[K" << std::flush;
  visible_ = false;
}

}  // namespace seatlint
