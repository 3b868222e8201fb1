# shellcheck shell=bash
# The result lines of a suite: `ok   NAME SUBJECT`, `FAIL NAME SUBJECT`, `skip NAME SUBJECT`, and the
# summary. Sourced. SKIP, a list of names separated by blanks, leaves checks out.

declare -i passed=0 failed=0 skipped=0
declare -a failures=() notes=()

SKIPPED_BY_NAME='SKIP names it'

# wanted NAME: is this check not in SKIP?
wanted() {
  [[ " ${SKIP:-} " != *" $1 "* ]]
}

# record_skip NAME SUBJECT REASON: a check that is left out, said now and once more in the summary.
record_skip() {
  skipped+=1
  notes+=("$1: $3")
  printf 'skip %s %s: %s\n' "$1" "$2" "$3"
}

# record_failure NAME SUBJECT
record_failure() {
  failed+=1
  failures+=("$1 $2")
  printf 'FAIL %s %s\n' "$1" "$2"
}

# has_failed NAME: has a check of this name failed so far?
has_failed() {
  printf '%s\n' ${failures[@]+"${failures[@]}"} | grep -q "^$1 "
}

# check NAME SUBJECT COMMAND…: runs the command quietly; what it printed is shown where it failed.
# A command that takes longer than LIMIT seconds (default 600) has failed.
check() {
  local name=$1 subject=$2 status=0 started=$SECONDS
  shift 2
  if ! wanted "$name"; then
    record_skip "$name" "$subject" "$SKIPPED_BY_NAME"
    return 0
  fi
  timeout "${LIMIT:-600}" "$@" >"$LOG" 2>&1 </dev/null || status=$?
  if ((status == 0)); then
    passed+=1
    printf 'ok   %s %s (%d s)\n' "$name" "$subject" $((SECONDS - started))
    return 0
  fi
  record_failure "$name" "$subject"
  ((status != 124)) || printf '       gave up after %s s\n' "${LIMIT:-600}"
  # The first lines say what is wrong; the last ones say how it ended.
  head -n 12 "$LOG" | cut -c 1-400 | sed 's/^/       /'
  if (($(wc -l <"$LOG") > 12)); then
    printf '       …\n'
    tail -n 3 "$LOG" | cut -c 1-400 | sed 's/^/       /'
  fi
}

# step NAME COMMAND…: like check, but what the command prints is shown as it comes.
step() {
  local name=$1 status=0
  shift
  if ! wanted "$name"; then
    record_skip "$name" "$*" "$SKIPPED_BY_NAME"
    return 0
  fi
  printf '\n== %s: %s\n' "$name" "$*"
  "$@" </dev/null 2>&1 | tee "$LOG" || status=$?
  if ((status == 0)); then
    passed+=1
    printf 'ok   %s\n' "$name"
  else
    record_failure "$name" "$*"
  fi
}

# summary: what failed, what was left out, the totals. Its status is that of the suite.
summary() {
  local line
  printf '\n'
  for line in ${failures[@]+"${failures[@]}"}; do
    printf 'failed: %s\n' "$line"
  done
  printf '%s\n' ${notes[@]+"${notes[@]}"} | sort -u | sed -n 's/^./left out: &/p'
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  ((failed == 0))
}
