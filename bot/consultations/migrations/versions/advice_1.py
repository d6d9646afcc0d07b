"""The first released schema of the advice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def _thread(**options: bool) -> sa.Column[str]:
    key = sa.ForeignKey("advice_thread.id", ondelete="CASCADE")
    return sa.Column("thread_id", sa.String(32), key, **options)  # type: ignore[arg-type]


def upgrade() -> None:
    op.create_table(
        "advice_about",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "advice_thread",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("reference", sa.String(12), nullable=False, unique=True),
        sa.Column("locator", sa.Integer, nullable=False),
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.Column("area", sa.String(80), nullable=False),
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("urgency", sa.String(30), nullable=False),
        sa.Column("answers", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("adviser_id", sa.String(40)),
        sa.Column("outcome", sa.String(40)),
        sa.Column("last_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("acknowledge_by", sa.BigInteger, nullable=False),
        sa.Column("reply_by", sa.BigInteger, nullable=False),
        sa.Column("acknowledged", sa.Integer, nullable=False),
        sa.Column("read_position", sa.Integer, nullable=False),
        sa.Column("reply_position", sa.Integer, nullable=False),
        sa.Column("told_position", sa.Integer, nullable=False),
        sa.Column("notice", sa.LargeBinary),
    )
    op.create_index("ix_advice_thread_locator", "advice_thread", ["locator"])
    op.create_index("ix_advice_thread_expires_at", "advice_thread", ["expires_at"])
    op.create_index("advice_thread_inbox", "advice_thread", ["state", "subject", "reply_by"])
    op.create_table(
        "advice_message",
        _thread(primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "advice_conflict", _thread(primary_key=True), sa.Column("adviser_id", sa.String(40), primary_key=True)
    )
