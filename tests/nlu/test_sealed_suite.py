"""Runs the tests of the sealed project in its own environment."""

from __future__ import annotations

import subprocess
from pathlib import Path

NLU = Path(__file__).resolve().parents[2] / "nlu"


def test_the_sealed_projects_own_tests_pass() -> None:
    command = [str(NLU / ".venv/bin/python"), "-W", "ignore", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=NLU, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stdout[-4000:]
