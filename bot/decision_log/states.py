"""Where a record stands, worked out from its entries alone: each entry changes the state in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.decision_log.canonical import moment_of, utc_text
from bot.decision_log.ledger import Entry, EntryKind

URGENT = "now"
"""The urgency of an outcome that never waits for anybody."""

REVIEW_FIELD = "review-date"
DECISION_FIELD = "decision"
FIRST_RELEASE_HOURS = {"same-day": 4.0, "within-3-working-days": 24.0, "routine": 120.0}
"""The deadlines of records whose entry names none: those of the first release."""

WHOLE_RECORD = "record"


class RecordStatus(StrEnum):
    """Where a record stands with regard to approval."""

    RECORDED = "recorded"
    WAITING_FOR_APPROVAL = "waiting-for-approval"
    APPROVED = "approved"
    RETURNED = "returned"
    TAKEN_OVER = "taken-over"


class IdentityState(StrEnum):
    """Whether a record holds identifying details."""

    NONE = "none"
    HELD = "held"
    ERASED = "erased"


class RetentionState(StrEnum):
    """Where a record stands with regard to erasure: `agreed` after a review that agreed to it."""

    KEPT = "kept"
    HELD = "held"
    AGREED = "agreed"
    ERASED = "erased"


@dataclass
class RecordState:
    """All that lists and the inbox need to know of a record. Dates and moments are text; empty where there is none."""

    reference: str
    sequence: int
    last_sequence: int
    recorded_at: str
    check_id: str
    outcome_id: str
    area: str
    urgency: str
    content_version: str
    author: str
    approval_needed: bool
    responsible: str = ""
    status: RecordStatus = RecordStatus.RECORDED
    due_at: str = ""
    settled_at: str = ""
    review_on: str = ""
    kept_from: str = ""
    keep_until: str = ""
    retention: RetentionState = RetentionState.KEPT
    identity: IdentityState = IdentityState.NONE
    erased_at: str = ""
    corrections: int = 0
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    correctors: dict[str, str] = field(default_factory=dict)
    """Of each field that was corrected, the account whose value stands."""
    identified_by: set[str] = field(default_factory=set)
    """The accounts that said who the record is about; none where nobody did, or nobody signed in to do so."""

    @property
    def makers(self) -> frozenset[str]:
        """The accounts that may have made the record: who stands behind it, and who had its maker's link."""
        return frozenset({self.author, *self.identified_by} - {""})

    @property
    def decision(self) -> str:
        """The decision that stands; empty where none was chosen."""
        return next(iter(self.choices.get(DECISION_FIELD, ())), "")


def state_of(entries: Sequence[Entry]) -> RecordState | None:
    """Where the record of these entries, oldest first, stands; None where no decision is among them."""
    decision = next((entry for entry in entries if entry.kind is EntryKind.DECISION), None)
    if decision is None:
        return None
    state = _begun(decision)
    for entry in entries:
        if entry.sequence > decision.sequence:
            fold(state, entry)
    return state


def fold(state: RecordState, entry: Entry) -> None:
    """Change `state` as one more entry about its record does."""
    state.last_sequence = entry.sequence
    _FOLDS.get(entry.kind, _nothing)(state, entry)
    if entry.kind in _SUBSTANCE:
        state.kept_from = entry.recorded_at
        if state.retention is RetentionState.AGREED:
            state.retention = RetentionState.KEPT


def never_waits(urgency: str) -> bool:
    """Whether an outcome of this urgency is acted on before anybody approves it."""
    return urgency == URGENT


def held_vault_ids(entries: Iterable[Entry], kinds: Iterable[EntryKind]) -> list[str]:
    """The vault rows of entries of these kinds that no entry has erased."""
    wanted = set(kinds)
    known = list(entries)
    gone = {vault_id for entry in known for vault_id in erased_ids(entry)}
    sealed = (entry.body["sealed"]["vault_id"] for entry in known if entry.kind in wanted and "sealed" in entry.body)
    return [vault_id for vault_id in sealed if vault_id not in gone]


def erased_ids(entry: Entry) -> tuple[str, ...]:
    """The vault rows that an entry erased. The first release wrote one id where later ones write a list."""
    return erased_ids_of(entry.body)


def erased_ids_of(body: Mapping[str, Any]) -> tuple[str, ...]:
    """The same, of the body of an entry."""
    erased = body.get("erased", ())
    return (erased,) if isinstance(erased, str) else tuple(erased)


