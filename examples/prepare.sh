# SPDX-License-Identifier: Apache-2.0
# Shared by examples/quickstart.sh and tests/run.sh, which source it from the top of the tree: installs what is
# missing, then builds. On Debian 12 nothing but apt is needed; with the packages there, neither root nor network.

packages='g++ cmake ninja-build pkgconf catch2 libcli11-dev libfmt-dev libhowardhinnant-date-dev libsqlite3-dev
libssl-dev libtomlplusplus-dev libutf8proc-dev libxxhash-dev libzip-dev nlohmann-json3-dev zlib1g-dev tzdata'
build=.build/release

say() { printf '%s\n' "$*" >&2; }

# Runs a command with its output in a log file, which is shown only if the command fails. A person who watches a
# terminal sees the output as it comes.
logged() {
  log=$1
  shift
  if [ -t 2 ]; then
    "$@" >&2
  else
    "$@" >"$log" 2>&1 || { status=$?; cat "$log" >&2; return "$status"; }
  fi
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  elif [ -t 0 ]; then
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

missing_packages() {
  for package in $packages; do
    case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) in
      installed) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

install_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "No apt here. Going on in the hope that you have installed what these Debian packages hold: $packages"
    return
  fi
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    say "These packages are missing, and installing them needs root: apt-get install $missing"
    return 1
  fi
  say "Installing packages: $missing"
  # A fresh system has no package lists, an old one has stale ones.
  logged .build/packages.log as_root apt-get update &&
    logged .build/packages.log as_root apt-get install --yes --no-install-recommends $missing
}

# build_release [TARGET...]: without targets, everything.
build_release() {
  # A tree that was moved or copied with its build folder starts afresh.
  home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$build/CMakeCache.txt" 2>/dev/null || :)
  [ -z "$home" ] || [ "$home" = "$(pwd -P)" ] || rm -rf "$build"
  logged .build/configure.log cmake --preset release || return
  for target in "${@:-all}"; do
    logged .build/build.log cmake --build --preset release --parallel "$(nproc)" --target "$target" || return
  done
}
