"""Makes the tables of an empty database, and brings those of an older release up to date, by Alembic's revisions."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect

from bot.decision_log.schema import SCHEMA_VERSION

MIGRATIONS = Path(__file__).parent / "migrations"
FIRST_RELEASE = "1"
NEWEST = str(SCHEMA_VERSION)


def configuration(connection: Connection) -> Config:
    """Alembic's settings for a connection whose transaction the caller holds."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def make_tables(connection: Connection, revision: str = NEWEST) -> None:
    """Make the tables of `revision` in an empty database."""
    command.upgrade(configuration(connection), revision)


def upgrade_tables(connection: Connection) -> None:
    """Bring the tables of any release to the newest. The caller's transaction makes it all or nothing."""
    config = configuration(connection)
    if "alembic_version" not in inspect(connection).get_table_names():
        command.stamp(config, FIRST_RELEASE)  # the first release was made without Alembic
    command.upgrade(config, NEWEST)
