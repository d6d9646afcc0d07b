"""Indices for the lists of a log that has grown: what waits, what is to be looked at again, what is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None

_REPLACED = ("record_status", "record_review", "record_retention")
_INDICES = {
    "record_waiting": (["due_at", "sequence", "author", "responsible"], "status = 'waiting-for-approval'"),
    "record_review_due": (["review_on", "sequence", "author", "responsible"], "review_on > '' AND erased_at = ''"),
    "record_kept": (["kept_from", "sequence"], "erased_at = ''"),
    "record_not_just_kept": (["retention", "sequence"], "retention <> 'kept'"),
    "record_taken_over": (["responsible", "sequence"], "responsible <> author"),
}
"""The columns of each, and which records it holds."""

# An option belongs to one field: without this, PostgreSQL takes the two for independent, and expects too few records.
_STATISTICS = "CREATE STATISTICS record_choice_pairs (mcv) ON field_id, option_id FROM record_choice"


def upgrade() -> None:
    for name in _REPLACED:
        op.drop_index(name, "record")
    for name, (columns, only) in _INDICES.items():
        op.create_index(name, "record", columns, sqlite_where=sa.text(only), postgresql_where=sa.text(only))
    about = sa.table("about", sa.column("name", sa.String), sa.column("value", sa.String))
    op.execute(about.update().where(about.c.name == "schema_version").values(value="3"))
    if op.get_context().dialect.name == "postgresql":
        op.execute(sa.text(_STATISTICS))
