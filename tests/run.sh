#!/usr/bin/env bash
# Installs what the tests need (into target/validators) and runs all of them: formatting, lints, unit,
# integration and documentation tests, then the main job on seeds/ with every validator on its outputs.
#
# Usage: tests/run.sh
#
#   SKIP="newsboat sfeed"          leaves these checks out, and says so at the end
#   OFFPRINT_TEST_ARCHIVES=A:B     folders with archives to build and validate besides seeds/
#
# Needs Rust, Python 3.10, a Java development kit (11), Node.js 18, strace, faketime, xmllint, jing, newsboat, sfeed
# and jq. As root on Debian or Ubuntu it installs what is missing; elsewhere it says what is. Exit 0: all passed;
# 1: something failed; 2: something is missing.
set -euo pipefail
# shellcheck source=tests/validate/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/validate/lib/setup.sh"
cd "$ROOT"

require_programs "$(suite_programs)" || exit 2
install_validators suite || exit 2

step fmt cargo fmt --check
step clippy cargo clippy --locked --all-targets -- -D warnings
# The books that the tests break on purpose, for EPUBCheck to object to as well.
export OFFPRINT_TEST_BROKEN_BOOKS=$TARGET/broken-books
rm -rf "$OFFPRINT_TEST_BROKEN_BOOKS"
# What needs other programs than Rust's.
cargo_skips=()
if ! wanted faults; then
  cargo_skips=(--skip with_strace --skip with_faketime)
  record_skip faults 'tests/suite/faults' "$SKIPPED_BY_NAME"
fi
step cargo-test cargo test --locked -- ${cargo_skips[@]+"${cargo_skips[@]}"}
cargo_results=$(grep -a '^test result:' "$LOG" || true)
step archives cargo test --locked --test suite corpus:: -- --nocapture
step doc env RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps
step release-build cargo build --locked --release

printf '\n== the checkers themselves\n'
mapfile -t scripts < <(find tests .ci -name '*.sh' -o -path '.ci/run' -o -path '.ci/install' | sort)
check shellcheck 'tests and .ci' "$(validator shellcheck)" --external-sources "${scripts[@]}"
check selftest tests/validate/selftest env EPUBCHECK="$(epubcheck_jar)" \
  "$PYTHON" -m unittest discover --start-directory tests/validate/selftest

mapfile -t broken < <(find "$OFFPRINT_TEST_BROKEN_BOOKS" -name '*.epub' | sort)
check epubcheck "the ${#broken[@]} books broken on purpose" \
  java -cp "$(epubcheck_jar)" "$VALIDATE/checkers/EpubCheckAll.java" --broken "${broken[@]}"

printf '\n== dependencies and the package\n'
check_supply_chain

printf '\n== the documentation as a book\n'
check mdbook docs "$VALIDATORS/python/bin/mdbook" build docs --dest-dir "$TARGET/book"
run_checker website target/book website.py "$TARGET/book"

printf '\n== the main job, and every validator on its outputs\n'
if has_failed release-build; then
  record_failure build 'everything (there is no program to run)'
else
  make_all_outputs compare_runs
  make_views compare_runs
  make_books make_outputs split-year split-month split-week split-day split-size month-in-parts by-source \
    vertical vertical-japanese right-to-left hebrew kindle kobo e-ink
  for name in "${OUTPUTS[@]}"; do
    check_folder "$name"
  done
  check_books

  printf '\n== workflows, recipes and what init writes\n'
  check_workflows
fi

printf '\n== summary\n%s\n' "$cargo_results"
summary
