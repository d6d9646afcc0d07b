"""The tables, and the triggers by which the database itself refuses to change the ledger."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table, Text, event, text

SCHEMA_VERSION = 1

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Names: schema_version, log_id, key_check."""

ledger = Table(
    "ledger",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("reference", String(12), nullable=False),  # empty where an entry is about no record
    Column("request_id", String(32), nullable=False, unique=True),
    Column("recorded_at", String(27), nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)
Index("ledger_reference", ledger.c.reference, ledger.c.sequence)
Index("ledger_kind", ledger.c.kind, ledger.c.recorded_at)
Index(
    "ledger_one_decision",
    ledger.c.reference,
    unique=True,
    sqlite_where=text("kind = 'decision'"),
    postgresql_where=text("kind = 'decision'"),
)

vault = Table(
    "vault",
    metadata,
    Column("vault_id", String(32), primary_key=True),
    Column("reference", String(12), nullable=False, index=True),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
)

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("entries", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)

# An insert with OR REPLACE deletes without firing delete triggers: hence the third guard looks before each insert.
SQLITE_GUARDS = {
    "ledger_refuses_update": """
        CREATE TRIGGER ledger_refuses_update BEFORE UPDATE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    "ledger_refuses_delete": """
        CREATE TRIGGER ledger_refuses_delete BEFORE DELETE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    "ledger_only_grows": """
        CREATE TRIGGER ledger_only_grows BEFORE INSERT ON ledger
        WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger)
          OR EXISTS (SELECT 1 FROM ledger WHERE request_id = NEW.request_id)
          OR (NEW.kind = 'decision'
              AND EXISTS (SELECT 1 FROM ledger WHERE kind = 'decision' AND reference = NEW.reference))
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
}


@event.listens_for(ledger, "after_create")
def _create_guards(_table: Table, connection: Connection, **_how: Any) -> None:
    if connection.dialect.name == "sqlite":
        for statement in SQLITE_GUARDS.values():
            connection.exec_driver_sql(statement)
