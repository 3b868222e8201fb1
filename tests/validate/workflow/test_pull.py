"""The workflow that `offprint init` writes beside a list of feeds: it pulls, commits, builds and deploys.

OFFPRINT names the program.
"""

import os
import shutil
import subprocess

from archive import ArchiveCase
from feeds import Feeds
from runner import load, run_workflow
from test_init import CARGO

# git, which at its first push finds that somebody else pushed meanwhile.
RACING_GIT = """#!/bin/bash
if [ "$1" = push ] && [ ! -e '{marker}' ]; then
  touch '{marker}'
  (cd '{other}' && '{git}' pull --quiet && echo mine > notes.txt && '{git}' add notes.txt \
    && '{git}' commit --quiet --message Mine && '{git}' push --quiet)
fi
exec '{git}' "$@"
"""
IDENTITY = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "Ada"), ("EMAIL", "a@b.example"))}


class Pull(ArchiveCase):
    def setUp(self):
        super().setUp()
        self.git_program = shutil.which("git")
        self.feeds = Feeds(self.root / "feeds")
        self.addCleanup(self.feeds.close)
        self.feeds.show("feed.xml", range(11, 14))
        shutil.rmtree(self.repository / "articles")
        outline = f'<outline text="Tales" type="rss" xmlUrl="{self.feeds.address("feed.xml")}"/>'
        (self.repository / "feeds.opml").write_text(f"<opml><body>{outline}</body></opml>", encoding="utf-8")
        self.git("init", "--quiet", "--initial-branch=main")
        names = {"PATH": os.environ["PATH"], "HOME": str(self.root / "home")}
        subprocess.run([self.program, "init"], cwd=self.repository, env=names, check=True, capture_output=True)
        self.workflow = load(self.repository / ".github/workflows/offprint.yml")
        self.workflow["env"]["INSTALL_FROM"] = "https://git.example/offprint.git"
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "The beginning")
        self.tool("cargo", CARGO.format(program=self.program))
        self.tool("rustup", "#!/bin/sh\n")
        # What stands at GitHub, and what somebody has of it.
        self.origin, self.other = self.root / "origin.git", self.root / "other"
        subprocess.run(["git", "clone", "--quiet", "--bare", self.repository, self.origin], check=True)
        subprocess.run(["git", "clone", "--quiet", self.origin, self.other], check=True)

    def git(self, *arguments: str, folder=None) -> str:
        command = [self.git_program, *arguments]
        done = subprocess.run(
            command, cwd=folder or self.repository, env=os.environ | IDENTITY, check=True, capture_output=True, text=True
        )
        return done.stdout

    def run_once(self) -> dict:
        environment = self.environment() | {"OFFPRINT_ALLOW_PRIVATE_NETWORK": "true"}
        return run_workflow(self.github, self.workflow, self.origin, environment)

    def saved(self) -> list[str]:
        """The articles that stand at GitHub."""
        names = self.git("ls-tree", "-r", "--name-only", "-z", "main", folder=self.origin).split("\0")
        return [name for name in names if name.startswith("articles/")]

    def commits(self) -> list[str]:
        return self.git("log", "--format=%an <%ae> %s", "main", folder=self.origin).splitlines()

    def assert_went_well(self, jobs: dict, *names: str) -> None:
        self.assertEqual(list(jobs), list(names))
        for name, job in jobs.items():
            self.assertFalse(job.failed, f"{name}: {job.log}")

    def test_what_is_new_is_committed_by_a_bot_and_deployed(self):
        self.assert_went_well(self.run_once(), "build", "deploy")
        self.assertEqual(len(self.saved()), 3)
        bot = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com> New articles"
        self.assertEqual(self.commits(), [bot, "Ada <a@b.example> The beginning"])
        self.assertIn(b"Tale 13", self.github.pages["rss.xml"])
        # The feed did not change: nothing is committed and nothing deployed.
        self.assert_went_well(self.run_once(), "build")
        self.assertEqual(len(self.commits()), 2)
        self.feeds.show("feed.xml", range(12, 16))
        self.assert_went_well(self.run_once(), "build", "deploy")
        self.assertEqual(len(self.saved()), 5)
        self.assertIn(b"Tale 15", self.github.pages["rss.xml"])
        # No output is ever committed.
        self.assertEqual(self.git("ls-tree", "-r", "--name-only", "main", "out", folder=self.origin), "")

    def test_a_push_that_comes_second_is_tried_again(self):
        marker = self.root / "raced"
        text = RACING_GIT.format(marker=marker, other=self.other, git=self.git_program)
        self.tool("git", text.replace("commit --quiet", "-c user.name=Ada -c user.email=a@b.example commit --quiet"))
        jobs = self.run_once()
        self.assert_went_well(jobs, "build", "deploy")
        self.assertTrue(marker.exists())
        self.assertEqual(len(self.saved()), 3)
        self.assertEqual([commit.rpartition(" ")[2] for commit in self.commits()], ["articles", "Mine", "beginning"])

    def test_articles_that_could_not_be_pushed_are_saved_by_the_next_run(self):
        hook = self.origin / "hooks/pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
        self.tool("sleep", "#!/bin/sh\n")
        jobs = self.run_once()
        self.assertTrue(jobs["build"].failed)
        self.assertIn("::error::The new articles could not be pushed", jobs["build"].log)
        self.assertEqual(self.saved(), [])
        hook.unlink()
        self.assert_went_well(self.run_once(), "build", "deploy")
        self.assertEqual(len(self.saved()), 3)

    def test_a_run_in_which_no_feed_can_be_had_builds_what_there_is(self):
        self.run_once()
        (self.feeds.folder / "feed.xml").unlink()
        self.github.caches.clear()
        jobs = self.run_once()
        self.assert_went_well(jobs, "build", "deploy")
        self.assertIn("HTTP 404", jobs["build"].log)
        self.assertEqual(len(self.saved()), 3)
        self.assertIn(b"Tale 13", self.github.pages["rss.xml"])

    def test_a_first_run_in_which_no_feed_can_be_had_says_why(self):
        (self.feeds.folder / "feed.xml").unlink()
        jobs = self.run_once()
        self.assertIn("HTTP 404", jobs["build"].log)
        self.assertNotIn("pathspec", jobs["build"].log)
        self.assertEqual(len(self.commits()), 1)
