// SPDX-License-Identifier: Apache-2.0
// Text that stays text inside GitHub-flavored Markdown: no formatting, links, mentions or HTML from data.
#pragma once

#include <string>
#include <string_view>

namespace seatlint {

/// Data as an inline code span that is safe inside a table cell, cut in the middle beyond `width` columns.
std::string markdown_code(std::string_view text, int width = 80);
/// A sentence of ours that may quote data.
std::string markdown_prose(std::string_view text, int width = 300);

/// A document that takes lines only up to a size in bytes, which is never fewer than its characters.
class MarkdownPage {
 public:
  explicit MarkdownPage(std::size_t limit) : left_(limit) {}
  /// False, and nothing added, where the line does not fit any more.
  bool add(std::string_view line);
  /// Keeps bytes back for what must follow, or gives them free.
  bool reserve(std::size_t bytes);
  void release(std::size_t bytes) { left_ += bytes; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t left_;
};

}  // namespace seatlint
