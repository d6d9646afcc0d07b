"""Lists of records: a search by field, date and status, page by page. Each is answered by an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, tuple_, union_all

from bot.decision_log.canonical import utc_text
from bot.decision_log.paths import Part, narrowed
from bot.decision_log.records import RecordSummary, summary_of
from bot.decision_log.schema import NOT_ERASED, NOT_JUST_KEPT, TAKEN_OVER, record, record_choice
from bot.decision_log.states import RecordStatus, RetentionState

PAGE = 50
LARGEST_PAGE = 500

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


def searched(connection: Connection, search: Search) -> Page:
    """One page of the records that fit."""
    limit = max(1, min(search.limit, LARGEST_PAGE))
    query = _newest_first(narrowed(connection, select(record), _parts(search)), search)
    rows = connection.execute(query.limit(limit + 1)).all()
    more = len(rows) > limit
    return Page(tuple(summary_of(row) for row in rows[:limit]), rows[limit - 1].sequence if more else None)


def oldest_first(search: Search, after: RecordSummary | None, limit: int) -> Select[Any]:
    """The same search from the oldest on, for a walk over all. `after` is the last record that was read."""
    place = tuple_(record.c.recorded_at, record.c.sequence)
    query = select(record).where(*(part.condition for part in _parts(search)))
    if after is not None:
        query = query.where(place > tuple_(utc_text(after.recorded_at), after.sequence))
    return query.order_by(record.c.recorded_at, record.c.sequence).limit(limit)


def among(whose: Whose | None) -> list[ColumnElement[bool]]:
    """The condition that a record is one of these; none where all may be listed."""
    return [part.condition for part in parts_of(whose)]


def parts_of(whose: Whose | None) -> Iterator[Part]:
    """The same, as a search asks for it."""
    if whose is None:
        return
    written = record.c.author.in_(sorted(whose.authors))
    found = select(record.c.sequence).where(written)
    if not whose.responsible:
        yield Part(written, found)
        return
    taken = and_(record.c.responsible == whose.responsible, TAKEN_OVER)
    yield Part(or_(written, taken), union_all(found, select(record.c.sequence).where(taken)))


def _newest_first(query: Select[Any], search: Search) -> Select[Any]:
    """By the time of recording where the search asks for a period, so that one index serves both; else by place."""
    if search.since is None and search.until is None:
        if search.before is not None:
            query = query.where(record.c.sequence < search.before)
        return query.order_by(record.c.sequence.desc())
    if search.before is not None:
        last = record.alias()
        moment = select(last.c.recorded_at).where(last.c.sequence == search.before).scalar_subquery()
        query = query.where(tuple_(record.c.recorded_at, record.c.sequence) < tuple_(moment, search.before))
    return query.order_by(record.c.recorded_at.desc(), record.c.sequence.desc())


def _parts(search: Search) -> list[Part]:
    """What is asked for, one by one. Of the columns, those come first that have the most values."""
    return [
        *_period(search), *_columns(search), *parts_of(search.whose),
        *(_chosen(name, option) for name, option in search.choices.items()),
    ]  # fmt: skip


def _columns(search: Search) -> Iterator[Part]:
    asked = {
        "record_author": (record.c.author, search.author),
        "record_outcome": (record.c.outcome_id, search.outcome_id),
        "record_check": (record.c.check_id, search.check_id),
        "record_area": (record.c.area, search.area),
        "record_decision": (record.c.decision, search.decision),
        "record_status_newest": (record.c.status, search.status and search.status.value),
    }
    for index, (column, value) in asked.items():
        if value is not None:
            yield Part(column == value, select(record.c.sequence).where(column == value), index)
    if search.retention is not None:
        state = record.c.retention == search.retention.value
        # The second condition follows from the first, but a database does not see that it may use the index.
        found = and_(state, NOT_ERASED if search.retention is RetentionState.KEPT else NOT_JUST_KEPT)
        yield Part(found, select(record.c.sequence).where(found))


def _period(search: Search) -> Iterator[Part]:
    bounds = []
    if search.since is not None:
        bounds.append(record.c.recorded_at >= utc_text(search.since))
    if search.until is not None:
        bounds.append(record.c.recorded_at < utc_text(search.until))
    if bounds:
        yield Part(and_(*bounds), select(record.c.sequence).where(*bounds), "record_recorded")


def _chosen(name: str, option: str) -> Part:
    other = record_choice.alias()
    found = select(other.c.sequence).where(other.c.field_id == name, other.c.option_id == option)
    return Part(found.where(other.c.sequence == record.c.sequence).correlate(record).exists(), found)
