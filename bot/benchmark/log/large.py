"""A log that has grown: how long a verification takes, and how long people wait for lists, searches and a report."""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection

import psutil

from bot.benchmark.log.asking import Ask, Asker
from bot.benchmark.log.filling import FIRST, STEP, Filler, crowd, settle
from bot.benchmark.log.records import Place
from bot.benchmark.log.worker import PROCESSES
from bot.benchmark.memory import megabytes
from bot.benchmark.report import BenchmarkError, median, p95
from bot.knowledge import Knowledge

TIMES = 60
"""How often each thing is asked."""

REPORT = "audit report of a year"
REPORTS = 3
_RSS_UNITS = 1 if sys.platform == "darwin" else 1024  # bytes of a unit of ru_maxrss


@dataclass(frozen=True)
class Spent:
    """What somebody waited who asked many times, in seconds."""

    p50: float
    p95: float


@dataclass(frozen=True)
class Verified:
    """What a verification said, the seconds that it took, and the megabytes by which the process grew."""

    whole: bool
    entries: int
    seconds: float
    grown: float


@dataclass(frozen=True)
class Large:
    """`usual` are the lists where a few per cent of the records wait, `crowded` where a third does; seconds."""

    filled: float
    verified: Verified
    usual: Mapping[str, Spent]
    crowded: Mapping[str, Spent]


def measure_large(place: Place, entries: int, chance: random.Random, knowledge: Knowledge) -> Large:
    """Fill the log at `place`, verify it, and ask it for what people ask, before and after many records wait."""
    log = place.opened()
    begun = time.monotonic()
    with log._store.writing() as connection:
        Filler(log, connection, chance).fill(entries)
    settle(log)
    filled = time.monotonic() - begun
    verified = _verified_apart(place)
    asker = Asker(log, chance, FIRST + STEP * entries)
    usual = {**_asked(asker), REPORT: _spent(lambda: asker.audit(knowledge), REPORTS)}
    with log._store.writing() as connection:
        crowd(connection)
    settle(log)
    crowded = _asked(asker)
    log.close()
    return Large(filled, verified, usual, crowded)


def verify(place: Place) -> Verified:
    """Verify the log at `place` in this process."""
    log = place.opened()
    before, begun = megabytes(psutil.Process()), time.monotonic()
    found = log.verify()
    seconds = time.monotonic() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNITS / 1e6
    log.close()
    return Verified(found.ok, found.entries, seconds, most - before)


def _verified_apart(place: Place) -> Verified:
    # In a process of its own, so that what it needs is not hidden by what filling the log needed.
    receiving, sending = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=_tell, args=(place, sending))
    process.start()
    sending.close()
    try:
        told: Verified = receiving.recv()
    except EOFError:
        raise BenchmarkError("The verification ended without a result.", "Look at what it printed above.") from None
    finally:
        process.join()
    return told


def _tell(place: Place, sending: Connection) -> None:
    sending.send(verify(place))
    sending.close()


def _asked(asker: Asker) -> dict[str, Spent]:
    makes = {**asker.inboxes(), **asker.searches(), **asker.retention()}
    return {name: _spent(make, TIMES) for name, make in makes.items()}


def _spent(make: Callable[[], Ask], times: int) -> Spent:
    seconds = [_timed(make()) for _ in range(times)]
    return Spent(median(seconds), p95(seconds))


def _timed(work: Ask) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
