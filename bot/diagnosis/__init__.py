"""What is installed, trained, running, out of date or broken, and how to mend it: the findings of `sharewell doctor`.
May import every other package; the command line imports it, and nothing else does."""

from bot.diagnosis.doctor import examine
from bot.diagnosis.findings import Finding, State, needs_mending

__all__ = ["Finding", "State", "examine", "needs_mending"]
