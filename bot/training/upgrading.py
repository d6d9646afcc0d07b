"""Makes the tables of an empty database, by Alembic's revisions."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.training.schema import SCHEMA_VERSION

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = str(SCHEMA_VERSION)


def upgrade_tables(connection: Connection, revision: str = NEWEST) -> None:
    """Bring the tables of any release, or of none, to `revision`. The caller's transaction makes it all or nothing."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
