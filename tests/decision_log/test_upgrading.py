"""The schema: made from nothing, and brought from each release to the newest, on both databases."""

from __future__ import annotations

import base64
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, column, insert, table

from bot.decision_log import (
    DecisionLog,
    IdentityState,
    KeySource,
    LogMissing,
    RecordStatus,
    SchemaError,
    SchemaTooOld,
    WrongKey,
    restore_backup,
    upgrade_log,
    write_backup,
)
from bot.decision_log import projection as lists
from bot.decision_log.guards import guards_are_whole
from bot.decision_log.keyring import Keyring, facts_of
from bot.decision_log.ledger import Ledger
from bot.decision_log.schema import SCHEMA_VERSION, metadata
from bot.decision_log.store import open_store
from bot.decision_log.upgrading import NEWEST, configuration, make_tables, upgrade_tables
from tests.decision_log.decision_log_support import NOW, Place, file_fields, in_file, make_draft, open_log

DUMP = Path(__file__).with_name("released_schema_1.sql")
"""A log of eight entries as the first release wrote it: shared, shared without consent, not shared; details added,
read and erased. Made with that release, under the key below."""

FIRST_KEY = base64.b64encode(b"k" * 32)
REFERENCES = ("SW-ZCF5-SDKA", "SW-KY13-E5NR", "SW-1W3D-N74Y")
WAIT = 20.0


def released(place: Place) -> Place:
    """The log of the first release, in the database of `place`."""
    place.key.write_bytes(FIRST_KEY)
    place.key.chmod(0o600)
    if place.is_sqlite:
        connection = sqlite3.connect(place.folder / "log.db")
        connection.executescript(DUMP.read_text(encoding="utf-8"))
        connection.close()
        return place
    in_a_transaction(place, first_release)
    return place


def first_release(connection: Connection) -> None:
    make_tables(connection, "1")
    connection.exec_driver_sql("DROP TABLE alembic_version")  # the first release was made without Alembic
    copy_rows(connection)


def copy_rows(connection: Connection) -> None:
    source = sqlite3.connect(":memory:")
    source.row_factory = sqlite3.Row
    source.executescript(DUMP.read_text(encoding="utf-8"))
    for name in ("about", "ledger", "vault", "head"):
        rows = [dict(row) for row in source.execute(f"SELECT * FROM {name} ORDER BY 1")]
        connection.execute(insert(table(name, *(column(part) for part in rows[0]))), rows)
    source.close()


def second_release(connection: Connection, place: Place) -> None:
    """The same log as the second release held it, with its lists of records."""
    make_tables(connection, "2")
    copy_rows(connection)
    connection.exec_driver_sql("UPDATE about SET value = '2' WHERE name = 'schema_version'")
    lists.rebuild(connection, Ledger(Keyring(KeySource(place.key), facts_of(connection).log_id)))


def in_a_transaction(place: Place, work: Callable[[Connection], Any]) -> Any:
    store = open_store(place.url, WAIT)
    try:
        with store.writing() as connection:
            return work(connection)
    finally:
        store.close()


def differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_the_newest_revision_is_the_schema_of_the_program(place: Place) -> None:
    in_a_transaction(place, make_tables)
    script = in_a_transaction(place, lambda connection: ScriptDirectory.from_config(configuration(connection)))
    assert script.get_current_head() == NEWEST == str(SCHEMA_VERSION)


def test_tables_made_from_nothing_are_those_of_the_program(place: Place) -> None:
    in_a_transaction(place, make_tables)
    left = [change for change in in_a_transaction(place, differences) if "alembic_version" not in str(change)]
    assert left == []
    assert in_a_transaction(place, guards_are_whole)


def test_a_filled_log_of_the_first_release_is_refused_until_it_is_upgraded(place: Place) -> None:
    released(place)
    with pytest.raises(SchemaTooOld, match="schema 1") as caught:
        open_log(place)
    assert "sharewell log upgrade" in caught.value.remedy
    done = upgrade_log(place.url, KeySource(place.key), WAIT)
    assert (done.before, done.after, done.entries) == (1, SCHEMA_VERSION, 8)
    again = upgrade_log(place.url, KeySource(place.key), WAIT)
    assert (again.before, again.after, again.entries) == (SCHEMA_VERSION, SCHEMA_VERSION, 8)


@pytest.mark.parametrize("revision", ["1", "2"])
def test_an_empty_log_of_each_release_is_brought_up_to_date(place: Place, revision: str) -> None:
    in_a_transaction(place, lambda connection: make_tables(connection, revision))
    in_a_transaction(place, upgrade_tables)
    left = [change for change in in_a_transaction(place, differences) if "alembic_version" not in str(change)]
    assert left == []
    assert in_a_transaction(place, guards_are_whole)


