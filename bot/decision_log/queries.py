"""Lists of records: a search by field, date and status, and what waits for somebody. Each is answered by an index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_, union

from bot.decision_log.canonical import utc_text
from bot.decision_log.ledger import EntryKind
from bot.decision_log.records import RecordSummary, summary_of
from bot.decision_log.schema import ledger, record, record_choice
from bot.decision_log.states import RecordStatus, RetentionState

PAGE = 50
LARGEST_PAGE = 500
COUNT_UP_TO = 10_000
"""Beyond this a count says "10,000 or more": nobody reads further, and the inbox must stay quick."""


SHORT_PERIOD = timedelta(days=400)
"""A search within it goes along the time of recording and looks at each record there."""


@dataclass(frozen=True)
class Whose:
    """Account ids: records that one of `authors` made, and those that `responsible` answers for, and no others.

    "" among the authors stands for records of which nobody knows who made them.
    """

    authors: frozenset[str]
    responsible: str = ""


@dataclass(frozen=True)
class Search:
    """What a record must have to be listed; what is None or empty leaves all through.

    `since` and `until` are moments of recording: from, and before. `choices` are options by field, after corrections.
    `before` is the sequence of the last record of the page before: lists go from the newest to the oldest.
    """

    status: RecordStatus | None = None
    since: datetime | None = None
    until: datetime | None = None
    area: str | None = None
    check_id: str | None = None
    outcome_id: str | None = None
    decision: str | None = None
    author: str | None = None
    whose: Whose | None = None
    retention: RetentionState | None = None
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    before: int | None = None
    limit: int = PAGE


@dataclass(frozen=True)
class Page:
    """Records of one page, newest first. `before` asks for the next page; None on the last."""

    records: tuple[RecordSummary, ...]
    before: int | None


@dataclass(frozen=True)
class Inbox:
    """What waits, and how much there is of each, counted up to COUNT_UP_TO. Lists are the most urgent first."""

    waiting: tuple[RecordSummary, ...]
    overdue: tuple[RecordSummary, ...]
    reviews_due: tuple[RecordSummary, ...]
    counts: Mapping[str, int]


def searched(connection: Connection, search: Search) -> Page:
    """One page of the records that fit."""
    limit = max(1, min(search.limit, LARGEST_PAGE))
    query = _by_period(search) if search.since or search.until else _by_place(search)
    rows = connection.execute(query.limit(limit + 1)).all()
    more = len(rows) > limit
    return Page(tuple(summary_of(row) for row in rows[:limit]), rows[limit - 1].sequence if more else None)


def _by_place(search: Search) -> Select[Any]:
    """From the newest on: by the options of one field where some are asked for, else by what the planner likes best."""
    query = select(record).where(*_conditions(search))
    names = list(search.choices)
    order = record.c.sequence
    if names:
        query = query.join(record_choice, record_choice.c.sequence == record.c.sequence).where(
            record_choice.c.field_id == names[0], record_choice.c.option_id == search.choices[names[0]]
        )
        order = record_choice.c.sequence
    query = query.where(*(_has(name, search.choices[name]) for name in names[1:]))
    if search.before is not None:
        query = query.where(order < search.before)
    return query.order_by(order.desc())


def _by_period(search: Search) -> Select[Any]:
    """Along the time of recording, from the newest on."""
    query = select(record).where(*_conditions(search), *(_has(*choice) for choice in search.choices.items()))
    if search.before is not None:
        last = select(record.c.recorded_at).where(record.c.sequence == search.before).scalar_subquery()
        query = query.where(tuple_(record.c.recorded_at, record.c.sequence) < tuple_(last, search.before))
    return query.order_by(record.c.recorded_at.desc(), record.c.sequence.desc())


def _has(name: str, option: str) -> ColumnElement[bool]:
    other = record_choice.alias()
    chosen = select(other.c.sequence).where(
        other.c.field_id == name, other.c.option_id == option, other.c.sequence == record.c.sequence
    )
    return chosen.correlate(record).exists()


def oldest_first(search: Search, after: int, limit: int) -> Select[Any]:
    """The same search from the oldest on, for a walk over all."""
    return (
        select(record).where(*_conditions(search), record.c.sequence > after).order_by(record.c.sequence).limit(limit)
    )


def among(whose: Whose | None) -> list[ColumnElement[bool]]:
    """The condition that a record is one of these; none where all may be listed."""
    if whose is None:
        return []
    of_authors = record.alias()
    found = select(of_authors.c.sequence).where(of_authors.c.author.in_(sorted(whose.authors)))
    if not whose.responsible:
        return [record.c.sequence.in_(found)]
    # Only by a take-over does another than the author answer for a record, and of take-overs there is an index.
    taken = record.alias()
    answers = (
        select(taken.c.sequence).join(ledger, ledger.c.reference == taken.c.reference)
        .where(ledger.c.kind == EntryKind.TAKE_OVER.value, taken.c.responsible == whose.responsible)
    )  # fmt: skip
    # Sequences rather than a choice of two conditions: each part keeps its index, and so do the other conditions.
    return [record.c.sequence.in_(union(found, answers))]


def inbox(connection: Connection, now: datetime, limit: int = PAGE, whose: Whose | None = None) -> Inbox:
    """What waits for a manager at `now`."""
    moment, today, these = utc_text(now), now.date(), among(whose)
    waiting, overdue, reviews = [*_waiting(), *these], [*_overdue(moment), *these], [*_reviews(today), *these]
    return Inbox(
        _listed(connection, waiting, record.c.due_at, limit),
        _listed(connection, overdue, record.c.due_at, limit),
        _listed(connection, reviews, record.c.review_on, limit),
        {name: _counted(connection, conditions) for name, conditions in
         (("waiting", waiting), ("overdue", overdue), ("reviews_due", reviews))},
    )  # fmt: skip


def overdue(connection: Connection, now: datetime, limit: int = PAGE) -> tuple[RecordSummary, ...]:
    """Records whose approval should have been given before `now`, the longest overdue first."""
    return _listed(connection, _overdue(utc_text(now)), record.c.due_at, limit)


def reviews_due(connection: Connection, today: date, limit: int = PAGE) -> tuple[RecordSummary, ...]:
    """Records that should be looked at again by `today`, the longest due first."""
    return _listed(connection, _reviews(today), record.c.review_on, limit)


def _waiting() -> list[ColumnElement[bool]]:
    return [record.c.status == RecordStatus.WAITING_FOR_APPROVAL.value]


def _overdue(moment: str) -> list[ColumnElement[bool]]:
    return [*_waiting(), record.c.due_at < moment]


def _reviews(today: date) -> list[ColumnElement[bool]]:
    return [record.c.review_on > "", record.c.review_on <= today.isoformat(), record.c.erased_at == ""]


def _listed(
    connection: Connection, conditions: list[ColumnElement[bool]], order: Any, limit: int
) -> tuple[RecordSummary, ...]:
    query = select(record).where(*conditions).order_by(order, record.c.sequence).limit(max(1, min(limit, LARGEST_PAGE)))
    return tuple(summary_of(row) for row in connection.execute(query))


def _counted(connection: Connection, conditions: list[ColumnElement[bool]]) -> int:
    some = select(record.c.sequence).where(*conditions).limit(COUNT_UP_TO).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    equal = {
        record.c.status: None if search.status is None else search.status.value,
        record.c.area: search.area,
        record.c.check_id: search.check_id,
        record.c.outcome_id: search.outcome_id,
        record.c.decision: search.decision,
        record.c.author: search.author,
        record.c.retention: None if search.retention is None else search.retention.value,
    }
    asked = {column: value for column, value in equal.items() if value is not None}
    if search.since is None or search.until is None or search.until - search.since > SHORT_PERIOD:
        conditions: list[ColumnElement[bool]] = [column == value for column, value in asked.items()]
    else:
        # A text joined to nothing has no index: within a short period the time of recording is the better one.
        conditions = [column.concat("") == value for column, value in asked.items()]
    conditions += among(search.whose)
    if search.since is not None:
        conditions.append(record.c.recorded_at >= utc_text(search.since))
    if search.until is not None:
        conditions.append(record.c.recorded_at < utc_text(search.until))
    return conditions
