"""What ./sharewell does: make sure that all is set up, then hand over to the application."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import List

from bootstrap.checking import check
from bootstrap.layout import Layout
from bootstrap.locking import lock
from bootstrap.problems import SetupProblem, explain_os_error
from bootstrap.setting_up import set_up
from bootstrap.steps import app_steps, nlu_steps

WITHOUT_RASA = "--without-rasa"
_NEEDS_NO_RASA = frozenset({"knowledge", "doctor", "log", "scan", "check"})
"""Commands that must run when Rasa cannot be set up: they are how to find out why."""
_INTERRUPTED = 130


def main(root: Path, arguments: List[str]) -> int:
    """Returns the exit code; on success of the set-up the process becomes the application."""
    try:
        return _main(Layout(root), arguments or ["start"])
    except SetupProblem as problem:
        return _complain(problem.message, problem.remedy)
    except OSError as error:
        return _complain(*explain_os_error(error))
    except KeyboardInterrupt:
        return _INTERRUPTED


def _main(layout: Layout, arguments: List[str]) -> int:
    command, rest = arguments[0], arguments[1:]
    if command == "lock":
        set_up(layout, app_steps(layout, ["app"])[:1])
        lock(layout, rest)
        return 0
    steps = app_steps(layout, ["app", "test"] if command == "test" else ["app"])
    if WITHOUT_RASA not in rest and command not in _NEEDS_NO_RASA:
        steps += nlu_steps(layout)
    set_up(layout, steps)
    if command == "setup":
        return 0
    if command == "test":
        return check(layout, rest)
    return _become(layout, arguments)


def _become(layout: Layout, arguments: List[str]) -> int:
    program = str(layout.app / "bin" / "sharewell")
    sys.stdout.flush()
    os.execv(program, [program, *arguments])


def _complain(message: str, remedy: str) -> int:
    print(f"{message}\n{remedy}", file=sys.stderr)
    return 1
