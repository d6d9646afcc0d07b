"""A log of a million entries: how long a verification takes, and how long the inbox and a search."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.benchmark.log.filling import FIRST, STEP, Filler
from bot.benchmark.log.records import AGENCIES, AREAS, CHECKS, DECISIONS, Place
from bot.benchmark.report import p95
from bot.decision_log import DecisionLog, RecordStatus, Search

INBOXES, SEARCHES = 100, 400


@dataclass(frozen=True)
class Large:
    """Times in seconds; `whole` is what the verification said."""

    entries: int
    filled: float
    verified: float
    whole: bool
    inbox: float
    search: float
    show: float


def measure_large(place: Place, entries: int, chance: random.Random) -> Large:
    """Fill the log at `place`, verify it, and ask it for lists."""
    log = place.opened()
    begun = time.monotonic()
    with log._store.writing() as connection:
        Filler(log, connection, chance).fill(entries)
    if not place.url.startswith("sqlite"):
        with log._store._engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
    filled = time.monotonic() - begun
    begun = time.monotonic()
    found = log.verify()
    verified = time.monotonic() - begun
    end = FIRST + STEP * found.entries
    inbox = p95([_timed(lambda: log.inbox(end)) for _ in range(INBOXES)])
    search = p95([_timed(_a_search(log, chance, end)) for _ in range(SEARCHES)])
    references = [one.reference for one in log.search(Search(limit=50)).records]
    show = p95([_timed(lambda: log.show(chance.choice(references))) for _ in range(INBOXES)])
    log.close()
    return Large(found.entries, filled, verified, found.ok, inbox, search, show)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _a_search(log: DecisionLog, chance: random.Random, end: datetime) -> Callable[[], object]:
    """One of the searches that people make, with values at random."""
    since = datetime.fromtimestamp(chance.uniform(FIRST.timestamp(), end.timestamp()), UTC)
    until = since + timedelta(days=chance.choice((1, 7, 30, 365)))
    searches: list[Search] = [
        Search(status=chance.choice(list(RecordStatus))),
        Search(area=chance.choice(AREAS), decision=chance.choice(DECISIONS)),
        Search(author=f"account-{chance.randrange(400)}"),
        Search(choices={"shared-with": chance.choice(AGENCIES)}),
        Search(choices={"shared-with": chance.choice(AGENCIES), "decision": chance.choice(DECISIONS)},
               since=since, until=until),
        Search(since=since, until=until),
        Search(check_id=chance.choice(CHECKS), area=chance.choice(AREAS), since=since, until=until),
        Search(outcome_id=f"outcome-{chance.randrange(40)}", status=RecordStatus.APPROVED),
        Search(status=RecordStatus.WAITING_FOR_APPROVAL, author=f"account-{chance.randrange(400)}"),
        Search(area=chance.choice(AREAS), before=chance.randrange(100, 1_000_000)),
        Search(area="nowhere", since=since, until=until),
    ]
    wanted = chance.choice(searches)
    return lambda: log.search(wanted)
