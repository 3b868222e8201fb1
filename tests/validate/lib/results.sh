# shellcheck shell=bash
# The result lines of a suite: `ok   NAME SUBJECT`, `FAIL NAME SUBJECT`, `skip NAME SUBJECT`, and the
# summary. Sourced; needs LOG. SKIP, a list of names separated by blanks, leaves checks out. TIMES, the path
# of a file, gets a line for each stage: its seconds and its name. JOBS is how many checks that do not depend
# on each other run at once (default: one for each core).

declare -i passed=0 failed=0 skipped=0
declare -a failures=() notes=() stages=()
STAGE='' STAGE_BEGAN=0
JOBS=${JOBS:-$(nproc)}

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

# stage NAME: what comes now, up to the next stage. What the last one took is said.
stage() {
  end_stage
  STAGE=$1 STAGE_BEGAN=$SECONDS
  printf '\n== %s\n' "$1"
}

end_stage() {
  [[ -n $STAGE ]] || return 0
  local took=$((SECONDS - STAGE_BEGAN))
  printf '%s\n' "-- $STAGE: $took s"
  stages+=("$took $STAGE")
  [[ -z ${TIMES:-} ]] || printf '%d %s\n' "$took" "$STAGE" >>"$TIMES"
  STAGE=''
}

# print_stages: seconds and names from standard input, as a table with a sum.
print_stages() {
  awk '
    NF > 1 { took = $1; sub(/^[0-9]+ /, ""); printf "%6d s  %s\n", took, $0; sum += took }
    END { printf "%6d s  all of it: %d min %d s\n", sum, int(sum / 60), sum % 60 }'
}

# together FUNCTION ITEM…: calls the function with each item, JOBS at once, each in a shell of its own. What
# they print is shown in the items' order, and their results count here.
together() {
  local function=$1 folder item number=0 running=0
  shift
  folder=$(mktemp -d)
  for item; do
    if ((running == JOBS)); then
      wait -n || true
      running=$((running - 1))
    fi
    number=$((number + 1)) running=$((running + 1))
    apart "$folder/$number" "$function" "$item" >"$folder/$number.said" 2>&1 &
  done
  wait
  for ((number = 1; number <= $#; number++)); do
    cat "$folder/$number.said"
    add_results "$folder/$number.results" "$function ${!number}"
  done
  rm -rf "$folder"
}

# one_of FUNCTION[:ARGUMENT]: calls it, for checks of several kinds that run together.
one_of() {
  case $1 in
    *:*) "${1%%:*}" "${1#*:}" ;;
    *) "$1" ;;
  esac
}

# apart PATH FUNCTION ITEM: calls the function and writes its results to PATH.results.
apart() {
  LOG=$1.log passed=0 failed=0 skipped=0 failures=() notes=()
  "$2" "$3"
  {
    printf '%d %d %d\n' "$passed" "$failed" "$skipped"
    printf 'failure %s\n' ${failures[@]+"${failures[@]}"}
    printf 'note %s\n' ${notes[@]+"${notes[@]}"}
  } >"$1.results"
}

# add_results FILE SUBJECT: the results that `apart` wrote; without them the shell ended before its time.
add_results() {
  local ok bad left kind text
  if [[ ! -f $1 ]]; then
    record_failure ended-early "$2"
    return 0
  fi
  {
    read -r ok bad left
    passed+=$ok failed+=$bad skipped+=$left
    while read -r kind text; do
      case $kind in
        failure) [[ -z $text ]] || failures+=("$text") ;;
        note) [[ -z $text ]] || notes+=("$text") ;;
      esac
    done
  } <"$1"
}

# check NAME SUBJECT COMMAND…: runs the command quietly; what it printed is shown where it failed.
# A command that takes longer than LIMIT seconds (default 1200) has failed.
check() {
  local name=$1 subject=$2 status=0 started=$SECONDS
  shift 2
  if ! wanted "$name"; then
    record_skip "$name" "$subject" "$SKIPPED_BY_NAME"
    return 0
  fi
  timeout "${LIMIT:-1200}" "$@" >"$LOG" 2>&1 </dev/null || status=$?
  if ((status == 0)); then
    passed+=1
    printf 'ok   %s %s (%d s)\n' "$name" "$subject" $((SECONDS - started))
    return 0
  fi
  record_failure "$name" "$subject"
  ((status != 124)) || printf '       gave up after %s s\n' "${LIMIT:-1200}"
  # The first lines say what is wrong; the last ones say how it ended.
  head -n 12 "$LOG" | cut -c 1-400 | sed 's/^/       /'
  if (($(wc -l <"$LOG") > 12)); then
    printf '       …\n'
    tail -n 3 "$LOG" | cut -c 1-400 | sed 's/^/       /'
  fi
}

# step NAME COMMAND…: like check, but a stage of its own, and what the command prints is shown as it comes.
step() {
  local name=$1 status=0
  shift
  if ! wanted "$name"; then
    record_skip "$name" "$*" "$SKIPPED_BY_NAME"
    return 0
  fi
  stage "$name"
  printf '%s\n' "$*"
  "$@" </dev/null 2>&1 | tee "$LOG" || status=$?
  if ((status == 0)); then
    passed+=1
    printf 'ok   %s\n' "$name"
  else
    record_failure "$name" "$*"
  fi
  end_stage
}

# summary: what each stage took, what failed, what was left out, the totals. Its status is that of the suite.
summary() {
  local line
  end_stage
  printf '\n== summary\n'
  printf '%s\n' ${stages[@]+"${stages[@]}"} | print_stages
  for line in ${failures[@]+"${failures[@]}"}; do
    printf 'failed: %s\n' "$line"
  done
  printf '%s\n' ${notes[@]+"${notes[@]}"} | sort -u | sed -n 's/^./left out: &/p'
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  ((failed == 0))
}
