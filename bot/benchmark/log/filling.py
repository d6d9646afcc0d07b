"""A large log in a short time: entries as the program writes them, put into the tables many at once."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, text, update

from bot.benchmark.log.histories import Event, decided, happened
from bot.decision_log import DecisionLog, EntryKind, new_request_id, projection
from bot.decision_log.canonical import canonical, utc_text
from bot.decision_log.ledger import Entry, entry_hash, entry_text
from bot.decision_log.references import new_reference
from bot.decision_log.schema import head, ledger, record, record_choice, vault
from bot.decision_log.states import RecordState, RecordStatus, fold, state_of
from bot.decision_log.vault import sealed_row

AT_ONCE = 2000
FIRST = datetime.fromisoformat("2016-01-01T08:00:00+00:00")
STEP = timedelta(minutes=5)


class Filler:
    """Adds entries behind the last of an empty log. Only for measuring: nothing is checked."""

    def __init__(self, log: DecisionLog, connection: Connection, chance: random.Random) -> None:
        self._log = log
        self._connection = connection
        self._chance = chance
        self._last = log._ledger.last(connection)
        self._moment = FIRST
        self._references: set[str] = set()
        self._rows: dict[str, list[dict[str, Any]]] = {"ledger": [], "vault": [], "record": [], "choice": []}

    def fill(self, entries: int) -> None:
        """Add records with what happens to them until there are `entries` entries."""
        while self._last.sequence < entries:
            self._record(self._last.sequence / entries)
            if len(self._rows["ledger"]) >= AT_ONCE:
                self._flush()
        self._flush()
        told = self._log._ledger.head_text(self._last.sequence, self._last.hash)
        seal = self._log._keys.newest_seal.seal(told)
        self._connection.execute(update(head).values(entries=self._last.sequence, hash=self._last.hash, seal=seal))

    def _record(self, age: float) -> None:
        reference = self._unused_reference()
        draft, body, texts = decided(self._chance, self._moment)
        vault_rows: list[dict[str, Any]] = []
        state = state_of([self._entry(Event(EntryKind.DECISION, body, texts), reference, vault_rows)])
        assert state is not None
        for event in happened(self._chance, draft, age, self._moment):
            if event.erases:
                event = event.erasing([row["vault_id"] for row in vault_rows])
                vault_rows.clear()
            fold(state, self._entry(event, reference, vault_rows))
        self._rows["vault"] += vault_rows
        self._keep(state)

    def _unused_reference(self) -> str:
        # Among half a million of 35 bits, some are the same by chance: the log asks the database each time.
        while (reference := new_reference()) in self._references:
            pass
        self._references.add(reference)
        return reference

    def _entry(self, event: Event, reference: str, vault_rows: list[dict[str, Any]]) -> Entry:
        self._moment += STEP
        body = event.body
        if event.texts:
            row, sealed = sealed_row(self._log._keys, reference, event.texts)
            vault_rows.append(row)
            body = {**body, "sealed": sealed}
        sequence, moment, request_id, written = (
            self._last.sequence + 1, utc_text(self._moment), new_request_id(), canonical(body),
        )  # fmt: skip
        hashed = entry_hash(sequence, event.kind, reference, request_id, moment, written, self._last.hash)
        seal = self._log._keys.seal_for(sequence).seal(entry_text(hashed))
        self._rows["ledger"].append(
            {"sequence": sequence, "kind": event.kind.value, "reference": reference, "request_id": request_id,
             "recorded_at": moment, "body": written, "previous_hash": self._last.hash, "hash": hashed, "seal": seal}
        )  # fmt: skip
        self._last = Entry(
            sequence, event.kind, reference, request_id, moment, json.loads(written), self._last.hash, hashed
        )
        return self._last

    def _keep(self, state: RecordState) -> None:
        self._rows["record"].append(projection.row_of(state))
        self._rows["choice"].extend(projection.choice_rows(state))

    def _flush(self) -> None:
        for name, table in (("ledger", ledger), ("vault", vault), ("record", record), ("choice", record_choice)):
            if self._rows[name]:
                self._connection.execute(insert(table), self._rows[name])
                self._rows[name] = []


def crowd(connection: Connection) -> None:
    """Let a third of the records that are there wait for approval, and as many others for their review.

    Only the lists are changed, which the measured pages are made from: the log does not verify afterwards.
    """
    there = record.c.erased_at == ""
    waits = {"status": RecordStatus.WAITING_FOR_APPROVAL.value, "due_at": record.c.recorded_at, "settled_at": ""}
    connection.execute(update(record).where(there, record.c.sequence % 3 == 0).values(waits))
    due = {"review_on": text("substr(recorded_at, 1, 10)")}
    connection.execute(update(record).where(there, record.c.sequence % 3 == 1).values(due))


def settle(log: DecisionLog) -> None:
    """What PostgreSQL does by itself in time: count what is there, and note which pages everybody sees whole."""
    engine = log._store._engine
    if engine.dialect.name != "postgresql":
        return
    connection = engine.raw_connection()  # outside of any transaction, as it must be
    try:
        connection.cursor().execute("VACUUM (ANALYZE)")
    finally:
        connection.close()
