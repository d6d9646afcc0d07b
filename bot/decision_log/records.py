"""A record as it is shown: put together from its entries, which alone are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.decision_log.canonical import moment_of
from bot.decision_log.drafts import PathStep
from bot.decision_log.fields import FieldValue, RecordFields
from bot.decision_log.identity import held_identity
from bot.decision_log.ledger import Entry, EntryKind


class RecordStatus(StrEnum):
    """Where a record stands."""

    RECORDED = "recorded"
    WAITING_FOR_APPROVAL = "waiting-for-approval"


class IdentityState(StrEnum):
    """Whether a record holds identifying details."""

    NONE = "none"
    HELD = "held"
    ERASED = "erased"


@dataclass(frozen=True)
class RecordSummary:
    """One record in a list. `decision` is the id of the chosen decision, or None."""

    reference: str
    sequence: int
    recorded_at: datetime
    check_id: str
    outcome_id: str
    area: str
    urgency: str
    decision: str | None
    status: RecordStatus


@dataclass(frozen=True)
class Record:
    """One record with all its entries, oldest first. `recorded_at` is UTC.

    `fields` includes those that fill themselves.
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


def record_of(entries: Sequence[Entry], texts: Mapping[str, str], fields: RecordFields) -> Record:
    """The record that `entries` tell of; `texts` are its free texts from the vault, by field id."""
    decision = next(entry for entry in entries if entry.kind is EntryKind.DECISION)
    draft = decision.body["draft"]
    return Record(
        reference=decision.reference,
        sequence=decision.sequence,
        recorded_at=moment_of(decision.recorded_at),
        check_id=draft["check"],
        outcome_id=draft["outcome"],
        path=tuple(PathStep(*step) for step in draft["path"]),
        fields=_values(decision.body, texts, fields),
        area=draft["area"],
        content_version=draft["content_version"],
        approval_needed=draft["approval_needed"],
        urgency=draft["urgency"],
        status=status_of(decision),
        identity=_identity_state(entries),
        entries=tuple(entries),
    )


def summary_of(decision: Entry) -> RecordSummary:
    """The line of a list for a decision entry."""
    draft = decision.body["draft"]
    chosen = draft["choices"].get("decision", [])
    return RecordSummary(
        reference=decision.reference,
        sequence=decision.sequence,
        recorded_at=moment_of(decision.recorded_at),
        check_id=draft["check"],
        outcome_id=draft["outcome"],
        area=draft["area"],
        urgency=draft["urgency"],
        decision=chosen[0] if chosen else None,
        status=status_of(decision),
    )


def status_of(decision: Entry) -> RecordStatus:
    """Whether the record waits for a manager."""
    if decision.body["draft"]["approval_needed"]:
        return RecordStatus.WAITING_FOR_APPROVAL
    return RecordStatus.RECORDED


def _identity_state(entries: Sequence[Entry]) -> IdentityState:
    if held_identity(entries) is not None:
        return IdentityState.HELD
    if any(entry.kind is EntryKind.IDENTITY for entry in entries):
        return IdentityState.ERASED
    return IdentityState.NONE


def _values(body: Mapping[str, Any], texts: Mapping[str, str], fields: RecordFields) -> dict[str, FieldValue]:
    draft = body["draft"]
    written = {**draft["dates"], **body["automatic"], **texts}
    present = {*draft["choices"], *written}
    # A record may outlive a field of the knowledge: one that is no longer known comes last.
    order = [field_id for field_id in fields if field_id in present]
    order += sorted(present - set(order))
    return {
        field_id: FieldValue(tuple(draft["choices"].get(field_id, ())), written.get(field_id, "")) for field_id in order
    }
