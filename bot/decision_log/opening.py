"""Opening a log: the schema of an empty database, the key file, and whether the two belong together."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select

from bot.decision_log.canonical import utc_text
from bot.decision_log.errors import SchemaError, SchemaTooNew, WrongKey
from bot.decision_log.keys import MasterKey, make_key, read_key
from bot.decision_log.ledger import Ledger
from bot.decision_log.schema import SCHEMA_VERSION, about, metadata
from bot.decision_log.store import Store


def open_ledger(store: Store, key_file: Path) -> tuple[MasterKey, Ledger]:
    """The key and the ledger of a database; both are made where there is nothing yet.

    Raises KeyFileError, WrongKey, SchemaError, SchemaTooNew or LogUnavailable.
    """
    with store.reading() as connection:
        facts = _facts(connection)
    if facts is not None:
        key = read_key(key_file)
    else:
        key = read_key(key_file) if key_file.exists() else make_key(key_file)
        facts = _created(store, key)
    _require_key(key, facts)
    return key, Ledger(key, facts["log_id"])


def _facts(connection: Connection) -> dict[str, str] | None:
    """What the database says about itself; None where it is empty."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if about.name not in tables:
        raise SchemaError(
            "This database belongs to something other than the decision log. Nothing in it was touched.",
            "Give the address of the decision log, or of a file that does not exist yet.",
        )
    facts = {row.name: row.value for row in connection.execute(select(about))}
    _require_version(facts)
    return facts


def _created(store: Store, key: MasterKey) -> dict[str, str]:
    with store.writing() as connection:
        facts = _facts(connection)  # another program may have been first
        if facts is not None:
            return facts
        metadata.create_all(connection)
        log_id = secrets.token_hex(16)
        facts = {"schema_version": str(SCHEMA_VERSION), "log_id": log_id, "key_check": key.check_value(log_id)}
        connection.execute(insert(about), [{"name": name, "value": value} for name, value in facts.items()])
        Ledger(key, log_id).begin(connection, utc_text(datetime.now(UTC)))
        return facts


def _require_version(facts: dict[str, str]) -> None:
    version = facts.get("schema_version", "")
    if not version.isdecimal() or not facts.keys() >= {"log_id", "key_check"}:
        raise SchemaError(
            "The database of the decision log does not say what it is. Nothing in it was touched.",
            "Keep the file as it is, and restore the last backup beside it.",
        )
    if int(version) > SCHEMA_VERSION:
        raise SchemaTooNew(
            f"The decision log has schema {version}, and this program knows schema {SCHEMA_VERSION}. "
            "Nothing in it was touched.",
            "Install the newer version of the program.",
        )


def _require_key(key: MasterKey, facts: dict[str, str]) -> None:
    if key.check_value(facts["log_id"]) != facts["key_check"]:
        raise WrongKey(
            "The key file belongs to another decision log. Nothing was read or recorded.",
            "Put back the key file that was made with this database.",
        )
