#!/usr/bin/env bash
# Makes the archive of a release for Linux as the release workflow does (.ci/package), and shows that what is
# in it is static: it runs in a folder that holds nothing else, without network, and its outputs are those of
# the program that the other tests use.
#
# Usage: tests/package.sh [--debian]
#
# The target is musl on this machine's processor, if Rust's standard library for it is here (`rustup target
# add x86_64-unknown-linux-musl`, and musl-gcc). Without it the GNU C library is linked statically, which shows
# the steps but is not what is released. --debian, as root on Debian, fetches Debian's newest Rust with the
# sources of its standard library into target/debian and compiles that for musl, which takes minutes.
#
# Needs Rust and Python 3.10; for the empty folder, root. Exit 0: all passed; 1: something failed.
set -euo pipefail
# shellcheck source=tests/validate/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/validate/lib/setup.sh"
cd "$ROOT"
WORK=$TARGET/package-test
DEBIAN=$TARGET/debian
PYTHON=python3

# debian_rust: Debian's compiler and the sources of its standard library, unpacked, not installed.
debian_rust() {
  local -a packages
  apt-get -qq -o DPkg::Lock::Timeout=600 update
  command -v musl-gcc >/dev/null || apt-get -qq install --no-install-recommends -y musl-tools
  mapfile -t packages < <(
    apt-get install --simulate --no-install-recommends rustc-web cargo-web rust-web-src |
      sed -n 's/^Inst \([^ ]*\) (\([^ ]*\).*/\1=\2/p'
  )
  rm -rf "$DEBIAN"
  mkdir -p "$DEBIAN/packages" "$DEBIAN/unwind"
  (cd "$DEBIAN/packages" && apt-get -qq download "${packages[@]}" 2>/dev/null)
  for package in "$DEBIAN"/packages/*.deb; do
    dpkg-deb --extract "$package" "$DEBIAN"
  done
  # Rust's own builds for musl bring LLVM's unwinder. Debian's is compiled for the GNU C library, of which it
  # needs one function that musl does not have; GCC's needs more of it.
  (cd "$DEBIAN/packages" && apt-get -qq download libunwind-14-dev 2>/dev/null && dpkg-deb --extract libunwind-14-dev*.deb "$DEBIAN")
  cp "$DEBIAN/usr/lib/llvm-14/lib/libunwind.a" "$DEBIAN/unwind/"
  musl-gcc -O2 -x c -c -o "$DEBIAN/unwind/fprintf_chk.o" - <<'SOURCE'
#include <stdarg.h>
#include <stdio.h>
int __fprintf_chk(FILE *file, int flag, const char *format, ...) {
  va_list arguments;
  (void)flag;
  va_start(arguments, format);
  int written = vfprintf(file, format, arguments);
  va_end(arguments);
  return written;
}
SOURCE
  ar r "$DEBIAN/unwind/libunwind.a" "$DEBIAN/unwind/fprintf_chk.o"
}

# with_debian_rust COMMAND…: runs the command with that compiler. RUSTC_BOOTSTRAP lets a stable one build the
# standard library.
with_debian_rust() {
  local libraries=$DEBIAN/usr/lib/x86_64-linux-gnu:$DEBIAN/lib/x86_64-linux-gnu
  env PATH="$DEBIAN/usr/bin:$PATH" LD_LIBRARY_PATH="$libraries" \
    CARGO_TARGET_DIR="$TARGET/debian-target" RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_unwind \
    CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS="-C linker=musl-gcc -C link-self-contained=no -C relocation-model=static -L native=$DEBIAN/unwind" \
    "$@"
}

# has_musl: does the toolchain in use have the standard library for musl?
has_musl() {
  [[ -d $(rustc --print sysroot)/lib/rustlib/$(uname -m)-unknown-linux-musl/lib ]]
}

# run_alone FOLDER: the program in an empty folder that is its whole world, without any network device.
run_alone() {
  local world=$1
  unshare --net chroot "$world" /offprint build articles --offline --out out --image-cache cache &&
    unshare --net chroot "$world" /offprint check out
}

rm -rf "$WORK"
mkdir -p "$WORK/one" "$WORK/two" "$WORK/world"
target=$(uname -m)-unknown-linux-musl
declare -a with=() static=()
if [[ ${1:-} == --debian ]]; then
  debian_rust
  with=(with_debian_rust)
elif ! has_musl; then
  target=$(uname -m)-unknown-linux-gnu
  record_skip musl "$target instead" "its standard library is not here; see tests/package.sh --debian"
  static=(--static)
fi

step package ${with[@]+"${with[@]}"} .ci/package "$target" "$WORK/one" ${static[@]+"${static[@]}"}
if ! has_failed package; then
  archive=$(find "$WORK/one" -name '*.tar.gz')
  step package-again ${with[@]+"${with[@]}"} .ci/package "$target" "$WORK/two" ${static[@]+"${static[@]}"}
  stage 'what is in the package'
  check same-bytes 'the archive, made twice' diff -r "$WORK/one" "$WORK/two"
  tar -xzf "$archive" -C "$WORK" --strip-components 1
  check archive "$(basename "$archive")" "$VALIDATE/checkers/release.py" "$WORK" "$archive"
  cp "$WORK/offprint" "$WORK/world/"
  cp -r "$ROOT/seeds/articles" "$WORK/world/articles"
  if ((EUID == 0)); then
    export -f run_alone
    check alone 'an empty folder, no network' bash -c "run_alone '$WORK/world'"
  else
    record_skip alone 'an empty folder, no network' 'only root may do that'
  fi
fi
rm -rf "$WORK"
summary
