// SPDX-License-Identifier: Apache-2.0
// The streaming half of encoding.hpp: UTF-8 is checked and copied, everything else goes through iconv.
#include "csv/encoding.hpp"

#include <fmt/core.h>
#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "csv/sniff.hpp"

namespace seatlint::csv {
namespace {

constexpr std::size_t block = 256u << 10;
constexpr std::size_t read_step = 64u << 10;
constexpr std::size_t most_flaws = 4096;  // pending ones; a reader that lags a block behind needs no more
constexpr std::string_view replacement = "\xEF\xBF\xBD";

const iconv_t no_iconv = reinterpret_cast<iconv_t>(-1);

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Bytes that make up one unit, skipped where it means nothing.
std::size_t unit_size(std::string_view encoding) {
  if (encoding.starts_with("utf-16") || encoding.starts_with("ucs-2")) return 2;
  if (encoding.starts_with("utf-32") || encoding.starts_with("ucs-4")) return 4;
  return 1;
}

bool is_utf8_name(std::string_view name) { return name == "utf-8" || name == "utf8"; }

}  // namespace

Decoder::Decoder(ByteSource& source, const std::string& name, const Options& options)
    : source_(source), raw_(std::make_unique_for_overwrite<char[]>(block)) {
  while (end_ < block && refill()) {
  }
  refuse_binary(raw_sample(), name);
  choose(name, options);
}

Decoder::~Decoder() {
  if (iconv_ != nullptr) iconv_close(static_cast<iconv_t>(iconv_));
}

void Decoder::choose(const std::string& name, const Options& options) {
  encoding_ = detect_encoding(raw_sample(), ended_);
  if (options.encoding) {
    const std::string wanted = lower(*options.encoding);
    const bool agrees = wanted == encoding_.name || (is_utf8_name(wanted) && encoding_.name == "utf-8") ||
                        (encoding_.bom_bytes > 0 && encoding_.name.starts_with(wanted));
    Encoding told;
    told.name = agrees ? encoding_.name : is_utf8_name(wanted) ? "utf-8" : wanted;
    told.bom_bytes = agrees ? encoding_.bom_bytes : 0;
    told.reason = fmt::format("encoding {}: as told", told.name);
    encoding_ = told;
    fixed_ = true;
  }
  if (encoding_.name.empty())
    throw Error(
        fmt::format("{}: the text is neither UTF-8 nor an encoding that can be told by looking: {}. Say it with "
                    "--encoding NAME",
                    printable(name), encoding_.refused));
  if (encoding_.bom_bytes > 0) fixed_ = true;
  if (encoding_.name != "utf-8") open_iconv();
  begin_ += encoding_.bom_bytes;
  consumed_ += encoding_.bom_bytes;
  checked_ = begin_;
  if (encoding_.doubled_bom) find_double_encoding();
}

// Behind a mark that was encoded twice the text often was too (`JosÃ©`); nobody would match such names.
void Decoder::find_double_encoding() {
  const std::string_view text = raw_sample();
  for (std::size_t i = text.find('\xC3'); i != std::string_view::npos; i = text.find('\xC3', i + 1)) {
    if (i + 2 >= text.size() || text[i + 1] < '\x82' || text[i + 1] > '\x85') continue;
    if (text[i + 2] != '\xC2' && text[i + 2] != '\xC5' && text[i + 2] != '\xE2') continue;
    flaws_.push_back({i, Problem::Kind::mixed_encoding,
                      "this was encoded to UTF-8 twice, so that names are garbled: export again, or open and save the "
                      "file as UTF-8 once"});
    return;
  }
}

void Decoder::open_iconv() {
  const iconv_t opened = iconv_open("UTF-8", encoding_.name.c_str());
  if (opened == no_iconv)
    throw Error(fmt::format("encoding '{}' is unknown here: `iconv -l` lists the names", encoding_.name));
  iconv_ = opened;
}

// Moves what is left to the front and reads more behind it.
bool Decoder::refill() {
  if (ended_) return false;
  if (begin_ > 0) {
    std::memmove(raw_.get(), raw_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    checked_ -= std::min(checked_, begin_);
    begin_ = 0;
  }
  if (end_ == block) return false;
  const std::size_t got = source_.read(raw_.get() + end_, block - end_);
  if (got == 0) ended_ = true;
  end_ += got;
  return got != 0;
}

void Decoder::add_flaw(Problem::Kind kind, std::string says) {
  // A run of bad bytes is one flaw.
  const bool adjacent = produced_ == last_flaw_ + replacement.size() && produced_ != 0;
  last_flaw_ = produced_;
  if (adjacent) return;
  if (flaws_.size() < most_flaws) flaws_.push_back({produced_, kind, std::move(says)});
}

std::size_t Decoder::read(char* out, std::size_t capacity) {
  const std::size_t got = iconv_ == nullptr ? read_utf8(out, capacity) : read_iconv(out, capacity);
  return got;
}

// After pure ASCII the first byte that is no UTF-8 says that the whole file never was UTF-8.
bool Decoder::leave_utf8() {
  if (fixed_ || multibyte_) return false;
  const CodePage page = guess_code_page({raw_.get() + begin_, end_ - begin_});
  if (page.name.empty()) return false;
  encoding_.name = page.name;
  encoding_.guessed = true;
  open_iconv();
  add_flaw(Problem::Kind::invalid_encoding,
           fmt::format("not UTF-8 from here on: read as {}, a guess; say --encoding if it is wrong", encoding_.name));
  return true;
}

// Reads a step to where it is wanted; what is not valid there goes on from memory of our own.
std::size_t Decoder::read_through(char* out) {
  const std::size_t got = source_.read(out, read_step);
  ended_ = got == 0;
  const Utf8Run run = valid_utf8({out, got});
  multibyte_ = multibyte_ || run.multibyte;
  nul_ = nul_ || run.nul;
  begin_ = checked_ = 0;
  end_ = got - run.valid;
  std::memcpy(raw_.get(), out + run.valid, end_);
  produced_ += run.valid;
  consumed_ += run.valid;
  return run.valid;
}

std::size_t Decoder::read_utf8(char* out, std::size_t capacity) {
  std::size_t made = 0;
  while (made + replacement.size() <= capacity) {
    if (begin_ == checked_) {
      if (begin_ == end_ && capacity - made >= read_step && !ended_) {
        made += read_through(out + made);
        continue;
      }
      if (begin_ == end_ && !refill()) break;
      const Utf8Run run = valid_utf8({raw_.get() + begin_, end_ - begin_});
      multibyte_ = multibyte_ || run.multibyte;
      nul_ = nul_ || run.nul;
      checked_ = begin_ + run.valid;
      if (run.valid == 0) {
        if (run.cut && refill()) continue;
        if (leave_utf8()) return made != 0 ? made : read_iconv(out, capacity);
        made += bad_unit(out + made);
        checked_ = begin_;
        continue;
      }
    }
    const std::size_t n = std::min(checked_ - begin_, capacity - made);
    std::memcpy(out + made, raw_.get() + begin_, n);
    begin_ += n;
    made += n;
    produced_ += n;
    consumed_ += n;
  }
  return made;
}

std::size_t Decoder::bad_unit(char* out) {
  const std::size_t unit = std::min(unit_size(encoding_.name), end_ - begin_);
  const auto byte = static_cast<unsigned char>(raw_[begin_]);
  if (multibyte_ && encoding_.name == "utf-8")
    add_flaw(Problem::Kind::mixed_encoding,
             fmt::format("byte 0x{:02X} is no UTF-8 although the file is otherwise: it mixes encodings", byte));
  else
    add_flaw(Problem::Kind::invalid_encoding, fmt::format("byte 0x{:02X} means nothing in {}", byte, encoding_.name));
  std::memcpy(out, replacement.data(), replacement.size());
  begin_ += unit;
  consumed_ += unit;
  produced_ += replacement.size();
  return replacement.size();
}

std::size_t Decoder::read_iconv(char* out, std::size_t capacity) {
  std::size_t made = 0;
  while (made + 16 <= capacity) {
    if (begin_ == end_ && !refill()) break;
    if (encoding_.mixed_at != std::string_view::npos && consumed_ >= encoding_.mixed_at) {
      add_flaw(Problem::Kind::mixed_encoding,
               fmt::format("this is UTF-8 although the file is otherwise {}: it mixes encodings", encoding_.name));
      encoding_.mixed_at = std::string_view::npos;
    }
    std::size_t wanted = end_ - begin_;
    if (encoding_.mixed_at != std::string_view::npos)
      wanted = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, encoding_.mixed_at - consumed_));
    char* in = raw_.get() + begin_;
    std::size_t in_left = wanted;
    char* to = out + made;
    std::size_t to_left = capacity - made;
    const std::size_t rc = iconv(static_cast<iconv_t>(iconv_), &in, &in_left, &to, &to_left);
    const int failure = rc == static_cast<std::size_t>(-1) ? errno : 0;
    begin_ += wanted - in_left;
    consumed_ += wanted - in_left;
    const std::size_t fresh = capacity - made - to_left;
    nul_ = nul_ || (fresh != 0 && std::memchr(out + made, 0, fresh) != nullptr);
    made += fresh;
    produced_ += fresh;
    if (failure == E2BIG) break;
    if (failure == EINVAL && refill()) continue;
    if (failure == EILSEQ || failure == EINVAL) {
      if (made + replacement.size() > capacity) break;
      made += bad_unit(out + made);
    }
  }
  return made;
}

}  // namespace seatlint::csv
