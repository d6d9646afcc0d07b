"""Someone who can write the database but has no key: verification names the first bad entry, whatever they do."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.decision_log import ChangedOutside, Search, Verification, new_request_id
from tests.decision_log.decision_log_support import NOW, attacker, hash_as_anybody_would, make_draft, open_log

ENTRIES = 14  # in the log that each example starts from
ERASED_ENTRY, ERASURE_ENTRY = 5, 13
COLUMNS = ("kind", "reference", "request_id", "recorded_at", "body", "previous_hash", "hash", "seal")
sequences = st.integers(1, ENTRIES)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 14 entries: decisions with and without words, details added, read and erased."""
    folder = tmp_path_factory.mktemp("original")
    log = open_log(folder)
    references = [log.confirm(make_draft(text=f"Reason {n}"), NOW).reference for n in range(3)]
    for reference in references:
        log.add_identity(reference, new_request_id(), {"who-decided": f"Manager of {reference}"}, NOW)
    for _ in range(4):
        log.confirm(make_draft(fields={}), NOW)
    log.read_identity(references[1], "reader", "reason", NOW)
    log.erase_identity(references[0], "reason", NOW)
    log.confirm(make_draft(), NOW)
    verification = log.verify()
    assert verification.ok and verification.entries == ENTRIES
    assert [(erased.reference, erased.on) for erased in verification.erased] == [(references[0], "2026-11-20")]
    log.close()
    return folder


