// SPDX-License-Identifier: Apache-2.0
// Files that appear under their name whole or not at all, readable for their owner only unless wanted otherwise.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace seatlint {

/// A file being made beside its target. Until it is placed it bears a temporary name, and goes away with this object.
class NewFile {
 public:
  /// Creates `target`.new-PID (or -PID-1, ...) with mode 0600 whatever the umask; throws Error where that can't be.
  /// `for_all` lets everybody read it (0644).
  explicit NewFile(const std::string& target, bool for_all = false);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  const std::string& path() const { return names_[0]; }
  /// Appends; throws Error unless all of it was written.
  void write(std::string_view bytes);
  /// Makes it durable under the target's name, in place of what is there.
  void replace();
  /// The same, but false where the target is already there.
  bool place();

 private:
  void make_durable();
  void placed();
  [[noreturn]] void fail(const char* doing) const;

  std::string target_;
  std::array<std::string, 4> names_;  ///< the file and what SQLite may leave beside it
  int descriptor_ = -1;
};

/// Makes the names in the folder of `path` durable; throws Error.
void sync_folder_of(const std::string& path);

/// For a signal handler that ends the process: removes every file not yet placed. Async-signal-safe.
void remove_unplaced_files() noexcept;

}  // namespace seatlint
