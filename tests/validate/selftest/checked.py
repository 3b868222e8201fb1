"""Runs a checker as the suite does, for tests that say what it must accept and what it must object to."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from samples import book_files, write_book

VALIDATE = Path(__file__).resolve().parent.parent
VALIDATORS = Path(os.environ["VALIDATORS"])


def left_out(name: str) -> bool:
    """Does SKIP leave out the check that this test is about?"""
    return name in os.environ.get("SKIP", "").split()


class CheckerCase(unittest.TestCase):
    """A test with a folder of its own, and assertions about commands."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def broken(self, text: str, old: str, new: str) -> str:
        """The text with `old`, which must stand in it, replaced once."""
        self.assertIn(old, text)
        return text.replace(old, new, 1)

    def run_command(self, *command) -> subprocess.CompletedProcess:
        return subprocess.run(command, capture_output=True, text=True, timeout=120)

    def assert_passes(self, *command):
        run = self.run_command(*command)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def assert_objects(self, about: str, *command):
        """The command fails, and what it prints has to do with the fault."""
        run = self.run_command(*command)
        self.assertNotEqual(run.returncode, 0, f"passed, though broken: {about}")
        self.assertIn(about, run.stdout + run.stderr)


class BookCase(CheckerCase):
    """Tests on a whole book, or one with a fault."""

    def book(self, name: str = "book.epub", **replaced: bytes | None) -> str:
        """The sample with some files replaced (by a part of their names), left out (None) or added."""
        files = book_files()
        for part, raw in replaced.items():
            path = next((path for path in files if part in path), part)
            files.pop(path, None)
            if raw is not None:
                files[path] = raw
        write_book(self.folder / name, files)
        return str(self.folder / name)

    def text_of(self, part: str) -> str:
        return next(raw for path, raw in book_files().items() if part in path).decode()


def checker(script: str, *arguments) -> list:
    """The command line of one of our own checkers."""
    return [sys.executable, VALIDATE / "checkers" / script, *arguments]
