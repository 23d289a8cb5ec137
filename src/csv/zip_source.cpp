// SPDX-License-Identifier: Apache-2.0
// Reads the CSV members of a zip archive in place (see containers.hpp); nothing is ever unpacked to disk.
#include <fmt/core.h>
#include <zip.h>

#include <algorithm>
#include <fstream>

#include "csv/containers.hpp"

namespace seatlint::csv {
namespace {

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

Archive open_archive(const std::string& path) {
  int code = 0;
  Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (archive != nullptr) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string why = zip_error_strerror(&error);
  zip_error_fini(&error);
  // The directory stands at the end: an archive without one is still being written, or was cut.
  const bool cut = code == ZIP_ER_NOZIP;
  throw Error(fmt::format("{}: the zip archive can't be read ({}): it is cut or damaged; fetch it again",
                          printable(path), why),
              cut ? Error::Kind::try_again : Error::Kind::usage);
}

std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return value;
}

/// How many entries the archive says it has, where it uses the large form of its directory; else 0. libzip would make
/// room for all of them before it can be asked.
std::uint64_t entries_of_large_archive(const std::string& path) {
  constexpr std::uint64_t longest_end = 22 + 65'535, locator_size = 20, count_at = 32;
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  const auto size = static_cast<std::uint64_t>(std::max<std::streamoff>(in.tellg(), 0));
  const auto read = [&](std::uint64_t from, std::uint64_t wanted) {
    std::string bytes(wanted, '\0');
    in.seekg(static_cast<std::streamoff>(from));
    in.read(bytes.data(), static_cast<std::streamsize>(wanted));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
  };
  const std::uint64_t tail_size = std::min(size, longest_end + locator_size);
  const std::string tail = read(size - tail_size, tail_size);
  const std::size_t locator = tail.rfind("PK\x06\x07");
  if (locator == std::string::npos || tail.size() - locator < locator_size) return 0;
  const std::uint64_t directory_end = little_endian(tail, locator + 8, 8);
  if (directory_end >= size) return 0;
  const std::string record = read(directory_end, count_at + 8);
  return record.size() == count_at + 8 ? little_endian(record, count_at, 8) : 0;
}

std::string extension_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  std::string extension(dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1));
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return extension;
}

/// Folders and what a system put there for itself.
bool is_hidden(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::string_view stem = slash == std::string_view::npos ? name : name.substr(slash + 1);
  return name.starts_with("__MACOSX/") || stem.empty() || stem.starts_with('.');
}

bool is_table(std::string_view name) {
  const std::string extension = extension_of(name);
  return extension == "csv" || extension == "tsv" || extension == "txt" || extension == "tab";
}

// A workbook is a zip archive as well; say so instead of "no CSV in it".
void refuse_document(zip_t* archive, const std::string& path) {
  const auto has = [&](const char* name) { return zip_name_locate(archive, name, 0) >= 0; };
  if (has("xl/workbook.xml") || has("xl/workbook.bin"))
    throw Error(
        fmt::format("{} is an Excel workbook: open it and choose File > Save As > \"CSV UTF-8 (comma "
                    "delimited)\", then import that file",
                    printable(path)));
  if (has("word/document.xml") || has("ppt/presentation.xml"))
    throw Error(fmt::format("{} is an Office document: export the data as CSV and import that file", printable(path)));
  if (has("content.xml") && has("mimetype"))
    throw Error(
        fmt::format("{} is an OpenDocument spreadsheet: open it and save it as CSV (UTF-8), then import that file",
                    printable(path)));
}

class ZipSource : public ByteSource {
 public:
  ZipSource(const std::string& path, const std::string& member, ContainerLimits limits)
      : archive_(open_archive(path)), name_(path + "/" + member), limits_(limits) {
    zip_stat_t stat;
    if (zip_stat(archive_.get(), member.c_str(), 0, &stat) != 0)
      throw Error(fmt::format("{}: no such member", printable(name_)));
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
      throw Error(fmt::format("{} is encrypted: unpack it with its password first", printable(name_)));
    stored_ = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? stat.comp_size : 0;
    file_ = zip_fopen_index(archive_.get(), stat.index, 0);
    if (file_ == nullptr) fail();
  }
  ~ZipSource() override {
    if (file_ != nullptr) zip_fclose(file_);
  }
  ZipSource(const ZipSource&) = delete;
  ZipSource& operator=(const ZipSource&) = delete;

  std::size_t read(char* buffer, std::size_t capacity) override {
    const zip_int64_t got = zip_fread(file_, buffer, capacity);
    if (got < 0) fail();
    produced_ += static_cast<std::uint64_t>(got);
    check_unpacked(stored_, produced_, limits_, name_);
    return static_cast<std::size_t>(got);
  }

 private:
  [[noreturn]] void fail() {
    const char* why = file_ != nullptr ? zip_file_strerror(file_) : zip_strerror(archive_.get());
    throw Error(fmt::format("{} can't be unpacked ({}): fetch the archive again", printable(name_), why));
  }

  Archive archive_;
  std::string name_;
  ContainerLimits limits_;
  zip_file_t* file_ = nullptr;
  std::uint64_t stored_ = 0, produced_ = 0;
};

}  // namespace

std::vector<std::string> zip_members(const std::string& path, const ContainerLimits& limits,
                                     std::vector<std::string>* others) {
  const auto refuse_many = [&](std::uint64_t entries) {
    if (entries > limits.max_entries)
      throw Error(fmt::format("{} has {} entries, more than {}: unpack it and name the files", printable(path), entries,
                              limits.max_entries));
  };
  refuse_many(entries_of_large_archive(path));
  const Archive archive = open_archive(path);
  refuse_document(archive.get(), path);
  const zip_int64_t entries = zip_get_num_entries(archive.get(), 0);
  refuse_many(static_cast<std::uint64_t>(std::max<zip_int64_t>(entries, 0)));
  std::vector<std::string> members;
  for (zip_int64_t i = 0; i < entries; ++i) {
    const char* name = zip_get_name(archive.get(), static_cast<zip_uint64_t>(i), 0);
    if (name == nullptr || is_hidden(name)) continue;
    if (is_table(name)) {
      members.emplace_back(name);
    } else if (others != nullptr) {
      others->emplace_back(name);
    }
  }
  std::sort(members.begin(), members.end());
  const auto twice = std::adjacent_find(members.begin(), members.end());
  if (twice != members.end())
    throw Error(fmt::format("{} holds two files named {}: unpack it and name the right one", printable(path),
                            printable(*twice)));
  if (members.empty())
    throw Error(fmt::format("{} is a zip archive without a CSV file in it: name the right archive", printable(path)));
  return members;
}

std::unique_ptr<ByteSource> zip_source(const std::string& path, const std::string& member, ContainerLimits limits) {
  return std::make_unique<ZipSource>(path, member, limits);
}

}  // namespace seatlint::csv
