"""The rows of tables as lines of JSON, and back: the same for SQLite and PostgreSQL, so a copy also moves a database.

One line names a table and its columns, and each line after it is a row, by primary key. What a database says of its
schema is not copied: rows go into the tables as the program knows them.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Integer, Table, delete, func, insert, select, text

_SCHEMA = "schema_version"
_ROWS_AT_ONCE = 1000
_BYTES, _DAY = "bytes", "day"


Shape = Mapping[str, Sequence[str]]
"""Which columns of which tables lines hold, by the table's name. An earlier release knew fewer of both."""


def at_one_moment(connection: Connection) -> None:
    """Let a transaction that has just begun see the database as it is now, until it ends. SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def shape_of(lines: Iterable[bytes]) -> Shape:
    """The shape of lines. Raises ValueError or KeyError where a line is none of `lines_of`."""
    read = (json.loads(line) for line in lines if line.startswith(b"{"))
    return {str(told["table"]): [str(name) for name in told["columns"]] for told in read}


def lines_of(connection: Connection, tables: Sequence[Table], shape: Shape | None = None) -> Iterator[bytes]:
    """The rows of `tables` as they stand in this transaction: of all columns, or of those of `shape`."""
    for table in tables:
        columns = [column for column in table.columns if shape is None or column.name in shape.get(table.name, ())]
        if not columns:
            continue
        yield _line({"table": table.name, "columns": [column.name for column in columns]})
        query = select(*columns).order_by(*table.primary_key.columns)
        for row in connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)):
            if not _is_of_the_schema(table, row[0]):
                yield _line([_told(value) for value in row])


def digest_of(connection: Connection, tables: Sequence[Table], shape: Shape) -> str:
    """SHA-256 of the lines, in hexadecimal digits."""
    digest = hashlib.sha256()
    for line in lines_of(connection, tables, shape):
        digest.update(line)
    return digest.hexdigest()


def is_empty(connection: Connection, tables: Sequence[Table]) -> bool:
    """Whether nothing stands in the tables but what a database says about itself."""
    own = [table for table in tables if not _is_about(table)]
    return not any(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in own)


def fill(connection: Connection, tables: Sequence[Table], lines: Iterable[bytes]) -> None:
    """Put rows into empty tables. Raises ValueError or KeyError where a line is none of `lines_of`."""
    named = {table.name: table for table in tables}
    for table in filter(_is_about, tables):
        connection.execute(delete(table).where(table.c.name != _SCHEMA))
    put: Table | None = None
    columns: list[str] = []
    rows: list[dict[str, Any]] = []
    for line in lines:
        read = json.loads(line)
        if isinstance(read, dict):
            _put(connection, put, rows)
            put, columns, rows = named[read["table"]], [str(name) for name in read["columns"]], []
            if not set(columns) <= set(put.columns.keys()):
                raise ValueError("a column that the program does not know")
            continue
        rows.append(dict(zip(columns, map(_value, read), strict=True)))
        if len(rows) >= _ROWS_AT_ONCE:
            _put(connection, put, rows)
            rows = []
    _put(connection, put, rows)
    for table in tables:
        _count_on(connection, table)


def _put(connection: Connection, table: Table | None, rows: list[dict[str, Any]]) -> None:
    if table is not None and rows:
        connection.execute(insert(table), rows)


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers further rows from where it stopped itself, and knows nothing of rows that had their number."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        if column.autoincrement is True and isinstance(column.type, Integer):
            last = connection.execute(select(func.max(column))).scalar_one()
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:place, :name), :last, :used)"),
                {"place": f'"{table.name}"', "name": column.name, "last": last or 1, "used": last is not None},
            )


def _is_about(table: Table) -> bool:
    """Whether the table holds what a database says about itself."""
    return list(table.columns.keys()) == ["name", "value"]


def _is_of_the_schema(table: Table, first: Any) -> bool:
    return _is_about(table) and first == _SCHEMA


def _line(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n").encode("ascii")


def _told(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {_BYTES: base64.b64encode(bytes(value)).decode("ascii")}
    return {_DAY: value.isoformat()} if isinstance(value, date) else value


def _value(told: Any) -> Any:
    if not isinstance(told, dict):
        return told
    return base64.b64decode(told[_BYTES], validate=True) if _BYTES in told else date.fromisoformat(told[_DAY])
