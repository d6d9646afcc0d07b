"""Many writers at once on PostgreSQL, beside plain inserts of the same rows by as many writers in the same run."""

from __future__ import annotations

from dataclasses import dataclass
from queue import Empty

from bot.benchmark.log.records import Place
from bot.benchmark.log.worker import PROCESSES, plain_until, until, without_guards
from bot.benchmark.report import BenchmarkError

START_SECONDS = 240.0
"""For all writers to be up on a busy machine: each is a process of its own."""

END_SECONDS = 20.0


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
    work = {"until": until, "plain-until": plain_until}[what]
    ready, counts = PROCESSES.Barrier(writers), PROCESSES.Queue()
    processes = [PROCESSES.Process(target=work, args=(place, seconds, ready, counts)) for _ in range(writers)]
    for process in processes:
        process.start()
    try:
        return sum(counts.get(timeout=START_SECONDS + seconds) for _ in processes)
    except Empty:
        raise BenchmarkError("A writer did not start or failed.", "See what it wrote above.") from None
    finally:
        for process in processes:
            process.join(END_SECONDS)
            process.kill()
