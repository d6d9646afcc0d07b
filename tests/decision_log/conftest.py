"""A log of its own for each test, in an SQLite file and in a PostgreSQL schema: the same tests run on both."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from bot.benchmark.postgresql_server import Server, postgresql_server
from bot.decision_log import DecisionLog
from tests.decision_log.decision_log_support import Place, in_file, open_log

NOT_DURABLE = "fsync=off"
"""The server of the tests is thrown away: it need not outlive a power cut."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server. Where none is installed, the tests that need it fail and say what to install."""
    with postgresql_server([NOT_DURABLE]) as running:
        yield running


@pytest.fixture
def in_postgresql(server: Server, tmp_path: Path) -> Iterator[Place]:
    """An empty schema of the server."""
    schema = f"t_{secrets.token_hex(8)}"
    with server.connect() as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    yield Place(server.address(schema), tmp_path)
    with server.connect() as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where nothing is yet, on each database."""
    if request.param == "sqlite":
        return in_file(tmp_path)
    found: Place = request.getfixturevalue("in_postgresql")
    return found


@pytest.fixture
def log(place: Place) -> Iterator[DecisionLog]:
    opened = open_log(place)
    yield opened
    opened.close()


@pytest.fixture
def log_in_file(tmp_path: Path) -> Iterator[DecisionLog]:
    """A log of which a test looks at the files."""
    opened = open_log(tmp_path)
    yield opened
    opened.close()
