"""A backup of the log in one file, for either database: what is encrypted stays so, and the keys are not in it.

A gzip file of JSON lines: first what it is, then each table's columns and rows, last the count and the digest of all
lines before. The lists of records are left out: they follow from the ledger.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, LargeBinary, column, insert, inspect, select, table
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.decision_log import projection
from bot.decision_log.canonical import utc_text
from bot.decision_log.errors import BackupError, ChangedOutside
from bot.decision_log.keyring import Keyring, facts_of
from bot.decision_log.keys import KeySource
from bot.decision_log.ledger import Ledger
from bot.decision_log.opening import missing_log, require_log, schema_version
from bot.decision_log.schema import SCHEMA_VERSION, about, head, ledger, metadata, sealing, vault
from bot.decision_log.store import open_store
from bot.decision_log.vault import Vault
from bot.decision_log.verification import Verification, verify
from bot.new_files import appearing

FORMAT = "sharewell-log-backup-1"
TABLES = (about, ledger, vault, head, sealing)
ROWS_AT_ONCE = 1000
RAISED = "P0001"
"""What PostgreSQL calls the refusal of a trigger."""

_BINARY = {
    (found.name, part.name) for found in metadata.tables.values() for part in found.columns
    if isinstance(part.type, LargeBinary)
}  # fmt: skip


@dataclass(frozen=True)
class Backup:
    """What a backup holds: `entries` of the ledger, and the SHA-256 of its lines."""

    entries: int
    digest: str


def write_backup(url: str, path: Path, now: datetime, lock_wait: float) -> Backup:
    """Write the log at `url`, as it stands at one moment, into a new file of mode 0600, which appears whole.

    No key is needed, and a log of an earlier release is taken as it is. Raises LogMissing, SchemaError, LogUnavailable,
    or BackupError where the file exists or cannot be written.
    """
    if path.exists():
        raise BackupError(f"The file {path} exists already. Nothing was written.", "Give another name.")
    require_log(url)
    store = open_store(url, lock_wait)
    try:
        with (
            appearing(path) as raw,
            gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file,
            store.reading() as connection,
        ):
            made = _write(file, connection, now)
    except OSError as error:
        raise BackupError(
            f"The backup {path} cannot be written ({error.strerror}).", "Check the folder and its free space."
        ) from None
    finally:
        store.close()
    return made


def restore_backup(url: str, path: Path, source: KeySource, lock_wait: float) -> Verification:
    """Bring a backup back into an empty database, in one transaction, and verify it before it counts.

    A backup of an earlier release is brought up to date. Raises BackupError where the database holds something, where
    the file is not whole, or where the log does not verify; KeyFileError or WrongKey for the key. Nothing is left then.
    """
    _require_whole(path)
    store = open_store(url, lock_wait)
    try:
        with store.writing() as connection:
            if schema_version(connection) is not None:
                raise BackupError(
                    "There is a decision log at this address already. Nothing was changed.",
                    "Restore into an empty database: give its address in SHAREWELL_LOG_URL.",
                )
            try:
                _fill(connection, path)
            except DBAPIError as error:
                if isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", "") == RAISED:
                    raise _not_whole(path) from None
                raise
            return _verified(connection, source)
    finally:
        store.close()


def _write(file: gzip.GzipFile, connection: Connection, now: datetime) -> Backup:
    digest, entries = hashlib.sha256(), 0

    def say(value: object) -> None:
        line = (json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n").encode("ascii")
        digest.update(line)
        file.write(line)

    schema = schema_version(connection)
    if schema is None:
        raise missing_log()
    say({"format": FORMAT, "schema": schema, "made_at": utc_text(now)})
    there = inspect(connection)
    tables = set(there.get_table_names())
    for part in TABLES:
        if part.name not in tables:
            continue  # a later release brought it
        names = [found["name"] for found in there.get_columns(part.name)]
        say({"table": part.name, "columns": names})
        key: list[Any] = [column(one.name) for one in part.primary_key.columns]
        values: list[Any] = [column(name) for name in names]
        query = select(*values).select_from(table(part.name)).order_by(*key)
        for row in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
            say([_text(value) for value in row])
            entries += part is ledger
    say({"entries": entries})
    whole = digest.hexdigest()
    say({"digest": whole})
    return Backup(entries, whole)


def _text(value: Any) -> Any:
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes | memoryview) else value


def _lines(path: Path) -> Iterator[Any]:
    try:
        with gzip.open(path, "rb") as file:
            for line in file:
                yield json.loads(line)
    except OSError as error:
        raise BackupError(
            f"The backup {path} cannot be read ({error.strerror or 'it is not one'}).", "Give the file of a backup."
        ) from None
    except (EOFError, ValueError, RecursionError, zlib.error):
        raise _not_whole(path) from None


def _require_whole(path: Path) -> None:
    """Raises BackupError unless the file is a backup that this program knows, to its end."""
    digest, last = hashlib.sha256(), b""
    try:
        with gzip.open(path, "rb") as file:
            for line in file:
                digest.update(last)
                last = line
    except OSError as error:
        raise BackupError(
            f"The backup {path} cannot be read ({error.strerror or 'it is not one'}).", "Give the file of a backup."
        ) from None
    except (EOFError, ValueError, zlib.error):
        raise _not_whole(path) from None
    try:
        end = json.loads(last)
    except ValueError:
        end = None
    if end != {"digest": digest.hexdigest()}:
        raise _not_whole(path)
    header = next(_lines(path))
    if not isinstance(header, dict) or header.get("format") != FORMAT or header.get("schema", 0) > SCHEMA_VERSION:
        raise BackupError(
            f"The backup {path} was written by another or a newer program. Nothing was restored.",
            "Restore it with the version that made it, or a newer one.",
        )


def _not_whole(path: Path) -> BackupError:
    return BackupError(
        f"The backup {path} is not whole: a part is missing or was changed. Nothing was restored.",
        "Use another backup.",
    )


def _fill(connection: Connection, path: Path) -> None:
    from bot.decision_log.upgrading import make_tables, upgrade_tables

    lines = _lines(path)
    schema = next(lines)["schema"]
    make_tables(connection, str(schema))
    put: Callable[[list[Any]], None] | None = None
    batch: list[Any] = []
    for line in lines:
        if isinstance(line, list) and put is not None:
            batch.append(line)
            if len(batch) >= ROWS_AT_ONCE:
                put(batch)
                batch = []
            continue
        if put is not None and batch:
            put(batch)
            batch = []
        put = _inserter(connection, line["table"], line["columns"]) if "table" in line else None
    if schema != SCHEMA_VERSION:
        upgrade_tables(connection)


def _inserter(connection: Connection, name: str, columns: list[str]) -> Callable[[list[Any]], None]:
    place = table(name, *(column(part) for part in columns))
    binary = [(name, part) in _BINARY for part in columns]

    def put(rows: list[Any]) -> None:
        values = [
            {part: base64.b64decode(value) if is_bytes else value
             for part, value, is_bytes in zip(columns, row, binary, strict=True)}
            for row in rows
        ]  # fmt: skip
        connection.execute(insert(place), values)

    return put


def _verified(connection: Connection, source: KeySource) -> Verification:
    keys = Keyring(source, facts_of(connection).log_id)
    keys.refresh(connection)
    entries = Ledger(keys)
    try:
        projection.rebuild(connection, entries)
    except ChangedOutside:
        raise BackupError("The restored log is not whole. Nothing was restored.", "Use another backup.") from None
    found = verify(connection, entries, Vault(keys))
    if not found.ok:
        raise BackupError(f"The restored log is not whole: {found.reason} Nothing was restored.", "Use another backup.")
    return found
