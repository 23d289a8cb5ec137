// SPDX-License-Identifier: Apache-2.0
// See kept_input.hpp.
#include "ingest/kept_input.hpp"

#include <algorithm>
#include <istream>

namespace seatlint {
namespace {

constexpr std::size_t most_kept_bytes = std::size_t{2} << 30;

}  // namespace

class KeptInput::Source : public csv::ByteSource {
 public:
  Source(KeptInput& input, bool again) : input_(input), again_(again) {}

  std::size_t read(char* buffer, std::size_t capacity) override {
    std::string& kept = input_.kept_;
    if (given_ < kept.size()) {
      const std::size_t size = std::min(capacity, kept.size() - given_);
      std::copy_n(kept.data() + given_, size, buffer);
      given_ += size;
      return size;
    }
    if (!again_ && !kept.empty()) {
      kept = std::string();
      given_ = 0;
    }
    input_.in_.read(buffer, static_cast<std::streamsize>(capacity));
    const auto size = static_cast<std::size_t>(input_.in_.gcount());
    if (input_.in_.bad()) throw Error("standard input can't be read");
    if (again_) keep({buffer, size});
    return size;
  }

 private:
  void keep(std::string_view bytes) {
    if (input_.kept_.size() + bytes.size() > most_kept_bytes)
      throw Error(
          "standard input: the order of day and month shows only in the whole of it, which is more than 2 "
          "GiB; save it as a file and import that");
    input_.kept_ += bytes;
    given_ = input_.kept_.size();
  }

  KeptInput& input_;
  bool again_;
  std::size_t given_ = 0;
};

std::unique_ptr<csv::ByteSource> KeptInput::open(bool again) { return std::make_unique<Source>(*this, again); }

}  // namespace seatlint