def _begun(decision: Entry) -> RecordState:
    draft = decision.body["draft"]
    state = RecordState(
        reference=decision.reference,
        sequence=decision.sequence,
        last_sequence=decision.sequence,
        recorded_at=decision.recorded_at,
        check_id=draft["check"],
        outcome_id=draft["outcome"],
        area=draft["area"],
        urgency=draft["urgency"],
        content_version=draft["content_version"],
        author=decision.by,
        approval_needed=draft["approval_needed"],
        responsible=decision.by,
        kept_from=decision.recorded_at,
        choices={name: tuple(options) for name, options in draft["choices"].items()},
        dates=dict(draft["dates"]),
    )
    state.review_on = state.dates.get(REVIEW_FIELD, "")
    if draft["approval_needed"] and not never_waits(state.urgency):
        hours = FIRST_RELEASE_HOURS[state.urgency]
        state.due_at = decision.body.get("approval_due") or utc_text(
            moment_of(decision.recorded_at) + timedelta(hours=hours)
        )
        state.status = RecordStatus.WAITING_FOR_APPROVAL
    return state


def _corrected(state: RecordState, entry: Entry) -> None:
    state.corrections += 1
    for name in entry.body["fields"]:
        state.choices.pop(name, None)
        state.dates.pop(name, None)
        state.correctors[name] = entry.by
    state.choices |= {name: tuple(options) for name, options in entry.body["choices"].items()}
    state.dates |= entry.body["dates"]
    if REVIEW_FIELD in entry.body["fields"]:
        state.review_on = state.dates.get(REVIEW_FIELD, "")
    if "approval_due" in entry.body:  # what was approved is no longer what stands
        _wait(state, entry)


def _wait(state: RecordState, entry: Entry) -> None:
    state.status, state.due_at, state.settled_at = RecordStatus.WAITING_FOR_APPROVAL, entry.body["approval_due"], ""


def _submitted(state: RecordState, entry: Entry) -> None:
    if not state.author:
        state.author = state.responsible = entry.by
    _wait(state, entry)


def _settled(state: RecordState, entry: Entry) -> None:
    statuses = {
        EntryKind.APPROVAL: RecordStatus.APPROVED,
        EntryKind.RETURN: RecordStatus.RETURNED,
        EntryKind.TAKE_OVER: RecordStatus.TAKEN_OVER,
    }
    state.status, state.due_at, state.settled_at = statuses[entry.kind], "", entry.recorded_at
    if entry.kind is EntryKind.TAKE_OVER:
        state.responsible = entry.by


def _reviewed(state: RecordState, entry: Entry) -> None:
    state.review_on = entry.body.get("next_review", "")


def _identified(state: RecordState, entry: Entry) -> None:
    state.identity = IdentityState.HELD
    if entry.by:  # details that were erased and added again take nobody off the list
        state.identified_by.add(entry.by)


def _held(state: RecordState, _entry: Entry) -> None:
    state.retention = RetentionState.HELD


def _released(state: RecordState, _entry: Entry) -> None:
    state.retention = RetentionState.KEPT


def _retention_reviewed(state: RecordState, entry: Entry) -> None:
    if entry.body["agreed"] == "erase":
        state.retention = RetentionState.AGREED
        return
    state.retention, state.keep_until = RetentionState.KEPT, entry.body["keep_until"]


def _erased(state: RecordState, entry: Entry) -> None:
    if state.identity is IdentityState.HELD:
        state.identity = IdentityState.ERASED
    if entry.body.get("scope") == WHOLE_RECORD:
        state.retention, state.erased_at = RetentionState.ERASED, entry.recorded_at
        if state.status is RecordStatus.WAITING_FOR_APPROVAL:  # nothing is left to decide on
            state.status, state.due_at = RecordStatus.RECORDED, ""


def _nothing(_state: RecordState, _entry: Entry) -> None:
    """Readings and exports leave a record as it is."""


_FOLDS: dict[EntryKind, Callable[[RecordState, Entry], None]] = {
    EntryKind.CORRECTION: _corrected,
    EntryKind.SUBMISSION: _submitted,
    EntryKind.APPROVAL: _settled,
    EntryKind.RETURN: _settled,
    EntryKind.TAKE_OVER: _settled,
    EntryKind.REVIEW: _reviewed,
    EntryKind.IDENTITY: _identified,
    EntryKind.HOLD: _held,
    EntryKind.RELEASE: _released,
    EntryKind.RETENTION_REVIEW: _retention_reviewed,
    EntryKind.ERASURE: _erased,
}
_SUBSTANCE = {
    EntryKind.CORRECTION, EntryKind.SUBMISSION, EntryKind.APPROVAL, EntryKind.RETURN, EntryKind.TAKE_OVER,
    EntryKind.REVIEW,
}  # fmt: skip
"""What is done about a case. The time for which a record is kept runs from the last of it."""
