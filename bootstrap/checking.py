"""`./sharewell test`: every check of the project, the same on a laptop and in continuous integration."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, List, NamedTuple

from bootstrap.layout import Layout
from bootstrap.running import environment
from bootstrap.steps import current_model

_RASA = {
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL": "WARNING",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


# Three at a time, a file of tests to each: many tests wait for a server. In the order of the folders, because the files
# with few tests are the slow ones and would come last. What the command line asks for comes after.
_SHARED_OUT = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]


class _Check(NamedTuple):
    title: str
    command: List[str]
    folder: Path
    extra: Dict[str, str]


def check(layout: Layout, pytest_arguments: List[str]) -> int:
    """Run every check, however the ones before it ended. Returns 0 when all passed. `pytest_arguments` go to pytest."""
    failed = [each.title for each in _checks(layout, pytest_arguments) if not _passes(each)]
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def _checks(layout: Layout, pytest_arguments: List[str]) -> List[_Check]:
    tool = layout.app / "bin"
    rasa = [str(layout.nlu / "bin" / "python"), "-W", "ignore", "-m", "rasa"]
    domain, data = str(layout.build / "domain"), str(layout.build / "data")
    validate = ["data", "validate", "--fail-on-warnings", "--domain", domain, "--data", data, "--config", "config.yml"]
    stories = ["test", "core", "--fail-on-prediction-errors", "--model", str(current_model(layout))]
    stories += ["--stories", str(layout.stories / "test_stories.yml"), "--out", str(layout.state / "rasa-test")]
    mypy = [str(tool / "mypy"), "--strict"]
    return [
        _Check("ruff", [str(tool / "ruff"), "check", "."], layout.root, {}),
        _Check("mypy", [*mypy, "bot", "tests", "bootstrap", "sharewell"], layout.root, {}),
        _Check("mypy of nlu", [*mypy, "--python-version", "3.10", "nlu/understanding", "nlu/tests"], layout.root, {}),
        _Check("rasa data validate", [*rasa, *validate], layout.nlu_project, _RASA),
        _Check("rasa test", [*rasa, *stories], layout.nlu_project, _RASA),
        _Check("pytest", [str(tool / "python"), "-m", "pytest", *_SHARED_OUT, *pytest_arguments], layout.root, {}),
    ]


def _passes(check: _Check) -> bool:
    print(f"== {check.title}", flush=True)
    began = time.monotonic()
    done = subprocess.run(check.command, cwd=str(check.folder), env=environment(check.extra), check=False)
    verdict = "passed" if done.returncode == 0 else "FAILED"
    print(f"== {check.title}: {verdict} in {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
    return done.returncode == 0
