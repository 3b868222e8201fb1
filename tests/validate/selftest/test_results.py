"""The result lines: what runs together counts as what runs alone, in the items' order, and stages are timed."""

import subprocess
import unittest

from checked import VALIDATE, CheckerCase

SCRIPT = """
set -euo pipefail
LOG=$1/log TIMES=$1/times JOBS=2 SKIP=left
source "$2/lib/results.sh"
one() {
  check slow "$1" sleep "0.$1"
  check left "$1" false
  [[ $1 != 2 ]] || check bad "$1" false
  [[ $1 != 3 ]] || no_such_command
  check last "$1" true
}
stage 'the first'
together one_of one:4 one:2 one:3 one:1
step second true
summary
"""


class Results(CheckerCase):
    def test_together(self):
        command = ["bash", "-c", SCRIPT, "bash", self.folder, VALIDATE]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1, done.stderr)
        said = [line.split(" (")[0] for line in done.stdout.splitlines()]
        slow = [line for line in said if line.startswith("ok   slow")]
        self.assertEqual(slow, [f"ok   slow {number}" for number in (4, 2, 3, 1)])
        # What item 3 did before its shell ended counts for nothing: it has failed.
        self.assertIn("failed: bad 2", said)
        self.assertIn("failed: ended-early one_of one:3", said)
        self.assertIn("left out: left: SKIP names it", said)
        self.assertIn("7 passed, 2 failed, 3 skipped", said)
        times = (self.folder / "times").read_text(encoding="utf-8").splitlines()
        self.assertEqual([line.split(" ", 1)[1] for line in times], ["the first", "second"])
        self.assertRegex(done.stdout, r"(?m)^ +\d+ s  all of it: 0 min \d+ s$")


if __name__ == "__main__":
    unittest.main()
