"""The database of the training: another than that of the decision log, on which it refuses to be opened."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.databases import Database, Part
from bot.training.errors import TrainingLocked, TrainingSchemaError, TrainingUnavailable, UnknownLearner
from bot.training.schema import SCHEMA_VERSION, about, learner, metadata

LOCATOR_KEY = "locator_key"
MIGRATIONS = Path(__file__).parent / "migrations"
COPIED = tuple(metadata.sorted_tables)
"""The tables that a backup takes, each after those that it refers to."""

_KEY_BYTES = 32


def _begin() -> Mapping[str, str]:
    return {LOCATOR_KEY: secrets.token_hex(_KEY_BYTES)}


PART = Part(
    "the training", "SHAREWELL_TRAINING_URL", "training.db", about, SCHEMA_VERSION, MIGRATIONS, _begin,
    frozenset({LOCATOR_KEY}), 7_401_942_560_115_200_014, TrainingUnavailable, TrainingSchemaError, TrainingLocked,
)  # fmt: skip


def open_database(url: str) -> Database:
    """Raises TrainingUnavailable, or TrainingSchemaError where the database is not one of training."""
    return Database(PART, url)


def put(connection: Connection, table: Table, **values: Any) -> None:
    """Write a row in the place of the one with the same primary key, if there is one."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    keys = [column.name for column in table.primary_key.columns]
    changed = {name: value for name, value in values.items() if name not in keys}
    statement = dialect.insert(table).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def touch(connection: Connection, learner_id: str, today: date, keep_days: int) -> None:
    """Begin work on a learner: keeps the row until the end of the transaction, and notes that it was used today.

    Raises UnknownLearner where there is none, or its time has passed.
    """
    known = (learner.c.id == learner_id) & (learner.c.used >= oldest(today, keep_days))
    if connection.execute(update(learner).where(known).values(used=today)).rowcount != 1:
        raise UnknownLearner()


def oldest(today: date, keep_days: int) -> date:
    """The day on which progress must have been used to be kept still."""
    return today - timedelta(days=keep_days)
