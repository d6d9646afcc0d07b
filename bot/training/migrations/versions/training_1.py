"""The first released schema of the training."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def _learner() -> sa.Column[str]:
    key = sa.ForeignKey("learner.id", ondelete="CASCADE")
    return sa.Column("learner_id", sa.String(24), key, primary_key=True)


def upgrade() -> None:
    op.create_table(
        "training_about",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "learner",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("pseudonym", sa.String(40), nullable=False),
        sa.Column("locator", sa.Integer, nullable=False),
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.Column("began", sa.Date, nullable=False),
        sa.Column("used", sa.Date, nullable=False),
        sa.Column("shared_as", sa.String(40)),
        sa.Column("first_day", sa.Date),
    )
    op.create_index("ix_learner_locator", "learner", ["locator"])
    op.create_index("ix_learner_used", "learner", ["used"])
    _answers()
    _walks()


def _answers() -> None:
    op.create_table(
        "mark",
        _learner(),
        sa.Column("key", sa.String(97), primary_key=True),
        sa.Column("right_once", sa.Boolean, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
    )
    op.create_table(
        "certainty",
        _learner(),
        sa.Column("name", sa.String(10), primary_key=True),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("right_ones", sa.Integer, nullable=False),
    )
    op.create_table(
        "repetition",
        _learner(),
        sa.Column("key", sa.String(97), primary_key=True),
        sa.Column("stability", sa.Float, nullable=False),
        sa.Column("difficulty", sa.Float, nullable=False),
        sa.Column("reviewed", sa.Date, nullable=False),
        sa.Column("due", sa.Date, nullable=False),
    )
    op.create_table(
        "daily",
        _learner(),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("questions", sa.Text, nullable=False),
    )


def _walks() -> None:
    op.create_table(
        "practice",
        _learner(),
        sa.Column("scenario", sa.String(97), primary_key=True),
        sa.Column("check_id", sa.String(48), nullable=False),
        sa.Column("outcome_id", sa.String(48), nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("area", sa.String(80), nullable=False),
        sa.Column("content_version", sa.String(64), nullable=False),
        sa.Column("went_well", sa.Boolean, nullable=False),
        sa.Column("walked", sa.Date, nullable=False),
    )
    op.create_table(
        "completion",
        _learner(),
        sa.Column("module", sa.String(48), primary_key=True),
        sa.Column("completed", sa.Date, nullable=False),
        sa.Column("content_version", sa.String(64), nullable=False),
    )
