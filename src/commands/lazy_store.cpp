// SPDX-License-Identifier: Apache-2.0
// See lazy_store.hpp.
#include "commands/lazy_store.hpp"

#include <filesystem>

namespace seatlint {

LazyStore::~LazyStore() {
  if (created_ && store_ != nullptr) store_->finish_new();
}

Store* LazyStore::existing(bool read_only) {
  std::error_code ignored;
  if (store_ == nullptr && !path_.empty() && std::filesystem::exists(std::filesystem::symlink_status(path_, ignored))) {
    store_ = std::make_unique<Store>(path_, read_only ? Store::Open::read : Store::Open::write, lock_timeout_ms_);
    read_only_ = read_only;
  }
  return store_.get();
}

Store& LazyStore::writable() {
  if (existing(false) == nullptr || read_only_) {
    store_ =
        std::make_unique<Store>(path_, path_.empty() ? Store::Open::temporary : Store::Open::create, lock_timeout_ms_);
    created_ = store_->created();
    read_only_ = false;
  }
  return *store_;
}

}  // namespace seatlint
