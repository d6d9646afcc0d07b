"""How the tables of the decision log are made and changed, release by release, by Alembic.
Run by bot.decision_log.upgrading only; a revision imports nothing of the rest but what never changes."""
