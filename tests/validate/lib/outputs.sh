# shellcheck shell=bash
# Runs the main job on seeds/ and on the archives that OFFPRINT_TEST_ARCHIVES names (folders, separated
# by colons), for the checkers to look at. Sourced after results.sh; needs ROOT, VALIDATE, OFFPRINT (the
# program), PYTHON (the validators' own) and WORK, below which each archive's outputs get a folder.

# make_all_outputs MAKE: calls MAKE (make_outputs or compare_runs) for each archive, on an empty work
# folder, so that no run leans on what an earlier one left. The folders' names are then in OUTPUTS.
make_all_outputs() {
  local make=$1 archive number=0
  rm -rf "$WORK"
  mkdir -p "$WORK"
  OUTPUTS=(seeds)
  "$make" seeds "$ROOT" seeds --config offprint.toml
  while IFS= read -r -d ':' archive; do
    [[ -n $archive ]] || continue
    number=$((number + 1))
    OUTPUTS+=("$number-$(basename "$archive")")
    if [[ -d $archive ]]; then
      # From a folder without offprint.toml, so that the defaults hold; feeds with every article.
      "$make" "${OUTPUTS[-1]}" "$WORK" "$(realpath "$archive")" --items 0
    else
      record_failure build "$archive (OFFPRINT_TEST_ARCHIVES names it, but it is no folder)"
    fi
  done <<<"${OFFPRINT_TEST_ARCHIVES:-}:"
}

# make_views MAKE: the feeds of seeds/ in every view (archive documents, sources, hubs, a bound), and no
# book.
make_views() {
  OUTPUTS+=(views)
  "$1" views "$ROOT" seeds --config tests/validate/feeds.toml
}

# make_books MAKE VARIANT…: the book of seeds/ cut, grouped, set and sized in other ways.
make_books() {
  local make=$1 variant
  local -a options
  for variant in "${@:2}"; do
    case $variant in
      split-size) options=(--max-size 400kB) ;;
      split-*) options=(--split "${variant#split-}") ;;
      month-in-parts) options=(--split month --max-size 300kB) ;;
      by-source) options=(--group-by source) ;;
      vertical) options=(--vertical --language zh-Hant) ;;
      vertical-japanese) options=(--vertical --language ja --split month) ;;
      right-to-left) options=(--language ar --group-by source) ;;
      hebrew) options=(--language he --split year) ;;
      *) options=(--profile "$variant") ;;
    esac
    OUTPUTS+=("$variant")
    "$make" "$variant" "$ROOT" seeds --config offprint.toml --to epub "${options[@]}"
  done
}

# make_outputs NAME FOLDER OPTION…: one run, from FOLDER, into WORK/NAME.
make_outputs() {
  offprint_build build "$1" "$2" "${@:3}" -o "$WORK/$1" --image-cache "$WORK/.cache"
}

# compare_runs NAME FOLDER OPTION…: a run; a second one, which must change nothing; and one with a single
# thread and nothing to go by from earlier runs, which must write the same bytes.
compare_runs() {
  local name=$1 folder=$2 out=$WORK/$1 again=$WORK/.again
  make_outputs "$@"
  check_report report "$name" "$folder"

  fingerprint "$out" >"$WORK/.before"
  offprint_build second-run "$name" "$folder" "${@:3}" -o "$out" --image-cache "$WORK/.cache"
  fingerprint "$out" >"$WORK/.after"
  check untouched "$name" diff "$WORK/.before" "$WORK/.after"
  check_report unchanged "$name" "$folder" --unchanged

  offprint_build one-thread "$name" "$folder" "${@:3}" -o "$again" --image-cache "$WORK/.cache-again" --jobs 1
  check same-bytes "$name" diff -r "$out" "$again"
  rm -rf "$again" "$WORK/.cache-again"
  check_inspection "$name" "$folder" "$3"
}

# check_inspection NAME FOLDER PATH: what `inspect --json` says of the archive, against its schema.
check_inspection() {
  local lines=$WORK/.inspect.jsonl
  env -C "$2" "$OFFPRINT" inspect --json "$3" >"$lines" 2>/dev/null || true
  run_checker inspect "$1" inspection.py "$ROOT/docs/inspect.schema.json" "$lines"
  rm -f "$lines"
}

# offprint_build CHECK NAME FOLDER OPTION…: one run, offline.
offprint_build() {
  rm -f "$WORK/.report.json"
  check "$1" "$2" env -C "$3" "$OFFPRINT" build "${@:4}" --offline --report "$WORK/.report.json"
}

# check_report CHECK NAME FOLDER OPTION…: the last run's report against its output folder.
check_report() {
  check "$1" "$2" env -C "$3" \
    "$PYTHON" "$VALIDATE/checkers/outputs.py" "${@:4}" \
    "$ROOT/docs/report.schema.json" "$WORK/$2" "$WORK/.report.json"
}

# fingerprint DIR: each file with its length, time of change and inode, to see whether a run touches any.
fingerprint() {
  [[ ! -d $1 ]] || (cd "$1" && find . -type f -printf '%p %s %T@ %i\n' | sort)
}
