"""One database of one part of the product: an SQLite file, or PostgreSQL. One way to read, one way to change.

Each part has a database of its own. What is told apart here is whose it is, what its faults are called, and how its
tables are made; what is written into it is that part's alone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, insert, inspect, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from bot.errors import SharewellError

LOCK_WAIT = 5.0  # seconds
CONNECT_SECONDS = 10
SCHEMA = "schema_version"
_WRITES = "begin_by"
_PRIMARY_CODE = 0xFF  # SQLite's extended result codes carry the primary code in the low byte
_BUSY_STATES = {"55P03", "40001", "40P01", "53300", "57P03"}  # lock timeout, serialisation, deadlock, full, starting


@dataclass(frozen=True)
class Part:
    """Whose database it is, in words ("the training"), and the setting that names it.

    `about` is the table of facts on the database: name and value. `version` is the schema that this program knows,
    `migrations` the folder of the revisions that lead to it: nothing but additions lies between two of them. `begin`
    gives the further facts that an empty database is to keep, `holds` names them: without them it is somebody else's.
    `lock` is the number under which PostgreSQL lets one program make the tables. `unavailable` and `damaged` are raised
    with a message and a remedy, `locked` with nothing.
    """

    name: str
    variable: str
    example: str
    about: Table
    version: int
    migrations: Path
    begin: Callable[[], Mapping[str, str]]
    holds: frozenset[str]
    lock: int
    unavailable: Callable[[str, str], SharewellError]
    damaged: Callable[[str, str], SharewellError]
    locked: Callable[[], SharewellError]


class Database:
    """One engine on one database, whose tables are made where there are none. Safe for use by several threads."""

    def __init__(self, part: Part, url: str, lock_wait: float = LOCK_WAIT) -> None:
        """Raises the part's own errors where the database cannot be used, or is somebody else's."""
        self._part = part
        address = _address_of(part, url)
        self._sqlite = address.get_backend_name() == "sqlite"
        self._engine = _sqlite_engine(address, lock_wait) if self._sqlite else _postgresql_engine(address, lock_wait)
        event.listen(self._engine, "begin", self._begin)
        try:
            self.facts = self._open()
        except BaseException:
            self.close()
            raise

    @property
    def engine(self) -> Engine:
        return self._engine

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._translated_faults(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on the disk when the block ends without an error; otherwise nothing was changed.

        SQLite lets one writer in at a time. In PostgreSQL others write at once: what must hold stands in the WHERE of
        each statement, or in a row that is locked.
        """
        with self._translated_faults(), self._engine.connect() as connection:
            writer = connection.execution_options(**{_WRITES: "BEGIN IMMEDIATE" if self._sqlite else "BEGIN"})
            with writer.begin():
                yield writer

    def _begin(self, connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(_WRITES, "BEGIN"))

    def _open(self) -> Mapping[str, str]:
        with self.reading() as connection:
            facts = self._facts(connection)
        if facts is None or self._is_earlier(facts):
            with self.writing() as connection:
                if not self._sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({self._part.lock})")
                facts = self._brought_up(connection)
        if facts[SCHEMA] != str(self._part.version):
            raise self._part.damaged(
                f"The database of {self._part.name} has schema {facts[SCHEMA]}, and this program knows schema "
                f"{self._part.version}. Nothing in it was touched.",
                "Install the newer version of the program.",
            )
        return facts

    def _facts(self, connection: Connection) -> Mapping[str, str] | None:
        """What the database says about itself; None where it is empty."""
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        facts = {}
        if self._part.about.name in tables:
            facts = {row.name: row.value for row in connection.execute(select(self._part.about))}
        if not facts.keys() >= {SCHEMA, *self._part.holds}:
            raise self._part.damaged(
                f"This database belongs to something other than {self._part.name}. Nothing in it was touched.",
                f"Correct {self._part.variable}: give {self._part.name} a file, a database or a schema of its own.",
            )
        return facts

    def _is_earlier(self, facts: Mapping[str, str]) -> bool:
        return facts[SCHEMA] in {str(version) for version in range(1, self._part.version)}

    def _brought_up(self, connection: Connection) -> Mapping[str, str]:
        """Make the tables, or add what is new to those of an earlier release."""
        facts = self._facts(connection)
        if facts is not None and not self._is_earlier(facts):
            return facts  # another program was first
        upgrade_tables(connection, self._part.migrations, self._part.version)
        about, newest = self._part.about, {SCHEMA: str(self._part.version)}
        if facts is None:
            facts = {**self._part.begin(), **newest}
            connection.execute(insert(about), [{"name": name, "value": facts[name]} for name in facts])
            return facts
        connection.execute(update(about).where(about.c.name == SCHEMA).values(value=newest[SCHEMA]))
        return {**facts, **newest}

    @contextmanager
    def _translated_faults(self) -> Iterator[None]:
        """Raise the database's faults as the part's own; they hold no values."""
        try:
            yield
        except IntegrityError:  # two did the same thing at the same moment, and the other was first
            raise self._part.locked() from None
        except DBAPIError as error:
            raise self._fault(error.orig) from None
        except sqlite3.Error as error:
            raise self._fault(error) from None
        except NoConnectionLeft:
            raise self._part.locked() from None

    def _fault(self, error: BaseException | None) -> SharewellError:
        code = int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY_CODE
        state = getattr(error, "sqlstate", None) or ""
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or state in _BUSY_STATES:
            return self._part.locked()
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return self._part.damaged(
                f"The file of {self._part.name} is damaged, or is not a database.",
                "Keep the file as it is, and restore the last backup beside it.",
            )
        what = getattr(error, "sqlite_errorname", "") or state or type(error).__name__
        return self._part.unavailable(
            f"The database of {self._part.name} failed ({what}). Nothing was changed.",
            f"Check that it runs, that {self._part.variable} names it, that this account may write to it, and for "
            "space.",
        )


