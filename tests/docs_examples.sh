#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs what a page tells people to type, so that no page can promise what the program does not do.
#   sh tests/docs_examples.sh SEATLINT TREE PAGE...
# In each ```sh block every line that starts with `seatlint`, `$ seatlint` or `export` is run, one after the other in
# one empty folder with the tree's example and samples in it. It must end with 0, or as a comment on it says: `# exit 2`.
set -eu
bin=$(cd "$(dirname "$1")" && pwd)
tree=$(cd "$2" && pwd)
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Turns the commands of a page into a script that checks each exit code. A quoted text may run over several lines.
script_of() {
  awk '
    /^```sh$/ { inside = 1; next }
    /^```/    { inside = 0; next }
    !inside   { next }
    command == "" && !/^(\$ )?seatlint / && !/^export / { next }
    command == "" { sub(/^\$ /, ""); line = NR }
    { command = command (command == "" ? "" : "\n") $0 }
    gsub(/"/, "\"", command) % 2 { next }
    /^export / { print command; command = ""; next }
    {
      wanted = match(command, /# exit [0-9]+/) ? substr(command, RSTART + 7, RLENGTH - 7) : 0
      printf "status=0\n{ %s\n} >out 2>err </dev/null || status=$?\ncheck \"$status\" %d %d\n", command, wanted, line
      command = ""
    }' "$1"
}

for page in "$@"; do
  here=$work/$(basename "$page")
  mkdir -p "$here/tests" "$here/exports"
  ln -s "$tree/examples" "$here/examples"
  ln -s "$tree/tests/data" "$here/tests/data"
  # "Your exports": the example's, but for the file that is refused there on purpose.
  for file in "$tree"/examples/quarterly-audit/exports/*; do
    case $file in *ApplicationSignIns*) ;; *) cp "$file" "$here/exports/" ;; esac
  done
  {
    cat <<'HEAD'
ran=0 failed=0
check() {
  ran=$((ran + 1))
  [ "$1" -ne "$2" ] || return 0
  failed=$((failed + 1))
  echo "$page:$3: exit $1 instead of $2"
  cat err
}
HEAD
    script_of "$tree/$page"
    echo 'echo "$page: $ran commands ran, $failed failed"; [ "$ran" -gt 0 ] && [ "$failed" -eq 0 ]'
  } >"$here.sh"
  (cd "$here" && env -i PATH="$bin:/usr/bin:/bin" LC_ALL=C.UTF-8 SEATLINT_TODAY=2026-10-05 page="$page" sh "$here.sh")
done
