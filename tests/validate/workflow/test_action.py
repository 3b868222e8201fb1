"""action.yml does what it says: runs of it, and the installation of a released program.

OFFPRINT names the program.
"""

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import unittest
from pathlib import Path

from archive import ArchiveCase
from expression import filled
from runner import Job, files, load

ROOT = Path(__file__).resolve().parents[3]
# A stand-in for curl that takes addresses from a folder.
CURL = """#!/bin/bash
while [ "$#" -gt 1 ]; do
  [ "$1" != --output ] || output=$2
  case $1 in https://git.example/*) address=$1 ;; esac
  shift
done
case $1 in https://git.example/*) address=$1 ;; esac
echo "fetched $address"
cp "{web}/${{address#https://git.example/}}" "$output"
"""
# "cargo install --root DIR" copies the program that is tested.
CARGO = """#!/bin/bash
echo "cargo $*"
while [ "$1" != --root ]; do shift; done
mkdir -p "$2/bin"
cp '{program}' "$2/bin/offprint"
"""


class Action(ArchiveCase):
    def setUp(self):
        super().setUp()
        self.tool("cargo", CARGO.format(program=self.program))
        self.web = self.root / "web"
        self.tool("curl", CURL.format(web=self.web))
        self.action = load(ROOT / "action.yml")
        self.configure("offprint.toml", '[input]\npaths = ["articles"]\n[output]\nto = ["rss", "json"]\n')
        self.number = 0

    def configure(self, name: str, text: str) -> None:
        path = self.repository / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run_action(self, **inputs: str) -> Job:
        self.number += 1
        given = {name: described["default"] for name, described in self.action["inputs"].items()}
        names = {name.replace("_", "-"): text for name, text in inputs.items()}
        self.assertLessEqual(names.keys(), given.keys())
        contexts = {
            "inputs": given | names,
            "github": {
                "run_id": str(self.number),
                "run_attempt": "1",
                "action_path": str(ROOT),
                "action_repository": "Ada/offprint",
                "server_url": "https://git.example",
            },
        }
        job = Job(self.github, self.repository, self.environment(), contexts)
        shutil.copytree(self.repository, job.workspace, dirs_exist_ok=True)
        job.run(self.action["runs"]["steps"])
        return job

    def output(self, job: Job, name: str) -> str:
        return filled(self.action["outputs"][name]["value"], job.contexts)

    def release(self, system: str, program: bytes | None = None) -> Path:
        """Lays a release on the "web": an archive as .ci/package makes it, and the sums."""
        content = self.program.read_bytes() if program is None else program
        folder = self.web / "Ada/offprint/releases/download/v0.1.0"
        folder.mkdir(parents=True, exist_ok=True)
        archive = folder / f"offprint-0.1.0-{system}.tar.gz"
        with tarfile.open(archive, "w:gz") as packed:
            entry = tarfile.TarInfo(f"offprint-0.1.0-{system}/offprint")
            entry.mode, entry.size = 0o755, len(content)
            packed.addfile(entry, io.BytesIO(content))
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        (folder / "SHA256SUMS").write_text(f"{'0' * 64}  other\n{digest}  {archive.name}\n", encoding="utf-8")
        return archive

    def test_the_first_run_compiles_and_says_that_something_changed(self):
        job = self.run_action()
        self.assertFalse(job.failed, job.log)
        self.assertIn("cargo install --locked --path . --root", job.log)
        self.assertEqual(self.output(job, "changed"), "true")
        self.assertIn('"version": 1', Path(self.output(job, "report")).read_text(encoding="utf-8"))
        self.assertTrue((job.workspace / "out/rss.xml").exists())

    def test_a_second_run_says_that_nothing_changed_and_compiles_nothing(self):
        self.run_action()
        job = self.run_action()
        self.assertFalse(job.failed, job.log)
        self.assertEqual(self.output(job, "changed"), "false")
        self.assertNotIn("Install the program", job.ran)
        self.assertEqual(len(self.github.keys("offprint-outputs-")), 1)
        self.article(4)
        self.assertEqual(self.output(self.run_action(), "changed"), "true")

    def test_arguments_are_split_as_a_shell_does(self):
        job = self.run_action(arguments="--to rss --title \"A  'long' title\"", out="web")
        self.assertFalse(job.failed, job.log)
        self.assertEqual(sorted(files(job.workspace / "web")), ["feeds.opml", "rss.xml"])
        self.assertIn("<title>A &apos;long&apos; title</title>", (job.workspace / "web/rss.xml").read_text(encoding="utf-8"))

    def test_arguments_run_nothing(self):
        job = self.run_action(arguments="--to rss --title '$(touch forged) `touch forged`'")
        self.assertFalse(job.failed, job.log)
        self.assertFalse((job.workspace / "forged").exists())
        self.assertTrue(self.run_action(arguments="--title 'unbalanced").failed)

    def test_a_configuration_in_a_folder(self):
        self.configure("sub/other.toml", '[input]\npaths = ["../articles"]\n[publication]\nname = "mine"\n')
        job = self.run_action(working_directory="sub", configuration="other.toml")
        self.assertFalse(job.failed, job.log)
        self.assertTrue((job.workspace / "sub/out/mine.epub").exists())

    def test_what_is_no_longer_made_goes_and_counts_as_a_change(self):
        self.run_action()
        job = self.run_action(arguments="--to rss")
        self.assertEqual(sorted(files(job.workspace / "out")), ["feeds.opml", "rss.xml"])
        self.assertEqual(self.output(job, "changed"), "true")

    def test_what_no_run_made_stays(self):
        self.configure("out/CNAME", "tales.example\n")
        self.run_action()
        job = self.run_action(arguments="--to rss")
        self.assertEqual(sorted(files(job.workspace / "out")), ["CNAME", "feeds.opml", "rss.xml"])
        again = self.run_action(arguments="--to rss")
        self.assertEqual(self.output(again, "changed"), "false")
        self.assertEqual(sorted(files(again.workspace / "out")), ["CNAME", "feeds.opml", "rss.xml"])

    def test_nothing_goes_while_an_article_cannot_be_read(self):
        self.article(4, month=2)
        arguments = "--to epub --split month"
        self.run_action(arguments=arguments)
        self.damage(4)
        job = self.run_action(arguments=arguments)
        self.assertFalse(job.failed, job.log)
        books = [name for name in files(job.workspace / "out") if name.endswith("-2022-02.epub")]
        self.assertEqual(len(books), 1)
        (self.repository / "articles/4.txt").unlink()
        job = self.run_action(arguments=arguments)
        self.assertFalse((job.workspace / "out" / books[0]).exists())
        self.assertEqual(self.output(job, "changed"), "true")
        self.assertFalse((self.run_action(arguments=arguments).workspace / "out" / books[0]).exists())

    def test_the_folder_of_the_archive_is_not_taken_for_the_outputs(self):
        for out in (".", "..", "sub/..", "/", ""):
            with self.subTest(out):
                job = self.run_action(out=out)
                self.assertTrue(job.failed)
                self.assertIn("a folder of its own", job.log)
                self.assertTrue((job.workspace / "articles/1.txt").exists())

    def test_without_a_cache_every_run_is_a_first_one(self):
        self.run_action(cache="false")
        job = self.run_action(cache="false")
        self.assertEqual(self.output(job, "changed"), "true")
        self.assertEqual(self.github.keys("offprint-outputs-") + self.github.keys("offprint-state-"), [])

    def test_a_release_is_downloaded_and_held_against_its_sums(self):
        self.release("x86_64-unknown-linux-musl")
        job = self.run_action(release="v0.1.0")
        self.assertFalse(job.failed, job.log)
        self.assertNotIn("cargo ", job.log)
        self.assertIn("fetched https://git.example/Ada/offprint/releases/download/v0.1.0/SHA256SUMS", job.log)

    def test_a_release_is_held_against_the_sum_that_is_given(self):
        archive = self.release("x86_64-unknown-linux-musl")
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        job = self.run_action(release="v0.1.0", checksum=digest)
        self.assertFalse(job.failed, job.log)
        self.assertNotIn("SHA256SUMS", job.log)
        # The program of another sum is another program.
        job = self.run_action(release="v0.1.0", checksum="1" * 64)
        self.assertTrue(job.failed)
        self.assertIn(f"does not have the checksum {'1' * 64}", job.log)

    def test_a_release_with_another_sum_is_not_run(self):
        archive = self.release("x86_64-unknown-linux-musl")
        archive.write_bytes(archive.read_bytes() + b"\0")
        job = self.run_action(release="v0.1.0")
        self.assertTrue(job.failed)
        self.assertIn("::error::", job.log)
        self.assertEqual(self.github.keys("offprint-program-"), [])
        sums = archive.with_name("SHA256SUMS")
        sums.write_text("", encoding="utf-8")
        self.assertIn("that SHA256SUMS should name", self.run_action(release="v0.1.0").log)

    def test_each_system_of_the_release_has_its_archive(self):
        script = (ROOT / ".ci/install").read_text(encoding="utf-8")
        release = load(ROOT / ".github/workflows/release.yml")
        targets = {made["target"] for made in release["jobs"]["package"]["strategy"]["matrix"]["include"]}
        named = {line.split()[-2] for line in script.splitlines() if ") echo " in line}
        self.assertEqual(named, targets)
        done = subprocess.run(
            [ROOT / ".ci/install", self.root / "program"],
            env=os.environ | {"RELEASE": "v0.1.0", "SYSTEM": "Plan9-MIPS"},
            capture_output=True,
            text=True,
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn("::error::There is no release for Plan9-MIPS", done.stderr)


if __name__ == "__main__":
    unittest.main()
