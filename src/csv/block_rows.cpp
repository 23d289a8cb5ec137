// SPDX-License-Identifier: Apache-2.0
// See block_rows.hpp.
#include "csv/block_rows.hpp"

namespace seatlint::csv {

void BlockRows::next_word() {
  if (quoted_lines_ != 0) count_quoted_lines(63);
  if (strip_ == strips_) {
    strips_ = std::min(strip_words, (end_ - word_ + word_bytes - 1) / word_bytes);
    find_borders(text_ + word_, strips_, dialect_, masks_.data());
    strip_ = 0;
  }
  const Masks& masks = masks_[strip_++];
  word_ += word_bytes;
  ends_ = masks.newline;
  borders_ = masks.delimiter | masks.newline;
  if ((masks.quote | quoted_) == 0) return;
  const std::uint64_t inside = inside_quotes(masks.quote, quoted_);
  quoted_ = carry(inside);
  quoted_lines_ = ends_ & inside;
  borders_ &= ~inside;
  ends_ &= ~inside;
}

void BlockRows::count_quoted_lines(unsigned bit) {
  next_line_ += bits_of(quoted_lines_ & up_to(bit));
  quoted_lines_ &= ~up_to(bit);
}

void split_clean_record(std::string_view text, const Dialect& dialect, std::vector<std::string_view>& fields,
                        std::string& store) {
  fields.clear();
  store.clear();
  store.reserve(text.size());  // views into it must not move
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  for (std::size_t at = 0;;) {
    std::size_t stop;
    if (dialect.quote != '\0' && at < text.size() && text[at] == dialect.quote) {
      const std::size_t from = store.size();
      bool doubled = false;
      for (stop = at + 1; stop < text.size(); ++stop) {
        if (text[stop] == dialect.quote) {
          if (stop + 1 >= text.size() || text[stop + 1] != dialect.quote) break;
          doubled = true;
          ++stop;
        }
        store.push_back(text[stop]);
      }
      fields.push_back(doubled ? std::string_view(store).substr(from) : text.substr(at + 1, stop - at - 1));
      ++stop;
    } else {
      stop = std::min(text.find(dialect.delimiter, at), text.size());
      fields.push_back(text.substr(at, stop - at));
    }
    if (stop >= text.size()) return;
    at = stop + 1;
  }
}

}  // namespace seatlint::csv
