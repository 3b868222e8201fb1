"""outputs.py [--unchanged] SCHEMA DIR REPORT: does a run's report tell the truth about its output folder?

The report is as the schema says. Every output that it names stands in DIR with the length it says, and nothing
else stands there.
With --unchanged, the run must have changed no output.
"""

import argparse
import json
from pathlib import Path

from jsonschema.validators import validator_for

from findings import finish


def against_schema(schema_path: Path, report: dict) -> list[str]:
    """Where the report is not as its schema says."""
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    checker = validator_for(schema)
    checker.check_schema(schema)
    return [f"{error.json_path}: {error.message[:300]}" for error in checker(schema).iter_errors(report)]


def findings(schema_path: Path, folder: Path, report_path: Path, unchanged: bool) -> list[str]:
    """Where the folder and the report differ."""
    report = json.loads(report_path.read_text(encoding="utf-8"))
    if found := against_schema(schema_path, report):
        return found
    outputs = report["outputs"]
    reported = {Path(output["path"]).resolve(): output for output in outputs}
    present = {path.resolve() for path in folder.rglob("*") if path.is_file()}
    found = [f"{path}: not in the report" for path in sorted(present - reported.keys())]
    found += [f"{path}: reported, but not there" for path in sorted(reported.keys() - present)]
    if not outputs:
        found.append("the report names no output")
    for path in sorted(present & reported.keys()):
        length = path.stat().st_size
        if length != reported[path]["bytes"]:
            found.append(f"{path}: {length} bytes, reported as {reported[path]['bytes']}")
        if unchanged and reported[path]["changed"]:
            found.append(f"{path}: reported as changed by a run that had nothing to change")
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unchanged", action="store_true")
    parser.add_argument("schema", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("report", type=Path)
    arguments = parser.parse_args()
    finish(findings(arguments.schema, arguments.folder, arguments.report, arguments.unchanged))
