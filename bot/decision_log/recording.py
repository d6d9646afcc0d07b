"""Writing records: the confirmation, corrections, and identifying details."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection

from bot.decision_log import projection
from bot.decision_log.approvals import must_wait_again, require_not_erased, require_not_held
from bot.decision_log.canonical import JsonValue, canonical, moment_of, utc_text
from bot.decision_log.core import LogCore, normal, require_account, require_words
from bot.decision_log.drafts import Content, Draft, content_of, parts_of
from bot.decision_log.errors import ConfirmationConflict, IdentityErased, IdentityExists, InvalidDraft
from bot.decision_log.fields import AUTOMATIC, FieldValue
from bot.decision_log.identity import held_identity, require_details, require_identity, sealed_of
from bot.decision_log.ledger import Entry, EntryKind, NewEntry
from bot.decision_log.receipts import ErasureReceipt, IdentityReceipt, Receipt
from bot.decision_log.records import FIELD_TEXT, REASON, state_required
from bot.decision_log.references import new_reference, new_request_id, require_request_id
from bot.decision_log.states import never_waits


class Recording(LogCore):
    """What a practitioner writes."""

    def confirm(self, draft: Draft, now: datetime) -> Receipt:
        """Write the record, durably, in one transaction. Confirming the same draft again gives the first receipt.

        Raises InvalidDraft, ConfirmationConflict (same id, other content), ClockSetBack, ChangedOutside or
        LogUnavailable; then nothing was recorded.
        """
        content = content_of(draft, self._fields)
        moment = utc_text(now)
        body: dict[str, JsonValue] = {"draft": content.public, "automatic": self._automatic(moment)}
        if draft.by:
            body["by"] = require_account(draft.by)
        if draft.approval_needed and not never_waits(draft.urgency):
            body["approval_due"] = self._policy.deadlines.due(draft.urgency, now)
        with self._store.writing() as connection:
            last, reference, earlier = self._place_for(connection, draft.draft_id)
            if earlier is not None:
                self._require_same(connection, earlier, content)
                return Receipt(earlier.reference, earlier.sequence, moment_of(earlier.recorded_at), True)
            new = NewEntry(EntryKind.DECISION, reference, draft.draft_id, moment, body)
            with self._store.together(connection):
                entry = self._append_after(connection, last, new, content.texts)
                projection.add(connection, state_required([entry]))
        return Receipt(reference, entry.sequence, moment_of(moment), False)

    def correct(
        self,
        reference: str,
        fields: Mapping[str, FieldValue],
        reason: str,
        by: str,
        now: datetime,
        request_id: str | None = None,
    ) -> Receipt:
        """Add other values for some fields of a record, with the reason. What was confirmed stays in its entry.

        `FieldValue((NOT_RECORDED,))` says that a field should have been left blank. A record that was approved waits
        for its approval again. The same `request_id` twice is written once. Raises UnknownReference, InvalidDraft,
        RecordErased, ConfirmationConflict, ClockSetBack, ChangedOutside or LogUnavailable; then nothing was recorded.
        """
        if not fields:
            raise InvalidDraft("The correction changes no field.", "Give at least one field.")
        require_words(reason)
        parts = parts_of(fields, self._fields)
        texts = {f"{FIELD_TEXT}{name}": text for name, text in parts.texts.items()} | {REASON: reason}
        request = new_request_id() if request_id is None else request_id
        require_request_id(request)
        moment = utc_text(now)
        body: dict[str, JsonValue] = {"by": require_account(by), "fields": sorted(fields), **parts.public()}
        with self._store.writing() as connection:
            entries = self._entries_of(connection, reference)
            earlier = self._ledger.by_request(connection, request)
            if earlier is not None:
                self._require_same_correction(connection, earlier, entries[0].reference, body, texts)
                return Receipt(earlier.reference, earlier.sequence, moment_of(earlier.recorded_at), True)
            state = state_required(entries)
            require_not_erased(state)
            if must_wait_again(state.status, state.responsible, by):
                body["approval_due"] = self._policy.deadlines.due(state.urgency, now)
            new = NewEntry(EntryKind.CORRECTION, entries[0].reference, request, moment, body)
            entry, _ = self._append_about(connection, entries, new, texts)
        return Receipt(entry.reference, entry.sequence, moment_of(moment), False)

    def add_identity(
        self, reference: str, confirmation_id: str, details: Mapping[str, str], now: datetime, by: str = ""
    ) -> IdentityReceipt:
        """Keep identifying details of a record, encrypted. Doing it again with the same id gives the first receipt.

        `by` is the account that adds them; empty where nobody signed in.
        Raises UnknownReference, InvalidDraft, IdentityExists, IdentityErased, RecordErased, ConfirmationConflict,
        ClockSetBack, ChangedOutside or LogUnavailable; then nothing was recorded.
        """
        require_request_id(confirmation_id)
        require_details(details)
        moment = utc_text(now)
        with self._store.writing() as connection:
            entries = self._entries_of(connection, reference)
            earlier = self._ledger.by_request(connection, confirmation_id)
            if earlier is not None:
                self._require_same_details(connection, earlier, entries[0].reference, details)
                return IdentityReceipt(earlier.reference, earlier.sequence, moment_of(earlier.recorded_at), True)
            require_not_erased(state_required(entries))
            if held_identity(entries) is not None:
                raise IdentityExists()
            body: dict[str, JsonValue] = {"by": require_account(by)} if by else {}
            new = NewEntry(EntryKind.IDENTITY, entries[0].reference, confirmation_id, moment, body)
            entry, _ = self._append_about(connection, entries, new, details)
        return IdentityReceipt(entry.reference, entry.sequence, moment_of(moment), False)

    def read_identity(self, reference: str, reader: str, reason: str, now: datetime) -> Mapping[str, str]:
        """The identifying details of a record. The reading is written down first: who read, why and when.

        `reader` is the id of an account. It stands in the entry, so that it is known after the reason was erased.

        Raises UnknownReference, IdentityMissing, IdentityErased, InvalidDraft, ClockSetBack, ChangedOutside or
        LogUnavailable.
        """
        require_account(reader)
        require_words(reason)
        moment = utc_text(now)
        with self._store.writing() as connection:
            entries = self._entries_of(connection, reference)
            held = require_identity(entries)
            details = self._vault.get(connection, held.reference, sealed_of(held))
            if details is None:
                raise IdentityErased()
            body: dict[str, JsonValue] = {"by": reader, "read": held.sequence}
            new = NewEntry(EntryKind.IDENTITY_READ, held.reference, secrets.token_hex(16), moment, body)
            self._append_about(connection, entries, new, {REASON: reason})
        return MappingProxyType(details)

    def erase_identity(self, reference: str, reason: str, now: datetime) -> ErasureReceipt:
        """Destroy the identifying details of a record and the key they were encrypted under. The record stays.

        Copies of the database made earlier still hold them. Raises as `read_identity` does, and RecordHeld.
        """
        require_words(reason)
        moment = utc_text(now)
        with self._store.writing() as connection:
            entries = self._entries_of(connection, reference)
            held = require_identity(entries)
            require_not_held(state_required(entries))
            vault_id = sealed_of(held)["vault_id"]
            self._vault.erase(connection, vault_id)
            new = NewEntry(EntryKind.ERASURE, held.reference, secrets.token_hex(16), moment, {"erased": vault_id})
            entry, _ = self._append_about(connection, entries, new, {REASON: reason})
        return ErasureReceipt(entry.reference, entry.sequence, moment_of(moment), self._store.clear_traces())

    def clear_traces(self) -> bool:
        """Empty the write-ahead file, where erased bytes may still stand. False while another program reads."""
        return self._store.clear_traces()

    def _place_for(self, connection: Connection, draft_id: str) -> tuple[Entry, str, Entry | None]:
        """The last entry, a reference that is not in use, and the entry that this confirmation wrote, if it did."""
        while True:
            reference = new_reference()
            last, earlier, used = self._ledger.last_and_place(connection, draft_id, reference)
            if earlier is not None or not used:
                return last, reference, earlier

    def _automatic(self, moment: str) -> dict[str, JsonValue]:
        return {field.id: moment for field in self._fields.values() if field.kind == AUTOMATIC}

    def _require_same(self, connection: Connection, earlier: Entry, content: Content) -> None:
        if earlier.kind is not EntryKind.DECISION or canonical(earlier.body["draft"]) != canonical(content.public):
            raise ConfirmationConflict()
        texts = self._texts(connection, earlier)
        # Texts that were erased in the meantime can no longer be compared; which fields had one was compared above.
        if texts and texts != normal(content.texts):
            raise ConfirmationConflict()

    def _require_same_correction(
        self, connection: Connection, earlier: Entry, reference: str, body: Mapping[str, JsonValue],
        texts: Mapping[str, str],
    ) -> None:  # fmt: skip
        written = {name: value for name, value in earlier.body.items() if name not in ("sealed", "approval_due")}
        if earlier.kind is not EntryKind.CORRECTION or earlier.reference != reference:
            raise ConfirmationConflict()
        held = self._texts(connection, earlier)
        if canonical(written) != canonical(body) or (held and held != normal(texts)):
            raise ConfirmationConflict()

    def _require_same_details(
        self, connection: Connection, earlier: Entry, reference: str, details: Mapping[str, str]
    ) -> None:
        if earlier.kind is not EntryKind.IDENTITY or earlier.reference != reference:
            raise ConfirmationConflict()
        held = self._vault.get(connection, reference, sealed_of(earlier))
        if held is None:
            raise IdentityErased()
        if held != normal(details):
            raise ConfirmationConflict()
