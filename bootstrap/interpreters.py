"""Finds the Python for each environment."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Iterator, List, Optional, Tuple

from bootstrap.layout import Layout
from bootstrap.problems import SetupProblem
from bootstrap.running import environment, run

Version = Tuple[int, int]
APP_VERSIONS: Tuple[Version, ...] = ((3, 13), (3, 12), (3, 11))
NLU_VERSION: Version = (3, 10)
_ASK = "import sys; print(sys.version_info[0], sys.version_info[1], getattr(sys, '_base_executable', sys.executable))"
_SECONDS = 20


def app_python(layout: Layout) -> str:
    """A Python that runs the application: the running one, or else one found or downloaded. Raises SetupProblem."""
    running = _ask(sys.executable)
    if running and running[0] in APP_VERSIONS:
        return running[1]
    for version in APP_VERSIONS:
        found = _found(version)
        if found:
            return found
    fetched = _by_uv(layout, APP_VERSIONS)
    if fetched:
        return fetched
    raise SetupProblem(
        "No Python 3.11, 3.12 or 3.13 was found, and none could be downloaded.",
        "Install Python 3.13 from your system's packages or with pyenv, then run it again.",
    )


def nlu_python(layout: Layout) -> str:
    """A Python 3.10 for Rasa. Raises SetupProblem when there is none and none can be downloaded."""
    found = _found(NLU_VERSION) or _by_uv(layout, (NLU_VERSION,))
    if found:
        return found
    raise SetupProblem(
        "No Python 3.10 was found, and none could be downloaded. Rasa, which understands typed text, needs it.",
        "Install Python 3.10 (pyenv install 3.10, or your system's package), then run it again. Until then "
        "./sharewell start --without-rasa runs without it: buttons, checks and keyword search work.",
    )


def version_of(python: Path) -> Optional[Version]:
    """The version of a Python, or None when it does not run."""
    answer = _ask(str(python))
    return answer[0] if answer else None


def _found(version: Version) -> Optional[str]:
    for candidate in _candidates(version):
        answer = _ask(candidate)
        if answer and answer[0] == version:
            return answer[1]
    return None


def _candidates(version: Version) -> Iterator[str]:
    name = f"python{version[0]}.{version[1]}"
    on_path = shutil.which(name)
    if on_path:
        yield on_path
    pyenv = os.environ.get("PYENV_ROOT", os.path.join(os.path.expanduser("~"), ".pyenv"))
    dotted = f"{version[0]}.{version[1]}"
    for pattern in (f"{pyenv}/versions/{dotted}*/bin/{name}", f"/opt/*/bin/{name}"):
        for path in sorted(glob.glob(pattern), reverse=True):
            yield path


def _by_uv(layout: Layout, versions: Tuple[Version, ...]) -> Optional[str]:
    names = [f"{major}.{minor}" for major, minor in versions]
    attempts: List[Callable[[str], object]] = [
        lambda name: None,
        lambda name: run(layout, [str(layout.uv), "python", "install", name]),
    ]
    for attempt in attempts:
        for name in names:
            try:
                attempt(name)
                return run(layout, [str(layout.uv), "python", "find", "--no-project", name]).strip()
            except SetupProblem:
                continue
    return None


def _ask(python: str) -> Optional[Tuple[Version, str]]:
    try:
        done = subprocess.run(
            [python, "-I", "-c", _ASK],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    parts = done.stdout.strip().split(" ", 2)
    if done.returncode != 0 or len(parts) != 3:
        return None
    return (int(parts[0]), int(parts[1])), parts[2]
