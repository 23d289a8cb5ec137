// SPDX-License-Identifier: Apache-2.0
// Preloaded into seatlint: counts the calls it makes of the system (or the memory it asks for) and lets one of them go
// wrong. SEATLINT_FAULT=HOW:N with HOW one of
//   count          nothing fails; the number of calls goes to descriptor 99 (so does that of every other HOW)
//   eio enospc     call N fails with that error          full   from call N on every write fails with ENOSPC
//   kill           the process is gone before call N     torn   half of write N is done, then it is gone
//   memory         allocation N fails                    memories   so does every one behind it
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum class How { none, count, eio, enospc, full, kill, torn, memory, memories };

constexpr int report_descriptor = 99;

How how = How::none;
long fault_at = 0;
std::atomic<long> calls{0}, allocations{0};

template <typename Function>
Function* real(const char* name) {
  void* found = dlsym(RTLD_NEXT, name);
  Function* function = nullptr;
  std::memcpy(&function, &found, sizeof function);
  return function;
}

How parsed(const char* text) {
  constexpr struct {
    const char* word;
    How how;
  } words[] = {{"count:", How::count}, {"eio:", How::eio},   {"enospc:", How::enospc}, {"full:", How::full},
               {"kill:", How::kill},   {"torn:", How::torn}, {"memory:", How::memory}, {"memories:", How::memories}};
  for (const auto& each : words)
    if (std::strncmp(text, each.word, std::strlen(each.word)) == 0) return each.how;
  return How::none;
}

__attribute__((constructor)) void read_orders() {
  const char* orders = std::getenv("SEATLINT_FAULT");
  if (orders == nullptr || std::strchr(orders, ':') == nullptr) return;
  fault_at = std::atol(std::strchr(orders, ':') + 1);
  how = parsed(orders);
}

__attribute__((destructor)) void report() {
  if (how == How::none) return;
  how = How::none;
  char text[64];
  const int size = std::snprintf(text, sizeof text, "%ld %ld\n", calls.load(), allocations.load());
  static_cast<void>(!::write(report_descriptor, text, static_cast<std::size_t>(size)));
}

/// Whether the call at hand must fail; errno is set. `writes`: it puts bytes into a file.
bool fails(bool writes) {
  if (how == How::none) return false;
  const long n = ++calls;
  if (how == How::full && n >= fault_at && writes) return errno = ENOSPC, true;
  if (n != fault_at) return false;
  switch (how) {
    case How::eio:
      return errno = EIO, true;
    case How::enospc:
      return errno = ENOSPC, true;
    case How::torn:
      if (writes) return false;  // the caller tears it
      [[fallthrough]];
    case How::kill:
      ::raise(SIGKILL);
      return true;
    default:
      return false;
  }
}

bool tears() { return how == How::torn && calls == fault_at; }

bool starves() {
  if (how != How::memory && how != How::memories && how != How::count) return false;
  const long n = ++allocations;
  return how == How::memory ? n == fault_at : how == How::memories && n >= fault_at;
}

}  // namespace

