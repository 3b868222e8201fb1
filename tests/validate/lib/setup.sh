# shellcheck shell=bash
# What both suites start from: the folders, the libraries, a log that goes when they end. Sourced.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
VALIDATE=$ROOT/tests/validate
TARGET=$(realpath -m "${CARGO_TARGET_DIR:-$ROOT/target}")
VALIDATORS=$TARGET/validators
PYTHON=$VALIDATORS/python/bin/python
WORK=$TARGET/validate
OFFPRINT=$TARGET/release/offprint
# The feed reader in Rust; `cargo test` makes it.
export FEED_READER=$TARGET/debug/examples/feed-reader
LOG=$(mktemp)
trap 'rm -rf "$LOG"' EXIT
# A checker leaves no compiled Python among the sources, and behaves the same in every locale.
export VALIDATORS PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 LC_ALL=C.UTF-8

# shellcheck source=tests/validate/lib/results.sh
source "$VALIDATE/lib/results.sh"
# shellcheck source=tests/validate/lib/prerequisites.sh
source "$VALIDATE/lib/prerequisites.sh"
# shellcheck source=tests/validate/lib/validators.sh
source "$VALIDATE/lib/validators.sh"
# shellcheck source=tests/validate/lib/outputs.sh
source "$VALIDATE/lib/outputs.sh"
# shellcheck source=tests/validate/lib/folder.sh
source "$VALIDATE/lib/folder.sh"
# shellcheck source=tests/validate/lib/project.sh
source "$VALIDATE/lib/project.sh"
