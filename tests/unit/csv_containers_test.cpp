// SPDX-License-Identifier: Apache-2.0
// Files, gzip streams, zip archives and everything that is refused, each with a message that helps.
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "csv/containers.hpp"
#include "folder.hpp"
#include "seatlint/csv.hpp"

namespace csv_containers_test {

using namespace seatlint;
using namespace seatlint::csv;
using namespace std::string_view_literals;
using seatlint::testing::Folder;

namespace {

std::string read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0'), in(text);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string make_zip(const Folder& folder, const std::string& name,
                     const std::vector<std::pair<std::string, std::string>>& members) {
  const std::string path = folder.file(name);
  int code = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, &code);
  REQUIRE(archive != nullptr);
  for (const auto& [member, text] : members)
    zip_file_add(archive, member.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0);
  REQUIRE(zip_close(archive) == 0);
  return path;
}

std::string content(ByteSource& source) {
  std::string text;
  char buffer[1000];
  while (const std::size_t got = source.read(buffer, sizeof buffer)) text.append(buffer, got);
  return text;
}

std::string refusal(const std::string& path) {
  try {
    const auto source = open_file(path);
    Reader reader(*source, std::filesystem::path(path).filename().string(), {});
    Record record;
    while (reader.next(record)) {
    }
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("gzip is recognized by its bytes, members follow each other", "[csv][containers]") {
  const Folder folder;
  const std::string path = folder.put("a.csv", gzip("a,b\n1,2\n") + gzip("3,4\n") + std::string(5, '\0'));
  CHECK(content(*open_file(path)) == "a,b\n1,2\n3,4\n");
  const std::string whole = gzip(std::string(100'000, 'x') + "y,z\n");
  const std::string cut = folder.put("cut.gz", std::string_view(whole).substr(0, whole.size() - 12));
  CHECK(has(refusal(cut), "the gzip file ends too early"));
  CHECK(has(refusal(folder.put("bad.gz", std::string("\x1F\x8B\x08") + std::string(50, '\xFF'))), "is damaged"));
}

TEST_CASE("the digest is that of the file as stored", "[csv][containers]") {
  const Folder folder;
  const std::string bytes = gzip("a,b\n1,2\n");
  const std::string path = folder.put("a.csv.gz", bytes);
  Sha256 digest;
  CHECK(content(*open_file(path, &digest)) == "a,b\n1,2\n");
  CHECK(digest.hex() == sha256_hex(bytes));
}

TEST_CASE("each CSV in a zip archive is an input", "[csv][containers]") {
  const Folder folder;
  const std::string path = make_zip(
      folder, "export.zip",
      {{"users.csv", "a,b\n1,2\n"}, {"readme.pdf", "%PDF"}, {"__MACOSX/._users.csv", "x"}, {"sub/log.CSV", "c\n3\n"}});
  const auto inputs = inputs_of(path);
  REQUIRE(inputs.size() == 2);
  CHECK(inputs[0].member == "sub/log.CSV");
  CHECK(to_string(inputs[1]) == path + "/users.csv");
  CHECK(content(*open_input(inputs[1])) == "a,b\n1,2\n");
  CHECK(has(refusal(path), "holds 2 CSV files"));
  CHECK(has(refusal(make_zip(folder, "none.zip", {{"a.pdf", "%PDF"}})), "without a CSV file in it"));
  ContainerLimits few;
  few.max_entries = 3;
  CHECK_THROWS_WITH(inputs_of(path, few), Catch::Contains("has 4 entries, more than 3"));
}

TEST_CASE("bombs are refused by what they really produce", "[csv][containers]") {
  const Folder folder;
  const std::string zeros(70u << 20, '0');
  const std::string gz = folder.put("bomb.gz", gzip(zeros));
  ContainerLimits limits;
  CHECK_THROWS_WITH(content(*open_input({gz, {}}, nullptr, limits)),
                    Catch::Contains("unpacks to more than 250 times its size"));
  const std::string zip = make_zip(folder, "bomb.zip", {{"bomb.csv", zeros}});
  CHECK_THROWS_WITH(content(*open_input(inputs_of(zip).front(), nullptr, limits)),
                    Catch::Contains("decompression bomb"));
  limits.max_bytes = 1u << 20;
  CHECK_THROWS_WITH(content(*open_input({gz, {}}, nullptr, limits)), Catch::Contains("unpacks to more than 1 MiB"));
}

TEST_CASE("an archive with two files of one name is refused, and one with too many before it is read",
          "[csv][containers]") {
  const Folder folder;
  const std::string once = make_zip(folder, "once.zip", {{"a.csv", "x\n1\n"}, {"b.csv", "x\n2\n"}});
  std::string bytes = read_bytes(once);
  for (std::size_t at = bytes.find("b.csv"); at != std::string::npos; at = bytes.find("b.csv", at)) bytes[at] = 'a';
  CHECK(has(refusal(folder.put("twice.zip", bytes)), "holds two files named a.csv"));
  // The large form of the end of an archive, which claims a thousand million entries.
  std::string claim("PK\x06\x06", 4);
  claim +=
      std::string(20, '\0') + std::string(8, '\0') + std::string("\0\xCA\x9A\x3B\0\0\0\0", 8) + std::string(16, '\0');
  std::string locator = std::string("PK\x06\x07", 4) + std::string(4, '\0') + std::string(1, 4) + std::string(11, '\0');
  const std::string end = std::string("PK\x05\x06", 4) + std::string(18, '\0');
  CHECK(has(refusal(folder.put("claims.zip", "PK\x03\x04" + claim + locator + end)), "has 1000000000 entries"));
}

TEST_CASE("what is no CSV is named, with what to do", "[csv][containers]") {
  const Folder folder;
  CHECK(has(refusal(folder.file("missing.csv")), "no such file"));
  CHECK(has(refusal(folder.file("")), "is a directory"));
  CHECK(has(refusal(folder.put("empty.csv", "")), "is empty"));
  CHECK(has(refusal(folder.put("a.png", "\x89PNG\r\n\x1A\n0000"sv)), "a PNG image"));
  CHECK(has(refusal(folder.put("a.jpg", "\xFF\xD8\xFF\xE0"sv)), "a JPEG image"));
  CHECK(has(refusal(folder.put("a.pdf", "%PDF-1.7\n")), "a PDF document"));
  CHECK(has(refusal(folder.put("a.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 0000"sv)), "old Excel workbook"));
  CHECK(has(refusal(folder.put("a.exe", "MZ\x90\0\3\0"sv)), "a program"));
  CHECK(
      has(refusal(make_zip(folder, "a.xlsx", {{"xl/workbook.xml", "<x/>"}})), "an Excel workbook: open it and choose"));
  CHECK(has(refusal(make_zip(folder, "a.ods", {{"mimetype", "x"}, {"content.xml", "<x/>"}})), "OpenDocument"));
  CHECK(has(refusal(folder.put("page.csv", "\n<!DOCTYPE html>\n<html><body>Sign in</body>")), "a web page"));
  CHECK(has(refusal(folder.put("a.json", "[\n  { \"id\": 1 }\n]")), "is JSON"));
  CHECK(has(refusal(folder.put("b.json", "{\"value\": []}")), "is JSON"));
  CHECK(has(refusal(folder.put("a.xml", "<?xml version=\"1.0\"?><a/>")), "an XML file"));
  CHECK(has(refusal(folder.put("bin.csv", std::string(5000, '\x02'))), "a binary file"));
}

TEST_CASE("a CSV may begin with any character", "[csv][containers]") {
  const Folder folder;
  CHECK(refusal(folder.put("a.csv", "{id},name\n{1},x\n")).empty());
  CHECK(refusal(folder.put("b.csv", "<none>,name\n<1>,x\n")).empty());
  CHECK(refusal(folder.put("c.csv", "[x],[y]\n1,2\n")).empty());
  CHECK(refusal(folder.put("d.csv", "MZ,PK\n1,2\n")).empty());
  CHECK(refusal(folder.put("e.csv", "\"{\"\"a\"\":1}\",b\n1,2\n")).empty());
}

TEST_CASE("rows are printed as JSON, and what was repaired is told", "[csv][rows]") {
  const auto print = [](std::string_view text, RowsResult& result) {
    Options options;
    options.keep_unterminated = true;
    const auto source = memory_source(text);
    Reader reader(*source, "f.csv", options);
    std::ostringstream out;
    result = print_rows_json(reader, out);
    return out.str();
  };
  RowsResult result;
  CHECK(print("a,\"b\"\"\\\"\n1,\"x\ny\"\n", result) == "[\"a\",\"b\\\"\\\\\"]\n[\"1\",\"x\\ny\"]\n");
  CHECK(result.rows == 2);
  CHECK_FALSE(result.doubtful());
  CHECK(print("é,\x01\xE2\x80\xA8\xC2\x85\n", result) == "[\"é\",\"\\u0001\\u2028\\u0085\"]\n");
  CHECK(print("a,b\n1,\"cut", result) == "[\"a\",\"b\"]\n[\"1\",\"cut\"]\n");
  CHECK(result.doubtful());
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].line == 2);
  CHECK(print("Name\nJos\xE9\n", result) == "[\"Name\"]\n[\"José\"]\n");
  CHECK(result.guessed_encoding);
}

}  // namespace csv_containers_test
