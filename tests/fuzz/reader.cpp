// SPDX-License-Identifier: Apache-2.0
// Any bytes through the streaming reader, in small pieces, against the plain reference reader over the decoded text.
#include <algorithm>
#include <string>

#include "csv/encoding.hpp"
#include "csv/reference_reader.hpp"
#include "seatlint/csv.hpp"
#include "target.hpp"

using namespace seatlint;
using namespace seatlint::csv;

namespace {

/// Beyond this a reader may give up repairs that the reference goes on with, to stay linear.
constexpr std::size_t comparable_bytes = 1000;

class PieceSource : public ByteSource {
 public:
  PieceSource(std::string_view text, std::size_t piece) : text_(text), piece_(piece) {}
  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t n = std::min({capacity, piece_, text_.size()});
    std::copy_n(text_.data(), n, buffer);
    text_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view text_;
  std::size_t piece_;
};

std::string decoded(std::string_view bytes, const Options& options) {
  const auto source = memory_source(bytes);
  Decoder decoder(*source, "fuzz", options);
  std::string text;
  char buffer[4096];
  while (const std::size_t n = decoder.read(buffer, sizeof buffer)) text.append(buffer, n);
  return text;
}

std::vector<ReferenceRecord> read_all(Reader& reader) {
  std::vector<ReferenceRecord> records;
  bool unterminated = false;
  reader.on_problem([&](const Problem& problem) {
    unterminated = unterminated || problem.kind == Problem::Kind::unterminated_quote;
    fuzz::must(problem.line >= 1 && problem.column >= 1, "a problem has a place");
  });
  Record record;
  while (reader.next(record))
    records.push_back({{record.fields.begin(), record.fields.end()}, record.line, record.blank_before, unterminated});
  return records;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  Options options;
  options.keep_unterminated = true;
  try {
    PieceSource source(bytes, size == 0 ? 1 : 1 + data[size / 2] % 61u);
    Reader reader(source, "fuzz", options);
    const auto got = read_all(reader);
    for (const ReferenceRecord& record : got)
      for (const std::string& field : record.fields)
        fuzz::must(valid_utf8(field).valid == field.size(), "fields are UTF-8");
    if (size <= comparable_bytes)
      fuzz::must(got == read_plainly(decoded(bytes, options), reader.layout()), "the reader agrees with the reference");
  } catch (const Error&) {  // refused with a reason
  }
  return 0;
}
