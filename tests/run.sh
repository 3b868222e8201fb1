#!/usr/bin/env bash
# Installs what the tests need (into target/validators) and runs all of them: formatting, lints, unit,
# integration and documentation tests, then the main job on seeds/ with every validator on its outputs.
#
# Usage: tests/run.sh
#
#   SKIP="newsboat sfeed"          leaves these checks out, and says so at the end
#   OFFPRINT_TEST_ARCHIVES=A:B     folders with archives to build and validate besides seeds/
#   OFFPRINT_TEST_FEEDS=A:B        folders with cases of feeds that say what a reader should find
#   JOBS=1                         one check at a time, instead of one for each core
#   PREPARE_ALSO=readers           installs what tests/reading-systems.sh needs too, while the compiler works
#
# Needs Rust, Python 3.10, a Java development kit (11), Node.js 18, strace, faketime, xmllint, jing, nginx,
# Hugo, Jekyll, newsboat, sfeed and jq. As root on Debian or Ubuntu it installs what is missing; elsewhere it says what is. Exit 0: all passed;
# 1: something failed; 2: something is missing.
set -euo pipefail
# shellcheck source=tests/validate/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/validate/lib/setup.sh"
cd "$ROOT"

# A machine of CI builds once: what later builds would start from is half of what lies on its disk.
[[ -z ${CI:-} ]] || export CARGO_INCREMENTAL=0

# Where nothing may be installed, what is missing is said at once; else it is installed while the compiler
# works, which asks little of the network and the disk.
may_install || require_programs "$(suite_programs)" || exit 2
prepare_all() {
  local status=0
  local -a also
  read -ra also <<<"${PREPARE_ALSO:-}"
  LOG=$LOG.preparing
  prepare suite || status=2
  # What only others need, they ask for again.
  prepare ${also[@]+"${also[@]}"} || true
  rm -f "$LOG"
  return "$status"
}
prepare_all >"$LOG.prepared" 2>&1 &
preparing=$!

step fmt cargo fmt --check
step clippy cargo clippy --locked --all-targets -- -D warnings
step clippy-library cargo clippy --locked --lib --no-default-features -- -D warnings
step test-build cargo test --locked --no-run
step doc env RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps
step release-build cargo build --locked --release

stage 'waiting for what is installed'
prepared=0
wait "$preparing" || prepared=$?
cat "$LOG.prepared"
rm -f "$LOG.prepared"
((prepared == 0)) || exit 2

# The books that the tests break on purpose, for EPUBCheck to object to as well.
export OFFPRINT_TEST_BROKEN_BOOKS=$TARGET/broken-books
rm -rf "$OFFPRINT_TEST_BROKEN_BOOKS"
# What needs other programs than Rust's.
cargo_skips=()
if ! wanted faults; then
  cargo_skips=(--skip with_strace --skip with_faketime)
  record_skip faults 'tests/suite/faults' "$SKIPPED_BY_NAME"
fi
if ! wanted nginx; then
  cargo_skips+=(--skip with_nginx)
  record_skip nginx 'tests/suite/pull/nginx.rs' "$SKIPPED_BY_NAME"
fi
step cargo-test cargo test --locked -- ${cargo_skips[@]+"${cargo_skips[@]}"}
cargo_results=$(grep -a '^test result:' "$LOG" || true)
if [[ -n ${OFFPRINT_TEST_ARCHIVES:-} ]]; then
  step archives cargo test --locked --test suite corpus:: -- --nocapture
else
  record_skip archives 'tests/suite/corpus' 'OFFPRINT_TEST_ARCHIVES names no archive'
fi

stage 'the checkers themselves, dependencies, package, documentation'
together one_of check_checkers check_supply_chain check_broken_books check_documentation

if has_failed release-build; then
  record_failure build 'everything (there is no program to run)'
else
  if [[ -n ${OFFPRINT_TEST_FEEDS:-} ]]; then
    step feed-cases python3 tests/validate/checkers/feed_expectations.py "$OFFPRINT"
  else
    record_skip feed-cases 'what others expect of feeds' 'OFFPRINT_TEST_FEEDS names no folder'
  fi
  stage 'the main job'
  make_all_outputs compare_runs
  make_views compare_runs
  make_books make_outputs split-year split-month split-week split-day split-size month-in-parts by-source \
    vertical vertical-japanese right-to-left hebrew kindle kobo e-ink
  stage 'every validator on the outputs; workflows, recipes and what init writes'
  together one_of check_books check_workflows check_generators "${OUTPUTS[@]/#/check_folder:}"
fi

end_stage
printf '\n%s\n' "$cargo_results"
summary
