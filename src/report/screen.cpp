// SPDX-License-Identifier: Apache-2.0
// One choke point between data from files and the terminal.
#include "report/screen.hpp"

#include <algorithm>
#include <map>
#include <ostream>

#include "report/totals.hpp"
#include "seatlint/base.hpp"

namespace seatlint {
namespace {

/// Beyond this, eyes lose the line; wider terminals get the same table. Narrower ones than 80 columns wrap it.
constexpr int widest = 180;
constexpr int narrowest = 80;

/// The first two words where most names begin with them ("Dynamics 365 "), so that what differs has room.
std::string usual_beginning(const std::vector<std::string_view>& names) {
  std::map<std::string_view, std::size_t> beginnings;
  for (const std::string_view name : names) {
    const auto first = name.find(' ');
    const auto second = first == std::string_view::npos ? first : name.find(' ', first + 1);
    if (second != std::string_view::npos) ++beginnings[name.substr(0, second + 1)];
  }
  for (const auto& [beginning, count] : beginnings)
    if (count > 1 && count * 2 > names.size()) return std::string(beginning);
  return {};
}

}  // namespace

Screen::Screen(std::ostream& out, const RenderOptions& options)
    : out_(out), color_(options.color), width_(std::clamp(options.columns, narrowest, widest)) {}

void Screen::blank() { out_ << '\n'; }

void Screen::heading(std::string_view title, std::string_view remark) {
  blank();
  const std::string beside = shorten_end(printable(remark), width_ - display_width(title) - 2);
  line({{std::string(title), Paint::bold}, {beside.empty() ? "" : "  " + beside, Paint::dim}});
}

void Screen::line(const Cells& cells) {
  for (const Cell& cell : cells) out_ << painted({printable(cell.text), cell.paint}, color_);
  out_ << '\n';
}

void Screen::labeled(const Cell& label, int label_width, std::string_view text, Paint paint) {
  const auto pad = [](int n) { return std::string(static_cast<std::size_t>(std::max(n, 0)), ' '); };
  bool first = true;
  for (const std::string& part : wrapped(printable(text), width_ - label_width)) {
    if (first)
      line({label, {pad(label_width - display_width(printable(label.text)))}, {part, paint}});
    else
      line({{pad(label_width)}, {part, paint}});
    first = false;
  }
}

void Screen::table(const TextTable& table, int indent, int gap) {
  for (const Cells& cells : table.lines(width_, indent, gap)) line(cells);
}

ProductNames::ProductNames(const Report& report, bool shorten) : shorten_(shorten) {
  std::vector<std::string_view> names;
  for (const ProductLine& product : report.products)
    if (!only_outside(product)) names.push_back(product.name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (shorten && names.size() > 1) dropped_ = usual_beginning(names);
}

std::string ProductNames::operator()(std::string_view name) const {
  if (!shorten_) return std::string(name);
  if (!dropped_.empty() && name.starts_with(dropped_)) name.remove_prefix(dropped_.size());
  // What vendors write behind the word ("to qualifying ... base offer") is the same for all of them.
  if (const auto attach = name.find(" Attach to "); attach != std::string_view::npos) name = name.substr(0, attach + 7);
  return std::string(name);
}

Paint paint_of(Severity severity) {
  if (severity >= Severity::high) return Paint::bad;
  return severity == Severity::medium ? Paint::warn : Paint::plain;
}

}  // namespace seatlint
