"""The workflow that `offprint init` writes does what it says: runs of it, one after the other, and what they leave.

OFFPRINT names the program.
"""

import os
import shutil
import subprocess
import unittest

from archive import ArchiveCase
from runner import files, load, run_workflow

# Stand-ins for rustup and cargo: "installing" copies the program that is tested.
CARGO = """#!/bin/bash
echo "cargo $*"
mkdir -p ~/.cargo/bin
cp '{program}' ~/.cargo/bin/offprint
"""


class Workflow(ArchiveCase):
    def setUp(self):
        super().setUp()
        self.offprint("init")
        self.workflow = load(self.repository / ".github/workflows/offprint.yml")
        self.workflow["env"]["INSTALL_FROM"] = "https://git.example/offprint.git"
        self.tool("cargo", CARGO.format(program=self.program))
        self.tool("rustup", "#!/bin/sh\n")

    def offprint(self, *arguments: str, **environment: str) -> None:
        names = {"PATH": os.environ["PATH"], "HOME": str(self.root / "home"), "OFFPRINT_OFFLINE": "true"}
        command = [self.program, *arguments]
        subprocess.run(command, cwd=self.repository, env=names | environment, check=True, capture_output=True)

    def run_once(self) -> dict:
        return run_workflow(self.github, self.workflow, self.repository, self.environment())

    def expected(self) -> dict[str, bytes]:
        """What a build by hand writes, with the address that GitHub Pages has."""
        out = self.root / "expected"
        shutil.rmtree(out, ignore_errors=True)
        self.offprint("build", "--out", str(out), GITHUB_ACTIONS="true", GITHUB_REPOSITORY="Ada/news")
        return files(out)

    def assert_same(self, one: dict[str, bytes], other: dict[str, bytes]) -> None:
        self.assertEqual(list(one), list(other))
        self.assertEqual([], [name for name in one if one[name] != other[name]])

    def assert_went_well(self, jobs: dict, *names: str) -> None:
        self.assertEqual(list(jobs), list(names))
        for name, job in jobs.items():
            self.assertFalse(job.failed, f"{name}: {job.log}")

    def test_the_first_run_deploys_everything(self):
        jobs = self.run_once()
        self.assert_went_well(jobs, "build", "deploy")
        self.assert_same(self.github.pages, self.expected())
        self.assertIn("rss.xml", list(self.github.pages))
        self.assertIn("opds.xml", list(self.github.pages))
        report = self.github.artefacts["offprint-report"].read_text(encoding="utf-8")
        self.assertIn('"version": 1', report)
        self.assertIn("| articles | 3 read", jobs["build"].summary)
        # The repository is as it was: nothing is committed.
        self.assertNotIn("out/rss.xml", list(files(self.repository)))

    def test_a_run_without_a_change_deploys_and_saves_nothing(self):
        self.run_once()
        jobs = self.run_once()
        self.assert_went_well(jobs, "build")
        self.assertEqual(self.github.deployments, 1)
        self.assertEqual(len(self.github.keys("offprint-outputs-")), 1)
        # Nothing but the times of the articles, which every checkout gives anew.
        self.assertEqual(len(self.github.keys("offprint-state-")), 2)
        self.assertIn("nothing changed", jobs["build"].log)
        self.assertNotIn("Install the command", jobs["build"].ran)

    def test_an_article_more_is_deployed(self):
        self.run_once()
        self.article(4)
        jobs = self.run_once()
        self.assert_went_well(jobs, "build", "deploy")
        self.assert_same(self.github.pages, self.expected())
        self.assertEqual(len(self.github.keys("offprint-outputs-")), 2)

    def split_by_month(self) -> None:
        with (self.repository / "offprint.toml").open("a", encoding="utf-8") as file:
            file.write('\n[epub]\nsplit = "month"\n')
        self.article(4, month=2)

    def test_the_book_of_a_month_without_articles_leaves_the_pages(self):
        self.split_by_month()
        self.assert_went_well(self.run_once(), "build", "deploy")
        self.assertIn("archive-2022-02.epub", list(self.github.pages))
        (self.repository / "articles/4.txt").unlink()
        self.assert_went_well(self.run_once(), "build", "deploy")
        self.assertNotIn("archive-2022-02.epub", list(self.github.pages))
        self.assert_same(self.github.pages, self.expected())

    def test_what_no_run_made_stays_in_the_folder_of_the_outputs(self):
        (self.repository / "out/by-month").mkdir(parents=True)
        foreign = ("CNAME", "archive-1999-01.epub", "by-month/notes.txt")
        for name in foreign:
            (self.repository / "out" / name).write_text("mine", encoding="utf-8")
        self.split_by_month()
        self.run_once()
        (self.repository / "articles/4.txt").unlink()
        self.assert_went_well(self.run_once(), "build", "deploy")
        self.assertNotIn("archive-2022-02.epub", list(self.github.pages))
        for name in foreign:
            self.assertEqual(self.github.pages[name], b"mine")

    def test_nothing_leaves_the_pages_while_an_article_cannot_be_read(self):
        self.split_by_month()
        self.run_once()
        self.damage(4)
        jobs = self.run_once()
        self.assertFalse(jobs["build"].failed, jobs["build"].log)
        self.assertIn("archive-2022-02.epub", list(self.github.pages))
        report = self.github.artefacts["offprint-report"].read_text(encoding="utf-8")
        self.assertIn('"prune-skipped"', report)
        # Once it is gone, so is what was made of it, and it does not come back with a cache.
        (self.repository / "articles/4.txt").unlink()
        for _ in range(3):
            self.run_once()
            self.assertNotIn("archive-2022-02.epub", list(self.github.pages))
        self.assert_same(self.github.pages, self.expected())

    def test_a_publication_of_another_name_leaves_that_of_the_old_one_alone(self):
        self.run_once()
        configuration = self.repository / "offprint.toml"
        text = configuration.read_text(encoding="utf-8")
        self.assertIn('# name = "archive"', text)
        configuration.write_text(text.replace('# name = "archive"', 'name = "other"'), encoding="utf-8")
        self.assert_went_well(self.run_once(), "build", "deploy")
        self.assertIn("other.epub", list(self.github.pages))
        self.assertIn("archive.epub", list(self.github.pages))

    def test_a_deployment_that_failed_is_tried_again(self):
        self.run_once()
        self.article(4)
        self.github.refuses_deployments = True
        self.assertTrue(self.run_once()["deploy"].failed)
        self.github.refuses_deployments = False
        self.assert_went_well(self.run_once(), "build", "deploy")
        self.assert_same(self.github.pages, self.expected())
        self.assert_went_well(self.run_once(), "build")

    def test_lost_caches_cost_one_deployment_of_the_same_bytes(self):
        self.run_once()
        before = self.github.pages
        self.github.caches.clear()
        self.assert_went_well(self.run_once(), "build", "deploy")
        self.assert_same(self.github.pages, before)
        self.assert_went_well(self.run_once(), "build")

    def test_a_build_that_fails_leaves_the_pages(self):
        self.run_once()
        before = self.github.pages
        articles = self.repository / "articles"
        articles.rename(self.repository / ".hidden")
        jobs = self.run_once()
        self.assertEqual(list(jobs), ["build"])
        self.assertTrue(jobs["build"].failed)
        self.assertIn("::error", jobs["build"].log)
        self.assert_same(self.github.pages, before)
        (self.repository / ".hidden").rename(articles)
        self.assert_went_well(self.run_once(), "build")

    def test_images_are_saved_though_the_build_ran_out_of_time(self):
        for step in self.workflow["jobs"]["build"]["steps"]:
            if step["name"] == "Build":
                step["run"] = "mkdir -p ~/.cache/offprint/blobs && echo x > ~/.cache/offprint/blobs/x && exit 1"
        self.assertTrue(self.run_once()["build"].failed)
        self.assertEqual(len(self.github.keys("offprint-outputs-")), 1)
        self.assertEqual(self.github.deployments, 0)

    def test_nothing_to_install_from_is_said(self):
        self.workflow["env"]["INSTALL_FROM"] = ""
        jobs = self.run_once()
        self.assertTrue(jobs["build"].failed)
        self.assertIn("::error file=.github/workflows/offprint.yml::Fill in INSTALL_FROM", jobs["build"].log)
        self.assertEqual(jobs["build"].ran[-2:], ["Install the command", "Keep the report"])

    def test_the_state_of_the_last_run_is_used(self):
        self.run_once()
        jobs = self.run_once()
        folder = self.github.caches[self.github.keys("offprint-state-")[-1]]
        # The state, and the list of what was made.
        self.assertEqual([name.endswith(".outputs.json") for name in files(folder)], [False, True])
        # The outputs are as they were left: not even written again with the same bytes.
        self.assertNotIn("Save images and outputs", jobs["build"].ran)
        self.assertFalse([key for key in self.saved("offprint-outputs-") if "/state/" in key])

    def saved(self, prefix: str) -> list[str]:
        return [name for key in self.github.keys(prefix) for name in files(self.github.caches[key])]

    def test_a_revision_is_installed_where_one_is_named(self):
        self.assertNotIn("--rev", self.run_once()["build"].log)
        self.workflow["env"]["INSTALL_REVISION"] = "0123abc"
        self.assertIn("--rev 0123abc offprint", self.run_once()["build"].log)

    def test_an_archive_without_an_article_in_the_period_deploys_nothing(self):
        configuration = self.repository / "offprint.toml"
        with configuration.open("a", encoding="utf-8") as file:
            file.write('\n[select]\nsince = "2031"\n')
        self.assert_went_well(self.run_once(), "build")
        self.assertIsNone(self.github.pages)


if __name__ == "__main__":
    unittest.main()