// The names are the C library's; each does what the real one does unless it is its turn to fail.
#define FAILING(writes, result, name, parameters, arguments)         \
  extern "C" result name parameters {                                \
    static auto* const next = real<result parameters>(#name);        \
    return fails(writes) ? static_cast<result>(-1) : next arguments; \
  }

FAILING(false, ssize_t, read, (int fd, void* to, size_t n), (fd, to, n))
FAILING(false, ssize_t, pread, (int fd, void* to, size_t n, off_t at), (fd, to, n, at))
FAILING(false, ssize_t, pread64, (int fd, void* to, size_t n, off64_t at), (fd, to, n, at))
FAILING(false, int, fsync, (int fd), (fd))
FAILING(false, int, fdatasync, (int fd), (fd))
FAILING(true, int, ftruncate, (int fd, off_t size), (fd, size))
FAILING(true, int, ftruncate64, (int fd, off64_t size), (fd, size))
FAILING(false, int, unlink, (const char* path), (path))
FAILING(false, int, rename, (const char* from, const char* to), (from, to))
FAILING(false, int, link, (const char* from, const char* to), (from, to))
FAILING(false, int, fchmod, (int fd, mode_t mode), (fd, mode))
FAILING(false, int, access, (const char* path, int mode), (path, mode))
FAILING(false, int, stat, (const char* path, struct stat* to), (path, to))
FAILING(false, int, lstat, (const char* path, struct stat* to), (path, to))
FAILING(false, int, fstat, (int fd, struct stat* to), (fd, to))
FAILING(false, int, stat64, (const char* path, struct stat64* to), (path, to))
FAILING(false, int, lstat64, (const char* path, struct stat64* to), (path, to))
FAILING(false, int, fstat64, (int fd, struct stat64* to), (fd, to))

// What goes to stderr is how the tests learn why: that always works.
#define TEARING(name, parameters, half, whole)                 \
  extern "C" ssize_t name parameters {                         \
    static auto* const next = real<ssize_t parameters>(#name); \
    if (fd == STDERR_FILENO) return next whole;                \
    if (fails(true)) return -1;                                \
    if (!tears()) return next whole;                           \
    static_cast<void>(next half);                              \
    ::raise(SIGKILL);                                          \
    return -1;                                                 \
  }

TEARING(write, (int fd, const void* from, size_t n), (fd, from, n / 2), (fd, from, n))
TEARING(pwrite, (int fd, const void* from, size_t n, off_t at), (fd, from, n / 2, at), (fd, from, n, at))
TEARING(pwrite64, (int fd, const void* from, size_t n, off64_t at), (fd, from, n / 2, at), (fd, from, n, at))

// A descriptor is closed even where closing it reports an error.
extern "C" int close(int fd) {
  static auto* const next = real<int(int)>("close");
  const bool failing = fails(false);
  const int reason = errno, result = next(fd);
  if (failing) errno = reason;
  return failing ? -1 : result;
}

extern "C" int fclose(std::FILE* file) {
  static auto* const next = real<int(std::FILE*)>("fclose");
  const bool failing = fails(false);
  const int reason = errno, result = next(file);
  if (failing) errno = reason;
  return failing ? EOF : result;
}

#define OPENING(name, parameters, before)                                                \
  extern "C" int name parameters {                                                       \
    static auto* const next = real<int parameters>(#name);                               \
    va_list more;                                                                        \
    va_start(more, flags);                                                               \
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0; \
    va_end(more);                                                                        \
    return fails(false) ? -1 : next(before, flags, mode);                                \
  }
#define TWO(a, b) a, b

OPENING(open, (const char* path, int flags, ...), path)
OPENING(open64, (const char* path, int flags, ...), path)
OPENING(openat, (int folder, const char* path, int flags, ...), TWO(folder, path))
OPENING(openat64, (int folder, const char* path, int flags, ...), TWO(folder, path))

// Locks. Their third argument is a pointer or a number; passed on as it came.
#define LOCKING(name)                                          \
  extern "C" int name(int fd, int command, ...) {              \
    static auto* const next = real<int(int, int, ...)>(#name); \
    va_list more;                                              \
    va_start(more, command);                                   \
    void* const argument = va_arg(more, void*);                \
    va_end(more);                                              \
    return fails(false) ? -1 : next(fd, command, argument);    \
  }

LOCKING(fcntl)
LOCKING(fcntl64)

extern "C" void* mmap(void* at, size_t size, int protection, int flags, int fd, off_t offset) {
  static auto* const next = real<void*(void*, size_t, int, int, int, off_t)>("mmap");
  return fd >= 0 && fails(false) ? MAP_FAILED : next(at, size, protection, flags, fd, offset);
}

extern "C" std::FILE* fopen(const char* path, const char* mode) {
  static auto* const next = real<std::FILE*(const char*, const char*)>("fopen");
  return fails(false) ? nullptr : next(path, mode);
}

extern "C" std::FILE* fopen64(const char* path, const char* mode) {
  static auto* const next = real<std::FILE*(const char*, const char*)>("fopen64");
  return fails(false) ? nullptr : next(path, mode);
}

// --- memory: glibc's own names for its allocator, so that looking up names needs none
extern "C" void* __libc_malloc(size_t);
extern "C" void* __libc_calloc(size_t, size_t);
extern "C" void* __libc_realloc(void*, size_t);
extern "C" void* __libc_memalign(size_t, size_t);

extern "C" void* malloc(size_t size) { return starves() ? (errno = ENOMEM, nullptr) : __libc_malloc(size); }
extern "C" void* calloc(size_t n, size_t size) {
  return starves() ? (errno = ENOMEM, nullptr) : __libc_calloc(n, size);
}
extern "C" void* realloc(void* old, size_t size) {
  return size > 0 && starves() ? (errno = ENOMEM, nullptr) : __libc_realloc(old, size);
}
extern "C" int posix_memalign(void** to, size_t alignment, size_t size) {
  if (starves()) return ENOMEM;
  *to = __libc_memalign(alignment, size);
  return *to == nullptr ? ENOMEM : 0;
}
