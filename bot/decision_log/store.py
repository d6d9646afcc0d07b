"""The database connection: one way to begin a transaction, whichever database holds the log."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import URL, Connection, Engine, event

from bot.databases import address_in
from bot.decision_log.errors import LogUnavailable
from bot.decision_log.faults import translated_faults

BEGIN_STATEMENT = "begin_statement"


class Store(ABC):
    """One engine on one database. What a writing block has done is on the disk when the block has ended."""

    begin_reading: str

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        event.listen(engine, "begin", self._begin)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one unchanging state of the log."""
        with translated_faults(), self._engine.connect() as connection, connection.begin():
            yield connection

    def together(self, _connection: Connection) -> AbstractContextManager[object]:
        """While it lasts, statements that answer nothing may be sent at once; a fault comes at its end."""
        return nullcontext()

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction of the only writer: it is committed and on the disk when the block ends without an error.

        Raises LogLocked, LogReadOnly, DiskFull or LogUnavailable, and then nothing was recorded.
        """

    @abstractmethod
    def clear_traces(self) -> bool:
        """Overwrite what was deleted, where the database can. False where deleted bytes may still stand."""

    def _begin(self, connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(BEGIN_STATEMENT, self.begin_reading))


def address_of(url: str) -> URL:
    """The address of a log. Raises LogUnavailable where it names neither an SQLite file nor a PostgreSQL database."""
    address = address_in(url)
    if address is None:
        raise LogUnavailable(
            "The address of the decision log names neither an SQLite file nor a PostgreSQL database.",
            "Give an address such as sqlite:////var/lib/sharewell/log.db or postgresql://sharewell@db/sharewell.",
        )
    return address


def open_store(url: str, lock_wait: float) -> Store:
    """The store of an address. `lock_wait` is the longest wait for another writer, in seconds."""
    # Imported here, so that a log in a file does not wait for PostgreSQL's driver.
    address = address_of(url)
    if address.get_backend_name() == "sqlite":
        from bot.decision_log.sqlite_store import SqliteStore

        return SqliteStore(address, lock_wait)
    from bot.decision_log.postgresql_store import PostgresqlStore

    return PostgresqlStore(address, lock_wait)
