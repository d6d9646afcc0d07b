"""A record as it is shown: put together from its entries, which alone are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.decision_log.canonical import moment_of
from bot.decision_log.drafts import PathStep
from bot.decision_log.fields import FieldValue, RecordFields
from bot.decision_log.ledger import Entry, EntryKind
from bot.decision_log.states import IdentityState, RecordState, RecordStatus, RetentionState, state_of

REASON = "reason"
READER = "reader"
"""The text that named the reader of identifying details in the first releases; entries since then say it themselves."""
FIELD_TEXT = "field:"
"""Before the id of a field, in the encrypted texts of a correction: its reason stands beside them."""


@dataclass(frozen=True)
class RecordSummary:
    """One record in a list. `decision` is the id of the chosen decision, or None. `due_at` of an approval awaited."""

    reference: str
    sequence: int
    recorded_at: datetime
    check_id: str
    outcome_id: str
    area: str
    urgency: str
    decision: str | None
    status: RecordStatus
    author: str = ""
    responsible: str = ""
    due_at: datetime | None = None
    review_on: str = ""
    retention: RetentionState = RetentionState.KEPT
    erased_at: datetime | None = None


@dataclass(frozen=True)
class FieldVersion:
    """What one field held, from when on, by whom (an account id, or empty) and why it was changed."""

    value: FieldValue | None
    sequence: int
    recorded_at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class Event:
    """One entry of a record for a timeline. `texts` are its encrypted texts by name; empty where they were erased."""

    sequence: int
    kind: EntryKind
    recorded_at: datetime
    by: str
    body: Mapping[str, Any]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Record:
    """One record with all its entries, oldest first. `recorded_at` is UTC.

    `fields` is what stands after all corrections, with the fields that fill themselves; `first_fields` is what was
    confirmed, and `history` every version of each field that was corrected, oldest first. `makers` are the accounts
    that may have made it, and so do not decide on it.
    """

    reference: str
    sequence: int
    recorded_at: datetime
    check_id: str
    outcome_id: str
    path: tuple[PathStep, ...]
    fields: Mapping[str, FieldValue]
    area: str
    content_version: str
    approval_needed: bool
    urgency: str
    status: RecordStatus
    identity: IdentityState
    entries: tuple[Entry, ...]
    first_fields: Mapping[str, FieldValue]
    history: Mapping[str, tuple[FieldVersion, ...]]
    events: tuple[Event, ...]
    author: str
    responsible: str
    makers: frozenset[str]
    due_at: datetime | None
    review_on: str
    retention: RetentionState
    erased_at: datetime | None

    @property
    def correctors(self) -> frozenset[str]:
        """The accounts whose corrections stand in the record."""
        return frozenset(versions[-1].by for versions in self.history.values())


def record_of(entries: Sequence[Entry], texts: Mapping[int, Mapping[str, str]], fields: RecordFields) -> Record:
    """The record that `entries` tell of; `texts` are the encrypted texts of each, by sequence."""
    decision = next(entry for entry in entries if entry.kind is EntryKind.DECISION)
    state = state_of(entries)
    assert state is not None  # there is a decision
    draft = decision.body["draft"]
    first = _values(decision.body, texts.get(decision.sequence, {}), fields)
    versions = _history(entries, texts, first)
    standing = {**first, **{name: history[-1].value for name, history in versions.items()}}
    return Record(
        reference=decision.reference,
        sequence=decision.sequence,
        recorded_at=moment_of(decision.recorded_at),
        check_id=draft["check"],
        outcome_id=draft["outcome"],
        path=tuple(PathStep(*step) for step in draft["path"]),
        fields=_in_order({name: value for name, value in standing.items() if value is not None}, fields),
        area=draft["area"],
        content_version=draft["content_version"],
        approval_needed=draft["approval_needed"],
        urgency=draft["urgency"],
        status=state.status,
        identity=state.identity,
        entries=tuple(entries),
        first_fields=first,
        history=versions,
        events=tuple(_event(entry, texts.get(entry.sequence, {})) for entry in entries),
        author=state.author,
        responsible=state.responsible,
        makers=state.makers,
        due_at=_moment(state.due_at),
        review_on=state.review_on,
        retention=state.retention,
        erased_at=_moment(state.erased_at),
    )


def summary_of(row: Any) -> RecordSummary:
    """The line of a list, from a row of table `record` or a RecordState."""
    return RecordSummary(
        reference=row.reference,
        sequence=row.sequence,
        recorded_at=moment_of(row.recorded_at),
        check_id=row.check_id,
        outcome_id=row.outcome_id,
        area=row.area,
        urgency=row.urgency,
        decision=row.decision or None,
        status=RecordStatus(row.status),
        author=row.author,
        responsible=row.responsible,
        due_at=_moment(row.due_at),
        review_on=row.review_on,
        retention=RetentionState(row.retention),
        erased_at=_moment(row.erased_at),
    )


def state_required(entries: Sequence[Entry]) -> RecordState:
    """Where the record of these entries stands; there is a decision among them."""
    state = state_of(entries)
    assert state is not None
    return state


def _moment(text: str) -> datetime | None:
    return moment_of(text) if text else None


def _event(entry: Entry, texts: Mapping[str, str]) -> Event:
    # Identifying details are read on record only, never on the way.
    shown = {} if entry.kind is EntryKind.IDENTITY else texts
    by = entry.by or shown.get(READER, "")
    return Event(entry.sequence, entry.kind, moment_of(entry.recorded_at), by, entry.body, shown)


def _values(body: Mapping[str, Any], texts: Mapping[str, str], fields: RecordFields) -> dict[str, FieldValue]:
    draft = body["draft"]
    return _in_order(_joined(draft["choices"], {**draft["dates"], **body["automatic"], **texts}), fields)


def _joined(choices: Mapping[str, Sequence[str]], written: Mapping[str, str]) -> dict[str, FieldValue]:
    return {
        name: FieldValue(tuple(choices.get(name, ())), written.get(name, "")) for name in {**choices, **written}
    }


def _in_order(values: Mapping[str, FieldValue], fields: RecordFields) -> dict[str, FieldValue]:
    # A record may outlive a field of the knowledge: one that is no longer known comes last.
    order = [name for name in fields if name in values]
    order += sorted(set(values) - set(order))
    return {name: values[name] for name in order}


def _history(
    entries: Sequence[Entry], texts: Mapping[int, Mapping[str, str]], first: Mapping[str, FieldValue]
) -> dict[str, tuple[FieldVersion, ...]]:
    decision = entries[0]
    versions: dict[str, tuple[FieldVersion, ...]] = {}
    for entry in entries:
        if entry.kind is not EntryKind.CORRECTION:
            continue
        words = texts.get(entry.sequence, {})
        written = {name.removeprefix(FIELD_TEXT): text for name, text in words.items() if name.startswith(FIELD_TEXT)}
        values = _joined(entry.body["choices"], {**entry.body["dates"], **written})
        for name in entry.body["fields"]:
            begun = FieldVersion(first.get(name), decision.sequence, moment_of(decision.recorded_at), decision.by, "")
            changed = FieldVersion(
                values.get(name), entry.sequence, moment_of(entry.recorded_at), entry.by, words.get(REASON, "")
            )
            versions[name] = (*versions.get(name, (begun,)), changed)
    return versions
