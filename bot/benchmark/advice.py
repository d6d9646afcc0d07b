"""`sharewell bench advice`: many threads and many advisers at once. Is every reply where it belongs, and how quick?"""

from __future__ import annotations

import random
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.benchmark.postgresql_server import Server, postgresql_server
from bot.benchmark.report import BenchmarkError, Figure, Report, p95
from bot.consultations import (
    EVERY_AREA,
    Advice,
    Adviser,
    Kind,
    NotYours,
    Request,
    Side,
    SomebodyWasFirst,
    State,
    Subject,
)

INBOX_MILLISECONDS = 100.0
PARTS = ("SQLite", "PostgreSQL")
_AREA = "national"
_KEY = bytes(32)
_SEED = 20261120


@dataclass(frozen=True)
class Size:
    """How many threads and advisers, and the seconds that an adviser reads before writing."""

    threads: int
    advisers: int
    pause: float


FULL = Size(threads=500, advisers=20, pause=1.0)


@dataclass
class _Tally:
    """What came of a run. Times are seconds."""

    inboxes: list[float] = field(default_factory=list)
    replies: list[float] = field(default_factory=list)
    second: int = 0
    wrong: int = 0
    unanswered: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def measure(size: Size = FULL, parts: tuple[str, ...] = PARTS) -> Report:
    """The figures on each database. Raises BenchmarkError where there is no PostgreSQL server."""
    begun = time.monotonic()
    figures: list[Figure] = []
    with ExitStack() as stack:
        for name in parts:
            url = stack.enter_context(_place(name))
            figures += _figures(name, size, _run(url, size))
    return Report(tuple(figures), time.monotonic() - begun)


def _figures(name: str, size: Size, tally: _Tally) -> Iterator[Figure]:
    beside = f"{size.threads} threads, {size.advisers} advisers, {len(tally.replies)} replies"
    yield Figure(f"{name}: replies in a wrong thread", tally.wrong, "", 0, beside=beside)
    yield Figure(f"{name}: threads without a reply", tally.unanswered, "", 0)
    yield Figure(
        f"{name}: inbox, p95", p95(tally.inboxes) * 1000, "ms", INBOX_MILLISECONDS,
        beside=f"{len(tally.inboxes)} inboxes",
    )  # fmt: skip
    yield Figure(f"{name}: reading and replying, p95", p95(tally.replies) * 1000, "ms")
    yield Figure(f"{name}: advisers told that somebody was first", tally.second, "")


def _run(url: str, size: Size) -> _Tally:
    advice = Advice(url, lambda: [_KEY])
    try:
        marks = {}
        for number in range(size.threads):
            mark = secrets.token_hex(8)
            request = Request(f"Question {mark}", _AREA, random.Random(number).choice(list(Subject)), "routine")
            receipt = advice.send(request, f"source {number}")
            marks[receipt.reference] = (mark, receipt.ticket)
        tally = _Tally()
        workers = [
            threading.Thread(target=_advise, args=(advice, number, size.pause, tally))
            for number in range(size.advisers)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        for mark, ticket in marks.values():
            _look(advice, mark, ticket, tally)
        return tally
    finally:
        advice.close_database()


def _advise(advice: Advice, number: int, pause: float, tally: _Tally) -> None:
    """One adviser, who answers what waits until nothing does. Others may have answered it meanwhile."""
    chance = random.Random(_SEED + number)
    adviser = Adviser(f"adviser-{number}", (EVERY_AREA,), tuple(Subject))
    while True:
        begun = time.perf_counter()
        waiting = advice.desk.inbox(adviser).waiting
        with tally.lock:
            tally.inboxes.append(time.perf_counter() - begun)
        if not waiting:
            return
        try:
            taken = _answer(advice, adviser, chance.choice(waiting).reference, pause)
            with tally.lock:
                tally.replies.append(taken)
        except (SomebodyWasFirst, NotYours):
            with tally.lock:
                tally.second += 1


def _answer(advice: Advice, adviser: Adviser, reference: str, pause: float) -> float:
    """Reads a thread, thinks, and repeats the mark of its question in a reply. The seconds it took, thought apart."""
    begun = time.perf_counter()
    thread = advice.desk.thread(adviser, reference)
    read = time.perf_counter() - begun
    time.sleep(pause)
    begun = time.perf_counter()
    mark = thread.messages[0].text.removeprefix("Question ")
    advice.desk.reply(adviser, reference, f"Answer {mark}", version=thread.version)
    return read + time.perf_counter() - begun


def _look(advice: Advice, mark: str, ticket: str, tally: _Tally) -> None:
    """What the user finds: one answer, and it is to this question."""
    seen = advice.view(ticket)
    replies = [message for message in seen.messages if message.side is Side.ADVISER and message.kind is Kind.REPLY]
    tally.wrong += sum(message.text != f"Answer {mark}" for message in replies) + max(0, len(replies) - 1)
    tally.unanswered += not replies or seen.state is not State.ANSWERED


@contextmanager
def _place(name: str) -> Iterator[str]:
    """The address of an empty database."""
    if name == "SQLite":
        with tempfile.TemporaryDirectory(prefix="sharewell-advice-") as folder:
            yield f"sqlite:///{Path(folder) / 'advice.db'}"
        return
    with postgresql_server() as server:
        yield _schema(server)


def _schema(server: Server) -> str:
    with server.connect() as connection:
        connection.execute(b"CREATE SCHEMA advice")
    return server.address("advice")


def require_parts(parts: list[str]) -> tuple[str, ...]:
    """The databases of these names, in small letters; both where none is given. Raises BenchmarkError."""
    named = {name.casefold(): name for name in PARTS}
    unknown = [part for part in parts if part not in named]
    if unknown:
        raise BenchmarkError("There is no such part.", f"The parts are: {', '.join(named)}.")
    return tuple(named[part] for part in parts) or PARTS
