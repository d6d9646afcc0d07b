"""Runs the measurements of the decision log, and puts their figures beside their aims."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bot.benchmark.log.killing import kill
from bot.benchmark.log.large import REPORT, Large, Spent, measure_large
from bot.benchmark.log.records import NOW, Place, draft, in_file, in_schema
from bot.benchmark.log.tampering import KINDS_FOUND_BY, WAYS, tamper_with
from bot.benchmark.log.writing import write
from bot.benchmark.postgresql_server import Server, postgresql_server
from bot.benchmark.report import Figure, Report
from bot.decision_log import new_request_id
from bot.knowledge import load
from bot.settings import from_environment

SEED = 20261120
RECORDS_TO_TAMPER_WITH = 6
MILLION = 1_000_000
VERIFY_SECONDS = 120.0
"""For a million entries."""

MOST_GROWTH = 200.0
"""Megabytes by which a verification may grow, however many entries there are."""

LIST_MILLISECONDS = 100.0
LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Sizes:
    """How much of each is done: tamperings and kills on each database, writers and seconds, entries."""

    tamperings: int
    kills: int
    writers: int
    seconds: float
    entries: int


FULL = Sizes(tamperings=10_000, kills=200, writers=50, seconds=60, entries=MILLION)


@dataclass
class _Run:
    sizes: Sizes
    folder: Path
    server: Server
    stack: ExitStack

    def places(self, part: str) -> Iterator[tuple[str, Place]]:
        """An empty place on each database."""
        yield "SQLite", in_file(self.folder / part / "sqlite")
        yield "PostgreSQL", self.stack.enter_context(in_schema(self.server, self.folder / part / "postgresql"))


def measure(parts: Sequence[str], sizes: Sizes = FULL) -> Report:
    """The figures of these PARTS. Raises BenchmarkError where there is no PostgreSQL server."""
    begun = time.monotonic()
    figures: list[Figure] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sharewell-log-")))
        run = _Run(sizes, folder, stack.enter_context(postgresql_server()), stack)
        for part in parts:
            figures += PARTS[part](run)
    return Report(tuple(figures), time.monotonic() - begun)


def _tampering(run: _Run) -> Iterator[Figure]:
    for name, place in run.places("tampering"):
        log = place.opened()
        for _ in range(RECORDS_TO_TAMPER_WITH):
            reference = log.confirm(draft(), NOW).reference
        log.add_identity(reference, new_request_id(), {"who-decided": "the manager"}, NOW)
        log.approve(reference, "account-2", NOW)
        log.read_identity(reference, "reader", "reason", NOW)
        tally = tamper_with(log, log.checkpoint(NOW), run.sizes.tamperings, random.Random(SEED))
        log.close()
        for way in WAYS:
            wanted = [kind for kind in tally.made if kind in KINDS_FOUND_BY[way]]
            made, found = (sum(counts[kind] for kind in wanted) for counts in (tally.made, tally.found[way]))
            beside = f"{found} of {made}; other kinds: " + (
                ", ".join(f"{kind} {tally.found[way][kind]} of {tally.made[kind]}"
                          for kind in tally.made if kind not in wanted) or "none"
            )  # fmt: skip
            yield Figure(f"{name}: tamperings found ({way})", 100 * found / made, "%", 100, "at least", beside)


def _killing(run: _Run) -> Iterator[Figure]:
    for name, place in run.places("killing"):
        result = kill(place, run.sizes.kills, random.Random(SEED))
        beside = f"{result.kills} kills, {result.confirmed} confirmed, {result.interrupted} interrupted"
        yield Figure(f"{name}: confirmed records lost", result.lost, "", 0, beside=beside)
        yield Figure(f"{name}: records doubled", result.doubled, "", 0)
        yield Figure(f"{name}: rounds after which the chain was not whole", result.broken, "", 0)


def _writers(run: _Run) -> Iterator[Figure]:
    ours = run.stack.enter_context(in_schema(run.server, run.folder / "writers" / "ours"))
    plain = run.stack.enter_context(in_schema(run.server, run.folder / "writers" / "plain"))
    done = write(ours, plain, run.sizes.writers, run.sizes.seconds)
    beside = f"{done.ours:.0f} and {done.plain:.0f} records a second, {run.sizes.writers} writers"
    yield Figure("PostgreSQL: records a second, to plain inserts", done.ours / done.plain, "", LEAST_SHARE, "at least",
                 beside)  # fmt: skip
    yield Figure("PostgreSQL: forks or gaps", 0 if done.whole else 1, "", 0, beside=f"{done.entries} entries")


def _large(run: _Run) -> Iterator[Figure]:
    knowledge = load(from_environment().knowledge)
    earlier: Large | None = None
    for name, place in run.places("large"):
        large = measure_large(place, run.sizes.entries, random.Random(SEED), knowledge)
        done = large.verified
        beside = f"{done.entries} entries, filled in {large.filled:.0f} s"
        aim = VERIFY_SECONDS * max(1, done.entries / MILLION)
        yield Figure(f"{name}: logs that were not whole", 0 if done.whole else 1, "", 0)
        yield Figure(f"{name}: verification", done.seconds, "s", aim, beside=beside)
        yield Figure(f"{name}: growth of memory in it", done.grown, "MB", MOST_GROWTH)
        yield from _lists(f"{name}, few wait", large.usual, earlier.usual if earlier else None)
        yield from _lists(f"{name}, a third waits", large.crowded, earlier.crowded if earlier else None)
        earlier = large


def _lists(name: str, lists: Mapping[str, Spent], earlier: Mapping[str, Spent] | None) -> Iterator[Figure]:
    """What was waited for each list at p95. Beside it the median, and how much that is to the one on SQLite."""
    for asked, spent in lists.items():
        beside = f"p50 {spent.p50 * 1000:.1f} ms"
        if earlier is not None:
            beside += f", {spent.p50 / earlier[asked].p50:.1f} times that of SQLite"
        aim = None if asked == REPORT else LIST_MILLISECONDS
        yield Figure(f"{name}: {asked}, p95", spent.p95 * 1000, "ms", aim, beside=beside)


PARTS: dict[str, Callable[[_Run], Iterator[Figure]]] = {
    "tampering": _tampering, "killing": _killing, "writers": _writers, "large": _large,
}  # fmt: skip
"""The measurements by name."""
