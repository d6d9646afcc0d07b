"""An installation that holds something of everything, in SQLite files and in PostgreSQL schemas."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.benchmark.postgresql_server import Server, postgresql_server


@pytest.fixture(scope="session")
def backup_server() -> Iterator[Server]:
    """A PostgreSQL server. Where none is installed, the tests that need it fail and say what to install."""
    with postgresql_server(["fsync=off"]) as running:
        yield running


@pytest.fixture
def make_schema(backup_server: Server) -> Iterator[list[str]]:
    """Addresses of empty schemas."""
    names = [f"b_{secrets.token_hex(8)}" for _ in range(8)]
    with backup_server.connect() as connection:
        for name in names:
            connection.execute(f"CREATE SCHEMA {name}")
    yield [backup_server.address(name) for name in names]
    with backup_server.connect() as connection:
        for name in names:
            connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder
