"""crate.py ROOT TARGET: what `cargo package` packs is what a user needs, and compiles by itself.

TARGET is the build folder, whose compiled dependencies serve. The registry is not asked.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from findings import finish

WANTED = re.compile(
    r"src/.+|examples/[^/]+\.rs|docs/[^/]+\.schema\.json|README[^/]*\.md|CHANGELOG\.md|LICENSE-[A-Z]+|NOTICE"
    r"|Cargo\.(toml|toml\.orig|lock)|\.cargo_vcs_info\.json"
)
NEEDED = {"src/main.rs", "src/lib.rs", "Cargo.toml", "Cargo.lock", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "NOTICE"}
LARGEST = 1_000_000
# Tests and benches stay in the repository, and the repository's address is not known before there is one.
EXPECTED = re.compile(r"ignoring (test|bench|example)|manifest has no documentation, homepage or repository|see http")


def cargo(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(["cargo", *arguments], cwd=folder, capture_output=True, text=True)


def contents(crate: Path) -> list[str]:
    """What is in the archive and should not be, and what is not and should."""
    with tarfile.open(crate) as archive:
        sizes = {member.name.split("/", 1)[1]: member.size for member in archive.getmembers() if member.isfile()}
    found = [f"{name}: nobody needs it" for name in sizes if not WANTED.fullmatch(name)]
    found += [f"{name}: {size} bytes" for name, size in sizes.items() if size > LARGEST]
    return found + [f"{name}: missing" for name in sorted(NEEDED - sizes.keys())]


def compiled(crate: Path, target: Path) -> list[str]:
    """What the compiler says of the unpacked archive, the examples included."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(crate) as archive:
        archive.extractall(folder, filter="data")
        (unpacked,) = Path(folder).iterdir()
        options = ["--locked", "--offline", "--quiet", "--lib", "--bins", "--examples"]
        done = cargo("check", *options, "--target-dir", target, folder=unpacked)
    return done.stderr.splitlines() if done.returncode else []


def main() -> None:
    root, target = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    done = cargo("package", "--locked", "--offline", "--allow-dirty", "--no-verify", "--target-dir", target, folder=root)
    if done.returncode:
        finish(done.stderr.splitlines())
    warnings = [line for line in done.stderr.splitlines() if line.startswith(("warning", "note"))]
    found = [line for line in warnings if not EXPECTED.search(line)]
    name = next(line.split()[1:3] for line in done.stderr.splitlines() if line.strip().startswith("Packaging"))
    crate = target / "package" / f"{name[0]}-{name[1].removeprefix('v')}.crate"
    finish(found + contents(crate) + compiled(crate, target))


if __name__ == "__main__":
    main()
