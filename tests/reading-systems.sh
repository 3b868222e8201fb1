#!/usr/bin/env bash
# Opens the books of seeds/ in reading systems that people use, after installing them (npm's and Python's
# into target/validators): DAISY Ace finds nothing to object to, calibre converts for a Kindle without a
# warning, MuPDF, foliate-js and epub.js (in headless Chromium) show every section, and each shows the
# whole contents tree.
#
# Usage: tests/reading-systems.sh
#
#   SKIP="ace calibre"             leaves these out, and says so at the end
#   OFFPRINT_TEST_ARCHIVES=A:B     folders with archives whose books are read besides
#
# Needs Rust, Python 3.10, Node.js 20, calibre, Chromium and a Chinese font. As root on Debian or Ubuntu
# it installs what is missing; elsewhere it says what is. Exit 0: all passed; 1: something failed;
# 2: something is missing.
set -euo pipefail
# shellcheck source=tests/validate/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/validate/lib/setup.sh"
cd "$ROOT"
WORK=$TARGET/reading-systems

stage 'what has to be installed'
require_programs "$(readers_programs)" || exit 2
install_validators suite || exit 2
install_validators readers || exit 2
PUPPETEER_EXECUTABLE_PATH=$(chromium_path || true)
export PUPPETEER_EXECUTABLE_PATH

# make_outputs_and_sample NAME FOLDER PATH OPTION…: the outputs of an archive and, where it is too large
# for Ace, those of a sample of it.
make_outputs_and_sample() {
  local sample=$WORK/samples/$1
  make_outputs "$@"
  [[ $2 == "$WORK" ]] || return 0
  sample_archive "$3" "$sample"
  [[ -d $sample ]] || return 0
  SAMPLES+=("$1-sample")
  make_outputs "$1-sample" "$2" "$sample" "${@:4}"
}

# sample_archive ARCHIVE DIR: about forty of its files, evenly spread, where it has more.
sample_archive() {
  local -a files
  local number step
  mapfile -t files < <(find "$1" -type f -not -name '.*' | sort)
  step=$((${#files[@]} / 40))
  ((step > 1)) || return 0
  mkdir -p "$2"
  for ((number = 0; number < ${#files[@]}; number += step)); do
    cp "${files[number]}" "$2/$number-$(basename "${files[number]}")"
  done
}

SAMPLES=()
step release-build cargo build --locked --release
if has_failed release-build; then
  record_failure build 'everything (there is no program to run)'
else
  stage 'the books'
  make_all_outputs make_outputs_and_sample
  make_books make_outputs vertical right-to-left kindle kobo e-ink
  stage 'the reading systems on the books'
  read_books "${OUTPUTS[@]}" ${SAMPLES[@]+"${SAMPLES[@]}"}
fi

if ! has_failed release-build; then
  stage 'one article, saved by every program that is here'
  check ways tests/validate/ways env OFFPRINT="$OFFPRINT" VALIDATORS="$VALIDATORS" \
    "$PYTHON" -m unittest discover --verbose --start-directory tests/validate/ways
fi

stage 'the checkers themselves'
check selftest tests/validate/selftest/readers.py \
  "$PYTHON" -m unittest discover --start-directory tests/validate/selftest --pattern readers.py

summary
