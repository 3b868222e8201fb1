"""The recipes in examples/unattended work where they can be tried without the service that they are for.

OFFPRINT names the program.
"""

import subprocess
import unittest
from pathlib import Path

from archive import ArchiveCase
from runner import files, load

RECIPES = Path(__file__).resolve().parents[3] / "examples/unattended"
# What cron gives a program.
CRON = {"LOGNAME": "ada", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}


class Cron(ArchiveCase):
    def setUp(self):
        super().setUp()
        lines = (RECIPES / "crontab").read_text(encoding="utf-8").splitlines()
        self.lines = [line for line in lines if not line.startswith("#")]
        self.home = self.root / "home"
        (self.home / ".cargo/bin").mkdir(parents=True)
        (self.home / ".cargo/bin/offprint").symlink_to(self.program)
        self.repository.rename(self.home / "archive")
        configuration = '[input]\npaths = ["articles"]\n[output]\nto = ["rss"]\n[images]\noffline = true\n'
        (self.home / "archive/offprint.toml").write_text(configuration, encoding="utf-8")

    def run_line(self, line: str, **environment: str) -> subprocess.CompletedProcess:
        """As cron does: the sixth field and what follows, by the shell, from the home folder."""
        command = line.split(maxsplit=5)[5]
        return subprocess.run(
            ["/bin/sh", "-c", command], cwd=self.home, env=CRON | environment, capture_output=True, text=True
        )

    def test_the_line_runs_in_the_environment_of_cron(self):
        self.assertEqual(len(self.lines), 1)
        # cron would end the command there.
        self.assertNotIn("%", self.lines[0])
        for _ in range(2):
            done = self.run_line(self.lines[0], HOME=str(self.home))
            # Nothing is printed, so that nothing is mailed.
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertIn("rss.xml", list(files(self.home / "archive/out")))
        self.assertTrue((self.home / "offprint-report.json").exists())

    def test_an_error_is_printed(self):
        (self.home / "archive/articles").rename(self.home / "archive/elsewhere")
        done = self.run_line(self.lines[0], HOME=str(self.home))
        self.assertEqual(done.returncode, 2)
        self.assertIn("error: ", done.stderr)

    def test_the_command_needs_no_home(self):
        line = self.lines[0].replace("$HOME", str(self.home))
        done = self.run_line(line)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("rss.xml", list(files(self.home / "archive/out")))


class Gitlab(ArchiveCase):
    def setUp(self):
        super().setUp()
        self.job = load(RECIPES / "gitlab-ci.yml")["pages"]
        configuration = '[input]\npaths = ["articles"]\n[output]\nto = ["rss"]\n'
        (self.repository / "offprint.toml").write_text(configuration, encoding="utf-8")
        self.tool(
            "cargo",
            f"#!/bin/bash\necho \"cargo $*\"\nmkdir -p .cache/bin\ncp '{self.program}' .cache/bin/offprint\n",
        )

    def run_job(self, **variables: str) -> subprocess.CompletedProcess:
        """As GitLab does: all lines in one shell. The folder stays, which stands for the cache."""
        script = "\n".join(["set -e", *self.job["before_script"], *self.job["script"]])
        names = {"INSTALL_FROM": "https://git.example/offprint.git", "INSTALL_REVISION": ""}
        names |= {"CI_PAGES_URL": "https://ada.pages.example/news"} | self.environment() | variables
        return subprocess.run(
            ["/bin/sh", "-c", script], cwd=self.repository, env=names, capture_output=True, text=True
        )

    def test_pages_are_deployed_only_where_something_changed(self):
        self.assertEqual(self.run_job().returncode, 0)
        pages = files(self.repository / "public")
        self.assertIn(b"https://ada.pages.example/news/rss.xml", pages["rss.xml"])
        again = self.run_job()
        self.assertEqual(again.returncode, self.job["allow_failure"]["exit_codes"])
        self.assertNotIn("cargo ", again.stdout)
        self.article(4)
        self.assertEqual(self.run_job().returncode, 0)

    def test_nothing_to_install_from_is_said(self):
        done = self.run_job(INSTALL_FROM="")
        self.assertEqual(done.returncode, 1)
        self.assertIn("Fill in INSTALL_FROM", done.stdout)

    def test_a_build_that_fails_is_a_failure(self):
        (self.repository / "articles").rename(self.repository / ".elsewhere")
        self.assertEqual(self.run_job().returncode, 2)


if __name__ == "__main__":
    unittest.main()
