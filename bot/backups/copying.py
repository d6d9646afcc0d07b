"""The rows of tables as lines of JSON, and back: the same for SQLite and PostgreSQL, so a copy also moves a database.

One line names a table and its columns, and each line after it is a row, by primary key. What a database says of its
schema is not among the rows: the manifest says it, and rows go into tables of that schema alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Integer, String, Table, delete, func, insert, select, text

from bot.databases import SCHEMA

_ROWS_AT_ONCE = 1000
_BYTES, _DAY = "bytes", "day"
_SUMS = 1 << 512  # one more than the largest SHA-512

Shape = Mapping[str, Sequence[str]]
"""Which columns of which tables lines hold, by the table's name."""


@dataclass(frozen=True)
class Content:
    """What lines hold: their shape, and a sum over them which is the same in whatever order the rows of a table stand.

    Earlier releases left the order to the database, and each database sorts text in its own way.
    """

    shape: Shape
    digest: int


def at_one_moment(connection: Connection) -> None:
    """Let a transaction that has just begun see the database as it is now, until it ends."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    # The moment is that of the first read, in both databases: a transaction that has only begun has seen nothing yet.
    connection.exec_driver_sql("SELECT 1" if connection.dialect.name == "postgresql" else "SELECT 1 FROM sqlite_master")


def content_of(lines: Iterable[bytes]) -> Content:
    """What lines hold. Raises ValueError, KeyError or TypeError where one is none of `lines_of`."""
    shape: dict[str, Sequence[str]] = {}
    head, columns, total = b"", [""], 0
    for line in lines:
        read = json.loads(line)
        if isinstance(read, dict):
            head, columns = line, [str(name) for name in read["columns"]]
            if read["table"] in shape or not columns or len(set(columns)) < len(columns):
                raise ValueError("a table or a column is named twice, or none is")
            shape[str(read["table"])] = columns
        elif not head or not isinstance(read, list) or len(list(map(_value, read))) != len(columns):
            raise ValueError("no row of the table before it")
        total += _hashed(head, line)
    return Content(shape, total % _SUMS)


def lines_of(connection: Connection, tables: Sequence[Table], shape: Shape | None = None) -> Iterator[bytes]:
    """The rows of `tables` as they stand in this transaction: of all columns, or of those of `shape`."""
    for table in tables:
        names = table.columns.keys() if shape is None else shape.get(table.name, ())
        if not names:
            continue
        yield _line({"table": table.name, "columns": list(names)})
        order = [_in_order(connection, column) for column in table.primary_key.columns]
        query = select(*(table.c[name] for name in names)).order_by(*order)
        for row in connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)):
            if not _is_of_the_schema(table, row[0]):
                yield _line([_told(value) for value in row])


def digest_of(connection: Connection, tables: Sequence[Table], shape: Shape) -> int:
    """The digest of `Content`, of what stands in the database."""
    head, total = b"", 0
    for line in lines_of(connection, tables, shape):
        head = line if line.startswith(b"{") else head
        total += _hashed(head, line)
    return total % _SUMS


def _hashed(head: bytes, line: bytes) -> int:
    """A number for one line, with the line that names its table: a row of another table is another row."""
    return int.from_bytes(hashlib.sha512(head + line).digest(), "big")


def _in_order(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """By the bytes of text, as SQLite sorts it. PostgreSQL would sort by the language that the database was made in."""
    if connection.dialect.name == "postgresql" and isinstance(column.type, String):
        return column.collate("C")
    return column


def is_empty(connection: Connection, tables: Sequence[Table]) -> bool:
    """Whether nothing stands in the tables but what a database says about itself."""
    own = [table for table in tables if not is_about(table)]
    return not any(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in own)


def fill(connection: Connection, tables: Sequence[Table], lines: Iterable[bytes]) -> None:
    """Put rows into empty tables, of lines that `content_of` has read and of tables and columns that are there."""
    named = {table.name: table for table in tables}
    for table in filter(is_about, tables):
        connection.execute(delete(table).where(table.c.name != SCHEMA))
    put: Table | None = None
    columns: list[str] = []
    rows: list[dict[str, Any]] = []
    for line in lines:
        read = json.loads(line)
        if isinstance(read, dict):
            _put(connection, put, rows)
            put, columns, rows = named[read["table"]], [str(name) for name in read["columns"]], []
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


def is_about(table: Table) -> bool:
    """Whether the table holds what a database says about itself."""
    return list(table.columns.keys()) == ["name", "value"]


def _is_of_the_schema(table: Table, first: Any) -> bool:
    return is_about(table) and first == SCHEMA


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
