"""The first released schema: about, ledger with its guards, vault and head."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None

_SQLITE_GUARDS = (
    """
        CREATE TRIGGER ledger_refuses_update BEFORE UPDATE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """
        CREATE TRIGGER ledger_refuses_delete BEFORE DELETE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """
        CREATE TRIGGER ledger_only_grows BEFORE INSERT ON ledger
        WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger)
          OR EXISTS (SELECT 1 FROM ledger WHERE request_id = NEW.request_id)
          OR (NEW.kind = 'decision'
              AND EXISTS (SELECT 1 FROM ledger WHERE kind = 'decision' AND reference = NEW.reference))
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
)


def upgrade() -> None:
    op.create_table(
        "about",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "ledger",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reference", sa.String(12), nullable=False),
        sa.Column("request_id", sa.String(32), nullable=False, unique=True),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    op.create_index("ledger_reference", "ledger", ["reference", "sequence"])
    op.create_index("ledger_kind", "ledger", ["kind", "recorded_at"])
    one_decision = sa.text("kind = 'decision'")
    op.create_index(
        "ledger_one_decision", "ledger", ["reference"], unique=True,
        sqlite_where=one_decision, postgresql_where=one_decision,
    )  # fmt: skip
    op.create_table(
        "vault",
        sa.Column("vault_id", sa.String(32), primary_key=True),
        sa.Column("reference", sa.String(12), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.Column("nonce", sa.LargeBinary, nullable=False),
        sa.Column("ciphertext", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_vault_reference", "vault", ["reference"])
    op.create_table(
        "head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    if op.get_context().dialect.name == "sqlite":
        for guard in _SQLITE_GUARDS:
            op.execute(guard)
