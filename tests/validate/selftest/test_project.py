"""The linters of workflows and the checkers of the project pass what is right and object to each fault put into it."""

import os
import shutil
import subprocess
import sys
import tarfile
import unittest

from checked import VALIDATE, VALIDATORS, CheckerCase, checker, left_out

ROOT = VALIDATE.parent.parent
PROGRAMS = VALIDATORS / "python/bin"
WORKFLOW = ROOT / "src/cli/init/workflow.yml"
RECIPES = ROOT / "examples/unattended"

# What is wrong, where it stands, and what makes it so.
FOR_ACTIONLINT = [
    ("property", "steps.changes.outputs", "steps.change.outputs"),
    ("SC2086", 'touch "$RUNNER_TEMP/before"', "touch $RUNNER_TEMP/before"),
    ("unexpected key", "    timeout-minutes: 60", "    timeout-minute: 60"),
    ("CRON", "17 * * * *", "77 * * * *"),
]
FOR_ZIZMOR = [
    ("unpinned-uses", "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7"),
    ("artipacked", "        with:\n          persist-credentials: false\n", ""),
    ("excessive-permissions", "permissions: {}", "permissions: write-all"),
    ("template-injection", 'run: echo "$DIGEST"', "run: echo ${{ github.head_ref }}"),
]
FOR_SCHEMA = [
    ("runs-on", "    runs-on: ubuntu-latest\n", ""),
    ("timeout-minutes", "    timeout-minutes: 60\n", ""),
]


