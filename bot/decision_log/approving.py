"""Approval: handing a record in, approving it, returning it with a reason, taking it over, and looking at it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from bot.decision_log.approvals import (
    require_as_read,
    require_no_correction,
    require_nobody_known,
    require_not_erased,
    require_other,
    require_submittable,
    require_waiting,
)
from bot.decision_log.canonical import JsonValue, moment_of, utc_text
from bot.decision_log.core import LogCore, require_account, require_words
from bot.decision_log.ledger import EntryKind, NewEntry
from bot.decision_log.receipts import ActReceipt
from bot.decision_log.records import REASON, state_required
from bot.decision_log.references import new_request_id
from bot.decision_log.states import RecordState

DECLARES = "declares"
NOT_THE_AUTHOR = "not-the-author"
"""What stands in an approval of a record of which nobody knows who made it."""


class Approving(LogCore):
    """What practitioner and manager do about an approval. `by` is always the id of an account.

    Every method raises UnknownReference, InvalidDraft, NotAllowed or one of its kinds, RecordErased, ClockSetBack,
    ChangedOutside or LogUnavailable; then nothing was recorded.
    """

    def submit(self, reference: str, by: str, now: datetime) -> ActReceipt:
        """Hand a returned record in again, or put an account to one that nobody has put theirs to.

        A record that needs approval waits from the start: to put an account to it gives nobody more time.
        """

        def allowed(state: RecordState) -> dict[str, JsonValue]:
            require_not_erased(state)
            require_submittable(state, by)
            return {"approval_due": state.due_at or self._policy.deadlines.due(state.urgency, now)}

        return self._act(reference, EntryKind.SUBMISSION, by, now, allowed, {})

    def approve(
        self, reference: str, by: str, now: datetime, note: str = "", corrections: int | None = None
    ) -> ActReceipt:
        """Approve a record that waits. `corrections` is how many of them `by` has read; None where that is not known.

        Raises OwnRecord for an account that made it or said who it is about, OwnCorrection for one whose correction
        stands in it, and CorrectedMeanwhile.
        """

        def allowed(state: RecordState) -> dict[str, JsonValue]:
            require_not_erased(state)
            require_waiting(state)
            require_other(state, by)
            require_no_correction(state, by)
            require_as_read(state, corrections)
            return {}

        return self._act(reference, EntryKind.APPROVAL, by, now, allowed, _noted(note))

    def approve_of_unknown(
        self, reference: str, by: str, now: datetime, note: str = "", corrections: int | None = None
    ) -> ActReceipt:
        """Approve a record that waits and that nobody signed in for: `by` declares not to have made it.

        The declaration stands in the entry. Raises OwnCorrection, Overtaken where somebody handed it in, and OwnRecord
        where that was `by`, or `by` said who the record is about.
        """

        def allowed(state: RecordState) -> dict[str, JsonValue]:
            require_not_erased(state)
            require_waiting(state)
            require_nobody_known(state, by)
            require_no_correction(state, by)
            require_as_read(state, corrections)
            return {DECLARES: NOT_THE_AUTHOR}

        return self._act(reference, EntryKind.APPROVAL, by, now, allowed, _noted(note))

    def return_(self, reference: str, by: str, reason: str, now: datetime) -> ActReceipt:
        """Give a record that waits back to who made it, with what has to be changed."""
        return self._decide(reference, EntryKind.RETURN, by, now, {REASON: reason})

    def take_over(self, reference: str, by: str, reason: str, now: datetime) -> ActReceipt:
        """Take a record that waits over: `by` answers for it from now on, and it waits no longer."""
        return self._decide(reference, EntryKind.TAKE_OVER, by, now, {REASON: reason})

    def review(
        self, reference: str, by: str, note: str, now: datetime, next_review: date | None = None
    ) -> ActReceipt:
        """Write down that the record was looked at again, what came of it, and when the next look is due."""

        def allowed(state: RecordState) -> dict[str, JsonValue]:
            require_not_erased(state)
            return {} if next_review is None else {"next_review": next_review.isoformat()}

        return self._act(reference, EntryKind.REVIEW, by, now, allowed, {REASON: note})

    def _decide(
        self, reference: str, kind: EntryKind, by: str, now: datetime, texts: Mapping[str, str]
    ) -> ActReceipt:
        def allowed(state: RecordState) -> dict[str, JsonValue]:
            require_not_erased(state)
            require_waiting(state)
            require_other(state, by)
            return {}

        return self._act(reference, kind, by, now, allowed, texts)

    def _act(
        self, reference: str, kind: EntryKind, by: str, now: datetime,
        allowed: Callable[[RecordState], dict[str, JsonValue]], texts: Mapping[str, str],
    ) -> ActReceipt:  # fmt: skip
        """Write an entry about a record, if `allowed` lets it; that also gives what the entry says of it."""
        require_account(by)
        require_words(*texts.values())
        moment = utc_text(now)
        with self._store.writing() as connection:
            entries = self._entries_of(connection, reference)
            body = {"by": by, **allowed(state_required(entries))}
            new = NewEntry(kind, entries[0].reference, new_request_id(), moment, body)
            entry, state = self._append_about(connection, entries, new, texts)
        return ActReceipt(entry.reference, entry.sequence, moment_of(moment), state.status)


def _noted(note: str) -> dict[str, str]:
    return {REASON: note} if note.strip() else {}
