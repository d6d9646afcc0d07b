"""PostgreSQL with its guards and role, rotation of the master key, and where each record stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None

_POSTGRESQL_GUARDS = (
    """
        CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
    """
        CREATE FUNCTION ledger_grows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger) THEN
            RAISE EXCEPTION 'the ledger is append-only';
          END IF;
          RETURN NEW;
        END $$""",
    """
        CREATE TRIGGER ledger_refuses_change BEFORE UPDATE OR DELETE ON ledger
        FOR EACH ROW EXECUTE FUNCTION ledger_refuses()""",
    """
        CREATE TRIGGER ledger_refuses_truncate BEFORE TRUNCATE ON ledger
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()""",
    """
        CREATE TRIGGER ledger_only_grows BEFORE INSERT ON ledger
        FOR EACH ROW EXECUTE FUNCTION ledger_grows()""",
)
# A hosted database may not let its owner make roles: then an administrator makes this one and grants the same.
_ROLE = """
    DO $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'sharewell_writer') THEN
        IF (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) THEN
          CREATE ROLE sharewell_writer NOLOGIN;
        END IF;
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$"""
_GRANTS = """
    DO $$ BEGIN
      IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'sharewell_writer') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO sharewell_writer', current_schema());
        GRANT SELECT ON about, sealing, alembic_version TO sharewell_writer;
        GRANT SELECT, INSERT ON ledger TO sharewell_writer;
        GRANT SELECT, INSERT, DELETE ON vault TO sharewell_writer;
        GRANT SELECT, UPDATE ON head TO sharewell_writer;
        GRANT SELECT, INSERT, UPDATE, DELETE ON record, record_choice TO sharewell_writer;
      END IF;
    END $$"""

_INDICES = {
    "record_status": ["status", "due_at"],
    "record_status_newest": ["status", "sequence"],
    "record_recorded": ["recorded_at"],
    "record_review": ["review_on"],
    "record_retention": ["retention", "kept_from"],
    "record_author": ["author", "sequence"],
    "record_area": ["area", "sequence"],
    "record_decision": ["decision", "sequence"],
    "record_check": ["check_id", "sequence"],
    "record_outcome": ["outcome_id", "sequence"],
}
_RECORD_TEXTS = {
    "recorded_at": 27, "check_id": 80, "outcome_id": 80, "area": 80, "urgency": 24, "content_version": 100,
    "decision": 80, "author": 64, "responsible": 64, "status": 24, "due_at": 27, "settled_at": 27, "review_on": 10,
    "kept_from": 27, "keep_until": 10, "retention": 16, "identity": 8, "erased_at": 27,
}  # fmt: skip


def upgrade() -> None:
    op.add_column("vault", sa.Column("generation", sa.Integer, nullable=False, server_default="1"))
    op.create_index("vault_generation", "vault", ["generation"])
    op.add_column("head", sa.Column("generation", sa.Integer, nullable=False, server_default="1"))
    op.create_table(
        "sealing",
        sa.Column("from_sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "record",
        sa.Column("reference", sa.String(12), primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("last_sequence", sa.Integer, nullable=False),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in _RECORD_TEXTS.items()),
        sa.Column("corrections", sa.Integer, nullable=False),
    )
    op.create_index("record_sequence", "record", ["sequence"], unique=True)
    for name, columns in _INDICES.items():
        op.create_index(name, "record", columns)
    op.create_table(
        "record_choice",
        sa.Column("field_id", sa.String(80), primary_key=True),
        sa.Column("option_id", sa.String(80), primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    )
    op.create_index("record_choice_sequence", "record_choice", ["sequence"])
    about = sa.table("about", sa.column("name", sa.String), sa.column("value", sa.String))
    op.execute(about.update().where(about.c.name == "schema_version").values(value="2"))
    if op.get_context().dialect.name == "postgresql":
        for statement in (*_POSTGRESQL_GUARDS, _ROLE, _GRANTS):
            op.execute(sa.text(statement))
