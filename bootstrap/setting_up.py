"""Runs the steps that have anything to do, one set-up at a time."""

from __future__ import annotations

import fcntl
import sys
import time
from contextlib import contextmanager
from typing import Iterator, List

from bootstrap.layout import Layout
from bootstrap.steps import Step


def set_up(layout: Layout, steps: List[Step]) -> None:
    """Do what is not done, each step with a line of its own. Prints nothing when all is done. Raises SetupProblem."""
    if all(step.is_done() for step in steps):
        return
    with _alone(layout):
        # Whoever held the lock before may have done it all.
        waiting = [step for step in steps if not step.is_done()]
        for number, step in enumerate(waiting, start=1):
            _do(step, f"Step {number} of {len(waiting)}: {step.title}")


def _do(step: Step, line: str) -> None:
    print(f"{line} ...", file=sys.stderr, flush=True)
    began = time.monotonic()
    step.do()
    print(f"{line}: done in {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


@contextmanager
def _alone(layout: Layout) -> Iterator[None]:
    layout.lock.parent.mkdir(exist_ok=True)
    with layout.lock.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is running. Waiting for it to end ...", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
