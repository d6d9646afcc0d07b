"""Opening a log: the tables of an empty database, the key, and whether the two belong together."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select

from bot.decision_log.canonical import utc_text
from bot.decision_log.errors import LogMissing, SchemaError, SchemaTooNew, SchemaTooOld
from bot.decision_log.keyring import FIRST_GENERATION, Facts, Keyring, facts_of
from bot.decision_log.keys import KeySource, read_key
from bot.decision_log.ledger import Ledger
from bot.decision_log.schema import SCHEMA_VERSION, about
from bot.decision_log.store import Store, address_of
from bot.new_files import flush_folder

_TOUCHED_NOTHING = "Nothing in it was touched."


def open_keys(store: Store, source: KeySource) -> Keyring:
    """The keys of a database; log and key are made where there is nothing yet.

    Raises KeyFileError, WrongKey, SchemaError, SchemaTooNew, SchemaTooOld or LogUnavailable.
    """
    with store.reading() as connection:
        if schema_version(connection) is not None:
            return _opened(connection, source)
    source.first()  # before a database is made that could not be opened without it
    with store.writing() as connection:
        if schema_version(connection) is None:  # another program may have been first
            _create(connection, source)
        return _opened(connection, source)


def require_log(url: str) -> None:
    """Raises LogMissing where an address names an SQLite file that is not there: looking must not make one."""
    address = address_of(url)
    if address.get_backend_name() != "sqlite" or address.query or address.database is None:
        return
    path = Path(address.database)
    if not path.exists() or path.stat().st_size == 0:
        raise missing_log()


def missing_log() -> LogMissing:
    """There is no log at the address."""
    return LogMissing(
        "There is no decision log here yet. None was made.",
        "Check SHAREWELL_HOME and SHAREWELL_LOG_URL, or confirm a first record in the chat.",
    )


def open_existing_keys(store: Store, source: KeySource) -> Keyring:
    """The same for a log that must be there. Raises LogMissing too."""
    with store.reading() as connection:
        if schema_version(connection) is None:
            raise missing_log()
        return _opened(connection, source)


def schema_version(connection: Connection) -> int | None:
    """The schema of the log in a database; None where the database is empty.

    Raises SchemaError where it holds something else, SchemaTooNew where this program is too old for it.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if about.name not in tables:
        raise SchemaError(
            f"This database belongs to something other than the decision log. {_TOUCHED_NOTHING}",
            "Give the address of the decision log, or of a file that does not exist yet.",
        )
    named = {row.name: row.value for row in connection.execute(select(about))}
    version = named.get("schema_version", "")
    if not version.isdecimal() or not named.keys() >= {"log_id", "key_check"}:
        raise SchemaError(
            f"The database of the decision log does not say what it is. {_TOUCHED_NOTHING}",
            "Keep the file as it is, and restore the last backup beside it.",
        )
    if int(version) > SCHEMA_VERSION:
        raise SchemaTooNew(
            f"The decision log has schema {version}, and this program knows schema {SCHEMA_VERSION}. "
            f"{_TOUCHED_NOTHING}",
            "Install the newer version of the program.",
        )
    return int(version)


def set_fact(connection: Connection, name: str, value: str) -> None:
    """Write one thing that the database says about itself."""
    connection.execute(about.delete().where(about.c.name == name))
    connection.execute(insert(about).values(name=name, value=value))


def settle_files(source: KeySource, facts: Facts) -> None:
    """End the exchange of key files that an interrupted rotation left: the key in use takes the name of the key file.

    The earlier key is kept beside it, for the backups that were made under it.
    """
    if source.secret is not None or not source.next_file.exists() or facts.next_key_check:
        return
    if read_key(source.next_file).check_value(facts.log_id) != facts.key_check:
        return
    if source.file.exists() and read_key(source.file).check_value(facts.log_id) != facts.key_check:
        os.replace(source.file, source.earlier_file(facts.generation - 1))
    os.replace(source.next_file, source.file)
    flush_folder(source.file.parent)


def _opened(connection: Connection, source: KeySource) -> Keyring:
    version = schema_version(connection)
    if version != SCHEMA_VERSION:
        raise SchemaTooOld(
            f"The decision log has schema {version}, and this program needs schema {SCHEMA_VERSION}. "
            f"{_TOUCHED_NOTHING}",
            "Stop Sharewell, make a backup, then run `sharewell log upgrade`.",
        )
    facts = facts_of(connection)
    with suppress(OSError):  # it can wait: both files are looked at
        settle_files(source, facts)
    keys = Keyring(source, facts.log_id)
    keys.use(connection, facts)
    return keys


def _create(connection: Connection, source: KeySource) -> None:
    from bot.decision_log.upgrading import make_tables  # Alembic is slow to import, and seldom needed

    make_tables(connection)
    log_id = secrets.token_hex(16)
    facts = {
        "schema_version": str(SCHEMA_VERSION), "log_id": log_id, "generation": str(FIRST_GENERATION),
        "key_check": source.first().check_value(log_id),
    }  # fmt: skip
    connection.execute(insert(about), [{"name": name, "value": value} for name, value in facts.items()])
    keys = Keyring(source, log_id)
    keys.refresh(connection)
    Ledger(keys).begin(connection, utc_text(datetime.now(UTC)))
