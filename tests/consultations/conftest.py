"""Advice of its own for each test, in an SQLite file and in a PostgreSQL schema: the same tests run on both."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.benchmark.postgresql_server import Server, postgresql_server
from bot.consultations import Advice
from tests.support.advice import advice_at, make_advice
from tests.support.people import Clock

WORKING_MORNING = 1_795_167_000.0
"""Friday 20 November 2026, 09:30 in London."""

Make = Callable[..., Advice]


@pytest.fixture(scope="session")
def advice_server() -> Iterator[Server]:
    """A PostgreSQL server. Where none is installed, the tests that need it fail and say what to install."""
    with postgresql_server(["fsync=off"]) as running:
        yield running


@pytest.fixture
def postgresql_url(advice_server: Server) -> Iterator[str]:
    """The address of an empty schema."""
    schema = f"c_{secrets.token_hex(8)}"
    with advice_server.connect() as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    yield advice_server.address(schema)
    with advice_server.connect() as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose tables were made once: making them takes longer than most tests."""
    folder = tmp_path_factory.mktemp("advice")
    make_advice(folder).close_database()
    return folder / "advice.db"


@pytest.fixture
def sqlite_url(made_file: Path, tmp_path: Path) -> str:
    shutil.copy(made_file, tmp_path / "advice.db")
    return f"sqlite:///{tmp_path / 'advice.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Tables with nothing in them, or none yet, on each database."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock(WORKING_MORNING)


@pytest.fixture
def make(sqlite_url: str, clock: Clock) -> Iterator[Make]:
    """Opens advice in an SQLite file, as often as it is asked; all of them are closed at the end."""
    made: list[Advice] = []

    def opened(**options: Any) -> Advice:
        made.append(advice_at(sqlite_url, clock, **options))
        return made[-1]

    yield opened
    for advice in made:
        advice.close_database()


@pytest.fixture
def advice(make: Make) -> Advice:
    """Advice in an SQLite file."""
    return make()


@pytest.fixture
def anywhere(url: str, clock: Clock) -> Iterator[Advice]:
    """Advice on each database."""
    found = advice_at(url, clock)
    yield found
    found.close_database()


def engine_of(advice: Advice) -> Engine:
    """The database itself, for tests that change what stands in it."""
    return advice._database.engine
