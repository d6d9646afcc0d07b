"""What an audit asks of many records at once: which options they hold, and how long approvals took."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.decision_log.canonical import moment_of, utc_text
from bot.decision_log.ledger import EntryKind
from bot.decision_log.schema import ledger, record, record_choice

_SETTLES = (EntryKind.APPROVAL, EntryKind.RETURN, EntryKind.TAKE_OVER)
_WAITS = (EntryKind.DECISION, EntryKind.SUBMISSION, EntryKind.CORRECTION)
_DUE = "approval_due"


@dataclass(frozen=True)
class Settlement:
    """One decision of a manager: `kind` is approval, return or take-over. `due_at` is None where none was set."""

    kind: EntryKind
    waited_from: datetime
    due_at: datetime | None
    settled_at: datetime


def chosen(
    connection: Connection, fields: Collection[str], since: datetime, until: datetime
) -> Mapping[int, frozenset[tuple[str, str]]]:
    """The options of `fields`, after corrections, of records of a period: by the sequence of the record's decision."""
    query = (
        select(record.c.sequence, record_choice.c.field_id, record_choice.c.option_id)
        .join(record_choice, record_choice.c.sequence == record.c.sequence)
        .where(
            record.c.recorded_at >= utc_text(since), record.c.recorded_at < utc_text(until),
            record_choice.c.field_id.in_(list(fields)),
        )
    )  # fmt: skip
    found: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for row in connection.execute(query):
        found[row.sequence].add((row.field_id, row.option_id))
    return {sequence: frozenset(options) for sequence, options in found.items()}


def settlements(connection: Connection, since: datetime, until: datetime) -> tuple[Settlement, ...]:
    """What managers decided within a period, each with the moment from which it had been waited for."""
    first, last = utc_text(since), utc_text(until)
    settled = select(ledger.c.reference).where(
        ledger.c.kind.in_([kind.value for kind in _SETTLES]), ledger.c.recorded_at >= first, ledger.c.recorded_at < last
    )
    query = (
        select(ledger.c.reference, ledger.c.kind, ledger.c.recorded_at, ledger.c.body)
        .where(ledger.c.reference.in_(settled), ledger.c.kind.in_([kind.value for kind in (*_SETTLES, *_WAITS)]))
        .order_by(ledger.c.sequence)
    )
    waiting: dict[str, tuple[str, str]] = {}
    found = []
    for row in connection.execute(query):
        kind = EntryKind(row.kind)
        if kind in _WAITS:
            due = json.loads(row.body).get(_DUE, "")
            if due or kind is EntryKind.DECISION:
                # Where it waits already, somebody put their account to it: that begins nothing anew.
                began, _ = waiting.get(row.reference, (row.recorded_at, ""))
                waiting[row.reference] = (began, due)
        elif row.reference in waiting:
            began, due = waiting.pop(row.reference)
            if first <= row.recorded_at < last:
                found.append(
                    Settlement(kind, moment_of(began), moment_of(due) if due else None, moment_of(row.recorded_at))
                )
    return tuple(found)
