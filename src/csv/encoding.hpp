// SPDX-License-Identifier: Apache-2.0
// Bytes of any encoding in, UTF-8 out: chooses the encoding from a bounded sample and decodes while streaming.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "seatlint/csv.hpp"

namespace seatlint::csv {

/// What the first bytes say about the encoding.
struct Encoding {
  std::string name = "utf-8";  ///< lower-case, as iconv knows it
  std::size_t bom_bytes = 0;
  bool guessed = false;
  bool doubled_bom = false;                       ///< the mark was itself encoded twice (`ï»¿`)
  std::size_t mixed_at = std::string_view::npos;  ///< byte where the other encoding of a mixed file begins
  std::string reason;
  std::string refused;  ///< set where the encoding can't be told: advice to the user
};

/// `complete` says that the sample is the whole input.
Encoding detect_encoding(std::string_view sample, bool complete);
/// The likeliest code page of text that is no UTF-8, where that can be told at all.
struct CodePage {
  std::string name;     ///< empty where it can't be told
  std::string suspect;  ///< then: what it may be, as advice
};
CodePage guess_code_page(std::string_view sample);
/// Chinese, Japanese or Korean of two bytes a character; empty where it is none of them, or too little to tell.
std::string guess_multibyte(std::string_view sample);

/// How far `text` is valid UTF-8. `cut` is set where it merely ends inside a character.
struct Utf8Run {
  std::size_t valid = 0;
  bool cut = false;
  bool multibyte = false;
  bool nul = false;  ///< a NUL byte is in it
};
Utf8Run valid_utf8(std::string_view text);

/// Something wrong at a byte of the decoded text.
struct Flaw {
  std::uint64_t offset = 0;
  Problem::Kind kind = Problem::Kind::invalid_encoding;
  std::string says;
};

/// Streaming decoder with bounded memory. `source` must outlive it.
class Decoder {
 public:
  /// Throws Error for known binary formats and where the encoding can't be told; `name` is for messages.
  Decoder(ByteSource& source, const std::string& name, const Options& options);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  const Encoding& encoding() const { return encoding_; }
  /// Decoded bytes, 0 at the end. `capacity` must be at least 64.
  std::size_t read(char* out, std::size_t capacity);
  /// Raw bytes at hand before the first `read`: for telling pictures and archives from text.
  std::string_view raw_sample() const { return {raw_.get() + begin_, end_ - begin_}; }
  /// In order of offset; the reader takes them off the front as it passes them.
  std::deque<Flaw>& flaws() { return flaws_; }
  std::uint64_t bytes() const { return consumed_; }
  /// Whether what was read so far has a NUL byte, or what is about to be read.
  bool nul() const { return nul_; }

 private:
  void choose(const std::string& name, const Options& options);
  bool refill();
  std::size_t read_through(char* out);
  std::size_t read_utf8(char* out, std::size_t capacity);
  std::size_t read_iconv(char* out, std::size_t capacity);
  std::size_t bad_unit(char* out);
  bool leave_utf8();
  void open_iconv();
  void find_double_encoding();
  void add_flaw(Problem::Kind kind, std::string says);

  ByteSource& source_;
  Encoding encoding_;
  std::unique_ptr<char[]> raw_;
  std::size_t begin_ = 0, end_ = 0, checked_ = 0;
  bool ended_ = false, multibyte_ = false, nul_ = false, fixed_ = false;
  void* iconv_ = nullptr;
  std::uint64_t produced_ = 0, consumed_ = 0;
  std::uint64_t last_flaw_ = ~std::uint64_t{0};
  std::deque<Flaw> flaws_;
};

}  // namespace seatlint::csv