def upgrade_tables(connection: Connection, migrations: Path, version: int) -> None:
    """Bring the tables of any release, or of none, to `version` by the revisions of Alembic in a folder.

    The caller's transaction makes it all or nothing.
    """
    from alembic import command  # slow to import, and seldom needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, str(version))


def address_in(url: str) -> URL | None:
    """The address that `url` gives of an SQLite file or a PostgreSQL database, with its driver; None for any other."""
    try:
        address = make_url(url)
    except ArgumentError:
        return None
    backend = address.get_backend_name()
    if backend == "sqlite" and address.database not in (None, "", ":memory:"):
        return address
    if backend == "postgresql" and address.database:
        return address.set(drivername="postgresql+psycopg")
    return None


def _address_of(part: Part, url: str) -> URL:
    address = address_in(url)
    if address is None:
        raise part.unavailable(
            f"The address of {part.name} names neither an SQLite file nor a PostgreSQL database.",
            f"Correct {part.variable}: sqlite:////var/lib/sharewell/{part.example}, or postgresql://name@host/database.",
        )
    return address


def is_there(url: str) -> bool:
    """Whether an address names a database that was made. One on a server is taken to be there.

    So is one that is no address: whoever opens it says what is wrong with it.
    """
    address = address_in(url)
    if address is None or address.get_backend_name() != "sqlite" or address.query or not address.database:
        return True
    return Path(address.database).is_file()


def _sqlite_engine(address: URL, lock_wait: float) -> Engine:
    if not address.query and address.database is not None:
        _create_private_file(address.database)
    engine = create_engine(address, hide_parameters=True, pool_timeout=lock_wait)

    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(lock_wait * 1000)}")
        # A rollback journal, not a write-ahead log: what was deleted leaves no bytes in a second file.
        for setting in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    event.listen(engine, "connect", prepare)
    return engine


def _postgresql_engine(address: URL, lock_wait: float) -> Engine:
    return create_engine(
        address, hide_parameters=True, isolation_level="AUTOCOMMIT", pool_pre_ping=True, pool_timeout=lock_wait,
        connect_args={"client_encoding": "utf8", "connect_timeout": CONNECT_SECONDS},
    )  # fmt: skip


def _create_private_file(path: str) -> None:
    """Make an absent file with mode 0600; SQLite gives its journal the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except OSError:
        return  # it exists, or SQLite will say why it cannot be opened