@contextmanager
def tampering(original: Path, tmp_path: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A fresh copy of the log, opened by the attacker."""
    folder = tmp_path / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(original, folder)
    connection = attacker(folder)
    try:
        yield folder, connection
    finally:
        connection.close()


def verified(folder: Path) -> Verification:
    log = open_log(folder)
    try:
        return log.verify()
    finally:
        log.close()


def require_bad(folder: Path, first_bad: int | None) -> None:
    verification = verified(folder)
    assert not verification.ok
    assert verification.first_bad == first_bad, verification
    assert verification.reason


def rows(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    cursor = connection.execute("SELECT * FROM ledger ORDER BY sequence")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def write_chain(connection: sqlite3.Connection, entries: list[dict[str, Any]]) -> None:
    """Put `entries` in place of the ledger with all hashes recomputed, and a head that fits: all but the seals."""
    connection.execute("DELETE FROM ledger")
    previous = "0" * 64
    for sequence, entry in enumerate(entries, start=1):
        entry.update(sequence=sequence, previous_hash=previous)
        previous = entry["hash"] = hash_as_anybody_would({**entry, "body": json.loads(entry["body"])})
        names = ", ".join(entry)
        marks = ", ".join("?" * len(entry))
        connection.execute(f"INSERT INTO ledger ({names}) VALUES ({marks})", tuple(entry.values()))
    connection.execute("UPDATE head SET entries = ?, hash = ?", (len(entries), previous))


def test_anybody_can_recompute_the_hashes(original: Path, tmp_path: Path) -> None:
    with tampering(original, tmp_path) as (_, connection):
        for row in rows(connection):
            assert hash_as_anybody_would({**row, "body": json.loads(row["body"])}) == row["hash"]


@quick
@given(sequences, st.sampled_from(COLUMNS), st.one_of(st.text(max_size=70), st.binary(max_size=10), st.integers(0, 9)))
def test_an_edit_is_found(original: Path, tmp_path: Path, sequence: int, column: str, value: object) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        before = rows(connection)
        try:
            connection.execute(f"UPDATE ledger SET {column} = ? WHERE sequence = ?", (value, sequence))
        except (UnicodeEncodeError, sqlite3.IntegrityError):
            return  # the database cannot even hold it
        if rows(connection) == before:
            return
        require_bad(folder, sequence)


@quick
@given(sequences, st.data())
def test_an_edit_inside_a_body_is_found(original: Path, tmp_path: Path, sequence: int, data: st.DataObject) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        body = rows(connection)[sequence - 1]["body"]
        place = data.draw(st.integers(0, len(body) - 1))
        other = body[:place] + data.draw(st.sampled_from(" 0aA\u0301")) + body[place + data.draw(st.integers(0, 1)) :]
        if other == body:
            return
        connection.execute("UPDATE ledger SET body = ? WHERE sequence = ?", (other, sequence))
        require_bad(folder, sequence)


def test_text_that_is_no_text_is_found(original: Path, tmp_path: Path) -> None:
    for column in ("kind", "body", "hash"):
        with tampering(original, tmp_path) as (folder, connection):
            connection.execute(f"UPDATE ledger SET {column} = CAST(x'ff22' AS TEXT) WHERE sequence = 6")
            require_bad(folder, 6)


@quick
@given(sequences, st.sampled_from(["decision", "erasure", "identity", "export"]))
def test_an_edit_with_every_later_hash_recomputed_is_found(
    original: Path, tmp_path: Path, sequence: int, kind: str
) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        entries = rows(connection)
        if entries[sequence - 1]["kind"] == kind:
            return
        entries[sequence - 1]["kind"] = kind
        write_chain(connection, entries)
        require_bad(folder, sequence)


@quick
@given(st.integers(1, ENTRIES - 1))
def test_a_deletion_is_found(original: Path, tmp_path: Path, sequence: int) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        connection.execute("DELETE FROM ledger WHERE sequence = ?", (sequence,))
        require_bad(folder, sequence)


@quick
@given(st.integers(1, ENTRIES - 1))
def test_a_deletion_with_the_gap_closed_is_found(original: Path, tmp_path: Path, sequence: int) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        entries = rows(connection)
        del entries[sequence - 1]
        write_chain(connection, entries)
        require_bad(folder, sequence)


@quick
@given(st.integers(2, ENTRIES + 1), st.integers(2, ENTRIES))
def test_an_inserted_entry_is_found(original: Path, tmp_path: Path, place: int, copied: int) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        entries = rows(connection)
        entries.insert(place - 1, {**entries[copied - 1], "request_id": new_request_id()})
        write_chain(connection, entries)
        require_bad(folder, place)


@pytest.mark.parametrize("sequence", [-3, 0, ENTRIES + 1, ENTRIES + 5])
def test_an_entry_added_at_an_end_is_found(original: Path, tmp_path: Path, sequence: int) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        connection.execute(
            "INSERT INTO ledger SELECT ?, kind, reference, ?, recorded_at, body, hash, hash, seal FROM ledger "
            "WHERE sequence = ?",
            (sequence, new_request_id(), ENTRIES),
        )
        require_bad(folder, min(sequence, ENTRIES + 1))


@quick
@given(sequences, sequences)
def test_two_entries_swapped_are_found(original: Path, tmp_path: Path, one: int, other: int) -> None:
    if one == other:
        return
    with tampering(original, tmp_path) as (folder, connection):
        for from_sequence, to_sequence in ((one, -1), (other, one), (-1, other)):
            connection.execute("UPDATE ledger SET sequence = ? WHERE sequence = ?", (to_sequence, from_sequence))
        require_bad(folder, min(one, other))


@quick
@given(st.integers(0, ENTRIES - 1), st.sampled_from(["left", "fitted", "deleted"]))
def test_a_cut_tail_is_found_and_nothing_is_added_to_it(original: Path, tmp_path: Path, kept: int, head: str) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        connection.execute("DELETE FROM ledger WHERE sequence > ?", (kept,))
        if head == "fitted":
            last = rows(connection)[-1]["hash"] if kept else "0" * 64
            connection.execute("UPDATE head SET entries = ?, hash = ?", (kept, last))
        if head == "deleted":
            connection.execute("DELETE FROM head")
        require_bad(folder, kept + 1)
        log = open_log(folder)
        with pytest.raises(ChangedOutside, match="Nothing was recorded"):
            log.confirm(make_draft(), NOW)
        log.close()
        assert len(rows(connection)) == kept


def test_a_head_put_back_from_an_earlier_copy_is_found(original: Path, tmp_path: Path) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        log = open_log(folder)
        earlier = connection.execute("SELECT entries, hash, seal FROM head").fetchone()
        attacker(folder).close()
        log.confirm(make_draft(), NOW)
        connection.execute("UPDATE head SET entries = ?, hash = ?, seal = ?", earlier)
        with pytest.raises(ChangedOutside):
            log.confirm(make_draft(), NOW)
        log.close()
        require_bad(folder, ENTRIES + 1)


@quick
@given(st.sampled_from(["wrapped_key", "nonce", "ciphertext", "reference"]), st.integers(0, 11), st.integers(0, 8))
def test_an_edited_vault_row_is_found(original: Path, tmp_path: Path, column: str, place: int, which: int) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        found = connection.execute(f"SELECT vault_id, {column} FROM vault ORDER BY vault_id").fetchall()
        vault_id, value = found[which % len(found)]
        changed = bytearray(value.encode() if isinstance(value, str) else value)
        changed[place] ^= 1
        stored = changed.decode() if isinstance(value, str) else bytes(changed)
        connection.execute(f"UPDATE vault SET {column} = ? WHERE vault_id = ?", (stored, vault_id))
        require_bad(folder, entry_of_row(connection, vault_id))


def entry_of_row(connection: sqlite3.Connection, vault_id: str) -> int:
    sealed = (json.loads(row["body"]).get("sealed", {}).get("vault_id") for row in rows(connection))
    return list(sealed).index(vault_id) + 1


@pytest.mark.parametrize("which", range(8))
def test_a_missing_vault_row_is_found(original: Path, tmp_path: Path, which: int) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        vault_ids = [row[0] for row in connection.execute("SELECT vault_id FROM vault ORDER BY vault_id")]
        assert len(vault_ids) == 8  # four decisions with words, two details, one reading, one erasure
        connection.execute("DELETE FROM vault WHERE vault_id = ?", (vault_ids[which],))
        require_bad(folder, entry_of_row(connection, vault_ids[which]))


def test_two_vault_rows_swapped_are_found(original: Path, tmp_path: Path) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        one, other = (row[0] for row in connection.execute("SELECT vault_id FROM vault LIMIT 2"))
        for before, after in ((one, "x"), (other, one), ("x", other)):
            connection.execute("UPDATE vault SET vault_id = ? WHERE vault_id = ?", (after, before))
        require_bad(folder, min(entry_of_row(connection, one), entry_of_row(connection, other)))


def test_an_erased_row_put_back_is_found(original: Path, tmp_path: Path) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        erased = json.loads(rows(connection)[ERASED_ENTRY - 1]["body"])["sealed"]["vault_id"]
        connection.execute(
            "INSERT INTO vault SELECT ?, reference, wrapped_key, nonce, ciphertext, 1 FROM vault LIMIT 1", (erased,)
        )
        require_bad(folder, ERASED_ENTRY)


def test_an_erased_row_put_back_from_a_copy_is_found(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    reference = log.confirm(make_draft(), NOW).reference
    log.add_identity(reference, new_request_id(), {"who-decided": "someone"}, NOW)
    copy = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
    kept = copy.execute("SELECT * FROM vault").fetchall()
    log.erase_identity(reference, "the time is over", NOW)
    for row in kept:
        copy.execute("INSERT OR IGNORE INTO vault VALUES (?, ?, ?, ?, ?, ?)", row)
    copy.close()
    log.close()
    require_bad(tmp_path, 4)


def test_a_vault_row_of_nobody_is_found(original: Path, tmp_path: Path) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        connection.execute("INSERT INTO vault VALUES ('stray', 'SW', x'00', x'00', x'00', 1)")
        require_bad(folder, None)


@pytest.mark.parametrize("body", ["[1", "", "[]", "[" * 100_000, b"\xff", 1])
def test_lists_are_not_made_of_a_body_that_cannot_be_read(original: Path, tmp_path: Path, body: object) -> None:
    with tampering(original, tmp_path) as (folder, connection):
        connection.execute("UPDATE ledger SET body = ? WHERE sequence = 2", (body,))
        connection.commit()
        log = open_log(folder)
        try:
            with pytest.raises(ChangedOutside):
                log.rebuild()
            assert len(log.search(Search()).records) > 0, "the earlier lists are gone"
        finally:
            log.close()


def test_dropped_guards_are_found(original: Path, tmp_path: Path) -> None:
    with tampering(original, tmp_path) as (folder, _):
        require_bad(folder, None)


def test_another_log_in_its_place_is_found(original: Path, tmp_path: Path) -> None:
    """A second log made with the same key cannot lend its entries."""
    shutil.copytree(original, tmp_path / "copy")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy2(original / "log.key", other / "log.key")
    open_log(other).close()
    connection = sqlite3.connect(tmp_path / "copy" / "log.db", isolation_level=None)
    connection.execute("ATTACH ? AS other", (str(other / "log.db"),))
    attacker(tmp_path / "copy").close()
    for table in ("ledger", "head"):
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM other.{table}")
    connection.close()
    require_bad(tmp_path / "copy", 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET body = '{}' WHERE sequence = 2",
        "UPDATE OR REPLACE ledger SET sequence = 1 WHERE sequence = 2",
        "DELETE FROM ledger WHERE sequence = 14",
        "DELETE FROM ledger",
        "INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE sequence = 2",
        "INSERT OR REPLACE INTO ledger SELECT 15, 'export', '', request_id, '', '', '', '', '' FROM ledger",
        "INSERT OR REPLACE INTO ledger SELECT 15, kind, reference, 'x', '', '', '', '', '' FROM ledger "
        "WHERE kind = 'decision'",
        "INSERT INTO ledger VALUES (16, 'export', '', 'x', '', '', '', '', '')",
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(original: Path, tmp_path: Path, statement: str) -> None:
    shutil.copytree(original, tmp_path / "copy")
    connection = sqlite3.connect(tmp_path / "copy" / "log.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()
    assert verified(tmp_path / "copy").ok
