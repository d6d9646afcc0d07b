"""Random tamperings with a decision log, by somebody who can write the database and holds no key: which are found.

Each is made in a transaction that is rolled back, on a log of ten records, and looked for three times: in the log
without and with a checkpoint, and in an export, which has no seals, with and without one.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from bot.decision_log import Checkpoint, DecisionLog, projection
from bot.decision_log.canonical import canonical
from bot.decision_log.verification import verify
from bot.decision_log.verify_export import NotGenuine, verify_lines

COLUMNS = ("kind", "reference", "request_id", "recorded_at", "body", "previous_hash", "hash", "seal")
HASHED = ("sequence", "kind", "reference", "request_id", "recorded_at", "body", "previous_hash")
NO_HASH = "0" * 64
_GUARDS = {
    "sqlite": [
        "DROP TRIGGER ledger_refuses_update", "DROP TRIGGER ledger_refuses_delete", "DROP TRIGGER ledger_only_grows",
    ],
    "postgresql": ["ALTER TABLE ledger DISABLE TRIGGER ALL"],
}  # fmt: skip
_PUT_BACK = {
    "sqlite": [],
    "postgresql": ["ALTER TABLE ledger ENABLE TRIGGER ALL"],
}


@dataclass
class Tally:
    """How many of each kind were made, and how many each way of looking found. Those it missed are counted by kind."""

    made: Counter[str] = field(default_factory=Counter)
    found: dict[str, Counter[str]] = field(default_factory=dict)

    def note(self, kind: str, verdicts: Mapping[str, bool]) -> None:
        self.made[kind] += 1
        for way, found in verdicts.items():
            self.found.setdefault(way, Counter())[kind] += found

    def missed(self, way: str) -> dict[str, int]:
        """How many of each kind `way` did not find."""
        found = self.found[way]
        return {kind: count - found[kind] for kind, count in self.made.items() if count != found[kind]}


WAYS = ("log, no checkpoint", "log, with a checkpoint", "export, no checkpoint", "export, with a checkpoint")
_ALL = ("edit", "delete", "insert", "swap", "truncate", "recompute", "roll back")
KINDS_FOUND_BY = {
    WAYS[0]: _ALL[:-1], WAYS[1]: _ALL, WAYS[2]: _ALL[:4], WAYS[3]: _ALL,
}  # fmt: skip
"""What each way of looking must find. The seals make more findable than a bare chain: all but an earlier copy."""


def tamper_with(log: DecisionLog, checkpoint: Checkpoint, times: int, chance: random.Random) -> Tally:
    """Tamper with `log` so many times. The checkpoint must cover all of its entries; the log is left as it was."""
    tally = Tally()
    engine = log._store._engine
    kinds = list(_KINDS)
    for number in range(times):
        kind = kinds[number % len(kinds)]
        with engine.connect() as connection:
            # Not begun by the store: only this transaction sees what is done, and nothing of it stays.
            transaction = connection.execution_options(begin_statement="BEGIN").begin()
            try:
                tally.note(kind, _once(log, connection, kind, checkpoint, chance))
            finally:
                transaction.rollback()
    return tally


def _once(
    log: DecisionLog, connection: Connection, kind: str, checkpoint: Checkpoint, chance: random.Random
) -> dict[str, bool]:
    database = connection.dialect.name
    guards = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars().all() if (
        database == "sqlite"
    ) else []  # fmt: skip
    for statement in _GUARDS[database]:
        connection.exec_driver_sql(statement)
    before = _rows(connection)
    while True:
        after = _KINDS[kind]([dict(row) for row in before], chance)
        if after != before:
            break
    _write(connection, after)
    if kind == "roll back":
        _restore_earlier(log, connection, after)
    for statement in (*guards, *_PUT_BACK[database]):
        connection.exec_driver_sql(statement)
    plain = verify(connection, log._ledger, log._vault)
    witnessed = verify(connection, log._ledger, log._vault, [checkpoint])
    lines = [{**{name: row[name] for name in HASHED}, "body": _read(row["body"]), "hash": row["hash"]} for row in after]
    return {
        WAYS[0]: not plain.ok, WAYS[1]: not witnessed.ok,
        WAYS[2]: _export_is_refused(lines, []),
        WAYS[3]: _export_is_refused(lines, [json.loads(checkpoint.line())]),
    }  # fmt: skip


def _export_is_refused(lines: Sequence[dict[str, Any]], checkpoints: list[dict[str, Any]]) -> bool:
    try:
        verify_lines(iter(lines), checkpoints)
    except (NotGenuine, ValueError):
        return True
    return False


def _read(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body


def _rows(connection: Connection) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(text("SELECT * FROM ledger ORDER BY sequence")).mappings()]


def _write(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    connection.execute(text("DELETE FROM ledger"))
    names = ", ".join(("sequence", *COLUMNS))
    marks = ", ".join(f":{name}" for name in ("sequence", *COLUMNS))
    if rows:
        connection.execute(text(f"INSERT INTO ledger ({names}) VALUES ({marks})"), list(rows))
    last = rows[-1] if rows else {"sequence": 0, "hash": NO_HASH}
    connection.execute(
        text("UPDATE head SET entries = :entries, hash = :hash"), {"entries": last["sequence"], "hash": last["hash"]}
    )


def _restore_earlier(log: DecisionLog, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make it the very log that it was after `rows`: the attacker kept a copy of the file of that day."""
    last = rows[-1]
    seal = log._keys.newest_seal.seal(log._ledger.head_text(last["sequence"], last["hash"]))
    connection.execute(text("UPDATE head SET seal = :seal"), {"seal": seal})
    held = {json.loads(row["body"]).get("sealed", {}).get("vault_id", "") for row in rows}
    for vault_id in connection.execute(text("SELECT vault_id FROM vault")).scalars().all():
        if vault_id not in held:
            connection.execute(text("DELETE FROM vault WHERE vault_id = :vault_id"), {"vault_id": vault_id})
    projection.rebuild(connection, log._ledger)


