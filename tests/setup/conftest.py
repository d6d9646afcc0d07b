"""A small checkout of its own for each test: the real set-up, in a folder that can be broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_COPIED_FOLDERS = ("bootstrap", "requirements", "bot")
_COPIED_FILES = ("sharewell", "pyproject.toml")
_SECONDS = 240


@dataclass
class Checkout:
    """A copy of what the set-up needs. The package tool is the one already installed."""

    root: Path
    variables: dict[str, str] = field(default_factory=dict)

    def start(self, *arguments: str, python: str = sys.executable, limit: Callable[[], None] | None = None) -> Running:
        """Start ./sharewell and do not wait."""
        return Running(
            [python, str(self.root / "sharewell"), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=limit,
            env={**_environment(), **self.variables},
        )

    def run(
        self, *arguments: str, python: str = sys.executable, limit: Callable[[], None] | None = None
    ) -> tuple[int, str]:
        """Exit code, and what was printed on standard error."""
        process = self.start(*arguments, python=python, limit=limit)
        _, errors = process.communicate(timeout=_SECONDS)
        return process.returncode, errors


Running = subprocess.Popen[str]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "SHAREWELL_"))}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout with the package tool and nothing else installed."""
    root = tmp_path / "checkout"
    for name in _COPIED_FOLDERS:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _COPIED_FILES:
        shutil.copy2(ROOT / name, root / name)
    (root / ".tools").symlink_to(ROOT / ".tools")
    return Checkout(root)
