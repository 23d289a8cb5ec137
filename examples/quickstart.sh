#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From a fresh checkout to a finished audit: installs what is missing, builds, and audits the bundled quarter of an
# invented company. Running it again takes seconds and prints the same.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .build
. examples/prepare.sh

install_packages
build_release seatlint

seatlint=$build/seatlint
example=examples/quarterly-audit
output=.build/quickstart

# A store of its own, made anew each time, so that the report does not depend on what was tried in between.
rm -rf "$output"
mkdir -p "$output"
# Exit 2 is expected: one of the exports holds no persons and is refused, as happens in a real folder.
"$seatlint" --db "$output/seatlint.db" --config "$example/seatlint.toml" \
  audit --from "$example/exports" -o table -o json="$output/audit.json" || [ $? -eq 2 ]

cat <<EOF

The report as data: $output/audit.json
The store:          $output/seatlint.db
The exports read:   $example/exports

Try next, from the top of the tree:
  export PATH="\$PWD/$build:\$PATH" SEATLINT_DB=$output/seatlint.db SEATLINT_CONFIG=$example/seatlint.toml
  seatlint status --missing        # which exports would let it judge more
  seatlint audit idle              # only the idle seats
  seatlint explain sigrid.falk@tidewater.example   # one person's verdicts, down to file and line

With your own exports, in a new shell:
  $seatlint audit --from FOLDER
EOF
