"""What every part of the decision log works with: the database, the ledger, the vault, and how an entry is added."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from bot.decision_log import projection
from bot.decision_log.approvals import Deadlines
from bot.decision_log.canonical import normalised
from bot.decision_log.checkpoints import CheckpointKeySource
from bot.decision_log.errors import InvalidDraft, UnknownReference
from bot.decision_log.fields import RecordFields
from bot.decision_log.keyring import Keyring
from bot.decision_log.ledger import Entry, EntryKind, Ledger, NewEntry
from bot.decision_log.records import Record, record_of, state_required
from bot.decision_log.references import parse_reference
from bot.decision_log.retention import Schedule, read_schedule
from bot.decision_log.states import RecordState
from bot.decision_log.store import Store
from bot.decision_log.vault import Vault

MAX_WORDS = 500  # characters of a reader or a reason
ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
COMMAND_LINE = "command-line"
"""The account that stands in entries which the command line wrote: it does not know who uses it."""


@dataclass(frozen=True)
class Policy:
    """What an organisation decides: how long an approval may take, and for how long records are kept."""

    deadlines: Deadlines = field(default_factory=Deadlines)
    schedule: Schedule = field(default_factory=read_schedule)


class LogCore:
    """The parts of one log. The classes that derive from it each add what one kind of user does with it."""

    def __init__(
        self, store: Store, keys: Keyring, fields: RecordFields, policy: Policy, signing: CheckpointKeySource
    ) -> None:
        self._store = store
        self._keys = keys
        self._ledger = Ledger(keys)
        self._vault = Vault(keys)
        self._fields = fields
        self._policy = policy
        self._signing = signing

    def _append(self, connection: Connection, new: NewEntry, texts: Mapping[str, str]) -> Entry:
        """Add an entry whose texts, if any, go to the vault."""
        return self._append_after(connection, self._ledger.last(connection), new, texts)

    def _append_after(
        self, connection: Connection, last: Entry, new: NewEntry, texts: Mapping[str, str]
    ) -> Entry:
        # `last` was read first: that notices a new master key, under which the texts are then kept.
        if texts:
            sealed = self._vault.put(connection, new.reference, normal(texts))
            new = replace(new, body={**new.body, "sealed": sealed})
        return self._ledger.append_after(connection, last, new)

    def _append_about(
        self, connection: Connection, entries: Sequence[Entry], new: NewEntry, texts: Mapping[str, str]
    ) -> tuple[Entry, RecordState]:
        """Add an entry about the record of `entries`, and keep where the record then stands."""
        last = self._ledger.last(connection)
        with self._store.together(connection):
            entry = self._append_after(connection, last, new, texts)
            state = state_required([*entries, entry])
            projection.change(connection, state)
        return entry, state

    def _texts(self, connection: Connection, entry: Entry) -> dict[str, str]:
        if "sealed" not in entry.body:
            return {}
        sealed = entry.body["sealed"]
        return self._vault.get(connection, entry.reference, sealed) or {}

    def _record(self, connection: Connection, entries: Sequence[Entry]) -> Record:
        # Identifying details are read on record only.
        texts = {
            entry.sequence: self._texts(connection, entry) for entry in entries if entry.kind is not EntryKind.IDENTITY
        }
        return record_of(entries, texts, self._fields)

    def _entries_of(self, connection: Connection, reference: str) -> tuple[Entry, ...]:
        entries = self._ledger.of_reference(connection, parse_reference(reference))
        if not entries:
            raise UnknownReference("No record has this reference number.", "Check each character and try again.")
        return entries


def normal(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts by name with every string in Unicode form NFC."""
    return {str(normalised(key)): str(normalised(text)) for key, text in texts.items()}


def require_words(*texts: str) -> None:
    """Raises InvalidDraft where who is asking, or why, is empty or too long."""
    if not all(text.strip() and len(text) <= MAX_WORDS for text in texts):
        raise InvalidDraft(
            "Who is asking, or why, is empty or too long.", f"Give it in at most {MAX_WORDS} characters."
        )


def require_account(by: str) -> str:
    """`by`, where it is an account id. Raises InvalidDraft for what could be a name or an address of a person."""
    if not ACCOUNT.fullmatch(by):
        raise InvalidDraft("The account id is malformed.", "Give the id of an account, not a name.")
    return by
