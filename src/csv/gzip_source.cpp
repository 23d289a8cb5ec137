// SPDX-License-Identifier: Apache-2.0
// Inflates `.gz` while reading (see containers.hpp). Members that follow each other are one file, as gzip has it.
#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <array>

#include "csv/containers.hpp"

namespace seatlint::csv {
namespace {

class GzipSource : public ByteSource {
 public:
  GzipSource(std::unique_ptr<ByteSource> stored, std::string name, ContainerLimits limits)
      : stored_(std::move(stored)), name_(std::move(name)), limits_(limits) {
    constexpr int gzip_only = 15 + 16;
    if (inflateInit2(&stream_, gzip_only) != Z_OK) throw Error("out of memory for gzip");
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  std::size_t read(char* buffer, std::size_t capacity) override {
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(capacity, 1u << 30));
    const uInt wanted = stream_.avail_out;
    while (stream_.avail_out == wanted && !ended_) inflate_some();
    const std::size_t got = wanted - stream_.avail_out;
    produced_ += got;
    check_unpacked(consumed_, produced_, limits_, name_);
    return got;
  }

 private:
  void inflate_some() {
    if (stream_.avail_in == 0 && !feed()) {
      if (inside_)
        throw Error(fmt::format("{}: the gzip file ends too early: it is cut or still being written; fetch it again",
                                printable(name_)),
                    Error::Kind::try_again);
      ended_ = true;
      return;
    }
    if (!inside_ && !next_member()) return;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      inside_ = false;
      inflateReset(&stream_);
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      throw Error(fmt::format("{}: the gzip file is damaged ({}): fetch it again", printable(name_),
                              stream_.msg != nullptr ? stream_.msg : "bad data"));
    }
  }

  // Zero padding may follow the last member (tapes); anything else has to be a member.
  bool next_member() {
    while (first_done_ && stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
    if (stream_.avail_in == 0) return false;
    inside_ = first_done_ = true;
    return true;
  }

  bool feed() {
    const std::size_t got = stored_->read(in_.data(), in_.size());
    consumed_ += got;
    stream_.next_in = reinterpret_cast<Bytef*>(in_.data());
    stream_.avail_in = static_cast<uInt>(got);
    return got != 0;
  }

  std::unique_ptr<ByteSource> stored_;
  std::string name_;
  ContainerLimits limits_;
  z_stream stream_{};
  std::array<char, 64u << 10> in_{};
  bool inside_ = false, first_done_ = false, ended_ = false;
  std::uint64_t consumed_ = 0, produced_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> gzip_source(std::unique_ptr<ByteSource> stored, std::string name, ContainerLimits limits) {
  return std::make_unique<GzipSource>(std::move(stored), std::move(name), limits);
}

}  // namespace seatlint::csv
