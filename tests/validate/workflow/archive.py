"""An archive in a repository, for the workflows to run on."""

import os
import tempfile
import unittest
from pathlib import Path

from runner import Github


class ArchiveCase(unittest.TestCase):
    """A test with three articles, tools that stand in for others, and no network. OFFPRINT names the program."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.program = Path(os.environ["OFFPRINT"]).resolve()
        self.repository = self.root / "repository"
        for number in (1, 2, 3):
            self.article(number)
        self.github = Github(self.root / "github")
        self.tools = self.root / "tools"
        self.tools.mkdir()

    def tool(self, name: str, text: str) -> None:
        path = self.tools / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def article(self, number: int, month: int = 0) -> Path:
        """Writes an article of a day in a month, counted from December 2021."""
        path = self.repository / f"articles/{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"<!--{1_638_316_800_000 + (month * 31 + number) * 86_400_000}-->\n[Tale {number}](https://tales.example/{number})\n"
            f"------\n\n<p>The keeper writes of the harbour, in part {number} of the series.</p>\n",
            encoding="utf-8",
        )
        return path

    def damage(self, number: int) -> None:
        """Cuts an article's file short, so that it can't be read."""
        path = self.repository / f"articles/{number}.txt"
        path.write_text(path.read_text(encoding="utf-8").split("------")[0], encoding="utf-8")

    def environment(self) -> dict[str, str]:
        """The variables of a step: our tools before others, and no network."""
        return {"PATH": f"{self.tools}:{os.environ['PATH']}", "OFFPRINT_OFFLINE": "true"}
