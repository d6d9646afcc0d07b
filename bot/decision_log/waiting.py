"""What waits for somebody: approvals, those that are overdue, and records to be looked at again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from bot.decision_log.canonical import utc_text
from bot.decision_log.ledger import EntryKind, entry_of
from bot.decision_log.paths import narrowed
from bot.decision_log.queries import LARGEST_PAGE, PAGE, Whose, parts_of
from bot.decision_log.records import RecordSummary, summary_of
from bot.decision_log.schema import DUE_FOR_REVIEW, WAITING, ledger, record

COUNT_UP_TO = 1000
"""Beyond this a count says "1,000 or more": nobody reads further, and the inbox must stay quick."""


@dataclass(frozen=True)
class Inbox:
    """What waits, and how much there is of each, counted up to COUNT_UP_TO. Lists are the most urgent first."""

    waiting: tuple[RecordSummary, ...]
    overdue: tuple[RecordSummary, ...]
    reviews_due: tuple[RecordSummary, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class _Queue:
    """Records in the order in which they are due. `index` holds these and no others, and all that is asked of them."""

    conditions: tuple[ColumnElement[bool], ...]
    due: Any
    index: str
    whose: Whose | None

    def first(self, connection: Connection, limit: int) -> tuple[RecordSummary, ...]:
        """The most urgent."""
        # Places first: only for what is listed the whole record is fetched.
        found = self._places(connection).order_by(self.due, record.c.sequence).limit(limit).subquery()
        query = (
            select(record).join(found, found.c.sequence == record.c.sequence)
            .order_by(found.c[self.due.name], found.c.sequence)
        )  # fmt: skip
        return tuple(summary_of(row) for row in connection.execute(query))

    def count(self, connection: Connection, listed: Sequence[object], limit: int) -> int:
        """How many there are, up to COUNT_UP_TO. A list that is not full holds them all."""
        if len(listed) < limit:
            return len(listed)
        some = self._places(connection).limit(COUNT_UP_TO).subquery()
        return connection.execute(select(func.count()).select_from(some)).scalar_one()

    def _places(self, connection: Connection) -> Select[Any]:
        places = select(record.c.sequence, self.due).where(*self.conditions)
        return narrowed(connection, places, list(parts_of(self.whose)), self.index)


def inbox(connection: Connection, now: datetime, limit: int = PAGE, whose: Whose | None = None) -> Inbox:
    """What waits for a manager at `now`."""
    room = _room(limit)
    all_waiting, reviews = _waiting(whose), _reviews(now.date(), whose)
    waiting = all_waiting.first(connection, room)
    late = tuple(one for one in waiting if one.due_at is not None and one.due_at < now)  # in the same order
    due = reviews.first(connection, room)
    counts = {
        "waiting": all_waiting.count(connection, waiting, room),
        "overdue": _overdue(now, whose).count(connection, late, room),
        "reviews_due": reviews.count(connection, due, room),
    }
    return Inbox(waiting, late, due, counts)


def overdue(connection: Connection, now: datetime, limit: int = PAGE) -> tuple[RecordSummary, ...]:
    """Records whose approval should have been given before `now`, the longest overdue first."""
    return _overdue(now, None).first(connection, _room(limit))


def reviews_due(connection: Connection, today: date, limit: int = PAGE) -> tuple[RecordSummary, ...]:
    """Records that should be looked at again by `today`, the longest due first."""
    return _reviews(today, None).first(connection, _room(limit))


def identified(connection: Connection, account: str, references: Collection[str]) -> frozenset[str]:
    """Those of the records `references` of which `account` said who they are about. Raises ChangedOutside."""
    said = ledger.c.kind == EntryKind.IDENTITY.value
    found = connection.execute(select(ledger).where(ledger.c.reference.in_(sorted(references)), said))
    return frozenset(entry.reference for entry in map(entry_of, found) if entry.by == account)


def _waiting(whose: Whose | None) -> _Queue:
    return _Queue((WAITING,), record.c.due_at, "record_waiting", whose)


def _overdue(now: datetime, whose: Whose | None) -> _Queue:
    late = record.c.due_at < utc_text(now)
    return _Queue((WAITING, late), record.c.due_at, "record_waiting", whose)


def _reviews(today: date, whose: Whose | None) -> _Queue:
    due = record.c.review_on <= today.isoformat()
    return _Queue((DUE_FOR_REVIEW, due), record.c.review_on, "record_review_due", whose)


def _room(limit: int) -> int:
    return max(1, min(limit, LARGEST_PAGE))
