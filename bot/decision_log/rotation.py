"""A new master key: every row's key is wrapped anew, in short steps, so that work goes on and a kill loses nothing.

The order is what makes it safe. The new key is on the disk before the database speaks of it; the database speaks of
it before the first row is wrapped under it; the old key is let go only when no row needs it. Whatever the moment of a
kill, the keys that are needed are there, and `rotate` goes on from what it finds.

A new sealing key begins with the entry that tells of the rotation: whoever had the old keys cannot seal what follows.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, delete, insert, select, update

from bot.decision_log.canonical import JsonValue, utc_text
from bot.decision_log.errors import ChangedOutside, KeyFileError
from bot.decision_log.keyring import Facts, Keyring, facts_of
from bot.decision_log.keys import KEY_BYTES, MasterKey, SealingKey, make_key, read_key
from bot.decision_log.ledger import EntryKind, Ledger, NewEntry
from bot.decision_log.opening import set_fact, settle_files
from bot.decision_log.references import new_request_id
from bot.decision_log.schema import about, sealing, vault
from bot.decision_log.store import Store
from bot.decision_log.vault import Vault

ROWS_AT_ONCE = 500
"""Rows wrapped anew in one transaction: short enough that nobody who records notices."""


@dataclass(frozen=True)
class Rotation:
    """What a rotation did. `earlier_key` is where the earlier key is kept; None where it came from the environment.

    `new_key` is where the new one stands: with a key from the environment, that file's content belongs there now.
    """

    rows: int
    generation: int
    new_key: Path
    earlier_key: Path | None


def rotate(store: Store, keys: Keyring, ledger: Ledger, rows: Vault, by: str, now: datetime) -> Rotation:
    """Rotate the master key, or go on with a rotation.

    Raises KeyFileError, WrongKey, ChangedOutside or LogUnavailable; what was done until then stands, so run it again.
    """
    source = keys.source
    with store.writing() as connection:
        settle_files(source, facts_of(connection))
        new = _begun(connection, keys)
        keys.refresh(connection)
    wrapped = 0
    while True:
        with store.writing() as connection:
            done = _wrap_some(connection, keys, rows, new)
            wrapped += done
            if done < ROWS_AT_ONCE:
                _finish(connection, keys, ledger, new, by, now)
                facts = facts_of(connection)
                break
    settle_files(source, facts)
    if source.secret is not None:
        return Rotation(wrapped, facts.generation, source.next_file, None)
    return Rotation(wrapped, facts.generation, source.file, source.earlier_file(facts.generation - 1))


def _begun(connection: Connection, keys: Keyring) -> MasterKey:
    """The new key, of which the database knows from now on."""
    path = keys.source.next_file
    facts = facts_of(connection)
    if not facts.next_key_check:
        _require_unused(path, keys, facts)
        new = make_key(path)  # a file that an earlier try left is used: no row depends on it yet
        set_fact(connection, "next_key_check", new.check_value(facts.log_id))
        return new
    if not path.exists():
        raise _lost(path)
    new = read_key(path)
    if new.check_value(facts.log_id) != facts.next_key_check:
        raise _lost(path)
    return new


def _require_unused(path: Path, keys: Keyring, facts: Facts) -> None:
    """With a key from the environment, the file of the last rotation's new key is still there: it is the key in use."""
    if not path.exists() or read_key(path).check_value(facts.log_id) != facts.key_check:
        return
    if next(keys.source.at_hand()).check_value(facts.log_id) != facts.key_check:
        raise KeyFileError(
            f"The key in use stands in {path} only.", "Put it into SHAREWELL_KEY first, and keep a copy of it."
        )
    path.unlink()


def _wrap_some(connection: Connection, keys: Keyring, rows: Vault, new: MasterKey) -> int:
    """Wrap the keys of some rows under the new master key. Returns how many there were."""
    old = keys.generation
    query = select(vault.c.vault_id, vault.c.reference, vault.c.wrapped_key).where(vault.c.generation == old)
    found = connection.execute(query.limit(ROWS_AT_ONCE)).all()
    for row in found:
        context = rows.context(row.vault_id, row.reference)
        try:
            key = keys.master.unwrap(row.wrapped_key, context)
        except (InvalidTag, TypeError, ValueError):
            raise ChangedOutside() from None
        connection.execute(
            update(vault).where(vault.c.vault_id == row.vault_id)
            .values(wrapped_key=new.wrap(key, context), generation=old + 1)
        )  # fmt: skip
    return len(found)


def _finish(
    connection: Connection, keys: Keyring, ledger: Ledger, new: MasterKey, by: str, now: datetime
) -> None:
    """Let the new key take over, in the transaction that found no row left under the old one."""
    last = ledger.last(connection)
    facts = facts_of(connection)
    seals = [*keys.seals, (last.sequence + 1, SealingKey(secrets.token_bytes(KEY_BYTES)))]
    connection.execute(delete(sealing))
    for first, seal in seals:
        wrapped = seal.wrapped(new, keys.sealing_context(first))
        connection.execute(
            insert(sealing).values(from_sequence=first, generation=facts.generation + 1, wrapped_key=wrapped)
        )
    _let_new_key_count(connection, facts)
    keys.refresh(connection)
    body: dict[str, JsonValue] = {"by": by, "generation": facts.generation + 1}
    moment = max(utc_text(now), last.recorded_at)  # a rotation does not wait for a clock
    ledger.append_after(connection, last, NewEntry(EntryKind.KEY_ROTATION, "", new_request_id(), moment, body))


def _let_new_key_count(connection: Connection, facts: Facts) -> None:
    set_fact(connection, "generation", str(facts.generation + 1))
    set_fact(connection, "key_check", facts.next_key_check)
    connection.execute(delete(about).where(about.c.name == "next_key_check"))


def _lost(path: Path) -> KeyFileError:
    return KeyFileError(
        f"The new key {path} of an interrupted rotation is missing or another.",
        "Restore that file from its backup: some rows are under the new key already.",
    )
