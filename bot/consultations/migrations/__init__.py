"""How the tables of the advice are made and changed, release by release, by Alembic.
Run by bot.databases only; a revision imports nothing of the rest."""
