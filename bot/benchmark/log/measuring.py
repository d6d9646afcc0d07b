"""Runs the measurements of the decision log, and puts their figures beside their aims."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bot.benchmark.log.killing import kill
from bot.benchmark.log.million import measure_large
from bot.benchmark.log.records import NOW, Place, draft, in_file, in_schema
from bot.benchmark.log.tampering import KINDS_FOUND_BY, WAYS, tamper_with
from bot.benchmark.log.writing import write
from bot.benchmark.postgresql_server import Server, postgresql_server
from bot.benchmark.report import Figure, Report
from bot.decision_log import new_request_id

SEED = 20261120
RECORDS_TO_TAMPER_WITH = 6
VERIFY_SECONDS = 120.0
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


FULL = Sizes(tamperings=10_000, kills=200, writers=50, seconds=60, entries=1_000_000)


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


def _million(run: _Run) -> Iterator[Figure]:
    for name, place in run.places("million"):
        large = measure_large(place, run.sizes.entries, random.Random(SEED))
        beside = f"{large.entries} entries, {'whole' if large.whole else 'NOT WHOLE'}; filled in {large.filled:.0f} s"
        yield Figure(f"{name}: verification", large.verified, "s", VERIFY_SECONDS, beside=beside)
        yield Figure(f"{name}: inbox, p95", large.inbox * 1000, "ms", LIST_MILLISECONDS)
        yield Figure(f"{name}: search, p95", large.search * 1000, "ms", LIST_MILLISECONDS)
        yield Figure(f"{name}: one record, p95", large.show * 1000, "ms", LIST_MILLISECONDS)


PARTS: dict[str, Callable[[_Run], Iterator[Figure]]] = {
    "tampering": _tampering, "killing": _killing, "writers": _writers, "million": _million,
}  # fmt: skip
"""The measurements by name."""
