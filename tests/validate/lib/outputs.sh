# shellcheck shell=bash
# Runs the main job on seeds/ and on the archives that OFFPRINT_TEST_ARCHIVES names (folders, separated
# by colons), for the checkers to look at. Sourced after results.sh; needs ROOT, VALIDATE, OFFPRINT (the
# program), PYTHON (the validators' own) and WORK, below which each archive's outputs get a folder.

# output_name PATH NUMBER: the name of an archive's folder of outputs.
output_name() {
  printf '%s-%s' "$2" "$(basename "$1")"
}

# make_all_outputs: into an empty work folder, so that no run leans on what an earlier one left. The
# names of the output folders are then in OUTPUTS.
make_all_outputs() {
  local archive number=0
  rm -rf "$WORK"
  mkdir -p "$WORK"
  OUTPUTS=(seeds)
  make_outputs seeds "$ROOT" seeds --config offprint.toml
  while IFS= read -r -d ':' archive; do
    [[ -n $archive ]] || continue
    number=$((number + 1))
    OUTPUTS+=("$(output_name "$archive" "$number")")
    if [[ -d $archive ]]; then
      # From a folder without offprint.toml, so that the defaults hold; feeds with every article.
      make_outputs "${OUTPUTS[-1]}" "$WORK" "$(realpath "$archive")" --items 0
    else
      record_failure build "$archive (OFFPRINT_TEST_ARCHIVES names it, but it is no folder)"
    fi
  done <<<"${OFFPRINT_TEST_ARCHIVES:-}:"
}

# make_outputs NAME FOLDER OPTION…: the build, a second run that must change nothing, and one with a
# single thread and nothing to go by from earlier runs, which must write the same bytes.
make_outputs() {
  local name=$1 folder=$2 out=$WORK/$1 again=$WORK/.again
  shift 2
  offprint_build build "$name" "$folder" "$@" -o "$out" --image-cache "$WORK/.cache"
  check report "$name" env -C "$folder" \
    "$PYTHON" "$VALIDATE/checkers/outputs.py" "$out" "$WORK/.report.json"

  fingerprint "$out" >"$WORK/.before"
  offprint_build second-run "$name" "$folder" "$@" -o "$out" --image-cache "$WORK/.cache"
  fingerprint "$out" >"$WORK/.after"
  check untouched "$name" diff "$WORK/.before" "$WORK/.after"
  check unchanged "$name" env -C "$folder" \
    "$PYTHON" "$VALIDATE/checkers/outputs.py" --unchanged "$out" "$WORK/.report.json"

  offprint_build one-thread "$name" "$folder" "$@" -o "$again" --image-cache "$WORK/.cache-again" --jobs 1
  check same-bytes "$name" diff -r "$out" "$again"
  rm -rf "$again" "$WORK/.cache-again"
}

# offprint_build CHECK NAME FOLDER OPTION…: one run, offline.
offprint_build() {
  local check_name=$1 name=$2 folder=$3
  shift 3
  check "$check_name" "$name" env -C "$folder" \
    "$OFFPRINT" build "$@" --offline --report "$WORK/.report.json"
}

# fingerprint DIR: each file with its length and time of change, to see whether a run touches any.
fingerprint() {
  [[ ! -d $1 ]] || (cd "$1" && find . -type f -printf '%p %s %T@ %i\n' | sort)
}
