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

EVERYWHERE = r"src/.+|LICENSE-[A-Z]+|Cargo\.(toml|toml\.orig|lock)|\.cargo_vcs_info\.json"
LICENCES = {"Cargo.toml", "Cargo.lock", "LICENSE-MIT", "LICENSE-APACHE"}
# Of each crate: what may be in its archive, and what has to be.
CRATES = {
    "offprint": (
        re.compile(rf"{EVERYWHERE}|examples/[^/]+\.rs|docs/[^/]+\.schema\.json|docs/src/how-to/own-reader\.md|README[^/]*\.md|CHANGELOG\.md|NOTICE"),
        LICENCES | {"src/main.rs", "src/lib.rs", "README.md", "NOTICE"},
    ),
    "offprint-check": (re.compile(EVERYWHERE), LICENCES | {"src/lib.rs"}),
}
LARGEST = 1_000_000
# Tests and benches stay in the repository, and the repository's address is not known before there is one.
EXPECTED = re.compile(r"ignoring (test|bench|example)|manifest has no documentation, homepage or repository|see http")
# What the lock file no longer says of a crate that is not taken from a registry.
OF_A_REGISTRY = re.compile(r'(source|checksum) = ".+"')


def cargo(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(["cargo", *arguments], cwd=folder, capture_output=True, text=True)


def contents(crate: Path, name: str) -> list[str]:
    """What is in a crate's archive and should not be, and what is not and should."""
    wanted, needed = CRATES[name]
    with tarfile.open(crate) as archive:
        sizes = {member.name.split("/", 1)[1]: member.size for member in archive.getmembers() if member.isfile()}
    found = [f"{file}: nobody needs it" for file in sizes if not wanted.fullmatch(file)]
    found += [f"{file}: {size} bytes" for file, size in sizes.items() if size > LARGEST]
    return found + [f"{file}: missing" for file in sorted(needed - sizes.keys())]


def compiled(crates: dict[str, Path], target: Path) -> list[str]:
    """What the compiler says of the unpacked archives, the examples included."""
    with tempfile.TemporaryDirectory() as folder:
        for name, crate in crates.items():
            with tarfile.open(crate) as archive:
                archive.extractall(Path(folder) / name, filter="data")
        unpacked = {name: next((Path(folder) / name).iterdir()) for name in crates}
        # The checker is in no registry before both are published: the one that was packed stands in for it.
        place = f'patch.crates-io.offprint-check.path="{unpacked["offprint-check"]}"'
        lock = unpacked["offprint"] / "Cargo.lock"
        packed = lock.read_text(encoding="utf-8").splitlines()
        options = ["--offline", "--quiet", "--lib", "--bins", "--examples", "--config", place]
        done = cargo("check", *options, "--target-dir", target, folder=unpacked["offprint"])
        used = lock.read_text(encoding="utf-8").splitlines()
    if done.returncode:
        return done.stderr.splitlines()
    return unlocked(packed, used)


def unlocked(packed: list[str], used: list[str]) -> list[str]:
    """What was compiled with other versions than those that are packed: nothing but the stand-in may differ."""
    gone = [line for line in packed if line not in set(used) and not OF_A_REGISTRY.fullmatch(line)]
    come = [line for line in used if line not in set(packed)]
    return [f"Cargo.lock: {line}" for line in gone + come]


def main() -> None:
    root, target = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    options = ["--workspace", "--locked", "--offline", "--allow-dirty", "--no-verify"]
    done = cargo("package", *options, "--target-dir", target, folder=root)
    if done.returncode:
        finish(done.stderr.splitlines())
    lines = [line.strip() for line in done.stderr.splitlines()]
    found = [line for line in lines if line.startswith(("warning", "note")) and not EXPECTED.search(line)]
    packed = [line.split()[1:3] for line in lines if line.startswith("Packaging")]
    crates = {name: target / "package" / f"{name}-{version.removeprefix('v')}.crate" for name, version in packed}
    if crates.keys() != CRATES.keys():
        finish([f"packed are {', '.join(sorted(crates))}"])
    for name, crate in crates.items():
        found += [f"{name}: {one}" for one in contents(crate, name)]
    finish(found + compiled(crates, target))


if __name__ == "__main__":
    main()
