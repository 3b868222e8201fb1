# shellcheck shell=bash
# The programs that a suite needs on the machine: are they here, where do they come from, and may we
# install them ourselves? Sourced after results.sh.

# One line a program: probe | Debian packages ("-": not from Debian) | checks that need it, "*": all |
# what to do where it can't be installed from Debian.
suite_programs() {
  cat <<'TABLE'
cargo|-|*|install Rust with rustup: see rustup.rs
rustfmt|-|fmt|rustup component add rustfmt
clippy|-|clippy|rustup component add clippy
python|python3 python3-venv|*|Python 3.10 or later with its venv module
java|default-jdk-headless|epubcheck jing|a Java development kit, version 11 or later
node|nodejs|feedsmith rss-parser json-feed|Node.js 18 or later
npm|npm|feedsmith rss-parser json-feed|npm, which comes with Node.js
xmllint|libxml2-utils|xmllint|xmllint, from libxml2
jing|jing|jing|jing, the RELAX NG validator
strace|strace|faults|strace, and a system that lets it trace
faketime|faketime|faults|faketime, which gives a program another time
nginx|nginx-light|nginx|nginx, the web server
hugo|hugo|generators|Hugo, which makes sites and their feeds
jekyll|jekyll ruby-jekyll-feed|generators|Jekyll and its jekyll-feed
newsboat|newsboat|newsboat|newsboat, the feed reader
sfeed|sfeed|sfeed|sfeed, the feed parser
jq|jq|workflow-run|jq, which the workflows use
TABLE
}

readers_programs() {
  cat <<'TABLE'
cargo|-|*|install Rust with rustup: see rustup.rs
python|python3 python3-venv|*|Python 3.10 or later with its venv module
node20|nodejs|ace foliate epubjs|Node.js 20 or later
npm|npm|ace foliate epubjs|npm, which comes with Node.js
calibre|calibre|calibre|calibre, whose ebook-convert is used
chromium|chromium|ace foliate epubjs|Chromium or Chrome
cjk-font|fonts-noto-cjk|foliate epubjs|a font with Chinese characters, known to fontconfig
TABLE
}

# present PROBE: is the program here, and new enough?
present() {
  case $1 in
    rustfmt) cargo fmt --version ;;
    clippy) cargo clippy --version ;;
    python) python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' ;;
    # A runtime alone can't run EpubCheckAll.java from its source.
    java) (($(java_version) >= 11)) && java --list-modules | grep -q '^jdk.compiler' ;;
    node) (($(node_version) >= 18)) ;;
    node20) (($(node_version) >= 20)) ;;
    calibre) ebook-convert --version ;;
    jekyll) ruby -r jekyll -r jekyll-feed -e '' ;;
    chromium) chromium_path ;;
    cjk-font) fc-list :lang=zh file | grep -q . ;;
    *) command -v "$1" ;;
  esac >/dev/null 2>&1
}

# java_version: the runtime's feature version; "1.8" is 8.
java_version() {
  java -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1
}

node_version() {
  node --version | sed 's/^v\([0-9]*\).*/\1/'
}

# chromium_path: where the browser is, by any of its names.
chromium_path() {
  command -v chromium || command -v google-chrome || command -v chromium-browser
}

# needed CHECKS: is any of these checks wanted?
needed() {
  local name
  [[ $1 != '*' ]] || return 0
  for name in $1; do
    ! wanted "$name" || return 0
  done
  return 1
}

# missing_programs TABLE: the table's lines whose program is needed and not here.
missing_programs() {
  local probe packages checks advice
  while IFS='|' read -r probe packages checks advice; do
    if [[ -n $probe ]] && needed "$checks" && ! present "$probe"; then
      printf '%s|%s|%s|%s\n' "$probe" "$packages" "$checks" "$advice"
    fi
  done <<<"$1"
}

# may_install: are we root on a Debian or Ubuntu?
may_install() {
  ((EUID == 0)) && command -v apt-get >/dev/null &&
    grep -qsE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

# install_packages PACKAGE…: one at a time, so that one this release does not have keeps back no other.
install_packages() {
  local package
  local -a apt=(apt-get -qq -o DPkg::Lock::Timeout=600)
  export DEBIAN_FRONTEND=noninteractive
  printf 'installing from Debian: %s\n' "$*"
  "${apt[@]}" update >"$LOG" 2>&1 || tail -n 3 "$LOG"
  for package in "$@"; do
    "${apt[@]}" install --no-install-recommends -y "$package" >"$LOG" 2>&1 || tail -n 3 "$LOG"
  done
}

# require_programs TABLE: installs what is missing where it may; else says what is missing, and fails.
require_programs() {
  local missing probe packages checks advice
  local -a wanted_packages=()
  missing=$(missing_programs "$1")
  if [[ -n $missing ]] && may_install; then
    read -ra wanted_packages <<<"$(cut -d '|' -f 2 <<<"$missing" | grep -vx -e - | paste -sd ' ' || true)"
    ((${#wanted_packages[@]} == 0)) || install_packages "${wanted_packages[@]}"
    hash -r
    missing=$(missing_programs "$1")
  fi
  [[ -n $missing ]] || return 0
  {
    printf 'missing, or too old:\n'
    while IFS='|' read -r probe packages checks advice; do
      printf '  %s: %s' "$probe" "$advice"
      [[ $packages == - ]] || printf ' (Debian: apt-get install %s)' "$packages"
      [[ $checks == '*' ]] || printf '; SKIP="%s" does without' "$checks"
      printf '\n'
    done <<<"$missing"
  } >&2
  return 1
}

# prepare SET…: what these suites need of the machine, and their validators.
prepare() {
  local set
  for set; do
    require_programs "$("${set}_programs")" || return 1
    install_validators "$set" || return 1
  done
}
