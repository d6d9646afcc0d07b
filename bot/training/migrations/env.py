"""What Alembic runs: the revisions, on the connection and in the transaction that the caller holds."""

from __future__ import annotations

from alembic import context

from bot.training.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True,
    version_table="training_version",
)  # fmt: skip
with context.begin_transaction():
    context.run_migrations()
