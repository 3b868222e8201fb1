"""msrv.py ROOT: is the rust-version of Cargo.toml true?

No dependency may need a later Rust. And the declared one must compile the project: where it is the Rust that
runs here, the whole suite has shown that; where rustup has it, it is asked; else there is no telling.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from findings import finish


def output(*command: str, folder: Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def number(version: str) -> tuple[int, int]:
    major, minor = re.match(r"(\d+)\.(\d+)", version).groups()
    return int(major), int(minor)


def too_old_for(packages: list[dict], declared: str) -> list[str]:
    """The dependencies that need a later Rust."""
    demanding = [package for package in packages if number(package["rust_version"] or "1.0") > number(declared)]
    return [f"{one['name']} {one['version']} needs Rust {one['rust_version']}" for one in demanding]


def compiles(root: Path, declared: str) -> list[str]:
    running = output("rustc", "--version", folder=root).split()[1]
    if number(running) == number(declared):
        return []
    if number(running) < number(declared):
        return [f"Rust {running} is older than the {declared} of Cargo.toml"]
    listed = output("rustup", "toolchain", "list", folder=root).split() if has_rustup() else []
    toolchain = next((name for name in listed if re.match(rf"{re.escape(declared)}(\.\d+)?-", name)), None)
    if toolchain is None:
        return [f"Rust {declared} is not here: `rustup toolchain install {declared}`, or SKIP=msrv"]
    command = ["cargo", f"+{toolchain}", "check", "--locked", "--offline", "--quiet", "--all-targets"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return done.stderr.splitlines() if done.returncode else []


def has_rustup() -> bool:
    return any((Path(folder) / "rustup").exists() for folder in os.environ["PATH"].split(os.pathsep))


def main() -> None:
    root = Path(sys.argv[1])
    described = json.loads(output("cargo", "metadata", "--locked", "--offline", "--format-version", "1", folder=root))
    own = next(package for package in described["packages"] if package["id"] == described["resolve"]["root"])
    declared = own["rust_version"]
    if declared is None:
        finish(["Cargo.toml declares no rust-version"])
    finish(too_old_for(described["packages"], declared) or compiles(root, declared))


if __name__ == "__main__":
    main()
