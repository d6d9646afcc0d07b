"""How the tables of the accounts are made and changed, release by release, by Alembic.
Run by bot.databases only; a revision imports nothing of the rest."""
