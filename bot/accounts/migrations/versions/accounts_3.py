"""Teams whose names differ in capitals, spaces or forms of letters alone become one, under the name that most have."""

from __future__ import annotations

import unicodedata
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None

_ACCOUNT = sa.table("account", sa.column("team", sa.String(60)))


def upgrade() -> None:
    connection = op.get_bind()
    people = Counter(connection.execute(sa.select(_ACCOUNT.c.team).where(_ACCOUNT.c.team != "")).scalars())
    # The most people first, then by the alphabet: the same names whichever program runs it.
    standing: dict[str, str] = {}
    for team, _ in sorted(people.items(), key=lambda found: (-found[1], found[0])):
        kept = standing.setdefault(_key(team), team)
        if kept != team:
            connection.execute(sa.update(_ACCOUNT).where(_ACCOUNT.c.team == team).values(team=kept))


def _key(team: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", team).casefold().split())
