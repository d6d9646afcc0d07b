"""The triggers by which the database itself refuses to change the ledger, and whether they are still there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

WRITER_ROLE = "sharewell_writer"
"""The PostgreSQL role that an application needs, and no more: it may add to the ledger and never change it."""

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

POSTGRESQL_FUNCTIONS = {
    "ledger_refuses": """
        CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
    "ledger_grows": """
        CREATE FUNCTION ledger_grows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger) THEN
            RAISE EXCEPTION 'the ledger is append-only';
          END IF;
          RETURN NEW;
        END $$""",
}
POSTGRESQL_GUARDS = {
    "ledger_refuses_change": """
        CREATE TRIGGER ledger_refuses_change BEFORE UPDATE OR DELETE ON ledger
        FOR EACH ROW EXECUTE FUNCTION ledger_refuses()""",
    "ledger_refuses_truncate": """
        CREATE TRIGGER ledger_refuses_truncate BEFORE TRUNCATE ON ledger
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()""",
    "ledger_only_grows": """
        CREATE TRIGGER ledger_only_grows BEFORE INSERT ON ledger
        FOR EACH ROW EXECUTE FUNCTION ledger_grows()""",
}

_SQLITE_TRIGGERS = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger'")
_POSTGRESQL_TRIGGERS = text(
    """
    SELECT t.tgname AS name, t.tgenabled = 'O' AS enabled, t.tgtype AS fires, p.proname AS calls, p.prosrc AS source
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgrelid = to_regclass('ledger') AND NOT t.tgisinternal
    """
)
# pg_trigger.tgtype: 1 for each row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate.
_FIRES = {
    "ledger_refuses_change": (1 + 2 + 8 + 16, "ledger_refuses"),
    "ledger_refuses_truncate": (2 + 32, "ledger_refuses"),
    "ledger_only_grows": (1 + 2 + 4, "ledger_grows"),
}


def guards_are_whole(connection: Connection) -> bool:
    """Whether every guard of the ledger stands as it was made, and no other trigger was added."""
    if connection.dialect.name == "sqlite":
        found = {name: _words(sql) for name, sql in connection.execute(_SQLITE_TRIGGERS)}
        return found == {name: _words(sql) for name, sql in SQLITE_GUARDS.items()}
    rows = {row.name: row for row in connection.execute(_POSTGRESQL_TRIGGERS)}
    return rows.keys() == _FIRES.keys() and all(_fires(name, row) for name, row in rows.items())


def _fires(name: str, row: Any) -> bool:
    kind, function = _FIRES[name]
    wanted = POSTGRESQL_FUNCTIONS[function].split("$$")[1]
    return bool(row.enabled) and (row.fires, row.calls) == (kind, function) and _words(row.source) == _words(wanted)


def _words(sql: str) -> str:
    return " ".join(sql.split())
