"""Where each record stands, kept in tables for quick lists. A cache: all of it follows from the ledger."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Connection, Result, delete, func, insert, select, update

from bot.decision_log.ledger import Ledger
from bot.decision_log.schema import record, record_choice
from bot.decision_log.states import RecordState, state_of

_Chosen: TypeAlias = tuple[str, list[tuple[str, str]]]
ROWS_AT_ONCE = 1000
COLUMNS = tuple(column.name for column in record.columns)
_VALUES = attrgetter(*COLUMNS)
"""What the columns of a record's row should say. A value of an enumeration equals its text."""

_INSERT, _INSERT_CHOICES = insert(record), insert(record_choice)


def add(connection: Connection, state: RecordState) -> None:
    """Keep the state of a record that was just made."""
    connection.execute(_INSERT, row_of(state))
    _add_choices(connection, state)


def change(connection: Connection, state: RecordState) -> None:
    """Keep the state of a record after one more entry."""
    connection.execute(update(record).where(record.c.reference == state.reference).values(row_of(state)))
    connection.execute(delete(record_choice).where(record_choice.c.sequence == state.sequence))
    _add_choices(connection, state)


def rebuild(connection: Connection, ledger: Ledger) -> int:
    """Make the tables anew from the ledger. Returns how many records there are."""
    connection.execute(delete(record_choice))
    connection.execute(delete(record))
    rows: list[dict[str, Any]] = []
    choices: list[dict[str, Any]] = []
    count = 0
    for state in _states(connection, ledger):
        count += 1
        rows.append(row_of(state))
        choices.extend(choice_rows(state))
        if len(rows) >= ROWS_AT_ONCE:
            _insert(connection, rows, choices)
            rows, choices = [], []
    _insert(connection, rows, choices)
    return count


def first_difference(connection: Connection, ledger: Ledger) -> str | None:
    """The first record of which the tables say other than the ledger does, in words; None where they agree."""
    query = select(record).order_by(record.c.reference).execution_options(yield_per=ROWS_AT_ONCE)
    with (
        connection.execute(query) as kept,
        closing(_choices_by_record(connection)) as chosen,
        closing(_states(connection, ledger)) as states,
    ):
        return _first_difference(connection, states, kept, chosen)


def _first_difference(
    connection: Connection, states: Iterator[RecordState], kept: Result[Any], chosen: Iterator[_Chosen]
) -> str | None:
    choices = 0
    for state in states:
        row = kept.fetchone()
        if row is None or tuple(row) != _VALUES(state):
            return f"The list of records does not say of {state.reference} what the ledger says."
        expected = sorted((name, option) for name, options in state.choices.items() for option in options)
        choices += len(expected)
        if expected and next(chosen, None) != (state.reference, expected):
            return f"The list of chosen options does not say of {state.reference} what the ledger says."
    if kept.fetchone() is not None:
        return "The list of records holds a record that the ledger does not know."
    if connection.execute(select(func.count()).select_from(record_choice)).scalar_one() != choices:
        return "The list of chosen options holds one that the ledger does not know."
    return None


def row_of(state: RecordState) -> dict[str, Any]:
    """The row of table `record`."""
    return {name: _stored(getattr(state, name)) for name in COLUMNS}


def choice_rows(state: RecordState) -> list[dict[str, Any]]:
    """The rows of table `record_choice`."""
    return [
        {"field_id": name, "option_id": option, "sequence": state.sequence}
        for name, options in state.choices.items()
        for option in options
    ]


def _states(connection: Connection, ledger: Ledger) -> Generator[RecordState, None, None]:
    with closing(ledger.by_record(connection)) as records:
        for entries in records:
            state = state_of(entries)
            if state is not None:
                yield state


def _choices_by_record(connection: Connection) -> Generator[_Chosen, None, None]:
    """Each record that has chosen options, with them, in the order of the records."""
    query = (
        select(record.c.reference, record_choice.c.field_id, record_choice.c.option_id)
        .join(record_choice, record_choice.c.sequence == record.c.sequence)
        .order_by(record.c.reference)
    )
    with connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)) as rows:
        for reference, group in groupby(rows, key=itemgetter(0)):
            yield reference, sorted((name, option) for _, name, option in group)


def _stored(value: Any) -> int | str:
    return value if isinstance(value, int) else str(value)


def _add_choices(connection: Connection, state: RecordState) -> None:
    rows = choice_rows(state)
    if rows:
        connection.execute(_INSERT_CHOICES, rows)


def _insert(connection: Connection, rows: list[dict[str, Any]], choices: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(record), rows)
    if choices:
        connection.execute(insert(record_choice), choices)
