// SPDX-License-Identifier: Apache-2.0
// A store that comes into being only where something is written to it.
#pragma once

#include <memory>
#include <string>

#include "store/store.hpp"

namespace seatlint {

/// A store that is opened when somebody writes the first time, and removed again if it was created for nothing.
/// Without a path it is a temporary one.
class LazyStore {
 public:
  LazyStore(std::string path, int lock_timeout_ms) : path_(std::move(path)), lock_timeout_ms_(lock_timeout_ms) {}
  ~LazyStore();
  LazyStore(const LazyStore&) = delete;
  LazyStore& operator=(const LazyStore&) = delete;

  /// The store if there is one already, opened for reading with `read_only`, else for writing; nullptr: none.
  Store* existing(bool read_only);
  /// The store, created where missing.
  Store& writable();
  bool created() const { return created_; }

 private:
  std::string path_;
  int lock_timeout_ms_;
  bool read_only_ = false, created_ = false;
  std::unique_ptr<Store> store_;
};

}  // namespace seatlint
