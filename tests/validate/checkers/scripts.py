"""scripts.py SHELLCHECK FILE...: the shell scripts in actions, workflows and GitLab's jobs, as ShellCheck sees them.

actionlint looks at those of workflows itself, but knows neither action.yml nor GitLab.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML

from findings import finish

KEYS = ("run", "script", "before_script", "after_script")


def scripts(value: object, place: str, shell: str = "") -> Iterator[tuple[str, str, str]]:
    """Every script below a value: where it stands, its shell, its text."""
    if isinstance(value, dict):
        shell = value.get("shell", shell)
        for key, inner in value.items():
            if key in KEYS and isinstance(inner, str | list):
                lines = [inner] if isinstance(inner, str) else inner
                yield f"{place}.{key}", shell or "sh", "\n".join(str(line) for line in lines)
            else:
                yield from scripts(inner, f"{place}.{key}", shell)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from scripts(inner, f"{place}[{number}]", shell)


def findings(shellcheck: str, path: Path) -> Iterator[str]:
    found = list(scripts(YAML(typ="safe").load(path.read_text(encoding="utf-8")), path.name))
    if not found:
        yield f"{path}: no script in it"
    for place, shell, text in found:
        # All that run them end at the first command that fails.
        command = [shellcheck, f"--shell={shell}", "--format=gcc", "-"]
        done = subprocess.run(command, input=f"set -e\n{text}", capture_output=True, text=True)
        yield from (f"{place}: {line}" for line in done.stdout.splitlines())


def main() -> None:
    finish(line for path in sys.argv[2:] for line in findings(sys.argv[1], Path(path)))


if __name__ == "__main__":
    main()
