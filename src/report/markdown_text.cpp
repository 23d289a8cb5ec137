// SPDX-License-Identifier: Apache-2.0
// Escaping for Markdown as GitHub and GitLab render it in comments and step summaries.
#include "report/markdown_text.hpp"

#include <algorithm>

#include "report/layout.hpp"
#include "seatlint/base.hpp"

namespace seatlint {
namespace {

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string markdown_code(std::string_view text, int width) {
  if (text.empty()) return {};
  const std::string safe = shorten_middle(printable(text), width);
  std::string inner;
  for (const char c : safe) {
    // A pipe ends a table cell even in code. Behind a backslash it cannot be escaped, so there it is replaced.
    if (c == '|' && inner.ends_with('\\'))
      inner += "¦";
    else
      inner += c == '|' ? "\\|" : std::string(1, c);
  }
  const std::string fence(longest_run(inner, '`') + 1, '`');
  const bool pad = inner.front() == '`' || inner.back() == '`' || inner.front() == ' ';
  return fence + (pad ? " " : "") + inner + (pad ? " " : "") + fence;
}

std::string markdown_prose(std::string_view text, int width) {
  std::string result;
  const std::string safe = shorten_end(printable(text), width);
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const char c = safe[i];
    if (std::string_view("\\`*_{}[]#|~!").find(c) != std::string_view::npos) result += '\\';
    if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else
      result += c;
    // An empty comment parts what would else become a mention or a link, and is not seen.
    const std::string_view so_far = std::string_view(safe).substr(0, i + 1);
    if (c == '@' || so_far.ends_with(":/") ||
        (so_far.size() >= 4 && fold_case(so_far.substr(so_far.size() - 4)) == "www."))
      result += "<!-- -->";
  }
  return result;
}

bool MarkdownPage::add(std::string_view line) {
  if (line.size() + 1 > left_) return false;
  text_.append(line).append("\n");
  left_ -= line.size() + 1;
  return true;
}

bool MarkdownPage::reserve(std::size_t bytes) {
  if (bytes > left_) return false;
  left_ -= bytes;
  return true;
}

}  // namespace seatlint
