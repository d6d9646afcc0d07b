"""The ledger: a chain of entries in which each carries the hash of the one before. Entries are only ever added."""

from __future__ import annotations

import json
import secrets
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import groupby
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, or_, select, true, update

from bot.decision_log.canonical import JsonValue, canonical, moment_of, sha256_of_text
from bot.decision_log.errors import NOTHING_RECORDED, ChangedOutside, ClockSetBack, InvalidDraft
from bot.decision_log.keyring import Keyring
from bot.decision_log.schema import SCHEMA_VERSION, head, ledger

NO_HASH = "0" * 64
HEAD_ID = 1
CLOCK_TOLERANCE = timedelta(minutes=5)
"""How far the clocks of two machines that write one log may be apart."""

ROWS_AT_ONCE = 1000

# Made once: building a statement takes longer than the database takes to answer it.
_WITH_HEAD = (
    select(ledger, head.c.entries, head.c.hash.label("head_hash"), head.c.seal.label("head_seal"), head.c.generation)
    .select_from(head).join(ledger, true()).where(head.c.id == HEAD_ID)
)  # fmt: skip
_IS_LAST = ledger.c.sequence == select(func.max(ledger.c.sequence)).scalar_subquery()
_LAST = _WITH_HEAD.where(_IS_LAST)
_LAST_AND_PLACE = _WITH_HEAD.where(
    or_(_IS_LAST, ledger.c.request_id == bindparam("request"), ledger.c.reference == bindparam("name"))
)
_STORY: Select[Any] = select(ledger.c.sequence, ledger.c.kind, ledger.c.reference, ledger.c.recorded_at, ledger.c.body)
_INSERT = insert(ledger)
_MOVE_HEAD = update(head).values(
    entries=bindparam("entries"), hash=bindparam("hash"), seal=bindparam("seal"), generation=bindparam("generation")
)


class EntryKind(StrEnum):
    """What an entry tells of."""

    GENESIS = "genesis"
    DECISION = "decision"
    CORRECTION = "correction"
    SUBMISSION = "submission"
    APPROVAL = "approval"
    RETURN = "return"
    TAKE_OVER = "take-over"
    REVIEW = "review"
    IDENTITY = "identity"
    IDENTITY_READ = "identity-read"
    HOLD = "retention-hold"
    RELEASE = "retention-release"
    RETENTION_REVIEW = "retention-review"
    ERASURE = "erasure"
    EXPORT = "export"
    KEY_ROTATION = "key-rotation"
    CLOCK = "clock-accepted"


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

    @property
    def by(self) -> str:
        """The account that wrote it; empty where nobody is known."""
        return str(self.body.get("by", ""))


@dataclass(frozen=True)
class NewEntry:
    """An entry before it has its place in the chain."""

    kind: EntryKind
    reference: str
    request_id: str
    recorded_at: str
    body: Mapping[str, JsonValue]


