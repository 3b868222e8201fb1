"""Runs the jobs of a workflow as GitHub's runner would, in folders instead of at GitHub.

The shell runs what stands in `run`. The actions are stand-ins: they do to folders what the real ones do to
GitHub's caches, artefacts and pages.
"""

import itertools
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from ruamel.yaml import YAML

from expression import filled, runs


def load(path: Path) -> dict:
    """A workflow or an action. YAML 1.2, in which `on` is a name and no truth."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


class Github:
    """What outlives a run: caches, artefacts, the pages that are deployed."""

    def __init__(self, root: Path):
        self.root = root
        self.caches: dict[str, Path] = {}
        self.artefacts: dict[str, Path] = {}
        self.pages: dict[str, bytes] | None = None
        self.deployments = 0
        self.refuses_deployments = False
        self._numbers = itertools.count(1)

    def next_run(self) -> int:
        return next(self._numbers)

    def place(self, name: str) -> Path:
        return self.root / f"{next(self._numbers)}-{name}"

    def keys(self, prefix: str) -> list[str]:
        return [key for key in self.caches if key.startswith(prefix)]


class Failed(Exception):
    """A step that ended badly."""


class Job:
    """One job, or one composite action: steps after each other, on a machine that is new."""

    def __init__(self, github: Github, repository: Path, environment: dict[str, str], contexts: dict):
        self.github = github
        self.repository = repository
        # Each job has a new machine, on which everything has the place that it has on any other.
        self.home = github.root / "machine"
        shutil.rmtree(self.home, ignore_errors=True)
        self.workspace = self.home / "work"
        self.temporary = self.home / "temp"
        for folder in (self.workspace, self.temporary):
            folder.mkdir(parents=True)
        summary = self.temporary / "summary.md"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "Ada/news",
            "GITHUB_STEP_SUMMARY": str(summary),
            "RUNNER_TEMP": str(self.temporary),
            **environment,
        }
        runner = {"os": "Linux", "arch": "X64", "temp": str(self.temporary)}
        self.contexts = {"steps": {}, "runner": runner, "env": dict(environment), **contexts}
        self.log = ""
        self.summary = ""
        self.ran: list[str] = []
        self.failed = False

    def run(self, steps: list[dict]) -> None:
        for step in steps:
            identity = step.get("id", "")
            wanted = runs(step.get("if"), self.failed, self.contexts)
            outputs: dict[str, str] = {}
            outcome = "skipped"
            if wanted:
                self.ran.append(step["name"])
                outcome = "success"
                try:
                    self.step(step, outputs)
                except Failed:
                    outcome = "failure"
                    self.failed |= not step.get("continue-on-error", False)
            if identity:
                self.contexts["steps"][identity] = {"outputs": outputs, "outcome": outcome}

    def step(self, step: dict, outputs: dict[str, str]) -> None:
        if "run" in step:
            outputs.update(self.shell(step))
            return
        action, _, commit = step["uses"].partition("@")
        if len(commit) != 40:
            raise ValueError(f"{step['uses']} is not pinned by a commit")
        given = {key: filled(text, self.contexts) for key, text in step.get("with", {}).items()}
        ACTIONS[action](self, given, outputs)

    def shell(self, step: dict) -> dict[str, str]:
        output = self.temporary / "output"
        output.write_text("", encoding="utf-8")
        environment = self.environment | {"GITHUB_OUTPUT": str(output)}
        environment |= {key: filled(text, self.contexts) for key, text in step.get("env", {}).items()}
        options = ["--noprofile", "--norc", "-eo", "pipefail"] if step.get("shell") == "bash" else ["-e"]
        done = subprocess.run(
            ["bash", *options, "-c", filled(step["run"], self.contexts)],
            cwd=self.workspace / filled(step.get("working-directory", "."), self.contexts),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        self.log += f"-- {step['name']}\n{done.stdout}"
        summary = Path(self.environment["GITHUB_STEP_SUMMARY"])
        self.summary = summary.read_text(encoding="utf-8") if summary.exists() else ""
        if done.returncode:
            raise Failed
        return dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())

    def path(self, name: str) -> Path:
        return self.home / name[2:] if name.startswith("~/") else self.workspace / name

    def paths(self, lines: str) -> tuple[list[Path], list[Path]]:
        """The paths of an action's input, one a line, and those that it leaves out."""
        names = [line.strip() for line in lines.splitlines() if line.strip()]
        wanted = [self.path(name) for name in names if not name.startswith("!")]
        return wanted, [self.path(name[1:]) for name in names if name.startswith("!")]


