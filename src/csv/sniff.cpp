// SPDX-License-Identifier: Apache-2.0
// See sniff.hpp. Each refusal names the thing and the next step; a CSV may begin with any character, so `{` and `<`
// alone refuse nothing.
#include "csv/sniff.hpp"

#include <fmt/core.h>

#include <string>

#include "seatlint/base.hpp"

namespace seatlint::csv {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view save_workbook =
    "open it and choose File > Save As > \"CSV UTF-8 (comma delimited)\", then import that file";

[[noreturn]] void refuse(std::string_view name, std::string_view what, std::string_view advice) {
  throw Error(fmt::format("{} is {}: {}", printable(name), what, advice));
}

struct Magic {
  std::string_view bytes, what, advice;
};

constexpr std::string_view want_export = "export the data as CSV and import that file";

constexpr Magic magics[] = {
    {"\x89PNG\r\n"sv, "a PNG image", want_export},
    {"\xFF\xD8\xFF"sv, "a JPEG image", want_export},
    {"GIF8"sv, "a GIF image", want_export},
    {"%PDF-"sv, "a PDF document", want_export},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an old Excel workbook (.xls) or another Office document", save_workbook},
    {"\x7F"
     "ELF"sv,
     "a program", want_export},
    {"SQLite format 3\0"sv, "an SQLite database", "a store is named with --db, not imported"},
    {"PAR1"sv, "a Parquet file", want_export},
    {"Obj\x01"sv, "an Avro file", want_export},
    {"7z\xBC\xAF\x27\x1C"sv, "a 7z archive", "unpack it first"},
    {"Rar!\x1A\x07"sv, "a RAR archive", "unpack it first"},
    {"\xFD"
     "7zXZ\0"sv,
     "an xz archive", "unpack it first: xz -dc FILE | seatlint import -"},
    {"\x28\xB5\x2F\xFD"sv, "a zstd archive", "unpack it first: zstd -dc FILE | seatlint import -"},
    {"BZh91AY&SY"sv, "a bzip2 archive", "unpack it first: bzip2 -dc FILE | seatlint import -"},
    {"\x1F\x8B\x08"sv, "compressed twice", "unpack it once: gzip -dc FILE | seatlint import -"},
    {"{\\rtf"sv, "an RTF document", want_export},
};

void refuse_zip(std::string_view bytes, std::string_view name) {
  if (!bytes.starts_with("PK\x03\x04") && !bytes.starts_with("PK\x05\x06")) return;
  if (bytes.find("xl/") != std::string_view::npos) refuse(name, "an Excel workbook", save_workbook);
  if (bytes.find("opendocument.spreadsheet") != std::string_view::npos)
    refuse(name, "an OpenDocument spreadsheet", "open it and save it as CSV (UTF-8), then import that file");
  if (bytes.find("word/") != std::string_view::npos) refuse(name, "a Word document", want_export);
  refuse(name, "a zip archive", "import it from a file, or unpack it first");
}

// Text has hardly any control characters; a program or an image has many. A few prove nothing in a tiny file.
bool is_binary(std::string_view bytes) {
  std::size_t odd = 0;
  for (const char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    odd += b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x0B && (b < 0x1B || b == 0) ? 1 : 0;
  }
  return odd >= 8 && odd * 10 > bytes.size();
}

std::string_view skip_blanks(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\n");
  return from == std::string_view::npos ? std::string_view() : text.substr(from);
}

bool starts_with_word(std::string_view text, std::string_view word) {
  if (text.size() <= word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (c != word[i]) return false;
  }
  const char after = text[word.size()];
  return after == ' ' || after == '>' || after == '\n' || after == '\r' || after == '\t' || after == '?';
}

// `{ "key" :` or `[ { "key" :` - a cell that merely starts with a brace has no such shape.
bool is_json(std::string_view text) {
  if (text.starts_with('[')) {
    text = skip_blanks(text.substr(1));
    if (text.starts_with(']')) return skip_blanks(text.substr(1)).empty();
  }
  if (!text.starts_with('{')) return false;
  text = skip_blanks(text.substr(1));
  if (!text.starts_with('"')) return false;
  const std::size_t end = text.find_first_of("\"\n", 1);
  if (end == std::string_view::npos || text[end] != '"') return false;
  return skip_blanks(text.substr(end + 1)).starts_with(':');
}

}  // namespace

void refuse_binary(std::string_view bytes, std::string_view name) {
  for (const Magic& magic : magics)
    if (bytes.starts_with(magic.bytes)) refuse(name, magic.what, magic.advice);
  refuse_zip(bytes, name);
  if (bytes.starts_with("MZ") && bytes.find('\0') != std::string_view::npos) refuse(name, "a program", want_export);
}

void refuse_no_table(std::string_view text, std::string_view name) {
  if (is_binary(text)) refuse(name, "a binary file, no text", want_export);
  text = skip_blanks(text);
  for (const std::string_view word : {"<!doctype"sv, "<html"sv, "<head"sv, "<body"sv, "<table"sv})
    if (starts_with_word(text, word))
      refuse(name, "a web page (HTML)", "the download needs a sign-in or is a page saved by mistake; export as CSV");
  if (starts_with_word(text, "<?xml")) {
    const bool workbook =
        text.substr(0, 4096).find("schemas-microsoft-com:office:spreadsheet") != std::string_view::npos;
    refuse(name, workbook ? "an Excel XML workbook"sv : "an XML file"sv, workbook ? save_workbook : want_export);
  }
  if (is_json(text)) refuse(name, "JSON", "choose CSV in the export, or convert it: jq -r '.[] | [.a, .b] | @csv'");
}

}  // namespace seatlint::csv
