#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Whether the linked program has every protection its build asks for: sh hardened.sh PROGRAM
set -u
program=$1
facts=$(LC_ALL=C readelf -W --file-header --program-headers --dynamic --notes --dyn-syms "$program") || exit 2
missing=0

# has WHAT PATTERN: some line of the facts matches. `lacks` is the opposite.
has() {
  printf '%s\n' "$facts" | grep -Eq "$2" && echo "yes  $1" || { echo "NO   $1"; missing=1; }
}
lacks() {
  printf '%s\n' "$facts" | grep -Eq "$2" && { echo "NO   $1"; missing=1; } || echo "yes  $1"
}

has "position-independent" 'Type: +DYN'
has "relocations read-only" 'GNU_RELRO'
has "all symbols bound at start" 'BIND_NOW'
has "stack not executable" 'GNU_STACK .* RW +0x'
lacks "no segment both writable and executable" 'LOAD .* RWE'
has "stack protected" '__stack_chk_fail'
has "string functions checked" '_chk@'
lacks "no library path of its own" '(RPATH|RUNPATH)'
if [ "$(uname -m)" = x86_64 ]; then
  has "indirect branches tracked" 'x86 feature: .*IBT'
  has "return addresses shadowed" 'x86 feature: .*SHSTK'
fi
exit "$missing"
