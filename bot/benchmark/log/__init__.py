"""`sharewell bench log`: tampering, kills, many writers and a million entries, on SQLite and PostgreSQL.
Imported by the command line, and by the tests for their smaller versions of the same."""

from bot.benchmark.log.measuring import FULL, PARTS, measure

__all__ = ["FULL", "PARTS", "measure"]
