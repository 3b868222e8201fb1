"""ace.py FILE: does DAISY's Ace find nothing to object to in the book's accessibility?"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from findings import finish


def violations(report: dict) -> list[str]:
    """Ace's report (an EARL document): every assertion is about a fault."""
    return [
        f"{document['earl:testSubject']['url']}: {assertion['earl:test']['dct:title']} "
        f"({assertion['earl:test']['earl:impact']}): {assertion['earl:result']['dct:description']}"
        for document in report["assertions"]
        for assertion in document["assertions"]
    ]


def findings(path: Path) -> list[str]:
    """Ace's violations."""
    program = Path(os.environ["VALIDATORS"]) / "npm/node_modules/.bin/ace-cli"
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [program, "--force", "--outdir", folder, path], capture_output=True, text=True
        )
        report = Path(folder) / "report.json"
        if run.returncode != 0 or not report.is_file():
            return [f"Ace failed: {(run.stdout + run.stderr)[-1500:]}"]
        return violations(json.loads(report.read_text(encoding="utf-8")))


if __name__ == "__main__":
    finish(findings(Path(sys.argv[1])))
