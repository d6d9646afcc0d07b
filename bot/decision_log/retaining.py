"""The end of a record: what is due, the review before erasure, holds, and the erasure itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from bot.decision_log.approvals import require_not_erased, require_not_held
from bot.decision_log.approving import Approving
from bot.decision_log.canonical import JsonValue, moment_of, utc_text
from bot.decision_log.core import require_account
from bot.decision_log.errors import InvalidDraft, Overtaken, RetentionChanged
from bot.decision_log.ledger import Entry, EntryKind, NewEntry
from bot.decision_log.queries import Whose
from bot.decision_log.receipts import ActReceipt, ErasureReceipt
from bot.decision_log.records import REASON, state_required
from bot.decision_log.references import new_request_id
from bot.decision_log.retention import DueList
from bot.decision_log.states import WHOLE_RECORD, RecordState, RetentionState

RETENTION, REQUEST = "retention", "request"
"""The grounds of an erasure: the schedule's time is over, or the person asked for it."""

LISTED_AT_ONCE = 1000
"""Records of one list: what is agreed to must have been read."""


class Retaining(Approving):
    """What the keeper of the records does. Errors are those of `Approving`."""

    def retention_due(
        self, now: datetime, limit: int = LISTED_AT_ONCE, whose: Whose | None = None
    ) -> DueList:
        """The records whose time is over at `now`, the oldest first, and the digest that agrees to erasing them.

        Of the records of `whose` only, where it is given: `limit` of these. An erasure takes the digest of all.
        """
        with self._store.reading() as connection:
            return self._policy.schedule.due(connection, now, min(limit, LISTED_AT_ONCE), whose)

    def agree_to_erase(self, reference: str, by: str, reason: str, now: datetime) -> ActReceipt:
        """The review before erasure, with the result that what the record holds may be erased when it is due."""

        def allowed(state: RecordState) -> dict[str, JsonValue]:
            require_not_erased(state)
            require_not_held(state)
            return {"agreed": "erase"}

        return self._act(reference, EntryKind.RETENTION_REVIEW, by, now, allowed, {REASON: reason})

    def keep_until(self, reference: str, by: str, until: date, reason: str, now: datetime) -> ActReceipt:
        """The review before erasure, with the result that the record is kept, and looked at again on `until`."""
        if until <= now.date():
            raise InvalidDraft("The day until which the record is kept has passed.", "Give a later day.")

        def allowed(state: RecordState) -> dict[str, JsonValue]:
            require_not_erased(state)
            require_not_held(state)
            return {"agreed": "keep", "keep_until": until.isoformat()}

        return self._act(reference, EntryKind.RETENTION_REVIEW, by, now, allowed, {REASON: reason})

    def hold(self, reference: str, by: str, reason: str, now: datetime) -> ActReceipt:
        """Let nothing of the record be erased, whatever the schedule says, until `release`."""

        def allowed(state: RecordState) -> dict[str, JsonValue]:
            require_not_erased(state)
            require_not_held(state)
            return {}

        return self._act(reference, EntryKind.HOLD, by, now, allowed, {REASON: reason})

    def release(self, reference: str, by: str, reason: str, now: datetime) -> ActReceipt:
        """End a hold."""

        def allowed(state: RecordState) -> dict[str, JsonValue]:
            if state.retention is not RetentionState.HELD:
                raise Overtaken("This record is not held. Nothing was recorded.", "There is nothing to end.")
            return {}

        return self._act(reference, EntryKind.RELEASE, by, now, allowed, {REASON: reason})

    def erase_due(self, digest: str, by: str, now: datetime) -> tuple[ErasureReceipt, ...]:
        """Erase all that may be erased by the schedule, if that is still the list of this digest.

        Raises RetentionChanged where it is not; then nothing was erased. It is all or nothing.
        """
        require_account(by)
        moment = utc_text(now)
        with self._store.writing() as connection:
            due = self._policy.schedule.due(connection, now, LISTED_AT_ONCE)
            if due.digest != digest.strip():
                raise RetentionChanged()
            erased = [
                self._erase(connection, self._entries_of(connection, one.reference), RETENTION, by, moment)
                for one in due.erasable
            ]
        cleared = self._store.clear_traces()
        return tuple(
            ErasureReceipt(entry.reference, entry.sequence, moment_of(moment), cleared) for entry in erased
        )

    def erase_record(self, reference: str, by: str, now: datetime) -> ErasureReceipt:
        """Erase all that a record holds in the vault, because the person asked for it and may. Raises RecordHeld."""
        require_account(by)
        moment = utc_text(now)
        with self._store.writing() as connection:
            entries = self._entries_of(connection, reference)
            state = state_required(entries)
            require_not_erased(state)
            require_not_held(state)
            entry = self._erase(connection, entries, REQUEST, by, moment)
        return ErasureReceipt(entry.reference, entry.sequence, moment_of(moment), self._store.clear_traces())

    def _erase(
        self, connection: Connection, entries: Sequence[Entry], ground: str, by: str, moment: str
    ) -> Entry:
        # The reason is not kept in words: whatever a record's words say goes with it.
        reference = entries[0].reference
        vault_ids = self._vault.of_reference(connection, reference)
        for vault_id in vault_ids:
            self._vault.erase(connection, vault_id)
        body: dict[str, JsonValue] = {
            "by": by, "erased": list(vault_ids), "scope": WHOLE_RECORD, "ground": ground,
        }  # fmt: skip
        new = NewEntry(EntryKind.ERASURE, reference, new_request_id(), moment, body)
        entry, _ = self._append_about(connection, entries, new, {})
        return entry
