// SPDX-License-Identifier: Apache-2.0
// See new_file.hpp. The names of files not yet placed are kept where a signal handler can read them.
#include "base/new_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "seatlint/base.hpp"

namespace seatlint {
namespace {

// More than are ever open at once; one too many would merely stay behind after a signal.
std::array<std::atomic<const char*>, 32> unplaced{};

void remember(const char* name) {
  for (auto& slot : unplaced) {
    const char* free = nullptr;
    if (slot.compare_exchange_strong(free, name)) return;
  }
}

void forget(const char* name) {
  for (auto& slot : unplaced) {
    const char* mine = name;
    if (slot.compare_exchange_strong(mine, nullptr)) return;
  }
}

// Some file systems can't sync a folder, and some devices nothing at all: that is no failure.
bool synced(int descriptor) { return ::fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP; }

}  // namespace

NewFile::NewFile(const std::string& target, bool for_all) : target_(target) {
  // A process that was killed may have left a file under the very name, and in a container all have the same number.
  constexpr int most_tries = 1000;
  for (int n = 0; descriptor_ < 0 && n < most_tries; ++n) {
    const std::string name = target + ".new-" + std::to_string(::getpid()) + (n == 0 ? "" : "-" + std::to_string(n));
    names_ = {name, name + "-journal", name + "-wal", name + "-shm"};
    descriptor_ = ::open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor_ < 0 && errno != EEXIST) break;
  }
  if (descriptor_ < 0) fail("create");
  for (const std::string& each : names_) remember(each.c_str());
  const mode_t mode = S_IRUSR | S_IWUSR | (for_all ? S_IRGRP | S_IROTH : 0);
  if (::fchmod(descriptor_, mode) != 0 && errno != EPERM) {
    const int reason = errno;
    placed();
    errno = reason;
    fail("create");
  }
}

NewFile::~NewFile() { placed(); }

// What is left under the temporary names goes away, after a placed file nothing.
void NewFile::placed() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  descriptor_ = -1;
  for (const std::string& each : names_) {
    ::unlink(each.c_str());
    forget(each.c_str());
  }
}

void NewFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(descriptor_, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) fail("write");
    if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

void NewFile::make_durable() {
  if (!synced(descriptor_)) fail("write");
}

void NewFile::replace() {
  make_durable();
  if (::rename(path().c_str(), target_.c_str()) != 0) fail("create");
  placed();
  sync_folder_of(target_);
}

bool NewFile::place() {
  make_durable();
  int failed = ::link(path().c_str(), target_.c_str()) == 0 ? 0 : errno;
  // Some file systems know no second name of a file.
  if (failed == EPERM || failed == ENOTSUP || failed == ENOSYS)
    failed = ::renameat2(AT_FDCWD, path().c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) == 0 ? 0 : errno;
  if (failed == EEXIST) return false;
  if (failed != 0) {
    errno = failed;
    fail("create");
  }
  placed();
  sync_folder_of(target_);
  return true;
}

void NewFile::fail(const char* doing) const {
  throw Error(std::string("can't ") + doing + " " + target_ + ": " + std::strerror(errno));
}

void sync_folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // A folder may allow to make files in it but not to be read; its names are then as durable as they get.
  if (descriptor < 0 && errno == EACCES) return;
  const bool done = descriptor >= 0 && synced(descriptor);
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!done) throw Error("can't write " + folder + ": " + std::strerror(reason));
}

void remove_unplaced_files() noexcept {
  for (const auto& slot : unplaced)
    if (const char* name = slot.load()) ::unlink(name);
}

}  // namespace seatlint
