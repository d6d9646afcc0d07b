"""The first released schema of the accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def _account(**options: bool) -> sa.Column[str]:
    key = sa.ForeignKey("account.id", ondelete="CASCADE")
    return sa.Column("account_id", sa.String(24), key, **options)  # type: ignore[arg-type]


def upgrade() -> None:
    _people()
    _ways_in()
    op.create_table(
        "event",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(24), nullable=False),
        sa.Column("about_id", sa.String(24), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
    )
    op.create_index("event_at", "event", ["at"])
    op.create_index("event_kind", "event", ["kind", "number"])


def _people() -> None:
    op.create_table(
        "accounts_about",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_key", sa.String(120), unique=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("team", sa.String(60), nullable=False),
        sa.Column("area", sa.String(80), nullable=False),
        sa.Column("subjects", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("provider_subject", sa.String(64), unique=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_table("account_role", _account(primary_key=True), sa.Column("role", sa.String(20), primary_key=True))


def _ways_in() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(400), primary_key=True),
        _account(nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_count", sa.BigInteger, nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _account(nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(24), nullable=False, unique=True),
        _account(nullable=False),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("proved_at", sa.BigInteger, nullable=False),
        sa.Column("rotate", sa.Integer, nullable=False),
    )
    op.create_table(
        "device",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _account(nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "attempts",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("last_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "ceremony",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    for table in ("passkey", "invitation", "session", "device"):
        op.create_index(f"ix_{table}_account_id", table, ["account_id"])
