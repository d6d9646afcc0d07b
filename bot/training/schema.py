"""The tables of the training as they are today; `bot.training.migrations` makes them.

What is known of a learner hangs on the learner's row and goes with it. Days only, no times: when somebody learnt to
the minute is nobody's business. No table holds words, but for the two names that the learner chose.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Integer, MetaData, String, Table, Text

SCHEMA_VERSION = 1
LONGEST_KEY = 97  # two ids of 48 characters, and a slash

metadata = MetaData()


def _learner() -> Column[str]:
    return Column("learner_id", String(24), ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True)


about = Table(
    "training_about",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Names: schema_version, and locator_key, in hexadecimal digits."""

learner = Table(
    "learner",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("pseudonym", String(40), nullable=False),
    Column("locator", Integer, nullable=False, index=True),
    Column("code_hash", Text, nullable=False),
    Column("began", Date, nullable=False),
    Column("used", Date, nullable=False, index=True),
    Column("shared_as", String(40)),  # the name that managers see; null for all who have not chosen to be seen
    Column("first_day", Date),
)

mark = Table(
    "mark",
    metadata,
    _learner(),
    Column("key", String(LONGEST_KEY), primary_key=True),
    Column("right_once", Boolean, nullable=False),
    Column("last", Date, nullable=False),
)
"""Questions that were answered: whether ever rightly, and when last."""

certainty = Table(
    "certainty",
    metadata,
    _learner(),
    Column("name", String(10), primary_key=True),
    Column("answered", Integer, nullable=False),
    Column("right_ones", Integer, nullable=False),
)
"""How many answers were given with each certainty, and how many of them were right."""

repetition = Table(
    "repetition",
    metadata,
    _learner(),
    Column("key", String(LONGEST_KEY), primary_key=True),
    Column("stability", Float, nullable=False),
    Column("difficulty", Float, nullable=False),
    Column("reviewed", Date, nullable=False),
    Column("due", Date, nullable=False),
)
"""Questions that were missed, and when they come again."""

practice = Table(
    "practice",
    metadata,
    _learner(),
    Column("scenario", String(LONGEST_KEY), primary_key=True),
    Column("check_id", String(48), nullable=False),  # empty where the walk ended without its check
    Column("outcome_id", String(48), nullable=False),
    Column("answers", Text, nullable=False),  # JSON: check, question and option of each
    Column("area", String(80), nullable=False),
    Column("content_version", String(64), nullable=False),
    Column("went_well", Boolean, nullable=False),
    Column("walked", Date, nullable=False),
)
"""The last practice walk of each scenario: ids, and nobody real."""

completion = Table(
    "completion",
    metadata,
    _learner(),
    Column("module", String(48), primary_key=True),
    Column("completed", Date, nullable=False),
    Column("content_version", String(64), nullable=False),
)

daily = Table(
    "daily",
    metadata,
    _learner(),
    Column("day", Date, nullable=False),
    Column("questions", Text, nullable=False),  # JSON
)
"""The questions of the day on which somebody last asked for them."""
