#!/usr/bin/env bash
# Fuzzes for long, led by coverage: the targets of fuzz/main.rs under libFuzzer, which is built with them.
#
# Usage: tests/fuzz.sh [MINUTES] [TARGET…]
#
# Half an hour for each target, all targets, and as many at once as there are cores, unless it is said
# otherwise (JOBS=1 tests/fuzz.sh 5 dates markup). What is found on the way is kept in target/fuzzing, so
# that the next run goes on from there. An input that breaks a property is written to
# fuzz/__fuzz__/TARGET/crashes, from where `cargo test --test fuzz TARGET` repeats it: mend the fault, and
# leave the input there as the test that failed before. Exit 0: nothing was found; 1: something was, or the
# targets can't be built.
#
# Needs Linux, the stable Rust toolchain and a C++ compiler.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

minutes=30
if [[ ${1-} =~ ^[0-9]+$ ]]; then
  minutes=$1
  shift
fi
jobs=${JOBS:-$(nproc)}
work=${FUZZ_DIR:-$PWD/target/fuzzing}
mkdir -p "$work"

# What makes LLVM count the edges that an input takes and tell libFuzzer of comparisons; checks of arithmetic
# stay in, for the profile is the tests'. With --target the flags are not for build scripts, which need no
# optimisation; libFuzzer's own code does. Cargo builds the program too, which never runs here and has no
# libFuzzer to count for: hence the last flag.
flags=(
  --cfg fuzzing --cfg fuzzing_libfuzzer -Cpasses=sancov-module
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
  -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares
  -Copt-level=3 '-Clink-arg=-Wl,--warn-unresolved-symbols'
)
host=$(rustc -vV | sed -n 's/^host: //p')
build() {
  RUSTFLAGS="${flags[*]}" BOLERO_FUZZER=libfuzzer cargo test --locked --test fuzz --no-run \
    --config 'profile.dev.package."*".opt-level=0' --config profile.dev.package.bolero-libfuzzer.opt-level=3 \
    --target "$host" --target-dir "$work/build" "$@"
}
build
# Cargo tells of the program too, in any order.
program=$(build --message-format=json 2>/dev/null | grep '"kind":\["test"\]' |
  sed -n 's/.*"executable":"\([^"]*\)".*/\1/p')

if (($# == 0)); then
  mapfile -t targets < <("$program" --list | sed -n 's/: test$//p')
  set -- "${targets[@]}"
fi

fuzz() {
  local target=$1 kept=fuzz/__fuzz__/$1 grown=$work/corpus/$1
  mkdir -p "$kept/corpus" "$kept/crashes" "$grown" "$work/scratch"
  # Times are those of the clock: that a machine is busy with other things is no finding.
  local arguments=(
    "$grown" "$kept/corpus" "$kept/crashes" "-artifact_prefix=$kept/crashes/"
    "-max_total_time=$((minutes * 60))" -timeout=300 -report_slow_units=60 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1
  )
  TMPDIR=$work/scratch BOLERO_TEST_NAME=$target BOLERO_LIBTEST_HARNESS=1 \
    BOLERO_LIBFUZZER_ARGS="${arguments[*]}" \
    "$program" "$target" --exact --nocapture --quiet --test-threads 1 >"$work/$target.log" 2>&1
}

# One line for each target: what was done, and how it ended.
tell() {
  local target=$1 status=$2 log=$work/$1.log runs edges result=passed
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  edges=$(grep -ao 'cov: [0-9]*' "$log" | tail -n 1)
  [[ $status == 0 ]] || result="FAILED, see $log"
  printf '%-14s %12s runs, %5s edges: %s\n' "$target" "${runs:-?}" "${edges#cov: }" "$result"
}

failed=0
one() {
  local status=0
  fuzz "$1" || status=$?
  tell "$1" "$status"
  return "$status"
}
for target; do
  while (($(jobs -rp | wc -l) >= jobs)); do
    wait -n || failed=1
  done
  one "$target" &
done
while [[ -n $(jobs -rp) ]]; do
  wait -n || failed=1
done
exit "$failed"
