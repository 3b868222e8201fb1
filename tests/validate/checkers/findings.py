"""How every checker ends: its findings on standard output, one a line, and exit 1 where there are any."""

import sys
from collections.abc import Iterable

SHOWN = 20


def finish(findings: Iterable[str]) -> None:
    """Print the findings (the first twenty in full) and leave."""
    found = list(findings)
    for finding in found[:SHOWN]:
        print(finding)
    if len(found) > SHOWN:
        print(f"… and {len(found) - SHOWN} more")
    sys.exit(1 if found else 0)
