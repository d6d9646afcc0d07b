"""The database of the accounts: an SQLite file, or PostgreSQL. One way to read, one way to change."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from bot.accounts.errors import NOTHING_CHANGED, AccountsLocked, AccountsSchemaError, AccountsUnavailable
from bot.accounts.schema import SCHEMA_VERSION, about

LOCK_WAIT = 5.0  # seconds
CONNECT_SECONDS = 10
SALT_BYTES = 32
EARLIER_VERSIONS = frozenset(map(str, range(1, SCHEMA_VERSION)))
"""Releases whose tables are brought up to date at opening: nothing but additions lies between."""
_WRITES = "begin_by"
_MAKERS_LOCK = 7_401_942_560_115_200_012
"""Of PostgreSQL's advisory locks: held by the one program that makes the tables."""
_PRIMARY_CODE = 0xFF  # SQLite's extended result codes carry the primary code in the low byte
_BUSY_STATES = {"55P03", "40001", "40P01", "53300", "57P03"}  # lock timeout, serialisation, deadlock, full, starting


class Database:
    """One engine on one database, whose tables are made where there are none. Safe for use by several threads."""

    def __init__(self, url: str, lock_wait: float = LOCK_WAIT) -> None:
        """Raises AccountsUnavailable or AccountsSchemaError."""
        address = _address_of(url)
        self._sqlite = address.get_backend_name() == "sqlite"
        self._engine = _sqlite_engine(address, lock_wait) if self._sqlite else _postgresql_engine(address, lock_wait)
        event.listen(self._engine, "begin", self._begin)
        try:
            self.salt = self._open()
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
        with _translated_faults(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on the disk when the block ends without an error; otherwise nothing was changed.

        SQLite lets one writer in at a time. In PostgreSQL others write at once: what must hold stands in the WHERE of
        each statement.
        """
        with _translated_faults(), self._engine.connect() as connection:
            writer = connection.execution_options(**{_WRITES: "BEGIN IMMEDIATE" if self._sqlite else "BEGIN"})
            with writer.begin():
                yield writer

    def _begin(self, connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(_WRITES, "BEGIN"))

    def _open(self) -> bytes:
        with self.reading() as connection:
            facts = _facts(connection)
        if facts is None:
            with self.writing() as connection:
                if not self._sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKERS_LOCK})")
                facts = _facts(connection) or _made(connection)  # another program may have been first
        elif facts["schema_version"] in EARLIER_VERSIONS:
            facts = self._upgraded()
        if facts["schema_version"] != str(SCHEMA_VERSION):
            raise AccountsSchemaError(
                f"The database of the accounts has schema {facts['schema_version']}, and this program knows schema "
                f"{SCHEMA_VERSION}. Nothing in it was touched.",
                "Install the newer version of the program.",
            )
        return bytes.fromhex(facts["salt"])

    def _upgraded(self) -> dict[str, str]:
        """What is known of an earlier release's database, with the tables of this one added to it."""
        with self.writing() as connection:
            if not self._sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKERS_LOCK})")
            facts = _facts(connection)
            assert facts is not None  # they have just been read
            if facts["schema_version"] in EARLIER_VERSIONS:  # another program may have been first
                _upgrade(connection)
                facts = _facts(connection) or facts
        return facts


def _upgrade(connection: Connection) -> None:
    from bot.accounts.upgrading import upgrade_tables

    upgrade_tables(connection)
    newest = update(about).where(about.c.name == "schema_version").values(value=str(SCHEMA_VERSION))
    connection.execute(newest)


def _facts(connection: Connection) -> dict[str, str] | None:
    """What the database says about itself; None where it is empty."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    facts = {}
    if about.name in tables:
        facts = {row.name: row.value for row in connection.execute(select(about))}
    if not facts.keys() >= {"schema_version", "salt"}:
        raise AccountsSchemaError(
            "This database belongs to something other than the accounts. Nothing in it was touched.",
            "Correct SHAREWELL_ACCOUNTS_URL: give accounts a file, a database or a schema of their own.",
        )
    return facts


def _made(connection: Connection) -> dict[str, str]:
    from bot.accounts.upgrading import upgrade_tables  # Alembic is slow to import, and seldom needed

    upgrade_tables(connection)
    facts = {"schema_version": str(SCHEMA_VERSION), "salt": secrets.token_hex(SALT_BYTES)}
    connection.execute(insert(about), [{"name": name, "value": value} for name, value in facts.items()])
    return facts


def _address_of(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is not None:
        backend = address.get_backend_name()
        if backend == "sqlite" and address.database not in (None, "", ":memory:"):
            return address
        if backend == "postgresql" and address.database:
            return address.set(drivername="postgresql+psycopg")
    raise AccountsUnavailable(
        "The address of the accounts names neither an SQLite file nor a PostgreSQL database.",
        "Correct SHAREWELL_ACCOUNTS_URL: sqlite:////var/lib/sharewell/accounts.db, or postgresql://name@host/database.",
    )


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


@contextmanager
def _translated_faults() -> Iterator[None]:
    """Raise the database's faults as ours; they hold no values."""
    try:
        yield
    except IntegrityError:  # two did the same thing at the same moment, and the other was first
        raise AccountsLocked() from None
    except DBAPIError as error:
        raise _fault(error.orig) from None
    except sqlite3.Error as error:
        raise _fault(error) from None
    except NoConnectionLeft:
        raise AccountsLocked() from None


def _fault(error: BaseException | None) -> AccountsUnavailable | AccountsSchemaError:
    code = int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY_CODE
    state = getattr(error, "sqlstate", None) or ""
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or state in _BUSY_STATES:
        return AccountsLocked()
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return AccountsSchemaError(
            "The file of the accounts is damaged, or is not a database.",
            "Keep the file as it is, and restore the last backup beside it.",
        )
    what = getattr(error, "sqlite_errorname", "") or state or type(error).__name__
    return AccountsUnavailable(
        f"The database of the accounts failed ({what}). {NOTHING_CHANGED}",
        "Check that it runs, that SHAREWELL_ACCOUNTS_URL names it, that this account may write to it, and for space.",
    )
