"""Makes the tables of an empty database, and brings those of an older release up to date, by Alembic's revisions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from bot.decision_log import projection
from bot.decision_log.errors import SchemaError
from bot.decision_log.keyring import Keyring, facts_of
from bot.decision_log.keys import KeySource
from bot.decision_log.ledger import Ledger
from bot.decision_log.opening import missing_log, require_log, schema_version
from bot.decision_log.schema import SCHEMA_VERSION
from bot.decision_log.store import open_store
from bot.decision_log.vault import Vault
from bot.decision_log.verification import verify

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
FIRST_RELEASE = "1"
NEWEST = str(SCHEMA_VERSION)


@dataclass(frozen=True)
class Upgrade:
    """From which schema a log was brought to which, and how many entries it holds."""

    before: int
    after: int
    entries: int


def upgrade_log(url: str, source: KeySource, lock_wait: float) -> Upgrade:
    """Bring a log of an earlier release up to date, in one transaction, and verify it before that counts.

    Raises LogMissing, SchemaError (also where the log does not verify), KeyFileError, WrongKey or LogUnavailable; the
    log is then as it was.
    """
    require_log(url)
    store = open_store(url, lock_wait)
    try:
        with store.writing() as connection:
            before = schema_version(connection)
            if before is None:
                raise missing_log()
            if before < SCHEMA_VERSION:
                upgrade_tables(connection)
            keys = Keyring(source, facts_of(connection).log_id)
            keys.refresh(connection)
            if before < SCHEMA_VERSION:
                projection.rebuild(connection, Ledger(keys))
            found = verify(connection, Ledger(keys), Vault(keys))
            if not found.ok:
                raise SchemaError(
                    f"The decision log is not whole, so it was not upgraded: {found.reason}",
                    "Keep the file as it is, and restore the last backup beside it.",
                )
            return Upgrade(before, SCHEMA_VERSION, found.entries)
    finally:
        store.close()


def configuration(connection: Connection) -> Config:
    """Alembic's settings for a connection whose transaction the caller holds."""
    # Alembic is slow to import and seldom needed: only where tables are made or changed.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def make_tables(connection: Connection, revision: str = NEWEST) -> None:
    """Make the tables of `revision` in an empty database."""
    from alembic import command

    command.upgrade(configuration(connection), revision)


def upgrade_tables(connection: Connection) -> None:
    """Bring the tables of any release to the newest. The caller's transaction makes it all or nothing."""
    from alembic import command

    config = configuration(connection)
    if "alembic_version" not in inspect(connection).get_table_names():
        command.stamp(config, FIRST_RELEASE)  # the first release was made without Alembic
    command.upgrade(config, NEWEST)
