"""Reads the whole log and names the first entry that is not as it was written.

Found, by anybody's hand but the key holder's: an edited, deleted, inserted or reordered entry, also when all later
hashes were recomputed (each entry is sealed under the key); a cut tail or an edited head (the head is sealed too);
an edited, missing, added or restored vault row; a dropped trigger.

Not found without checkpoints witnessed outside: the whole file replaced by an earlier copy of itself, and whatever the
holder of the key file rewrites. A log deleted whole is not found either: a new one begins with a new id.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, text

from bot.decision_log.errors import ChangedOutside
from bot.decision_log.ledger import NO_HASH, EntryKind, Ledger, row_hash
from bot.decision_log.schema import SCHEMA_VERSION, SQLITE_GUARDS
from bot.decision_log.vault import Vault


@dataclass(frozen=True)
class Verification:
    """Whether the log is whole. `entries` is how many were found right before the first fault.

    `first_bad` is the sequence of the first entry that is changed, missing or added; None where all is well or where
    the fault is in no entry.
    """

    ok: bool
    entries: int
    first_bad: int | None
    reason: str


@dataclass
class _Walk:
    """What has been read so far. `missing_rows` are vault rows not found, by their entry: an erasure explains them."""

    entries: int = 0
    last_hash: str = NO_HASH
    live_rows: int = 0
    missing_rows: dict[str, int] = field(default_factory=dict)


class Fault(Exception):
    """Carries the first bad entry and the reason out of the walk."""

    def __init__(self, first_bad: int | None, reason: str) -> None:
        super().__init__(reason)
        self.first_bad = first_bad
        self.reason = reason


def verify(connection: Connection, ledger: Ledger, vault: Vault) -> Verification:
    """Walk the log once, streaming, in the state that `connection`'s transaction sees."""
    walk = _Walk()
    try:
        for row in ledger.rows(connection):
            _check_place(walk, row)
            _check_words(ledger, row)
            body = json.loads(row.body)
            _check_genesis(ledger, row, body)
            _check_vault(connection, vault, walk, row, body)
            walk.entries, walk.last_hash = row.sequence, row.hash
        _check_end(connection, ledger, vault, walk)
        _check_guards(connection)
    except Fault as fault:
        return Verification(False, walk.entries, fault.first_bad, fault.reason)
    return Verification(True, walk.entries, None, "Every entry is as it was written.")


def _check_place(walk: _Walk, row: Row[Any]) -> None:
    expected = walk.entries + 1
    if row.sequence < expected:
        raise Fault(row.sequence, f"Entry {row.sequence} was added.")
    if row.sequence > expected:
        raise Fault(expected, f"Entry {expected} is missing.")
    if row.previous_hash != walk.last_hash:
        raise Fault(row.sequence, f"Entry {row.sequence} does not carry the hash of the entry before it.")


def _check_words(ledger: Ledger, row: Row[Any]) -> None:
    hashed = row_hash(row)
    if hashed is None or hashed != row.hash:
        raise Fault(row.sequence, f"Entry {row.sequence} was changed: its hash does not fit.")
    if not ledger.entry_is_genuine(row):
        raise Fault(row.sequence, f"Entry {row.sequence} was not written with the key of this log.")


def _check_genesis(ledger: Ledger, row: Row[Any], body: dict[str, Any]) -> None:
    first = row.sequence == 1
    if first != (row.kind == EntryKind.GENESIS):
        raise Fault(row.sequence, f"Entry {row.sequence} is not of the kind that belongs there.")
    if first and body != {"log_id": ledger.log_id, "schema": SCHEMA_VERSION}:
        raise Fault(1, "Entry 1 belongs to another log.")


def _check_vault(connection: Connection, vault: Vault, walk: _Walk, row: Row[Any], body: dict[str, Any]) -> None:
    if "erased" in body:
        if vault.holds(connection, body["erased"]):
            raise Fault(row.sequence, f"Entry {row.sequence} erased details that are in the vault again.")
        walk.missing_rows.pop(body["erased"], None)
    if "sealed" not in body:
        return
    try:
        values = vault.get(connection, row.reference, body["sealed"])
    except ChangedOutside:
        raise Fault(row.sequence, f"The encrypted text of entry {row.sequence} was changed.") from None
    if values is None:
        walk.missing_rows[body["sealed"]["vault_id"]] = row.sequence
    else:
        walk.live_rows += 1


def _check_end(connection: Connection, ledger: Ledger, vault: Vault, walk: _Walk) -> None:
    after = walk.entries + 1
    head = ledger.head_row(connection)
    if head is None:
        raise Fault(after, f"The head record is missing: entries after {walk.entries} may have been cut off.")
    if not ledger.head_is_genuine(head):
        raise Fault(after, f"The head record was changed: entries after {walk.entries} may have been cut off.")
    if head.entries > walk.entries:
        raise Fault(after, f"Entry {after} is missing: the log holds {head.entries} entries by its head record.")
    if head.entries < walk.entries or head.hash != walk.last_hash:
        raise Fault(head.entries + 1, f"The head record was put back to entry {head.entries}.")
    if walk.missing_rows:
        first = min(walk.missing_rows.values())
        raise Fault(first, f"The encrypted text of entry {first} is missing, and no entry erased it.")
    if vault.count(connection) != walk.live_rows:
        raise Fault(None, "The vault holds a row that no entry speaks of.")


def _check_guards(connection: Connection) -> None:
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger'")
    found = {name: " ".join(sql.split()) for name, sql in connection.execute(query)}
    if found != {name: " ".join(sql.split()) for name, sql in SQLITE_GUARDS.items()}:
        raise Fault(None, "The triggers that keep the ledger append-only were changed.")
