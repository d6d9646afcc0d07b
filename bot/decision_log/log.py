"""The decision log as the rest of the application uses it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Connection

from bot.decision_log.canonical import JsonValue, canonical, moment_of, normalised, utc_text
from bot.decision_log.drafts import Content, Draft, content_of
from bot.decision_log.errors import (
    ConfirmationConflict,
    IdentityErased,
    IdentityExists,
    InvalidDraft,
    UnknownReference,
)
from bot.decision_log.fields import AUTOMATIC, RecordFields
from bot.decision_log.identity import held_identity, require_details, require_identity, sealed_of
from bot.decision_log.ledger import Entry, EntryKind, Ledger, NewEntry
from bot.decision_log.opening import open_ledger
from bot.decision_log.receipts import ErasureReceipt, IdentityReceipt, Receipt
from bot.decision_log.records import Record, RecordStatus, RecordSummary, record_of, summary_of
from bot.decision_log.references import new_reference, parse_reference, require_request_id
from bot.decision_log.store import Store
from bot.decision_log.vault import Vault
from bot.decision_log.verification import Verification, verify

PAGE = 500  # entries read in one short transaction
DEFAULT_LOCK_WAIT = 5.0  # seconds
MAX_WHO_OR_WHY = 500  # characters of a reader or a reason
NO_FIELDS: RecordFields = MappingProxyType({})


class DecisionLog:
    """One log: its ledger, its vault and its key. Safe for use by several threads and processes at once."""

    def __init__(self, store: Store, ledger: Ledger, vault: Vault, fields: RecordFields) -> None:
        self._store = store
        self._ledger = ledger
        self._vault = vault
        self._fields = fields

    @classmethod
    def open(
        cls, url: str, key_file: Path, fields: RecordFields = NO_FIELDS, lock_wait: float = DEFAULT_LOCK_WAIT
    ) -> DecisionLog:
        """Open the log at `url`, or make it and its key file where there is nothing yet.

        `fields` is what a record may hold; without it the log can be read but no field confirmed. `lock_wait` is the
        longest wait for another writer, in seconds. Raises KeyFileError, WrongKey, SchemaError, SchemaTooNew or
        LogUnavailable.
        """
        store = Store(url, lock_wait)
        try:
            key, ledger = open_ledger(store, key_file)
        except BaseException:
            store.close()
            raise
        return cls(store, ledger, Vault(key, ledger.log_id), fields)

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def confirm(self, draft: Draft, now: datetime) -> Receipt:
        """Write the record, durably, in one transaction. Confirming the same draft again gives the first receipt.

        Raises InvalidDraft, ConfirmationConflict (same id, other content), ChangedOutside or LogUnavailable;
        then nothing was recorded.
        """
        content = content_of(draft, self._fields)
        moment = utc_text(now)
        with self._store.writing() as connection:
            earlier = self._ledger.by_request(connection, draft.draft_id)
            if earlier is not None:
                self._require_same(connection, earlier, content)
                return Receipt(earlier.reference, earlier.sequence, moment_of(earlier.recorded_at), True)
            reference = self._unused_reference(connection)
            body: dict[str, JsonValue] = {"draft": content.public, "automatic": self._automatic(moment)}
            entry = self._append(
                connection, NewEntry(EntryKind.DECISION, reference, draft.draft_id, moment, body), content.texts
            )
        return Receipt(reference, entry.sequence, moment_of(moment), False)

    def add_identity(
        self, reference: str, confirmation_id: str, details: Mapping[str, str], now: datetime
    ) -> IdentityReceipt:
        """Keep identifying details of a record, encrypted. Doing it again with the same id gives the first receipt.

        Raises UnknownReference, InvalidDraft, IdentityExists, IdentityErased, ConfirmationConflict, ChangedOutside or
        LogUnavailable; then nothing was recorded.
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
            if held_identity(entries) is not None:
                raise IdentityExists()
            new = NewEntry(EntryKind.IDENTITY, entries[0].reference, confirmation_id, moment, {})
            entry = self._append(connection, new, details)
        return IdentityReceipt(entry.reference, entry.sequence, moment_of(moment), False)

    def read_identity(self, reference: str, reader: str, reason: str, now: datetime) -> Mapping[str, str]:
        """The identifying details of a record. The reading is written down first: who read, why and when.

        Raises UnknownReference, IdentityMissing, IdentityErased, InvalidDraft, ChangedOutside or LogUnavailable.
        """
        _require_words(reader, reason)
        moment = utc_text(now)
        with self._store.writing() as connection:
            held = require_identity(self._entries_of(connection, reference))
            details = self._vault.get(connection, held.reference, sealed_of(held))
            if details is None:
                raise IdentityErased()
            body: dict[str, JsonValue] = {"read": held.sequence}
            new = NewEntry(EntryKind.IDENTITY_READ, held.reference, secrets.token_hex(16), moment, body)
            self._append(connection, new, {"reader": reader, "reason": reason})
        return MappingProxyType(details)

    def erase_identity(self, reference: str, reason: str, now: datetime) -> ErasureReceipt:
        """Destroy the identifying details of a record and the key they were encrypted under. The record stays.

        Copies of the database made earlier still hold them. Raises as `read_identity` does.
        """
        _require_words(reason)
        moment = utc_text(now)
        with self._store.writing() as connection:
            held = require_identity(self._entries_of(connection, reference))
            vault_id = sealed_of(held)["vault_id"]
            self._vault.erase(connection, vault_id)
            body: dict[str, JsonValue] = {"erased": vault_id}
            new = NewEntry(EntryKind.ERASURE, held.reference, secrets.token_hex(16), moment, body)
            entry = self._append(connection, new, {"reason": reason})
        return ErasureReceipt(entry.reference, entry.sequence, moment_of(moment), self.clear_traces())

    def clear_traces(self) -> bool:
        """Empty the write-ahead file, where erased bytes may still stand. False while another program reads."""
        return self._store.clear_traces()

    def verify(self) -> Verification:
        """Read the whole log and name the first bad entry. See `bot.decision_log.verification` for what is found."""
        with self._store.reading() as connection:
            return verify(connection, self._ledger, self._vault)

    def show(self, reference: str) -> Record:
        """The record with all its entries, without identifying details. Raises UnknownReference or ChangedOutside."""
        with self._store.reading() as connection:
            entries = self._entries_of(connection, reference)
            decision = next(entry for entry in entries if entry.kind is EntryKind.DECISION)
            return record_of(entries, self._texts(connection, decision), self._fields)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Every entry whose sequence is above `after`, oldest first, read in pages. Raises ChangedOutside."""
        while True:
            with self._store.reading() as connection:
                page = self._ledger.page(connection, after, PAGE)
            if not page:
                return
            yield from page
            after = page[-1].sequence

    def find(
        self,
        status: RecordStatus | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[RecordSummary]:
        """Records by status, and by the moment of recording: from `since`, before `until`. Oldest first."""
        earliest = "" if since is None else utc_text(since)
        latest = None if until is None else utc_text(until)
        for entry in self.entries():
            if entry.kind is not EntryKind.DECISION or entry.recorded_at < earliest:
                continue
            if latest is not None and entry.recorded_at >= latest:
                continue
            summary = summary_of(entry)
            if status is None or summary.status is status:
                yield summary

    def export_lines(self) -> Iterator[str]:
        """Every entry as one line of canonical JSON, from which anybody can recompute the hashes. No free text."""
        for entry in self.entries():
            yield canonical(
                {
                    "sequence": entry.sequence,
                    "kind": entry.kind.value,
                    "reference": entry.reference,
                    "request_id": entry.request_id,
                    "recorded_at": entry.recorded_at,
                    "body": entry.body,
                    "previous_hash": entry.previous_hash,
                    "hash": entry.hash,
                }
            )

    def _append(self, connection: Connection, new: NewEntry, texts: Mapping[str, str]) -> Entry:
        """Add an entry whose texts, if any, go to the vault."""
        if not texts:
            return self._ledger.append(connection, new)
        sealed = self._vault.put(connection, new.reference, _normal(texts))
        body = {**new.body, "sealed": sealed}
        return self._ledger.append(connection, NewEntry(new.kind, new.reference, new.request_id, new.recorded_at, body))

    def _texts(self, connection: Connection, decision: Entry) -> dict[str, str]:
        if "sealed" not in decision.body:
            return {}
        return self._vault.get(connection, decision.reference, sealed_of(decision)) or {}

    def _entries_of(self, connection: Connection, reference: str) -> tuple[Entry, ...]:
        entries = self._ledger.of_reference(connection, parse_reference(reference))
        if not entries:
            raise UnknownReference("No record has this reference number.", "Check each character and try again.")
        return entries

    def _unused_reference(self, connection: Connection) -> str:
        while True:
            reference = new_reference()
            if not self._ledger.of_reference(connection, reference):
                return reference

    def _automatic(self, moment: str) -> dict[str, JsonValue]:
        return {field.id: moment for field in self._fields.values() if field.kind == AUTOMATIC}

    def _require_same(self, connection: Connection, earlier: Entry, content: Content) -> None:
        if earlier.kind is not EntryKind.DECISION or canonical(earlier.body["draft"]) != canonical(content.public):
            raise ConfirmationConflict()
        texts = self._texts(connection, earlier)
        # Texts that were erased in the meantime can no longer be compared; which fields had one was compared above.
        if texts and texts != _normal(content.texts):
            raise ConfirmationConflict()

    def _require_same_details(
        self, connection: Connection, earlier: Entry, reference: str, details: Mapping[str, str]
    ) -> None:
        if earlier.kind is not EntryKind.IDENTITY or earlier.reference != reference:
            raise ConfirmationConflict()
        held = self._vault.get(connection, reference, sealed_of(earlier))
        if held is None:
            raise IdentityErased()
        if held != _normal(details):
            raise ConfirmationConflict()


def _normal(texts: Mapping[str, str]) -> dict[str, str]:
    return {str(normalised(key)): str(normalised(text)) for key, text in texts.items()}


def _require_words(*texts: str) -> None:
    if not all(text.strip() and len(text) <= MAX_WHO_OR_WHY for text in texts):
        raise InvalidDraft(
            "Who is reading, or why, is empty or too long.", f"Give it in at most {MAX_WHO_OR_WHY} characters."
        )
