"""The database of the advice, and the key that it stands under."""

from __future__ import annotations

from pathlib import Path

from bot import databases
from bot.consultations.errors import AdviceLocked, AdviceSchemaError, AdviceUnavailable
from bot.consultations.keys import FACTS, Keyring, KeysAtHand
from bot.consultations.schema import SCHEMA_VERSION, about, conflict, message, thread

MIGRATIONS = Path(__file__).parent / "migrations"
COPIED = (about, thread, message, conflict)
"""The tables that a backup takes, where it takes the advice at all."""

_MAKERS_LOCK = 7_401_942_560_115_200_013


class Database(databases.Database):
    """A database of advice, whose key is at hand."""

    def __init__(self, url: str, keys_at_hand: KeysAtHand) -> None:
        """Raises AdviceUnavailable, AdviceSchemaError or WrongAdviceKey."""
        self.keys = Keyring(keys_at_hand)
        part = databases.Part(
            "the advice", "SHAREWELL_ADVICE_URL", "advice.db", about, SCHEMA_VERSION, MIGRATIONS, self.keys.begin,
            FACTS, _MAKERS_LOCK, AdviceUnavailable, AdviceSchemaError, AdviceLocked,
        )  # fmt: skip
        super().__init__(part, url)
        try:
            with self.reading() as connection:
                self.keys.refresh(connection)
        except BaseException:
            self.close()
            raise