class Ledger:
    """Adds entries and reads them. The log's id binds the head record to one log."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys

    @property
    def log_id(self) -> str:
        return self._keys.log_id

    def begin(self, connection: Connection, recorded_at: str) -> None:
        """Write the first entry of an empty ledger, which pins the log's id and schema."""
        body: Mapping[str, JsonValue] = {"log_id": self.log_id, "schema": SCHEMA_VERSION}
        genesis = NewEntry(EntryKind.GENESIS, "", secrets.token_hex(16), recorded_at, body)
        entry = self._write(connection, genesis, 1, NO_HASH)
        seal = self._keys.newest_seal.seal(self.head_text(1, entry.hash))
        connection.execute(
            insert(head).values(id=HEAD_ID, entries=1, hash=entry.hash, seal=seal, generation=self._keys.generation)
        )

    def append(self, connection: Connection, new: NewEntry) -> Entry:
        """Add an entry after the last. Raises as `last` and `append_after` do."""
        return self.append_after(connection, self.last(connection), new)

    def append_after(self, connection: Connection, last: Entry, new: NewEntry) -> Entry:
        """Add an entry after `last`, which `last()` gave in this transaction.

        Raises ClockSetBack where `new` is older than the last entry by more than CLOCK_TOLERANCE.
        """
        _require_clock(last, new)
        entry = self._write(connection, new, last.sequence + 1, last.hash)
        self._move_head(connection, entry)
        return entry

    def last(self, connection: Connection) -> Entry:
        """The last entry. Raises ChangedOutside where it is not the one this program left.

        Without that look a cut tail would be hidden by the next entry. It also notices a new master key.
        """
        rows = connection.execute(_LAST).all()
        return self._last_of(connection, rows)

    def last_and_place(
        self, connection: Connection, request_id: str, reference: str
    ) -> tuple[Entry, Entry | None, bool]:
        """The last entry; the entry that a confirmation wrote, if it did; whether `reference` is in use. One query."""
        rows = connection.execute(_LAST_AND_PLACE, {"request": request_id, "name": reference}).all()
        earlier = [entry_of(row) for row in rows if row.request_id == request_id]
        used = any(row.reference == reference for row in rows)
        return self._last_of(connection, rows), earlier[0] if earlier else None, used

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

    def rows(self, connection: Connection) -> Generator[list[Row[Any]], None, None]:
        """Every row as it stands, unread, streaming, in order, many at a time: for verification."""
        query = select(ledger).order_by(ledger.c.sequence).execution_options(yield_per=ROWS_AT_ONCE)
        with connection.execute(query) as found:
            for rows in found.partitions():
                yield list(rows)

    def by_record(self, connection: Connection) -> Generator[list[Entry], None, None]:
        """The entries of each record, oldest first, without request and hashes; the records by their references.

        Unverified: hashes are not even read. Verification has looked at the entries before it asks; whoever makes the
        lists anew has not, and fills them from a ledger that was changed, too. Verification finds that then as before.
        Raises ChangedOutside for what cannot be read at all.
        """
        query = _STORY.where(ledger.c.reference != "").order_by(ledger.c.reference, ledger.c.sequence)
        with connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)) as rows:
            for _, entries in groupby(map(_unproved_entry, rows), key=attrgetter("reference")):
                yield list(entries)

    def head_is_genuine(self, row: Row[Any]) -> bool:
        """Whether the holder of the key wrote this head record."""
        return self._keys.newest_seal.sealed(self.head_text(row.entries, row.hash), row.seal)

    def entry_is_genuine(self, row: Row[Any]) -> bool:
        """Whether the holder of the key wrote this entry."""
        return self._keys.seal_for(row.sequence).sealed(entry_text(row.hash), row.seal)

    def head_row(self, connection: Connection) -> Row[Any] | None:
        """The head record; None where it is missing."""
        return connection.execute(select(head).where(head.c.id == HEAD_ID)).one_or_none()

    def _last_of(self, connection: Connection, rows: Sequence[Row[Any]]) -> Entry:
        row = max(rows, key=lambda found: found.sequence, default=None)
        if row is None:
            raise ChangedOutside()
        if row.generation != self._keys.generation:
            self._keys.refresh(connection)
        text = self.head_text(row.entries, row.head_hash)
        if row.entries != row.sequence or not self._keys.newest_seal.sealed(text, row.head_seal):
            raise ChangedOutside()
        if row.hash != row.head_hash:
            raise ChangedOutside()
        return entry_of(row)

    def _move_head(self, connection: Connection, entry: Entry) -> None:
        seal = self._keys.newest_seal.seal(self.head_text(entry.sequence, entry.hash))
        connection.execute(
            _MOVE_HEAD,
            {"entries": entry.sequence, "hash": entry.hash, "seal": seal, "generation": self._keys.generation},
        )

    def _write(self, connection: Connection, new: NewEntry, sequence: int, previous_hash: str) -> Entry:
        body = canonical(new.body)
        hashed = entry_hash(sequence, new.kind, new.reference, new.request_id, new.recorded_at, body, previous_hash)
        connection.execute(
            _INSERT,
            {"sequence": sequence, "kind": new.kind.value, "reference": new.reference, "request_id": new.request_id,
             "recorded_at": new.recorded_at, "body": body, "previous_hash": previous_hash, "hash": hashed,
             "seal": self._keys.seal_for(sequence).seal(entry_text(hashed))},
        )  # fmt: skip
        return Entry(
            sequence, new.kind, new.reference, new.request_id, new.recorded_at, json.loads(body), previous_hash, hashed
        )

    def head_text(self, entries: object, last_hash: object) -> str:
        """What the seal of the head record is made of."""
        return f"head {self.log_id} {entries} {last_hash}"


def entry_hash(
    sequence: int, kind: str, reference: str, request_id: str, recorded_at: str, body: str, previous_hash: str
) -> str:
    """SHA-256 over the canonical JSON of all parts of an entry. `body` is canonical JSON and is hashed as a value."""
    quoted = encode_basestring
    return sha256_of_text(
        f'{{"body":{body},"kind":{quoted(kind)},"previous_hash":{quoted(previous_hash)},'
        f'"recorded_at":{quoted(recorded_at)},"reference":{quoted(reference)},"request_id":{quoted(request_id)},'
        f'"sequence":{sequence}}}'
    )


def body_of(row: Row[Any]) -> dict[str, Any] | None:
    """The body of a row; None where the row is not what its hash was made of, or not even of the right types."""
    parts = (row.kind, row.reference, row.request_id, row.recorded_at, row.body, row.previous_hash)
    if not isinstance(row.sequence, int) or not all(isinstance(part, str) for part in parts):
        return None
    try:
        body = json.loads(row.body)
        as_written = canonical(body) == row.body and entry_hash(row.sequence, *parts) == row.hash
    except (ValueError, RecursionError, InvalidDraft):
        return None
    return body if as_written and isinstance(body, dict) else None


def entry_of(row: Row[Any]) -> Entry:
    """A row as an entry. Raises ChangedOutside where it is not what it was when it was written."""
    body = body_of(row)
    if body is None:
        raise ChangedOutside()
    return Entry(
        row.sequence, _kind_of(row), row.reference, row.request_id, row.recorded_at, body, row.previous_hash, row.hash
    )


def _unproved_entry(row: Row[Any]) -> Entry:
    try:
        body = json.loads(row.body)
    except (ValueError, TypeError, RecursionError):  # SQLite keeps any type in any column
        body = None
    if not isinstance(body, dict):
        raise ChangedOutside()
    return Entry(row.sequence, _kind_of(row), row.reference, "", row.recorded_at, body, "", "")


def _kind_of(row: Row[Any]) -> EntryKind:
    try:
        return EntryKind(row.kind)
    except ValueError:
        raise ChangedOutside() from None


def _require_clock(last: Entry, new: NewEntry) -> None:
    # The first entry tells of the making of the log; a log may be filled with entries of before.
    if new.recorded_at >= last.recorded_at or last.kind is EntryKind.GENESIS or new.kind is EntryKind.CLOCK:
        return
    if moment_of(last.recorded_at) - moment_of(new.recorded_at) > CLOCK_TOLERANCE:
        raise ClockSetBack(
            f"The clock of this machine is behind the last entry of the log. {NOTHING_RECORDED}",
            "Set the clock. If the clock is right and was wrong before, run `sharewell log accept-clock`.",
        )


def entry_text(hashed: object) -> str:
    """What the seal of an entry is made of."""
    return f"entry {hashed}"
