"""The log in a PostgreSQL database. One writer at a time holds the head, and all writers share the disk's flushes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, RootTransaction, create_engine
from sqlalchemy.exc import DBAPIError

from bot.decision_log.errors import LogUncertain
from bot.decision_log.faults import translated_faults
from bot.decision_log.store import BEGIN_STATEMENT, Store

WRITERS_LOCK = 7_401_942_560_115_200_011
"""Of PostgreSQL's advisory locks: held by the one transaction that appends. Any number will do that others leave."""

CONNECTIONS = 10
MORE_CONNECTIONS = 40
CONNECT_SECONDS = 10

# The lock is let go when the transaction is committed, and the commit does not wait for the disk: the next writer may
# go on at once. What was committed is then flushed, together with that of all who wait, before anybody is told.
_BEGIN_WRITING = (
    "BEGIN; SET LOCAL synchronous_commit TO off; SET LOCAL lock_timeout TO {milliseconds}; "
    f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})"
)
_FLUSH = """
    BEGIN;
    SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
           ELSE current_setting('synchronous_commit') END, true),
           pg_logical_emit_message(true, 'sharewell', '');
    COMMIT"""


# A list is planned for the values that are asked for, not for any: how often each occurs decides on the index. To
# compile a query, as PostgreSQL does where it expects much work, takes longer than the work of any list.
_BEGIN_READING = (
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
    "SET LOCAL plan_cache_mode TO force_custom_plan; SET LOCAL jit TO off; "
    "SET LOCAL max_parallel_workers_per_gather TO 0"
)


class PostgresqlStore(Store):
    """One pool of connections to one database."""

    begin_reading = _BEGIN_READING

    def __init__(self, address: URL, lock_wait: float) -> None:
        self._begin_writing = _BEGIN_WRITING.format(milliseconds=max(int(lock_wait * 1000), 1))
        super().__init__(
            create_engine(
                address, hide_parameters=True, isolation_level="AUTOCOMMIT",
                pool_size=CONNECTIONS, max_overflow=MORE_CONNECTIONS, pool_timeout=lock_wait,
                connect_args={"client_encoding": "utf8", "connect_timeout": CONNECT_SECONDS},
            )
        )  # fmt: skip

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with translated_faults(), self._engine.connect() as connection:
            writer = connection.execution_options(**{BEGIN_STATEMENT: self._begin_writing})
            transaction = _begun(writer)
            try:
                yield writer
            except BaseException:
                transaction.rollback()
                raise
            try:
                transaction.commit()
                driver: Any = writer.connection.driver_connection
                driver.execute(_FLUSH)
            except (DBAPIError, psycopg.Error) as error:
                if _is_lost(error):
                    raise LogUncertain() from None
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with translated_faults(), self._engine.connect() as connection, _begun(connection):
            yield connection

    def together(self, connection: Connection) -> AbstractContextManager[object]:
        driver: Any = connection.connection.driver_connection
        pipeline: AbstractContextManager[object] = driver.pipeline()
        return pipeline

    def clear_traces(self) -> bool:
        """PostgreSQL overwrites deleted rows when it pleases, so nothing can be promised: always False.

        What makes such traces unreadable is a new master key: see `bot.decision_log.rotation`.
        """
        return False


def _begun(connection: Connection) -> RootTransaction:
    """A transaction, on a new connection where the one of the pool was lost since it was used: nothing is done yet."""
    try:
        return connection.begin()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return connection.begin()


def _is_lost(error: DBAPIError | psycopg.Error) -> bool:
    state = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlstate", None) or ""
    return not state or state.startswith(("08", "57P"))
