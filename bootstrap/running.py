"""Runs the commands of the set-up. What they print goes to the log; a failure becomes a SetupProblem."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Dict, Optional, Sequence

from bootstrap.layout import Layout
from bootstrap.problems import DISK_FULL, SetupProblem, explain

# Without compiled files every start compiles a thousand modules anew, which takes longer than the start itself.
_UNWANTED = (
    "VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PYENV_VERSION", "__PYVENV_LAUNCHER__", "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip


def environment(extra: Optional[Dict[str, str]] = None) -> Dict[str, str]:
    """The environment of a command: ours, without what points at another Python."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    return {**kept, "PYTHONUTF8": "1", **(extra or {})}


def run(layout: Layout, command: Sequence[str], cwd: Optional[Path] = None) -> str:
    """Run a command and return what it printed on standard output. Raises SetupProblem when it fails."""
    layout.state.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=str(cwd or layout.root),
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise SetupProblem(f"{command[0]} is not there.", "Run ./sharewell setup.") from error
    printed = done.stdout + done.stderr
    _log(layout, command, printed)
    if done.returncode == -signal.SIGXFSZ:
        raise SetupProblem(*DISK_FULL)
    if done.returncode != 0:
        raise SetupProblem(*explain(printed, str(layout.log)))
    return done.stdout


def _log(layout: Layout, command: Sequence[str], printed: str) -> None:
    try:
        with layout.log.open("a", encoding="utf-8") as log:
            log.write("$ " + " ".join(str(part) for part in command) + "\n" + printed)
    except OSError:
        # A log that cannot be written must not hide what the command itself said.
        return
