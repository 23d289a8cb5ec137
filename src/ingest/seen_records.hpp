// SPDX-License-Identifier: Apache-2.0
// Which records of a file were read before, by a hash of 64 bits each: eleven to twenty-two bytes a record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "seatlint/csv.hpp"

namespace seatlint {

class SeenRecords {
 public:
  /// `most` hashes are kept, those that come first; 0: all.
  explicit SeenRecords(std::size_t most = 0) : most_(most) {}

  /// Of a record's fields, one behind the other, and of where in them each ends.
  static std::uint64_t hash_of(std::string_view fields, std::span<const std::size_t> ends);
  static std::uint64_t hash_of(const csv::Record& record);
  /// Says that `hash` will be asked for soon: it is on its way into the cache meanwhile.
  void expect(std::uint64_t hash) const;
  /// False where `hash` was inserted before.
  bool insert(std::uint64_t hash);
  /// Whether some record was not kept, so that its repetition would pass for new.
  bool full() const { return full_; }

 private:
  std::size_t first_slot(std::uint64_t hash) const;
  std::uint64_t& slot_of(std::uint64_t hash);
  void grow();

  std::size_t most_, size_ = 0;
  bool full_ = false;
  std::vector<std::uint64_t> slots_;  // open addressing; 0 is empty
};

}  // namespace seatlint
