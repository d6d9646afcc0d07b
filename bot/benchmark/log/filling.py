"""A large log in a short time: entries as the program writes them, put into the tables many at once."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, update

from bot.benchmark.log.records import AGENCIES, AREAS, CHECKS, DECISIONS, FIELDS, WORDS, draft
from bot.decision_log import DecisionLog, EntryKind, FieldValue, new_request_id, projection
from bot.decision_log.canonical import canonical, utc_text
from bot.decision_log.drafts import content_of
from bot.decision_log.ledger import Entry, entry_hash, entry_text
from bot.decision_log.references import new_reference
from bot.decision_log.schema import head, ledger, record, record_choice, vault
from bot.decision_log.states import RecordState, fold, state_of
from bot.decision_log.vault import sealed_row

AT_ONCE = 2000
FIRST = datetime.fromisoformat("2016-01-01T08:00:00+00:00")
STEP = timedelta(minutes=5)
WAITING_FOR_SURE = 2000
"""Of the last records: those whose approval is not given yet."""


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
            self._record(waits=self._last.sequence > entries - WAITING_FOR_SURE)
            if len(self._rows["ledger"]) >= AT_ONCE:
                self._flush()
        self._flush()
        told = self._log._ledger.head_text(self._last.sequence, self._last.hash)
        seal = self._log._keys.newest_seal.seal(told)
        self._connection.execute(update(head).values(entries=self._last.sequence, hash=self._last.hash, seal=seal))

    def _record(self, waits: bool) -> None:
        chance = self._chance
        reference = self._unused_reference()
        kept = replace(
            draft(), check_id=chance.choice(CHECKS), outcome_id=f"outcome-{chance.randrange(40)}",
            area=chance.choice(AREAS), by=f"account-{chance.randrange(400)}",
            approval_needed=chance.random() < 0.4,
            urgency=chance.choice(("same-day", "within-3-working-days", "routine")),
            fields={
                "decision": FieldValue((chance.choice(DECISIONS),)),
                "reasons": FieldValue(("protect-child",), WORDS if chance.random() < 0.6 else ""),
                "shared-with": FieldValue(tuple(chance.sample(AGENCIES, 2))),
                "review-date": FieldValue((), (self._moment + timedelta(days=90)).date().isoformat()),
            },
        )  # fmt: skip
        content = content_of(kept, FIELDS)
        body: dict[str, Any] = {"draft": content.public, "automatic": {"when-decided": utc_text(self._moment)},
                                "by": kept.by}  # fmt: skip
        if kept.approval_needed:
            body["approval_due"] = utc_text(self._moment + timedelta(hours=24))
        state = state_of([self._entry(EntryKind.DECISION, reference, body, dict(content.texts))])
        assert state is not None
        for kind, more, texts in self._after(kept.approval_needed, waits):
            fold(state, self._entry(kind, reference, more, texts))
        self._keep(state)

    def _unused_reference(self) -> str:
        # Among half a million of 35 bits, some are the same by chance: the log asks the database each time.
        while (reference := new_reference()) in self._references:
            pass
        self._references.add(reference)
        return reference

    def _after(self, approval: bool, waits: bool) -> Iterator[tuple[EntryKind, dict[str, Any], dict[str, str]]]:
        chance, manager = self._chance, {"by": f"manager-{self._chance.randrange(40)}"}
        if chance.random() < 0.15:
            yield EntryKind.IDENTITY, {}, {"case-reference": secrets.token_hex(6)}
        if chance.random() < 0.05:
            change = {"fields": ["decision"], "choices": {"decision": ["not-shared"]}, "dates": {}, "texts": []}
            yield EntryKind.CORRECTION, {**manager, **change}, {"reason": "It was noted wrongly."}
        if approval and not waits:
            yield EntryKind.APPROVAL, manager, {}
        if not waits:
            yield EntryKind.REVIEW, manager, {"reason": "Still right."} if chance.random() < 0.2 else {}

    def _entry(self, kind: EntryKind, reference: str, body: dict[str, Any], texts: dict[str, str]) -> Entry:
        self._moment += STEP
        if texts:
            row, sealed = sealed_row(self._log._keys, reference, texts)
            self._rows["vault"].append(row)
            body = {**body, "sealed": sealed}
        sequence, moment, request_id, text = (
            self._last.sequence + 1, utc_text(self._moment), new_request_id(), canonical(body),
        )  # fmt: skip
        hashed = entry_hash(sequence, kind, reference, request_id, moment, text, self._last.hash)
        seal = self._log._keys.seal_for(sequence).seal(entry_text(hashed))
        self._rows["ledger"].append(
            {"sequence": sequence, "kind": kind.value, "reference": reference, "request_id": request_id,
             "recorded_at": moment, "body": text, "previous_hash": self._last.hash, "hash": hashed, "seal": seal}
        )  # fmt: skip
        self._last = Entry(sequence, kind, reference, request_id, moment, json.loads(text), self._last.hash, hashed)
        return self._last

    def _keep(self, state: RecordState) -> None:
        self._rows["record"].append(projection.row_of(state))
        self._rows["choice"].extend(projection.choice_rows(state))

    def _flush(self) -> None:
        for name, table in (("ledger", ledger), ("vault", vault), ("record", record), ("choice", record_choice)):
            if self._rows[name]:
                self._connection.execute(insert(table), self._rows[name])
                self._rows[name] = []
