"""units.py PROGRAM UNIT...: systemd reads the units without a complaint, with PROGRAM for the one that they run."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from findings import finish


def main() -> None:
    program, units = sys.argv[1], [Path(name) for name in sys.argv[2:]]
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for unit in units:
            text = unit.read_text(encoding="utf-8")
            copy = Path(folder) / unit.name
            copy.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={program}", text), encoding="utf-8")
            copies.append(copy)
        done = subprocess.run(["systemd-analyze", "verify", *copies], capture_output=True, text=True)
    said = (done.stdout + done.stderr).splitlines()
    finish(said or (["systemd-analyze objects"] if done.returncode else []))


if __name__ == "__main__":
    main()
