// SPDX-License-Identifier: Apache-2.0
// Cutting, wrapping and aligning by the columns a terminal needs, never inside a character and its combining marks.
#include "report/layout.hpp"

#include <algorithm>
#include <numeric>

#include "seatlint/base.hpp"

namespace seatlint {
namespace {

constexpr std::string_view ellipsis = "…";

/// Bytes of the first character of `text`, with the marks that combine with it.
std::size_t first_character(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size()) {
    std::size_t next = size + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0u) == 0x80u) ++next;
    if (size != 0 && display_width(text.substr(size, next - size)) > 0) break;
    size = next;
  }
  return size;
}

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    parts.push_back(text.substr(0, first_character(text)));
    text.remove_prefix(parts.back().size());
  }
  return parts;
}

/// The longest beginning of `text` that needs at most `width` columns.
std::string_view head_of(std::string_view text, int width) {
  std::size_t size = 0;
  for (const std::string_view part : characters(text)) {
    width -= display_width(part);
    if (width < 0) break;
    size += part.size();
  }
  return text.substr(0, size);
}

std::string_view tail_of(std::string_view text, int width) {
  const auto parts = characters(text);
  std::size_t size = 0;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    width -= display_width(*part);
    if (width < 0) break;
    size += part->size();
  }
  return text.substr(text.size() - size);
}

constexpr std::string_view arrow = " → ";

std::string cut(const Cell& cell, int width, Column::Cut how) {
  if (how == Column::Cut::middle && !cell.sentence) return shorten_middle(cell.text, width);
  return shorten_end(cell.text, width);
}

/// Where the tail of a shortened text starts: at a word, if one starts where the tail has a good size, else anywhere.
std::string_view tail_for(std::string_view text, int width) {
  const std::string_view most = tail_of(text, width * 2 / 3);
  for (std::size_t at = most.find(' '); at != std::string_view::npos; at = most.find(' ', at + 1)) {
    const std::string_view words = most.substr(at + 1);
    if (display_width(words) * 5 >= width * 2) return words;
  }
  return tail_of(text, width / 2);
}

std::string_view code_of(Paint paint) {
  switch (paint) {
    case Paint::bold:
      return "\x1b[1m";
    case Paint::dim:
      return "\x1b[2m";
    case Paint::good:
      return "\x1b[32m";
    case Paint::warn:
      return "\x1b[33m";
    case Paint::bad:
      return "\x1b[1;31m";
    case Paint::accent:
      return "\x1b[36m";
    case Paint::plain:
      break;
  }
  return {};
}

}  // namespace

std::string painted(const Cell& cell, bool color) {
  const std::string_view code = color ? code_of(cell.paint) : std::string_view();
  if (code.empty() || cell.text.empty()) return cell.text;
  return std::string(code) + cell.text + "\x1b[0m";
}

std::string shorten_end(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  return width < 1 ? std::string() : std::string(head_of(text, width - 1)).append(ellipsis);
}

std::string shorten_middle(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  if (width < 3) return shorten_end(text, width);
  if (const auto at = text.find(arrow); at != std::string_view::npos && width >= 11) {
    // From one thing to another: both stay recognizable, and what one side doesn't need the other gets.
    const std::string_view from = text.substr(0, at), to = text.substr(at + arrow.size());
    const int room = width - 3, half = room / 2;
    const int left = std::min(display_width(from), std::max(half, room - display_width(to)));
    return shorten_middle(from, left).append(arrow).append(shorten_middle(to, room - left));
  }
  std::string_view rest = tail_for(text, width - 1);
  std::string_view head = head_of(text, width - 1 - display_width(rest));
  if (const auto blank = head.rfind(' '); blank != std::string_view::npos && blank + 3 >= head.size())
    head = head.substr(0, blank);
  while (head.ends_with(' ')) head.remove_suffix(1);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  return std::string(head).append(ellipsis).append(rest);
}

std::vector<std::string> wrapped(std::string_view text, int width) {
  width = std::max(width, 8);
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const auto blank = text.find(' ');
    std::string_view word = text.substr(0, blank);
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    if (word.empty()) continue;
    const int used = display_width(lines.back());
    if (used != 0 && used + 1 + display_width(word) <= width) {
      lines.back().append(" ").append(word);
      continue;
    }
    if (used != 0) lines.emplace_back();
    while (display_width(word) > width) {
      lines.back() = head_of(word, width);
      word.remove_prefix(lines.back().size());
      lines.emplace_back();
    }
    lines.back() = word;
  }
  return lines;
}

std::string bar(long long part, long long whole, int width) {
  if (part <= 0 || whole <= 0 || width <= 0) return {};
  constexpr std::string_view eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  while (whole > 1'000'000'000'000) part /= 10, whole /= 10;
  const auto steps = static_cast<std::size_t>(std::max(1LL, std::min(part, whole) * width * 8 / whole));
  std::string text;
  for (std::size_t i = 0; i < steps / 8; ++i) text += "█";
  return text.append(eighths[steps % 8]);
}

void TextTable::add(Cells cells) {
  cells.resize(columns_.size());
  for (Cell& cell : cells) cell.text = printable(cell.text);
  rows_.push_back({std::move(cells), false});
}

void TextTable::add_line(Cell cell) {
  cell.text = printable(cell.text);
  rows_.push_back({{std::move(cell)}, true});
}

std::vector<int> TextTable::fitted(int width, int gap) const {
  std::vector<int> widths;
  for (const Column& column : columns_) widths.push_back(display_width(column.head));
  for (const Row& row : rows_)
    for (std::size_t i = 0; !row.across && i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row.cells[i].text));
  int over = std::accumulate(widths.begin(), widths.end(), 0) + gap * (static_cast<int>(widths.size()) - 1) - width;
  for (; over > 0; --over) {
    int* widest = nullptr;
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (columns_[i].cut != Column::Cut::never && widths[i] > columns_[i].least && (!widest || widths[i] > *widest))
        widest = &widths[i];
    if (!widest) break;
    --*widest;
  }
  return widths;
}

Cells TextTable::line_of(const Cells& cells, const std::vector<int>& widths, int indent, int gap) const {
  Cells line;
  int owed = indent;  // blanks before the next text, so that no line ends in blanks
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string text = cut(cells[i], widths[i], columns_[i].cut);
    const int spare = std::max(0, widths[i] - display_width(text));
    const bool right = columns_[i].align == Column::Align::right;
    if (right) owed += spare;
    if (!text.empty()) {
      line.push_back({std::string(static_cast<std::size_t>(owed), ' '), Paint::plain});
      line.push_back({text, cells[i].paint});
      owed = 0;
    }
    owed += gap + (right ? 0 : spare);
  }
  return line;
}

std::vector<Cells> TextTable::lines(int width, int indent, int gap) const {
  const std::vector<int> widths = fitted(width - indent, gap);
  std::vector<Cells> result;
  Cells heads;
  for (const Column& column : columns_) heads.push_back({column.head, Paint::dim});
  if (std::any_of(heads.begin(), heads.end(), [](const Cell& head) { return !head.text.empty(); }))
    result.push_back(line_of(heads, widths, indent, gap));
  for (const Row& row : rows_) {
    if (!row.across)
      result.push_back(line_of(row.cells, widths, indent, gap));
    else if (row.cells.front().text.empty())
      result.emplace_back();
    else
      result.push_back({{std::string(static_cast<std::size_t>(indent), ' ')},
                        {shorten_end(row.cells.front().text, width - indent), row.cells.front().paint}});
  }
  return result;
}

}  // namespace seatlint
