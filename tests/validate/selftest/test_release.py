"""The checker of a release's archive passes one that is right and objects to each fault put into it."""

import shutil
import sys
import tarfile
import unittest
from pathlib import Path

from checked import VALIDATE, CheckerCase, checker

sys.path.insert(0, str(VALIDATE / "checkers"))
import release  # noqa: E402 (the line before says where it is)


class Release(CheckerCase):
    def folder_of(self, owner: str = "") -> list:
        """A small archive, packed and unpacked; `dynamic` is a program that needs libraries."""
        folder = self.folder / "unpacked"
        shutil.rmtree(folder, ignore_errors=True)
        for name, sign in release.NEEDED.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sign)
        shutil.copy(Path("/bin/true"), folder / "dynamic")
        line = "=" * 80
        libraries = "".join(f"{line}\ncrate-{number} 1.0.0: MIT\n\ntext\n" for number in range(120))
        (folder / "THIRD-PARTY.txt").write_text(libraries + "epub-builder 0.8.2: MPL-2.0\n", encoding="utf-8")
        path = self.folder / "archive.tar.gz"
        with tarfile.open(path, "w:gz") as packed:
            entry = tarfile.TarInfo("offprint/offprint")
            entry.uname = owner
            packed.addfile(entry)
        return [folder, path]

    def test_contents(self):
        folder, _ = self.folder_of()
        self.assertEqual(release.missing(folder) + release.unlicensed(folder), [])
        (folder / "NOTICE").unlink()
        (folder / "man/offprint.1").write_bytes(b"")
        self.assertEqual(release.missing(folder), ["NOTICE: missing", "man/offprint.1: holds no '.TH offprint 1'"])

    def test_licences(self):
        folder, _ = self.folder_of()
        text = (folder / "THIRD-PARTY.txt").read_text(encoding="utf-8")
        self.write("unpacked/THIRD-PARTY.txt", self.broken(text, "crate-7 1.0.0: MIT", "crate-7 1.0.0: see below"))
        self.assertEqual(release.unlicensed(folder), ["crate-7: no licence"])
        self.write("unpacked/THIRD-PARTY.txt", text[: len(text) // 3])
        self.assertIn("libraries only", release.unlicensed(folder)[0])

    def test_owners(self):
        folder, archive = self.folder_of()
        self.assertEqual(release.owned(archive), [])
        _, archive = self.folder_of(owner="ada")
        self.assertEqual(release.owned(archive), ["offprint/offprint: owner or time"])

    def test_a_program_that_needs_libraries(self):
        folder, archive = self.folder_of()
        shutil.copy(folder / "dynamic", folder / "offprint")
        self.assert_objects("offprint is not static: (NEEDED)", *checker("release.py", folder, archive))


if __name__ == "__main__":
    unittest.main()
