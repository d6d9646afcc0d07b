"""The database of the accounts: made, opened again, refused, and what it says when it fails."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, insert, text, update

from bot.accounts import Accounts, AccountsLocked, AccountsSchemaError, AccountsUnavailable
from bot.accounts.database import MIGRATIONS, Database
from bot.accounts.schema import SCHEMA_VERSION, about, metadata
from bot.databases import upgrade_tables
from bot.decision_log import DecisionLog
from tests.support.people import Clock, joined, opened


def test_the_migrations_make_the_tables_that_the_program_knows(empty_url: str) -> None:
    Accounts(empty_url).close()
    database = Database(empty_url)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "accounts_version"})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_migrating_what_is_new_already_changes_nothing(url: str, clock: Clock) -> None:
    accounts = opened(url, clock)
    one = joined(accounts, "Ash Grove")
    with accounts._database.writing() as connection:
        upgrade_tables(connection, MIGRATIONS, SCHEMA_VERSION)
    assert accounts.people.find(one).name == "Ash Grove"
    accounts.close()


def test_accounts_are_there_after_opening_again(empty_url: str, clock: Clock) -> None:
    first = opened(empty_url, clock)
    one = joined(first, "Ash Grove")
    first.close()
    second = opened(empty_url, clock)
    assert second.people.find(one).name == "Ash Grove"
    assert first._database.salt == second._database.salt and len(second._database.salt) == 32
    second.close()


def test_two_programs_may_make_the_tables_at_once(empty_url: str, clock: Clock) -> None:
    salts: list[bytes] = []

    def start() -> None:
        accounts = opened(empty_url, clock)
        salts.append(accounts._database.salt)
        accounts.close()

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(salts) == 3 and len(set(salts)) == 1


def test_the_file_is_closed_to_other_accounts(tmp_path: Path) -> None:
    Accounts(f"sqlite:///{tmp_path / 'accounts.db'}").close()
    assert stat.S_IMODE((tmp_path / "accounts.db").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["accounts.db"]


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    DecisionLog.open(url, tmp_path / "master.key").close()
    before = (tmp_path / "log.db").read_bytes()
    with pytest.raises(AccountsSchemaError, match="something other"):
        Accounts(url)
    assert (tmp_path / "log.db").read_bytes() == before


def test_a_newer_schema_is_refused(url: str, clock: Clock) -> None:
    accounts = opened(url, clock)
    with accounts._database.writing() as connection:
        connection.execute(text("UPDATE accounts_about SET value = '99' WHERE name = 'schema_version'"))
    accounts.close()
    try:
        with pytest.raises(AccountsSchemaError, match="schema 99"):
            Accounts(url)
    finally:
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as connection:
            newest = update(about).where(about.c.name == "schema_version").values(value=str(SCHEMA_VERSION))
            connection.execute(newest)
        engine.dispose()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://a/b", "sqlite://", "sqlite:///:memory:", "postgresql://"])
def test_an_address_that_names_no_database_is_refused(url: str) -> None:
    with pytest.raises(AccountsUnavailable, match="names neither"):
        Accounts(url)


def test_a_damaged_file_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "accounts.db").write_bytes(os.urandom(8192))
    with pytest.raises(AccountsSchemaError, match="damaged"):
        Accounts(f"sqlite:///{tmp_path / 'accounts.db'}")


def test_a_database_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(AccountsUnavailable, match="failed"):
        Accounts(f"sqlite:///{tmp_path / 'nowhere' / 'accounts.db'}")
    with pytest.raises(AccountsUnavailable, match="failed"):
        Accounts("postgresql://nobody@127.0.0.1:1/accounts")


def test_a_database_that_may_only_be_read_changes_nothing(made_file: Path, tmp_path: Path) -> None:
    (tmp_path / "accounts.db").write_bytes(made_file.read_bytes())
    accounts = Accounts(f"sqlite:///file:{tmp_path / 'accounts.db'}?mode=ro&uri=true")
    with pytest.raises(AccountsUnavailable, match="Nothing was changed"):
        accounts.invitations.invite(["adviser"])
    assert accounts.people.all() == ()
    accounts.close()


def test_a_busy_database_is_said_to_be(made_file: Path, tmp_path: Path) -> None:
    (tmp_path / "accounts.db").write_bytes(made_file.read_bytes())
    url = f"sqlite:///{tmp_path / 'accounts.db'}"
    holder, waiting = Database(url), Database(url, lock_wait=0.1)
    with holder.writing(), pytest.raises(AccountsLocked), waiting.writing():
        raise AssertionError("two writers at once")
    holder.close()
    waiting.close()


def test_no_error_holds_a_password_of_the_address() -> None:
    with pytest.raises(AccountsUnavailable) as refused:
        Accounts("postgresql://sharewell:zebra@127.0.0.1:1/accounts")
    assert "zebra" not in str(refused.value)


def test_the_tables_of_the_release_before_are_added_to_and_nobody_is_lost(empty_url: str, clock: Clock) -> None:
    url = empty_url.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url)
    with engine.begin() as connection:
        upgrade_tables(connection, MIGRATIONS, 1)
        salt = "07" * 32
        facts = [{"name": "schema_version", "value": "1"}, {"name": "salt", "value": salt}]
        connection.execute(insert(about), facts)
        connection.execute(text(
            "INSERT INTO account (id, name, state, team, area, subjects, created_at) "
            "VALUES ('one', 'Ash Grove', 'active', '', '', '[]', 1)"
        ))  # fmt: skip
    engine.dispose()
    accounts = opened(empty_url, clock)
    assert accounts.people.find("one").name == "Ash Grove" and accounts._database.salt == bytes.fromhex(salt)
    assert accounts.identity_links.granted(
        accounts.identity_links.open(accounts.identity_links.make("SW-7KQ4-M2XD"))
    ).reference
    accounts.close()
    again = opened(empty_url, clock)
    assert again.people.find("one").name == "Ash Grove"
    again.close()


def test_teams_that_differ_in_capitals_alone_become_one_when_the_tables_are_brought_up(
    empty_url: str, clock: Clock
) -> None:
    written = {"one": "north", "two": "North", "three": "NORTH  ", "four": "North", "five": "South", "six": ""}
    engine = create_engine(empty_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        upgrade_tables(connection, MIGRATIONS, 2)
        facts = [{"name": "schema_version", "value": "2"}, {"name": "salt", "value": "07" * 32}]
        connection.execute(insert(about), facts)
        for account_id, team in written.items():
            connection.execute(text(
                "INSERT INTO account (id, name, state, team, area, subjects, created_at) "
                "VALUES (:id, '', 'active', :team, '', '[]', 1)"
            ), {"id": account_id, "team": team})  # fmt: skip
    engine.dispose()
    accounts = opened(empty_url, clock)
    teams = {one: accounts.people.find(one).team for one in written}
    assert teams == {**dict.fromkeys(("one", "two", "three", "four"), "North"), "five": "South", "six": ""}
    assert accounts.people.colleagues(accounts.people.find("one")) == {"one", "two", "three", "four"}
    accounts.close()
