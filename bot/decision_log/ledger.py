"""The ledger: a chain of entries in which each carries the hash of the one before. Entries are only ever added."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from bot.decision_log.canonical import JsonValue, canonical, sha256
from bot.decision_log.errors import ChangedOutside, InvalidDraft
from bot.decision_log.keys import MasterKey
from bot.decision_log.schema import SCHEMA_VERSION, head, ledger

NO_HASH = "0" * 64
HEAD_ID = 1


class EntryKind(StrEnum):
    """What an entry tells of."""

    GENESIS = "genesis"
    DECISION = "decision"
    CORRECTION = "correction"
    APPROVAL = "approval"
    RETURN = "return"
    REVIEW = "review"
    IDENTITY = "identity"
    IDENTITY_READ = "identity-read"
    ERASURE = "erasure"
    EXPORT = "export"


@dataclass(frozen=True)
class Entry:
    """One entry as it stands in the ledger. `recorded_at` is UTC text; `body` holds no free text."""

    sequence: int
    kind: EntryKind
    reference: str
    request_id: str
    recorded_at: str
    body: Mapping[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class NewEntry:
    """An entry before it has its place in the chain."""

    kind: EntryKind
    reference: str
    request_id: str
    recorded_at: str
    body: Mapping[str, JsonValue]


class Ledger:
    """Adds entries and reads them. `log_id` binds the head record to one log."""

    def __init__(self, key: MasterKey, log_id: str) -> None:
        self._key = key
        self.log_id = log_id

    def begin(self, connection: Connection, recorded_at: str) -> None:
        """Write the first entry of an empty ledger, which pins the log's id and schema."""
        body: Mapping[str, JsonValue] = {"log_id": self.log_id, "schema": SCHEMA_VERSION}
        genesis = NewEntry(EntryKind.GENESIS, "", secrets.token_hex(16), recorded_at, body)
        entry = self._write(connection, genesis, 1, NO_HASH)
        seal = self.head_seal(1, entry.hash)
        connection.execute(insert(head).values(id=HEAD_ID, entries=1, hash=entry.hash, seal=seal))

    def append(self, connection: Connection, new: NewEntry) -> Entry:
        """Add an entry after the last. Raises ChangedOutside where the last is not the one this program left.

        Without that look a cut tail would be hidden by the next entry.
        """
        entries, last_hash = self._genuine_head(connection)
        entry = self._write(connection, new, entries + 1, last_hash)
        seal = self.head_seal(entry.sequence, entry.hash)
        connection.execute(update(head).values(entries=entry.sequence, hash=entry.hash, seal=seal))
        return entry

    def by_request(self, connection: Connection, request_id: str) -> Entry | None:
        """The entry that a confirmation wrote, if it did."""
        row = connection.execute(select(ledger).where(ledger.c.request_id == request_id)).one_or_none()
        return None if row is None else entry_of(row)

    def of_reference(self, connection: Connection, reference: str) -> tuple[Entry, ...]:
        """All entries about one record, oldest first; none where the record does not exist."""
        query = select(ledger).where(ledger.c.reference == reference).order_by(ledger.c.sequence)
        return tuple(entry_of(row) for row in connection.execute(query))

    def page(self, connection: Connection, after: int, size: int) -> list[Entry]:
        """Up to `size` entries whose sequence is above `after`."""
        query = select(ledger).where(ledger.c.sequence > after).order_by(ledger.c.sequence).limit(size)
        return [entry_of(row) for row in connection.execute(query)]

    def rows(self, connection: Connection) -> Iterator[Row[Any]]:
        """Every row as it stands, unread, streaming, in order: for verification."""
        query = select(ledger).order_by(ledger.c.sequence).execution_options(yield_per=500)
        yield from connection.execute(query)

    def head_seal(self, entries: int, last_hash: str) -> str:
        """The seal of a head record."""
        return self._key.seal(self._head_text(entries, last_hash))

    def head_is_genuine(self, row: Row[Any]) -> bool:
        """Whether the holder of the key wrote this head record."""
        return self._key.sealed(self._head_text(row.entries, row.hash), row.seal)

    def entry_is_genuine(self, row: Row[Any]) -> bool:
        """Whether the holder of the key wrote this entry."""
        return self._key.sealed(_entry_text(row.hash), row.seal)

    def head_row(self, connection: Connection) -> Row[Any] | None:
        """The head record; None where it is missing."""
        return connection.execute(select(head).where(head.c.id == HEAD_ID)).one_or_none()

    def _genuine_head(self, connection: Connection) -> tuple[int, str]:
        row = self.head_row(connection)
        last = connection.execute(select(func.max(ledger.c.sequence))).scalar_one()
        if row is None or row.entries != last or not self.head_is_genuine(row):
            raise ChangedOutside()
        entry = connection.execute(select(ledger).where(ledger.c.sequence == last)).one()
        if entry.hash != row.hash or row_hash(entry) != row.hash:
            raise ChangedOutside()
        return row.entries, row.hash

    def _write(self, connection: Connection, new: NewEntry, sequence: int, previous_hash: str) -> Entry:
        body = canonical(new.body)
        hashed = entry_hash(sequence, new.kind, new.reference, new.request_id, new.recorded_at, body, previous_hash)
        connection.execute(
            insert(ledger).values(
                sequence=sequence,
                kind=new.kind.value,
                reference=new.reference,
                request_id=new.request_id,
                recorded_at=new.recorded_at,
                body=body,
                previous_hash=previous_hash,
                hash=hashed,
                seal=self._key.seal(_entry_text(hashed)),
            )
        )
        return Entry(
            sequence, new.kind, new.reference, new.request_id, new.recorded_at, json.loads(body), previous_hash, hashed
        )

    def _head_text(self, entries: object, last_hash: object) -> str:
        return f"head {self.log_id} {entries} {last_hash}"


def entry_hash(
    sequence: int, kind: str, reference: str, request_id: str, recorded_at: str, body: str, previous_hash: str
) -> str:
    """SHA-256 over the canonical JSON of all parts of an entry. `body` is canonical JSON and is hashed as a value."""
    return sha256(
        {
            "sequence": sequence,
            "kind": str(kind),
            "reference": reference,
            "request_id": request_id,
            "recorded_at": recorded_at,
            "body": json.loads(body),
            "previous_hash": previous_hash,
        }
    )


def row_hash(row: Row[Any]) -> str | None:
    """The hash that a row should have; None where its parts are not even of the right types or not canonical."""
    parts = (row.kind, row.reference, row.request_id, row.recorded_at, row.body, row.previous_hash)
    if not isinstance(row.sequence, int) or not all(isinstance(part, str) for part in parts):
        return None
    try:
        if canonical(json.loads(row.body)) != row.body:
            return None
        return entry_hash(row.sequence, *parts)
    except (ValueError, RecursionError, InvalidDraft):
        return None


def entry_of(row: Row[Any]) -> Entry:
    """A row as an entry. Raises ChangedOutside where it is not what it was when it was written."""
    if row_hash(row) != row.hash:
        raise ChangedOutside()
    return Entry(
        row.sequence,
        EntryKind(row.kind),
        row.reference,
        row.request_id,
        row.recorded_at,
        json.loads(row.body),
        row.previous_hash,
        row.hash,
    )


def _entry_text(hashed: object) -> str:
    return f"entry {hashed}"
