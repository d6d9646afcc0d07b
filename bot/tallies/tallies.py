"""Numbers of questions by day and by what they found. They are collected in memory and written now and then.

What a killed process had not yet written is lost: these numbers show where guidance is missing, and prove nothing.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum

from sqlalchemy import URL, Column, Connection, Integer, MetaData, String, Table, create_engine, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.errors import SharewellError

_TABLES = MetaData()
_COUNTS = Table(
    "question_count",
    _TABLES,
    Column("day", String(10), primary_key=True),
    Column("found", String(16), primary_key=True),
    Column("questions", Integer, nullable=False),
)
COPIED = (_COUNTS,)
"""The tables that a backup takes."""

_CONNECT_SECONDS = 10


class Found(StrEnum):
    """What a question found: an answer, a few that might be meant, or none."""

    ANSWER = "answer"
    SUGGESTIONS = "suggestions"
    NOTHING = "nothing"


class TalliesUnavailable(SharewellError):
    """The database of the numbers cannot be used. Those not yet written are kept in memory."""


class Tallies:
    """Counts questions. Safe for use by several threads; several programs add to the same numbers."""

    def __init__(self, url: str) -> None:
        """Opens nothing yet. Raises TalliesUnavailable for an address that is none."""
        try:
            address = make_url(url)
        except ArgumentError as error:
            raise _unavailable() from error
        self._engine = create_engine(address, connect_args=_limits(address))
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._writing = threading.Lock()  # SQLite lets waiting writers in by chance: one may wait too long
        self._ready = False

    def count(self, found: Found, day: date) -> None:
        """One more question of `day` (UTC). Touches memory only."""
        with self._lock:
            self._waiting[day.isoformat(), found.value] += 1

    def flush(self) -> None:
        """Writes what was counted since the last time. Raises TalliesUnavailable; nothing is lost by it."""
        with self._lock:
            waiting, self._waiting = self._waiting, Counter()
        if not waiting:
            return
        try:
            with self._writing:
                self._add(waiting)
        except SQLAlchemyError as error:
            with self._lock:
                self._waiting.update(waiting)
            raise _unavailable() from error

    def between(self, since: date, until: date) -> Mapping[tuple[date, Found], int]:
        """The numbers of the days from `since` to `until`, both included. Raises TalliesUnavailable."""
        self.flush()
        asked = select(_COUNTS).where(_COUNTS.c.day.between(since.isoformat(), until.isoformat()))
        try:
            self._make_table()
            with self._engine.connect() as connection:
                rows = connection.execute(asked).all()
        except SQLAlchemyError as error:
            raise _unavailable() from error
        return {(date.fromisoformat(row.day), Found(row.found)): row.questions for row in rows}

    @contextmanager
    def copying(self) -> Iterator[Connection]:
        """A transaction on the table of the numbers, for a backup. Raises TalliesUnavailable."""
        try:
            self._make_table()
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _unavailable() from error

    def close(self) -> None:
        """Lets go of the database, without writing."""
        self._engine.dispose()

    def _add(self, waiting: Counter[tuple[str, str]]) -> None:
        self._make_table()
        rows = [{"day": day, "found": found, "questions": count} for (day, found), count in sorted(waiting.items())]
        upsert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        adding = upsert(_COUNTS)
        more = adding.on_conflict_do_update(
            index_elements=["day", "found"], set_={"questions": _COUNTS.c.questions + adding.excluded.questions}
        )
        with self._engine.begin() as connection:
            connection.execute(more, rows)

    def _make_table(self) -> None:
        if not self._ready:
            _TABLES.create_all(self._engine)
            self._ready = True


def _limits(address: URL) -> dict[str, int]:
    return {"timeout" if address.get_backend_name() == "sqlite" else "connect_timeout": _CONNECT_SECONDS}


def _unavailable() -> TalliesUnavailable:
    return TalliesUnavailable(
        "The numbers of questions cannot be read or written.",
        "See that the folder SHAREWELL_HOME can be written, or that the accounts' server answers. The chat goes on.",
    )
