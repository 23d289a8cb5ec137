// SPDX-License-Identifier: Apache-2.0
// `seatlint backup`: a consistent copy of the store, while others read and write it.
#include "commands/backup.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <ostream>

#include "commands/session.hpp"

namespace seatlint {
namespace {

namespace fs = std::filesystem;

/// Copies all pages in one go: SQLite keeps the copy consistent, whatever is committed meanwhile.
void copy_pages(const Database& from, const Database& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) throw Error(fmt::format("can't copy the store: {}", sqlite3_errmsg(to.handle())));
  int code = SQLITE_OK;
  while ((code = sqlite3_backup_step(backup, -1)) == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) {
    if (code != SQLITE_OK) {
      sqlite3_backup_finish(backup);
      throw Error("the store is locked by another process; try again", Error::Kind::try_again);
    }
  }
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) throw Error(fmt::format("can't copy the store: {}", sqlite3_errstr(code)));
}

void make_durable(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) throw Error(fmt::format("{}: {}", path, std::strerror(reason)));
}

/// The copy under its temporary name; removed unless it was moved into place.
class Copy {
 public:
  explicit Copy(const std::string& target) : target_(target), path_(target + ".new-" + std::to_string(::getpid())) {
    const int descriptor = ::open(path_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) throw Error(fmt::format("{}: {}", path_, std::strerror(errno)));
    ::close(descriptor);
  }
  ~Copy() {
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) ::unlink((path_ + suffix).c_str());
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  const std::string& path() const { return path_; }
  void place() const {
    make_durable(path_);
    // link, not rename: what is already there stays
    if (::link(path_.c_str(), target_.c_str()) != 0) throw Error(fmt::format("{}: {}", target_, std::strerror(errno)));
    const fs::path folder = fs::path(target_).parent_path();
    make_durable(folder.empty() ? "." : folder.string());
  }

 private:
  std::string target_, path_;
};

void declare(OptionSet& set, BackupOptions& options) {
  set.positional("FILE", options.file, "the copy; must not be there yet");
}

}  // namespace

int run_backup(const BackupOptions& options, Io& io) {
  const Store store = open_store(io, Store::Open::read);
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(options.file, ignored)))
    throw Error(options.file + " is already there; a backup never overwrites");
  const Copy copy(options.file);
  {
    const Database target(copy.path(), Database::Access::write, io.globals.lock_timeout_ms);
    copy_pages(store.database(), target);
    // One file is all a copy should be.
    target.execute("PRAGMA journal_mode = DELETE");
  }
  copy.place();
  note(io, fmt::format("copied {} to {} ({} bytes)", store.path(),
                       fs::absolute(options.file).lexically_normal().string(), fs::file_size(options.file, ignored)));
  return 0;
}

std::unique_ptr<Command> backup_command() {
  return make_command<BackupOptions>(
      {"backup", "a consistent copy of the store, while others use it", "seatlint backup seatlint-2026-09-30.db"},
      declare, run_backup);
}

}  // namespace seatlint
