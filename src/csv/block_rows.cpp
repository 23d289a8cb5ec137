// SPDX-License-Identifier: Apache-2.0
// See block_rows.hpp.
#include "csv/block_rows.hpp"

#include <algorithm>

#include "csv/masks.hpp"

namespace seatlint::csv {

/// Goes on until the end of a record is known: there is one, since a block ends where a record does.
void BlockRows::next_strip() {
  while (record_ == index_.record_count) {
    const std::size_t left = index_.border_count - first_border_, kept = std::min(left, BorderIndex::most_kept);
    std::copy_n(index_.borders.begin() + static_cast<std::ptrdiff_t>(first_border_), kept, index_.borders.begin());
    dropped_ += left - kept;
    index_.border_count = kept;
    index_.record_count = record_ = first_border_ = 0;
    const std::size_t words = std::min(BorderIndex::strip_words, (end_ - word_ + word_bytes - 1) / word_bytes);
    index_borders(text_, word_, end_, words, dialect_, index_);
    word_ += words * word_bytes;
  }
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