def _edited(rows: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """One character of one column is another. What is hashed, and the hash: a seal is of the log only."""
    row = chance.choice(rows)
    column = chance.choice([name for name in COLUMNS if name != "seal" and row[name]])
    old = row[column]
    place = chance.randrange(len(old))
    row[column] = old[:place] + chance.choice("0123456789abcdefxyz-") + old[place + 1 :]
    if column == "body" and not isinstance(_read(row[column]), dict):
        row[column] = canonical({**json.loads(old), "added": chance.randrange(1000)})
    return rows


def _deleted(rows: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """An entry is gone, and those after it stand one place lower. Not the last: that is a cut tail."""
    del rows[chance.randrange(len(rows) - 1)]
    return _numbered(rows)


def _inserted(rows: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """A copy of an entry, with a confirmation id of its own, stands among the others."""
    copy = {**chance.choice(rows[1:]), "request_id": f"{chance.getrandbits(128):032x}"}
    if copy["kind"] == "decision":
        copy["reference"] = "SW-0000-0000"
    rows.insert(chance.randrange(len(rows) + 1), copy)
    return _numbered(rows)


def _swapped(rows: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    one, other = chance.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]
    return _numbered(rows)


def _truncated(rows: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    return rows[: chance.randrange(1, len(rows))]


def _recomputed(rows: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """An entry says something else, or is gone, and every hash after it was made anew."""
    at = chance.randrange(1, len(rows))
    if chance.random() < 0.5 and at < len(rows) - 1:
        del rows[at]
    else:
        rows[at]["body"] = canonical({**json.loads(rows[at]["body"]), "added": chance.randrange(1_000_000)})
    previous = NO_HASH
    for row in _numbered(rows):
        row["previous_hash"] = previous
        parts = {**{name: row[name] for name in HASHED}, "body": json.loads(row["body"])}
        previous = row["hash"] = hashlib.sha256(canonical(parts).encode()).hexdigest()
    return rows


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for sequence, row in enumerate(rows, start=1):
        row["sequence"] = sequence
    return rows


_KINDS: dict[str, Callable[[list[dict[str, Any]], random.Random], list[dict[str, Any]]]] = {
    "edit": _edited, "delete": _deleted, "insert": _inserted, "swap": _swapped, "truncate": _truncated,
    "recompute": _recomputed, "roll back": _truncated,
}  # fmt: skip
