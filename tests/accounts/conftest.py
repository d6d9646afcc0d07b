"""Accounts of their own for each test, in an SQLite file and in a PostgreSQL schema: the same tests run on both."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.accounts import Accounts
from bot.accounts.schema import about, metadata
from bot.benchmark.postgresql_server import Server, postgresql_server
from tests.support.people import Clock, Counting, opened


@pytest.fixture(scope="session")
def accounts_server() -> Iterator[Server]:
    """A PostgreSQL server. Where none is installed, the tests that need it fail and say what to install."""
    with postgresql_server(["fsync=off"]) as running:
        yield running


@pytest.fixture
def postgresql_url(accounts_server: Server) -> Iterator[str]:
    """The address of an empty schema."""
    schema = f"a_{secrets.token_hex(8)}"
    with accounts_server.connect() as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    yield accounts_server.address(schema)
    with accounts_server.connect() as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where nothing is yet, on each database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'accounts.db'}"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose tables were made once: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("accounts") / "made.db"
    Accounts(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def made_schema(accounts_server: Server) -> str:
    """The address of a schema whose tables were made once."""
    with accounts_server.connect() as connection:
        connection.execute("CREATE SCHEMA accounts_made")
    found = accounts_server.address("accounts_made")
    Accounts(found).close()
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Tables with nobody in them, on each database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("made_file"), tmp_path / "accounts.db")
        yield f"sqlite:///{tmp_path / 'accounts.db'}"
        return
    yield request.getfixturevalue("made_schema")
    server: Server = request.getfixturevalue("accounts_server")
    with server.connect() as connection:
        tables = ", ".join(f"accounts_made.{table.name}" for table in metadata.sorted_tables if table is not about)
        connection.execute(f"TRUNCATE {tables} RESTART IDENTITY".encode())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def accounts(url: str, clock: Clock, counting: Counting) -> Iterator[Accounts]:
    found = opened(url, clock, counting)
    yield found
    found.close()
