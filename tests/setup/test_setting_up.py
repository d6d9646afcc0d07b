"""The set-up does each thing once, says what it does, and is quiet and quick when there is nothing to do."""

from __future__ import annotations

import ast
import glob
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.setup.conftest import ROOT, Checkout

_QUIET_SECONDS = 0.3


def _pythons() -> list[str]:
    """One interpreter of each version that the application supports, of those on this machine."""
    found = {}
    for version in ("3.11", "3.12", "3.13"):
        installed = sorted(glob.glob(os.path.expanduser(f"~/.pyenv/versions/{version}.*/bin/python{version}")))
        on_path = shutil.which(f"python{version}")
        for path in [*installed, *([on_path] if on_path else [])]:
            answers = subprocess.run([path, "-c", ""], capture_output=True, check=False)
            if answers.returncode == 0:
                found[version] = path
    return list(found.values())


@pytest.mark.parametrize("python", _pythons())
def test_the_application_is_installed_with_each_python(checkout: Checkout, python: str) -> None:
    code, errors = checkout.run("setup", "--without-rasa", python=python)
    assert code == 0, errors
    assert "Step 1 of 1: Installing the application: done in" in errors
    version = subprocess.run(
        [checkout.root / ".venv/bin/python", "-c", "import bot, sqlalchemy, sys; print(sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = tuple(int(part) for part in Path(python).name.removeprefix("python").split("."))
    assert version.stdout.strip() == str(wanted)


def test_a_second_run_is_quiet_and_quick(checkout: Checkout) -> None:
    assert checkout.run("setup", "--without-rasa")[0] == 0
    seconds = []
    for _ in range(5):
        began = time.monotonic()
        assert checkout.run("setup", "--without-rasa") == (0, "")
        seconds.append(time.monotonic() - began)
    assert min(seconds) < _QUIET_SECONDS


def test_two_at_once_share_the_work(checkout: Checkout) -> None:
    first = checkout.start("setup", "--without-rasa")
    second = checkout.start("setup", "--without-rasa")
    errors = [process.communicate(timeout=240)[1] for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), errors
    assert sum("Installing the application: done" in text for text in errors) == 1
    assert sum("Another set-up is running" in text for text in errors) == 1


def test_a_broken_environment_is_made_again(checkout: Checkout) -> None:
    assert checkout.run("setup", "--without-rasa")[0] == 0
    (checkout.root / ".venv/bin/python").unlink()
    (checkout.root / ".venv/bin/sharewell").unlink()
    code, errors = checkout.run("setup", "--without-rasa")
    assert code == 0, errors
    assert subprocess.run([checkout.root / ".venv/bin/python", "-c", "import bot"], check=False).returncode == 0


def test_changed_requirements_are_installed(checkout: Checkout) -> None:
    assert checkout.run("setup", "--without-rasa")[0] == 0
    requirements = checkout.root / "requirements/app.txt"
    requirements.write_text(requirements.read_text() + "# changed\n")
    code, errors = checkout.run("setup", "--without-rasa")
    assert (code, "Installing the application: done" in errors) == (0, True)


@pytest.mark.parametrize("path", [ROOT / "sharewell", *sorted((ROOT / "bootstrap").glob("*.py"))], ids=lambda p: p.name)
def test_an_older_python_can_read_what_runs_first(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
