"""Looks at a database as it is at one moment, and changes nothing: no table is made, none is brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, inspect, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, StaticPool

from bot import tallies
from bot.backups.copying import at_one_moment, is_about
from bot.backups.errors import no_address, not_looked_at, of_another
from bot.backups.parts import Part
from bot.databases import CONNECT_SECONDS, SCHEMA, address_in

_BESIDE = {table.name for table in tallies.COPIED}
"""The numbers of questions stand in the database of the accounts where that is on a server."""


@dataclass(frozen=True)
class Seen:
    """A database at one moment: its schema, and the names of its tables."""

    connection: Connection
    schema: int
    tables: frozenset[str]


@contextmanager
def looking(part: Part, lock_wait: float) -> Iterator[Seen | None]:
    """One unchanging state of a database; None where nothing was made there yet. Raises WholeBackupError."""
    if not part.exists:
        yield None
        return
    address = address_in(part.url)
    if address is None:
        raise no_address(part.title, part.variable)
    on_server = address.get_backend_name() == "postgresql"
    try:
        with (
            _disposed(_on_server(address) if on_server else _copied(address, lock_wait)) as engine,
            engine.connect() as connection, connection.begin(),
        ):  # fmt: skip
            at_one_moment(connection)
            if on_server:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout TO {max(int(lock_wait * 1000), 1)}")
            names = frozenset(inspect(connection).get_table_names())
            schema = _schema(part, connection, names)
            yield None if schema is None else Seen(connection, schema, names)
    except DBAPIError as error:
        raise not_looked_at(part.title, part.variable, _what(error.orig)) from None
    except sqlite3.Error as error:
        raise not_looked_at(part.title, part.variable, _what(error)) from None


@contextmanager
def _disposed(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


def _copied(address: URL, lock_wait: float) -> Engine:
    """A copy of an SQLite file in memory, of one moment.

    While anybody reads the file, no writer can finish: so it is read for as long as its pages take to be copied, and
    rows are written out afterwards. In memory, because sessions and links are to leave no bytes where backups are kept.
    """
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    source = create_engine(address, hide_parameters=True, poolclass=NullPool, connect_args={"timeout": lock_wait})
    with closing(source.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        driver.isolation_level = None
        driver.execute("BEGIN")
        driver.execute("SELECT 1 FROM sqlite_master").fetchall()  # waits for a writer; the copy itself would not
        driver.backup(copy)
        driver.execute("ROLLBACK")
    return create_engine("sqlite://", hide_parameters=True, creator=lambda: copy, poolclass=StaticPool)


def _on_server(address: URL) -> Engine:
    options = {"client_encoding": "utf8", "connect_timeout": CONNECT_SECONDS}
    return create_engine(address, hide_parameters=True, poolclass=NullPool, connect_args=options)


def _schema(part: Part, connection: Connection, names: frozenset[str]) -> int | None:
    """The schema that a database says it has; None where nothing was made. Raises WholeBackupError for another's."""
    about = next(filter(is_about, part.tables), None)
    if about is None:  # the numbers of questions: one table, which says nothing of itself
        return part.schema if part.tables[0].name in names else None
    if about.name not in names:
        if names <= _BESIDE:
            return None
        raise of_another(part.title, part.variable)
    told = connection.execute(select(about.c.value).where(about.c.name == SCHEMA)).scalar_one_or_none()
    if told is None or not told.isdecimal():
        raise of_another(part.title, part.variable)
    return int(told)


def _what(error: BaseException | None) -> str:
    """What a database calls its fault; never what was asked of it."""
    return getattr(error, "sqlite_errorname", "") or getattr(error, "sqlstate", None) or type(error).__name__
