"""The index that a search goes along in SQLite, which does not know how often a value occurs. PostgreSQL does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, func, select

from bot.decision_log.schema import record

FEW = 5000
"""Records that may be fetched and sorted for one page."""

NEWEST = "record_sequence"
"""The index by which records are found at their places."""


@dataclass(frozen=True)
class Part:
    """One thing that a search asks for, and the places of all records that have it.

    `index` names the index that holds those in the order of the search; it is empty where there is none.
    """

    condition: ColumnElement[bool]
    places: Select[Any] | CompoundSelect[Any]
    index: str = ""


def narrowed(
    connection: Connection, query: Select[Any], parts: Sequence[Part], otherwise: str = NEWEST
) -> Select[Any]:
    """The query for records that have all parts. In SQLite with the index to take.

    Where few records have one of the parts, all of these are fetched. Where many have each, records are read in the
    order of the list until the page is full, which is soon. They are then read by the index of the first part that has
    one, or by `otherwise`.
    """
    if connection.dialect.name != "sqlite":
        return query.where(*(part.condition for part in parts))
    counts = [_counted(connection, part) for part in parts]
    fewest = min(counts, default=FEW)
    if fewest >= FEW:
        index = next((part.index for part in parts if part.index), otherwise)
        return _along(query, index).where(*(part.condition for part in parts))
    rarest = parts[counts.index(fewest)]
    found = rarest.places.subquery()
    others = (part.condition for part in parts if part is not rarest)
    return _along(query, NEWEST).where(record.c.sequence.in_(select(found.c.sequence)), *others)


def _along(query: Select[Any], index: str) -> Select[Any]:
    return query.with_hint(record, f"INDEXED BY {index}", "sqlite")


def _counted(connection: Connection, part: Part) -> int:
    some = part.places.limit(FEW).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()
