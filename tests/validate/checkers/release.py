#!/usr/bin/env python3
"""release.py DIR ARCHIVE: a release's archive, unpacked in DIR, holds what it should, and its program is static."""

import re
import subprocess
import sys
import tarfile
from pathlib import Path

from findings import finish

NEEDED = {
    "offprint": b"\x7fELF",
    "README.md": b"# Offprint",
    "LICENSE-MIT": b"MIT",
    "LICENSE-APACHE": b"Apache License",
    "NOTICE": b"epub-builder",
    "THIRD-PARTY.txt": b"epub-builder 0.8.2: MPL-2.0",
    "man/offprint.1": b".TH offprint 1",
    "man/offprint-build.1": rb"\-\-split",
    "completions/offprint.bash": b"complete -F _offprint",
    "completions/_offprint": b"#compdef offprint",
    "completions/offprint.fish": b"complete -c offprint",
    "completions/offprint.ps1": b"Register-ArgumentCompleter",
}


def missing(folder: Path) -> list[str]:
    found = []
    for name, sign in NEEDED.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{name}: missing")
        elif sign not in path.read_bytes():
            found.append(f"{name}: holds no {sign.decode(errors='replace')!r}")
    return found


def dynamic(program: Path) -> list[str]:
    """What the program needs of a system: an interpreter, libraries."""
    headers = subprocess.run(
        ["readelf", "--wide", "--program-headers", "--dynamic", program], capture_output=True, text=True, check=True
    ).stdout
    needed = re.findall(r"INTERP|\(NEEDED\).*", headers)
    return [f"{program.name} is not static: {one}" for one in needed]


def owned(archive: Path) -> list[str]:
    """Files that tell of the machine they were packed on."""
    with tarfile.open(archive) as packed:
        return [f"{one.name}: owner or time" for one in packed.getmembers() if one.mtime or one.uid or one.uname]


def unlicensed(folder: Path) -> list[str]:
    """Libraries of the lock file's kind are many: a list of a few would be a list of few."""
    crates = re.findall(r"(?m)^={80}\n(\S+) \S+: (.*)$", (folder / "THIRD-PARTY.txt").read_text(encoding="utf-8"))
    found = [f"{name}: no licence" for name, licence in crates if licence in ("", "see below")]
    return found if len(crates) > 100 else [*found, f"THIRD-PARTY.txt names {len(crates)} libraries only"]


def main() -> None:
    folder, archive = Path(sys.argv[1]), Path(sys.argv[2])
    finish(missing(folder) + dynamic(folder / "offprint") + owned(archive) + unlicensed(folder))


if __name__ == "__main__":
    main()
