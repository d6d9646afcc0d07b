"""The database of the accounts, and the salt under which it counts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from bot import databases
from bot.accounts.errors import AccountsLocked, AccountsSchemaError, AccountsUnavailable
from bot.accounts.schema import SCHEMA_VERSION, about, account, account_role, enrolled, event, passkey

MIGRATIONS = Path(__file__).parent / "migrations"
COPIED = (about, account, account_role, passkey, enrolled, event)
"""The tables that a backup takes. Sessions, links and counts last for minutes or days: none may come to life again."""

_SALT = "salt"
_SALT_BYTES = 32
_MAKERS_LOCK = 7_401_942_560_115_200_012


def _begin() -> Mapping[str, str]:
    return {_SALT: secrets.token_hex(_SALT_BYTES)}


_PART = databases.Part(
    "the accounts", "SHAREWELL_ACCOUNTS_URL", "accounts.db", about, SCHEMA_VERSION, MIGRATIONS, _begin,
    frozenset({_SALT}), _MAKERS_LOCK, AccountsUnavailable, AccountsSchemaError, AccountsLocked,
)  # fmt: skip


class Database(databases.Database):
    """A database of accounts."""

    def __init__(self, url: str, lock_wait: float = databases.LOCK_WAIT) -> None:
        """Raises AccountsUnavailable or AccountsSchemaError."""
        super().__init__(_PART, url, lock_wait)
        self.salt = bytes.fromhex(self.facts[_SALT])