class Workflows(CheckerCase):
    def assert_linted(self, faults: list, *command) -> None:
        """The linter passes the workflow that init writes, and names each fault that is put into it."""
        text = WORKFLOW.read_text(encoding="utf-8")
        self.assert_passes(*command, self.write("workflow.yml", text))
        for about, old, new in faults:
            with self.subTest(about):
                self.assert_objects(about, *command, self.write("workflow.yml", self.broken(text, old, new)))

    @unittest.skipIf(left_out("actionlint"), "SKIP names it")
    def test_actionlint(self):
        self.assert_linted(FOR_ACTIONLINT, PROGRAMS / "actionlint", "-shellcheck", PROGRAMS / "shellcheck")

    @unittest.skipIf(left_out("zizmor"), "SKIP names it")
    def test_zizmor(self):
        self.assert_linted(FOR_ZIZMOR, PROGRAMS / "zizmor", "--offline", "--persona", "pedantic")

    @unittest.skipIf(left_out("workflow-schema"), "SKIP names it")
    def test_schemas(self):
        program = [PROGRAMS / "check-jsonschema", "--builtin-schema"]
        self.assert_linted(FOR_SCHEMA[:1], *program, "vendor.github-workflows")
        self.assert_linted(FOR_SCHEMA[1:], *program, "custom.github-workflows-require-timeout")
        action = (ROOT / "action.yml").read_text(encoding="utf-8")
        broken = self.write("action.yml", self.broken(action, "using: composite", "using: composit"))
        self.assert_objects("composit", *program, "vendor.github-actions", broken)
        gitlab = (RECIPES / "gitlab-ci.yml").read_text(encoding="utf-8")
        broken = self.write("gitlab-ci.yml", self.broken(gitlab, "when: always", "when: sometimes"))
        command = [*program, "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
        self.assert_objects("sometimes", *command, broken)

    def test_scripts(self):
        action = (ROOT / "action.yml").read_text(encoding="utf-8")
        broken = self.broken(action, 'mkdir -p ~/.cache/offprint "$OUT"', "mkdir -p ~/.cache/offprint $OUT")
        shellcheck = PROGRAMS / "shellcheck"
        self.assert_objects("SC2086", *checker("scripts.py", shellcheck, self.write("action.yml", broken)))
        empty = self.write("empty.yml", "name: empty\n")
        self.assert_objects("no script", *checker("scripts.py", shellcheck, empty))

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not here")
    def test_units(self):
        service = (RECIPES / "offprint.service").read_text(encoding="utf-8")
        for about, old, new in [
            ("Unknown key", "CacheDirectory=", "CacheFolder="),
            ("Failed to parse", "PrivateTmp=yes", "PrivateTmp=perhaps"),
        ]:
            with self.subTest(about):
                unit = self.write("offprint.service", self.broken(service, old, new))
                self.assert_objects(about, *checker("units.py", "/bin/true", unit))


class Dependencies(CheckerCase):
    def project(self) -> None:
        """A project with one dependency, in a folder beside it."""
        for name, dependency in [("own", '[dependencies]\nother = { version = "1.0.0", path = "../other" }\n'), ("other", "")]:
            (self.folder / name / "src").mkdir(parents=True)
            self.write(f"{name}/src/lib.rs", "")
            manifest = f'[package]\nname = "{name}"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\n'
            self.write(f"{name}/Cargo.toml", manifest + f'rust-version = "1.70"\n{dependency}')
        shutil.copy(ROOT / "deny.toml", self.folder / "own/deny.toml")
        self.lock()

    def lock(self) -> None:
        own = self.folder / "own"
        subprocess.run(["cargo", "generate-lockfile", "--offline"], cwd=own, check=True, capture_output=True)

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        self.write(name, self.broken(text, old, new))

    @unittest.skipIf(left_out("deny"), "SKIP names it")
    def test_deny(self):
        self.project()
        manifest = ["--manifest-path", self.folder / "own/Cargo.toml"]
        command = [PROGRAMS / "cargo-deny", "--offline", *manifest, "check", "licenses", "bans", "sources"]
        # No licence but one of the list is used here.
        self.change("own/deny.toml", 'unused-allowed-license = "deny"\n', "")
        self.assert_passes(*command)
        self.change("other/Cargo.toml", '"MIT"', '"GPL-3.0-only"')
        self.assert_objects("rejected", *command)

    def test_msrv(self):
        self.project()
        self.change("other/Cargo.toml", '"1.70"', '"1.99"')
        self.assert_objects("other 1.0.0 needs Rust 1.99", *checker("msrv.py", self.folder / "own"))
        self.change("other/Cargo.toml", '"1.99"', '"1.70"')
        self.change("own/Cargo.toml", '"1.70"', '"1.99"')
        self.assert_objects("older than the 1.99", *checker("msrv.py", self.folder / "own"))
        self.change("own/Cargo.toml", 'rust-version = "1.99"\n', "")
        self.assert_objects("no rust-version", *checker("msrv.py", self.folder / "own"))


class Package(CheckerCase):
    def test_contents(self):
        sys.path.insert(0, str(VALIDATE / "checkers"))
        import crate

        _, needed = crate.CRATES["offprint"]
        path = self.folder / "offprint.crate"
        with tarfile.open(path, "w:gz") as archive:
            for name in sorted(needed - {"NOTICE"}) + ["src/cli/mod.rs", "docs/pictures/one.png"]:
                archive.add(os.devnull, f"offprint-1.0.0/{name}", filter=as_file)
        self.assertEqual(crate.contents(path, "offprint"), ["docs/pictures/one.png: nobody needs it", "NOTICE: missing"])

    def test_versions(self):
        sys.path.insert(0, str(VALIDATE / "checkers"))
        import crate

        packed = ['name = "offprint-check"', 'source = "registry"', 'checksum = "00"', 'version = "1.0.0"']
        self.assertEqual(crate.unlocked(packed, [packed[0], packed[3]]), [])
        objections = crate.unlocked(packed, [packed[0], 'version = "1.0.1"'])
        self.assertEqual(objections, ['Cargo.lock: version = "1.0.0"', 'Cargo.lock: version = "1.0.1"'])


def as_file(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.type, member.size = tarfile.REGTYPE, 0
    return member


if __name__ == "__main__":
    unittest.main()