def checkout(job: Job, _given: dict, _outputs: dict) -> None:
    # As git does: the times are those of the checkout.
    if (job.repository / "HEAD").exists():
        # What is pushed to.
        subprocess.run(["git", "clone", "--quiet", job.repository, job.workspace], check=True)
        return
    shutil.copytree(job.repository, job.workspace, dirs_exist_ok=True, copy_function=shutil.copyfile)


def restore(job: Job, given: dict, outputs: dict) -> None:
    caches = job.github.caches
    prefixes = [line.strip() for line in given.get("restore-keys", "").splitlines() if line.strip()]
    # The newest of a prefix.
    candidates = [given["key"]] if given["key"] in caches else []
    candidates += [key for prefix in prefixes for key in reversed(caches) if key.startswith(prefix)]
    outputs["cache-primary-key"] = given["key"]
    outputs["cache-hit"] = "true" if given["key"] in caches else "false"
    if candidates:
        for number, path in enumerate(job.paths(given["path"])[0]):
            _copy(caches[candidates[0]] / str(number), path)


def save(job: Job, given: dict, _outputs: dict) -> None:
    if given["key"] in job.github.caches:
        return
    saved = job.github.place("cache")
    wanted, left_out = job.paths(given["path"])
    for number, path in enumerate(wanted):
        _copy(path, saved / str(number), left_out)
    if saved.exists():
        job.github.caches[given["key"]] = saved


def upload(job: Job, given: dict, _outputs: dict) -> None:
    kept = job.github.place("artefact")
    _copy(job.workspace / given["path"], kept)
    if kept.exists():
        job.github.artefacts[given.get("name", "github-pages")] = kept


def deploy(job: Job, _given: dict, outputs: dict) -> None:
    if job.github.refuses_deployments:
        raise Failed
    job.github.deployments += 1
    job.github.pages = files(job.github.artefacts["github-pages"])
    outputs["page_url"] = "https://ada.github.io/news/"


ACTIONS = {
    "actions/checkout": checkout,
    "actions/cache/restore": restore,
    "actions/cache/save": save,
    "actions/upload-artifact": upload,
    "actions/upload-pages-artifact": upload,
    "actions/deploy-pages": deploy,
}


def _copy(source: Path, target: Path, left_out: Iterable[Path] = ()) -> None:
    def ignored(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if Path(folder, name) in left_out]

    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=ignored)
    elif source.exists():
        shutil.copy2(source, target)


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their names."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def run_workflow(github: Github, workflow: dict, repository: Path, environment: dict[str, str]) -> dict[str, Job]:
    """Runs the jobs in the order of the file; those that ran, by their names."""
    number = github.next_run()
    done: dict[str, Job] = {}
    results: dict[str, dict] = {}
    for name, described in workflow["jobs"].items():
        contexts = {"github": {"run_id": str(number), "run_attempt": "1"}, "needs": results}
        needed = [results.get(needed, {}).get("result") for needed in _list(described.get("needs"))]
        failed = any(result != "success" for result in needed)
        if not runs(described.get("if"), failed, contexts):
            continue
        job = Job(github, repository, workflow.get("env", {}) | environment, contexts)
        job.run(described["steps"])
        outputs = {
            key: filled(text, job.contexts) if not job.failed else ""
            for key, text in described.get("outputs", {}).items()
        }
        results[name] = {"outputs": outputs, "result": "failure" if job.failed else "success"}
        done[name] = job
    return done


def _list(names: object) -> list[str]:
    return [] if names is None else [names] if isinstance(names, str) else list(names)
