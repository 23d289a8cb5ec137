// SPDX-License-Identifier: Apache-2.0
// Follows strings and comments just as far as it takes to know what is outside of them; what is no TOML is left to the
// parser, which says so.
#include "base/toml_text.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "seatlint/base.hpp"

namespace seatlint {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

class Walk {
 public:
  Walk(std::string_view text, const std::string& origin) : text_(text), origin_(origin) {}

  void run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) {
      refuse_letter();
      const char c = text_[at_];
      if (c == '#')
        at_ = std::min(text_.find('\n', at_), text_.size());
      else if ((c == '"' || c == '\'') && !bare_)
        skip_string(c);
      else
        pass(c);
    }
  }

 private:
  // In a value that stands without quotes (`12"x"`) a quote opens nothing, and no bracket or equals sign counts.
  void pass(char c) {
    ++at_;
    const bool ends = c == ',' || c == ']' || c == '}' || c == '\n';
    if (bare_ && !ends) return;
    bare_ = false;
    if (c == '\n' && open_.empty()) value_ = false;
    if (c == '=') value_ = true;
    if (c == ',') value_ = open_.empty() || open_.back() != '{';
    if ((c == ']' || c == '}') && !open_.empty()) open_.pop_back();
    if (!value_ || ends || c == '=' || is_blank(c)) return;
    if (c != '[' && c != '{') {
      bare_ = true;
      return;
    }
    open_ += c;
    value_ = c == '[';
  }

  void skip_string(char quote) {
    const std::string_view three = quote == '"' ? "\"\"\"" : "'''";
    const bool long_one = text_.substr(at_).starts_with(three);
    const std::string_view closes = long_one ? three : three.substr(0, 1);
    at_ += closes.size();
    while (at_ < text_.size() && !text_.substr(at_).starts_with(closes)) {
      if (!long_one && text_[at_] == '\n') return;  // no string ends so: the parser will say it
      const bool escape = quote == '"' && text_[at_] == '\\';
      ++at_;
      if (escape) skip_escaped();
    }
    at_ = std::min(at_ + closes.size(), text_.size());
    // Two quotes may stand right before the three that close.
    while (long_one && at_ < text_.size() && text_[at_] == quote) ++at_;
  }

  void skip_escaped() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ == text_.size()) return;
    refuse_letter();
    if (at_ == start) ++at_;
  }

  void refuse_letter() const {
    if (!beyond_ascii(text_[at_])) return;
    const std::string_view before = text_.substr(0, at_);
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto column = 1 + std::count_if(before.begin() + static_cast<std::ptrdiff_t>(line_start), before.end(),
                                          [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; });
    throw Error(
        fmt::format("{}:{}:{}: a letter or blank beyond ASCII stands outside of quotes here: put the key or "
                    "value into quotes, or delete what only looks like a blank",
                    origin_, line, column));
  }

  std::string_view text_;
  const std::string& origin_;
  std::size_t at_ = 0;
  bool value_ = false;  // a value is next or at hand, not a key
  bool bare_ = false;   // inside a value without quotes
  std::string open_;    // brackets of that value
};

}  // namespace

void refuse_unquoted_letters(std::string_view toml, const std::string& origin) { Walk(toml, origin).run(); }

}  // namespace seatlint
