"""Many writers at once on PostgreSQL, beside plain inserts of the same rows by as many writers in the same run."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass

from bot.benchmark.log.records import Place
from bot.benchmark.log.worker import without_guards
from bot.benchmark.report import BenchmarkError

START_SECONDS = 40.0
"""Until all writers are up: each is a process of its own."""


@dataclass(frozen=True)
class Written:
    """Records a second of each, and whether the log is whole: no fork, no gap."""

    ours: float
    plain: float
    whole: bool
    entries: int


def write(ours: Place, plain: Place, writers: int, seconds: float) -> Written:
    """Let so many writers write for so long, first to the log, then plain inserts; both halves of the time twice."""
    for place in (ours, plain):
        place.opened().close()
    without_guards(plain)
    records = {"until": 0, "plain-until": 0}
    for what, place in (("until", ours), ("plain-until", plain)) * 2:
        records[what] += _run(what, place, writers, seconds / 2)
    log = ours.opened()
    found = log.verify()
    log.close()
    return Written(records["until"] / seconds, records["plain-until"] / seconds, found.ok, found.entries)


def _run(what: str, place: Place, writers: int, seconds: float) -> int:
    begin = time.time() + START_SECONDS * writers / 50 + 5
    command = [sys.executable, "-m", "bot.benchmark.log.worker", what, place.url, str(place.folder)]
    processes = [
        subprocess.Popen([*command, repr(begin), repr(begin + seconds)], stdout=subprocess.PIPE, text=True)
        for _ in range(writers)
    ]
    try:
        said = [process.communicate(timeout=begin - time.time() + seconds + 120)[0] for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    if any(process.returncode for process in processes):
        raise BenchmarkError("A writer failed.", "See what it wrote above.")
    return sum(int(count) for count in said)
