"""Progress of its own for each test, in an SQLite file and in a PostgreSQL schema: the same tests run on both."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.benchmark.postgresql_server import Server, postgresql_server
from bot.knowledge import Knowledge
from bot.training import Training
from bot.training.schema import about, metadata
from tests.support.assistants import Clock
from tests.support.training import made, opened, small_knowledge


@pytest.fixture(scope="session")
def training_server() -> Iterator[Server]:
    """A PostgreSQL server. Where none is installed, the tests that need it fail and say what to install."""
    with postgresql_server(["fsync=off"]) as running:
        yield running


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose tables were made once: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("training") / "made.db"
    made(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def made_schema(training_server: Server) -> str:
    """The address of a schema whose tables were made once."""
    with training_server.connect() as connection:
        connection.execute("CREATE SCHEMA training_made")
    found = training_server.address("training_made")
    made(found)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Tables with nobody in them, on each database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("made_file"), tmp_path / "training.db")
        yield f"sqlite:///{tmp_path / 'training.db'}"
        return
    yield request.getfixturevalue("made_schema")
    server: Server = request.getfixturevalue("training_server")
    with server.connect() as connection:
        tables = ", ".join(f"training_made.{table.name}" for table in metadata.sorted_tables if table is not about)
        connection.execute(f"TRUNCATE {tables}".encode())


@pytest.fixture
def empty_schema(training_server: Server) -> Iterator[str]:
    """The address of an empty schema."""
    schema = f"t_{secrets.token_hex(8)}"
    with training_server.connect() as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    yield training_server.address(schema)
    with training_server.connect() as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def training(url: str, clock: Clock) -> Iterator[Training]:
    found = opened(url, clock)
    yield found
    found.close()


@pytest.fixture
def known() -> Knowledge:
    return small_knowledge()
