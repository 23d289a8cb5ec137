// SPDX-License-Identifier: Apache-2.0
// A strict JSON scanner over one cell (RFC 8259): everything is checked, only what is wished for is kept.
#include "profile/json_cell.hpp"

#include <cstdint>

namespace seatlint::profile {
namespace {

constexpr int kDeepest = 128;

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | point >> 6), put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12), put(0x80 | (point >> 6 & 0x3F)), put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | point >> 18), put(0x80 | (point >> 12 & 0x3F)), put(0x80 | (point >> 6 & 0x3F)),
        put(0x80 | (point & 0x3F));
  }
}

class JsonScanner {
 public:
  JsonScanner(std::string_view text, std::vector<JsonWish>* wishes) : text_(text), wishes_(wishes) {}

  bool document() {
    blanks();
    if (!value(nullptr, 0)) return false;
    blanks();
    return at_ == text_.size();
  }

  bool list(std::vector<std::string>& out) {
    blanks();
    if (!take('[')) return false;
    blanks();
    if (!take(']')) {
      do {
        blanks();
        const char c = peek();
        if (c == '[' || c == '{') return false;
        out.emplace_back();
        if (!value(&out.back(), 1)) return false;
        blanks();
      } while (take(','));
      if (!take(']')) return false;
    }
    blanks();
    return at_ == text_.size();
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }

  bool value(std::string* keep, int depth) {
    if (depth > kDeepest) return false;
    switch (peek()) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"':
        return string(keep);
      case 't':
        return literal("true", keep);
      case 'f':
        return literal("false", keep);
      case 'n':
        return literal("null", nullptr);
      default:
        return number(keep);
    }
  }

  bool literal(std::string_view word, std::string* keep) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    if (keep != nullptr) keep->assign(word);
    return true;
  }

  bool digits() {
    const auto start = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ != start;
  }

  bool number(std::string* keep) {
    const auto start = at_;
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    if (keep != nullptr) keep->assign(text_.substr(start, at_ - start));
    return true;
  }

  bool hex4(std::uint32_t& out) {
    if (text_.size() - at_ < 4) return false;
    out = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[at_++];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return false;
      out = out << 4 | static_cast<std::uint32_t>(digit);
    }
    return true;
  }

  bool escape(std::string* keep) {
    static constexpr std::string_view from = "\"\\/bfnrt", to = "\"\\/\b\f\n\r\t";
    const char c = peek();
    ++at_;
    if (const auto i = from.find(c); c != '\0' && i != std::string_view::npos) {
      if (keep != nullptr) *keep += to[i];
      return true;
    }
    std::uint32_t point = 0;
    if (c != 'u' || !hex4(point)) return false;
    if (point >= 0xD800 && point < 0xDC00) {
      std::uint32_t low = 0;
      if (!take('\\') || !take('u') || !hex4(low) || low < 0xDC00 || low > 0xDFFF) return false;
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    } else if (point >= 0xDC00 && point <= 0xDFFF) {
      return false;
    }
    if (keep != nullptr) append_utf8(*keep, point);
    return true;
  }

  bool string(std::string* keep) {
    ++at_;
    if (keep != nullptr) keep->clear();
    while (at_ < text_.size()) {
      const auto start = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
             static_cast<unsigned char>(text_[at_]) >= 0x20)
        ++at_;
      if (keep != nullptr) keep->append(text_.substr(start, at_ - start));
      if (take('"')) return true;
      if (!take('\\')) return false;
      if (at_ >= text_.size() || !escape(keep)) return false;
    }
    return false;
  }

  bool array(int depth) {
    ++at_;
    blanks();
    if (take(']')) return true;
    ++skipped_;
    do {
      blanks();
      if (!value(nullptr, depth + 1)) return false;
      blanks();
    } while (take(','));
    --skipped_;
    return take(']');
  }

  /// The wish whose path ends at `path_`, if it is still open.
  std::string* wanted() {
    if (wishes_ == nullptr || skipped_ != 0) return nullptr;
    for (auto& wish : *wishes_) {
      if (wish.found || wish.path.size() != path_.size()) continue;
      bool same = true;
      for (std::size_t i = path_.size(); same && i-- > 0;) same = wish.path[i] == path_[i];
      if (!same) continue;
      wish.found = true;
      return &wish.value;
    }
    return nullptr;
  }

  bool object(int depth) {
    ++at_;
    blanks();
    if (take('}')) return true;
    do {
      blanks();
      if (peek() != '"') return false;
      const auto start = at_ + 1;
      if (!string(nullptr)) return false;
      path_.push_back(text_.substr(start, at_ - start - 1));  // a key with escapes is never wished for
      blanks();
      if (!take(':')) return false;
      blanks();
      if (!value(wanted(), depth + 1)) return false;
      path_.pop_back();
      blanks();
    } while (take(','));
    return take('}');
  }

  std::string_view text_;
  std::vector<JsonWish>* wishes_;
  std::vector<std::string_view> path_;
  std::size_t at_ = 0;
  int skipped_ = 0;  ///< inside an array: paths there are not counted
};

}  // namespace

bool read_json(std::string_view text, std::vector<JsonWish>& wishes) {
  for (auto& wish : wishes) {
    wish.value.clear();
    wish.found = false;
  }
  return JsonScanner(text, &wishes).document();
}

std::optional<std::vector<std::string>> read_json_list(std::string_view text) {
  std::vector<std::string> out;
  if (!JsonScanner(text, nullptr).list(out)) return std::nullopt;
  return out;
}

}  // namespace seatlint::profile