def test_a_filled_log_of_the_second_release_is_brought_up_to_date(place: Place) -> None:
    place.key.write_bytes(FIRST_KEY)
    place.key.chmod(0o600)
    in_a_transaction(place, lambda connection: second_release(connection, place))
    with pytest.raises(SchemaTooOld, match="schema 2"):
        open_log(place)
    done = upgrade_log(place.url, KeySource(place.key), WAIT)
    assert (done.before, done.after, done.entries) == (2, SCHEMA_VERSION, 8)
    log = open_log(place)
    assert [one.reference for one in log.inbox(NOW + timedelta(days=2)).overdue] == [REFERENCES[1]]
    assert [one.reference for one in log.reviews_due(date(2027, 1, 1))] == [REFERENCES[2]]
    log.confirm(make_draft(), NOW + timedelta(days=9))
    assert log.verify().ok
    log.close()
    left = [change for change in in_a_transaction(place, differences) if "alembic_version" not in str(change)]
    assert left == []


def test_after_the_upgrade_everything_is_there_and_work_goes_on(place: Place) -> None:
    upgrade_log(released(place).url, KeySource(place.key), WAIT)
    log = open_log(place)
    assert log.verify().ok
    first, waiting, review = (log.show(reference) for reference in REFERENCES)
    assert first.fields["reasons"].text == "Weighed in case 0."
    assert first.identity is IdentityState.HELD and waiting.identity is IdentityState.ERASED
    assert waiting.status is RecordStatus.WAITING_FOR_APPROVAL
    assert waiting.due_at == datetime(2026, 11, 21, 13, 30, tzinfo=UTC)  # four hours: "same day"
    assert review.review_on == "2026-12-24"
    details = log.read_identity(REFERENCES[0], "reader", "a look", NOW + timedelta(days=9))
    assert dict(details) == {"case-reference": "Zanzibar/4711"}
    assert [one.reference for one in log.overdue(NOW + timedelta(days=2))] == [REFERENCES[1]]
    log.confirm(make_draft(), NOW + timedelta(days=9))
    found = log.verify()
    assert found.ok and found.entries == 10 and [one.reference for one in found.erased] == [REFERENCES[1]]
    log.close()


def test_a_backup_of_the_first_release_is_restored_as_one_of_today(place: Place, tmp_path: Path) -> None:
    made = write_backup(released(place).url, tmp_path / "backup", NOW, WAIT)
    assert made.entries == 8
    other = tmp_path / "other"
    other.mkdir()
    assert restore_backup(in_file(other).url, tmp_path / "backup", KeySource(place.key), WAIT).entries == 8
    log = DecisionLog.open(in_file(other).url, place.key, file_fields())
    assert log.show(REFERENCES[0]).fields["reasons"].text == "Weighed in case 0."
    log.close()


def test_an_interrupted_upgrade_leaves_the_log_as_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    released(place)

    def stopped(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(lists, "rebuild", stopped)
        with pytest.raises(KeyboardInterrupt):
            upgrade_log(place.url, KeySource(place.key), WAIT)
    with pytest.raises(SchemaTooOld):
        open_log(place)
    assert upgrade_log(place.url, KeySource(place.key), WAIT).entries == 8


def test_a_log_that_was_tampered_with_is_not_upgraded(tmp_path: Path) -> None:
    place = released(in_file(tmp_path))
    connection = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
    connection.execute("DROP TRIGGER ledger_refuses_update")
    connection.execute("UPDATE ledger SET recorded_at = '2026-11-20T09:31:00.000000Z' WHERE sequence = 2")
    connection.close()
    with pytest.raises(SchemaError, match="Entry 2"):
        upgrade_log(place.url, KeySource(place.key), WAIT)
    with pytest.raises(SchemaTooOld):
        open_log(place)


def test_the_upgrade_needs_the_right_key_and_a_log(place: Place) -> None:
    if not place.is_sqlite:
        with pytest.raises(LogMissing):
            upgrade_log(place.url, KeySource(place.key), WAIT)
    released(place).key.write_bytes(base64.b64encode(b"x" * 32))
    with pytest.raises(WrongKey):
        upgrade_log(place.url, KeySource(place.key), WAIT)
    with pytest.raises(SchemaTooOld):
        open_log(place)


def test_no_log_is_made_by_upgrading(tmp_path: Path) -> None:
    with pytest.raises(LogMissing):
        upgrade_log(in_file(tmp_path).url, KeySource(tmp_path / "log.key"), WAIT)
    assert list(tmp_path.iterdir()) == []


def test_the_dump_is_of_the_first_release() -> None:
    text = DUMP.read_text(encoding="utf-8")
    assert re.search(r"INSERT INTO \"about\" VALUES\('schema_version','1'\)", text)
    assert "alembic_version" not in text
