"""How many questions found an answer: numbers by day, never a word of what was asked. May import nothing of ours but
errors."""

from bot.tallies.tallies import COPIED, Found, Tallies, TalliesUnavailable

__all__ = ["COPIED", "Found", "Tallies", "TalliesUnavailable"]
