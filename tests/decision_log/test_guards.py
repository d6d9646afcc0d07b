"""PostgreSQL itself refuses to change the ledger, by triggers and by the rights of the role that programs use."""

from __future__ import annotations

import secrets

import psycopg
import pytest

from bot.benchmark.postgresql_server import Server
from bot.decision_log import DecisionLog, LogReadOnly, new_request_id
from bot.decision_log.guards import WRITER_ROLE
from tests.decision_log.decision_log_support import NOW, Place, file_fields, make_draft, open_log

STATEMENTS = [
    "UPDATE ledger SET body = '{}' WHERE sequence = 2",
    "DELETE FROM ledger WHERE sequence = 2",
    "DELETE FROM ledger",
    "TRUNCATE ledger",
    "INSERT INTO ledger VALUES (9, 'export', '', 'x', '', '', '', '', '')",
    "INSERT INTO ledger VALUES (1, 'export', '', 'x', '', '', '', '', '')",
    "INSERT INTO ledger SELECT * FROM ledger WHERE sequence = 2 ON CONFLICT (sequence) DO UPDATE SET body = ''",
]


@pytest.fixture
def filled(in_postgresql: Place) -> Place:
    log = open_log(in_postgresql)
    log.confirm(make_draft(), NOW)
    log.close()
    return in_postgresql


def connected(place: Place) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(place.url, autocommit=True)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_itself_refuses_to_change_the_ledger_in_postgresql(filled: Place, statement: str) -> None:
    with connected(filled) as connection, pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        connection.execute(statement.encode())
    log = open_log(filled)
    assert log.verify().ok
    log.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER ledger_only_grows ON ledger",
        "ALTER TABLE ledger DISABLE TRIGGER ledger_refuses_change",
        "CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$",
        "CREATE TRIGGER another BEFORE INSERT ON ledger FOR EACH ROW EXECUTE FUNCTION ledger_grows()",
    ],
)
def test_changed_guards_are_found_in_postgresql(filled: Place, statement: str) -> None:
    with connected(filled) as connection:
        connection.execute(statement.encode())
    log = open_log(filled)
    found = log.verify()
    assert not found.ok and found.first_bad is None and "triggers" in found.reason
    log.close()


@pytest.fixture
def as_writer(server: Server, filled: Place) -> Place:
    """The same log for an account that is in the role for programs, and owns nothing."""
    name = f"w_{secrets.token_hex(6)}"
    with server.connect() as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN IN ROLE {WRITER_ROLE}".encode())
    return Place(filled.url.replace("postgres@", f"{name}@", 1), filled.folder)


def test_the_role_for_programs_can_do_all_that_a_program_does(as_writer: Place) -> None:
    log = open_log(as_writer)
    reference = log.confirm(make_draft(), NOW).reference
    log.add_identity(reference, new_request_id(), {"who-decided": "the manager"}, NOW)
    assert log.read_identity(reference, "reader", "reason", NOW)
    log.correct(reference, make_draft(text="Other words.").fields, "it was wrong", "account-1", NOW)
    log.hold(reference, "account-2", "a court", NOW)
    log.release(reference, "account-2", "it is over", NOW)
    log.erase_record(reference, "account-2", NOW)
    assert log.rebuild() == 2
    assert log.verify([log.checkpoint(NOW)]).ok
    log.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET body = '{}' WHERE sequence = 2", "DELETE FROM ledger", "TRUNCATE ledger",
        "ALTER TABLE ledger DISABLE TRIGGER ALL", "DROP TABLE ledger", "UPDATE about SET value = 'x'",
        "UPDATE vault SET nonce = ''", "DELETE FROM sealing",
    ],
)  # fmt: skip
def test_the_role_for_programs_has_no_right_to_change_the_ledger(as_writer: Place, statement: str) -> None:
    with connected(as_writer) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_what_the_role_may_not_do_is_a_clear_error(as_writer: Place) -> None:
    log = DecisionLog.open(as_writer.url, as_writer.key, file_fields())
    with pytest.raises(LogReadOnly, match="Nothing was recorded"):
        log.rotate_key("account-1", NOW)
    assert log.verify().ok
    log.close()
