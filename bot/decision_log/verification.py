"""Reads the whole log and names the first entry that is not as it was written.

Found, by anybody's hand but the key holder's: an edited, deleted, inserted or reordered entry, also when all later
hashes were recomputed (each entry is sealed under the key); a cut tail or an edited head (the head is sealed too);
an edited, missing, added or restored vault row; a dropped trigger; a list that does not say what the ledger says.

With a checkpoint that was witnessed outside also: the whole file replaced by an earlier copy of itself, and whatever
the holder of the key rewrote. Without one they are not, nor is a log that was deleted whole: a new one has a new id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row

from bot.decision_log.checkpoints import Checkpoint
from bot.decision_log.errors import ChangedOutside, WrongKey
from bot.decision_log.guards import guards_are_whole
from bot.decision_log.ledger import NO_HASH, EntryKind, Ledger, body_of
from bot.decision_log.projection import first_difference
from bot.decision_log.states import erased_ids_of
from bot.decision_log.vault import Vault


@dataclass(frozen=True)
class Erased:
    """What a verification says of an erasure: the record, and the day on which something of it was erased."""

    reference: str
    on: str


@dataclass(frozen=True)
class Verification:
    """Whether the log is whole. `entries` is how many were found right before the first fault.

    `first_bad` is the sequence of the first entry that is changed, missing or added; None where all is well or where
    the fault is in no entry. `erased` tells of each erasure so far, `witnessed` how many checkpoints were kept.
    """

    ok: bool
    entries: int
    first_bad: int | None
    reason: str
    erased: tuple[Erased, ...] = ()
    witnessed: int = 0


@dataclass
class _Walk:
    """What has been read so far. `missing_rows` are vault rows not found, by their entry: an erasure explains them."""

    entries: int = 0
    last_hash: str = NO_HASH
    live_rows: int = 0
    missing_rows: dict[str, int] = field(default_factory=dict)
    erased: list[Erased] = field(default_factory=list)
    witnesses: dict[int, list[Checkpoint]] = field(default_factory=dict)


class Fault(Exception):
    """Carries the first bad entry and the reason out of the walk."""

    def __init__(self, first_bad: int | None, reason: str) -> None:
        super().__init__(reason)
        self.first_bad = first_bad
        self.reason = reason


def verify(
    connection: Connection, ledger: Ledger, vault: Vault, checkpoints: Sequence[Checkpoint] = ()
) -> Verification:
    """Walk the log once, streaming, in the state that `connection`'s transaction sees.

    `checkpoints` are those whose signature was found right.
    """
    walk = _Walk()
    for checkpoint in checkpoints:
        walk.witnesses.setdefault(checkpoint.entries, []).append(checkpoint)
    try:
        _check_witnessed_log(ledger, checkpoints)
        with closing(ledger.rows(connection)) as all_rows:
            for rows in all_rows:
                _check_rows(connection, ledger, vault, walk, rows)
        _check_end(connection, ledger, vault, walk)
        _check_lists(connection, ledger)
    except Fault as fault:
        return Verification(False, walk.entries, fault.first_bad, fault.reason)
    return Verification(
        True, walk.entries, None, "Every entry is as it was written.", tuple(walk.erased), len(checkpoints)
    )


def _check_witnessed_log(ledger: Ledger, checkpoints: Iterable[Checkpoint]) -> None:
    if any(checkpoint.log_id != ledger.log_id for checkpoint in checkpoints):
        raise Fault(1, "A checkpoint was made of another log: this one was put in its place.")


def _check_rows(
    connection: Connection, ledger: Ledger, vault: Vault, walk: _Walk, rows: Sequence[Row[Any]]
) -> None:
    """Look at rows that follow one another. Their encrypted texts are had in one query."""
    fault: Fault | None = None
    sound: list[tuple[Row[Any], dict[str, Any]]] = []
    try:
        for row in rows:
            _check_place(walk, row)
            body = _checked_body(ledger, row)
            _check_genesis(ledger, row, body)
            _check_witnesses(walk, row)
            walk.entries, walk.last_hash = row.sequence, row.hash
            sound.append((row, body))
    except Fault as found:
        fault = found
    _check_vault(connection, vault, walk, sound)
    if fault is not None:
        raise fault


def _check_place(walk: _Walk, row: Row[Any]) -> None:
    expected = walk.entries + 1
    if row.sequence < expected:
        raise Fault(row.sequence, f"Entry {row.sequence} was added.")
    if row.sequence > expected:
        raise Fault(expected, f"Entry {expected} is missing.")
    if row.previous_hash != walk.last_hash:
        raise Fault(row.sequence, f"Entry {row.sequence} does not carry the hash of the entry before it.")


def _checked_body(ledger: Ledger, row: Row[Any]) -> dict[str, Any]:
    body = body_of(row)
    if body is None:
        raise Fault(row.sequence, f"Entry {row.sequence} was changed: its hash does not fit.")
    if not ledger.entry_is_genuine(row):
        raise Fault(row.sequence, f"Entry {row.sequence} was not written with the key of this log.")
    return body


def _check_genesis(ledger: Ledger, row: Row[Any], body: dict[str, Any]) -> None:
    first = row.sequence == 1
    if first != (row.kind == EntryKind.GENESIS):
        raise Fault(row.sequence, f"Entry {row.sequence} is not of the kind that belongs there.")
    if first and body.get("log_id") != ledger.log_id:
        raise Fault(1, "Entry 1 belongs to another log.")


def _check_witnesses(walk: _Walk, row: Row[Any]) -> None:
    for checkpoint in walk.witnesses.pop(row.sequence, ()):
        if checkpoint.head != row.hash:
            raise Fault(
                row.sequence,
                f"Entry {row.sequence} is not the one that was witnessed on {checkpoint.time[:10]}: "
                "it or an entry before it was rewritten.",
            )


def _check_vault(
    connection: Connection, vault: Vault, walk: _Walk, entries: Sequence[tuple[Row[Any], dict[str, Any]]]
) -> None:
    rows = vault.rows(connection, [body["sealed"]["vault_id"] for _, body in entries if "sealed" in body])
    back = vault.held_among(connection, [vault_id for _, body in entries for vault_id in erased_ids_of(body)])
    for entry, body in entries:
        for vault_id in erased_ids_of(body):
            if vault_id in back:
                walk.entries = entry.sequence - 1
                raise Fault(entry.sequence, f"Entry {entry.sequence} erased details that are in the vault again.")
            walk.missing_rows.pop(vault_id, None)
        if "erased" in body:
            walk.erased.append(Erased(entry.reference, entry.recorded_at[:10]))
        if "sealed" not in body:
            continue
        row = rows.get(body["sealed"]["vault_id"])
        if row is None:
            walk.missing_rows[body["sealed"]["vault_id"]] = entry.sequence
            continue
        try:
            vault.opened(connection, row, entry.reference, body["sealed"])
        except (ChangedOutside, WrongKey):
            walk.entries = entry.sequence - 1
            raise Fault(entry.sequence, f"The encrypted text of entry {entry.sequence} was changed.") from None
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
    if walk.witnesses:
        wanted = max(walk.witnesses)
        raise Fault(after, f"Entry {after} is missing: {wanted} entries were witnessed, and {walk.entries} are there.")
    if walk.missing_rows:
        first = min(walk.missing_rows.values())
        raise Fault(first, f"The encrypted text of entry {first} is missing, and no entry erased it.")
    if vault.count(connection) != walk.live_rows:
        raise Fault(None, "The vault holds a row that no entry speaks of.")


def _check_lists(connection: Connection, ledger: Ledger) -> None:
    if not guards_are_whole(connection):
        raise Fault(None, "The triggers that keep the ledger append-only were changed.")
    difference = first_difference(connection, ledger)
    if difference is not None:
        raise Fault(None, f"{difference} Run `sharewell log rebuild`, and ask who changed it.")
