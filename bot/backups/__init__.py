"""A backup of the whole installation in one file: log, accounts, numbers, training, and the guidance of earlier days.
Imported by the command line alone. It imports the packages whose databases it copies, and bot.settings."""

from bot.backups.errors import WholeBackupError
from bot.backups.making import Saved, back_up
from bot.backups.restoring import Restored, restore

__all__ = ["Restored", "Saved", "WholeBackupError", "back_up", "restore"]
