"""`sharewell bench`: how fast the assistant is and how much memory it takes, beside bare Rasa in the same run.
May import everything but the command line; the command line imports it, and nothing else does."""

from bot.benchmark.report import Report
from bot.benchmark.running import FULL, QUICK, Size, measure

__all__ = ["FULL", "QUICK", "Report", "Size", "measure"]
