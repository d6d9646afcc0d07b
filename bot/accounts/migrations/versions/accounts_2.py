"""One-time links to the identity page of a record, and accounts that are acted under from another service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity_link",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("reference", sa.String(24), nullable=False, index=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "enrolment_invitation",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _account(index=True),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "enrolled",
        sa.Column("person", sa.String(64), primary_key=True),
        _account(unique=True),
        sa.Column("enrolled_at", sa.BigInteger, nullable=False),
        sa.Column("address", sa.LargeBinary),
        sa.Column("told", sa.BigInteger, nullable=False),
    )


def _account(**options: bool) -> sa.Column[str]:
    key = sa.ForeignKey("account.id", ondelete="CASCADE")
    return sa.Column("account_id", sa.String(24), key, nullable=False, **options)  # type: ignore[arg-type]
