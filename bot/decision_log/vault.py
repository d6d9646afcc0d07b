"""The vault: text that may identify a person, each row encrypted under a key of its own.

The ledger holds a commitment only: SHA-256 over a random salt and the values. The salt stands inside the encrypted
row, so that nobody who reads the database can test a guess, and it goes when the row goes.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Row, delete, func, insert, select

from bot.decision_log.canonical import canonical, sha256
from bot.decision_log.errors import ChangedOutside
from bot.decision_log.keyring import Keyring
from bot.decision_log.keys import KEY_BYTES, NONCE_BYTES
from bot.decision_log.schema import vault

SALT_BYTES = 32
_INSERT = insert(vault)
PADDING = 256  # bytes: the length of a row tells little of what is in it


class Vault:
    """Rows of encrypted values, bound to the log and the record they belong to."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys

    def put(self, connection: Connection, reference: str, values: Mapping[str, str]) -> dict[str, str]:
        """Encrypt `values` into a new row. Returns what the ledger entry holds of it: vault id and commitment."""
        row, sealed = sealed_row(self._keys, reference, values)
        connection.execute(_INSERT, row)
        return sealed

    def get(self, connection: Connection, reference: str, sealed: Mapping[str, str]) -> dict[str, str] | None:
        """The values of a row; None where there is no row. Raises ChangedOutside where row and commitment differ."""
        row = connection.execute(select(vault).where(vault.c.vault_id == sealed["vault_id"])).one_or_none()
        return None if row is None else self.opened(connection, row, reference, sealed)

    def opened(
        self, connection: Connection, row: Row[Any], reference: str, sealed: Mapping[str, str]
    ) -> dict[str, str]:
        """The values of `row`. Raises ChangedOutside where row and commitment differ."""
        context = self.context(row.vault_id, reference)
        master = self._keys.master_of(row.generation, connection)
        try:
            row_key = master.unwrap(row.wrapped_key, context)
            content = json.loads(AESGCM(row_key).decrypt(row.nonce, row.ciphertext, context))
        except (InvalidTag, ValueError, TypeError):
            raise ChangedOutside() from None
        values: dict[str, str] = content["values"]
        if row.reference != reference or _commitment(content["salt"], values) != sealed["commitment"]:
            raise ChangedOutside()
        return values

    def rows(self, connection: Connection, vault_ids: Iterable[str]) -> dict[str, Row[Any]]:
        """Those of the rows that are there, by id."""
        found = connection.execute(select(vault).where(vault.c.vault_id.in_(list(vault_ids))))
        return {row.vault_id: row for row in found}

    def of_reference(self, connection: Connection, reference: str) -> tuple[str, ...]:
        """The ids of the rows that a record holds."""
        query = select(vault.c.vault_id).where(vault.c.reference == reference).order_by(vault.c.vault_id)
        return tuple(connection.execute(query).scalars())

    def held_among(self, connection: Connection, vault_ids: Iterable[str]) -> frozenset[str]:
        """Those of the ids whose rows are there."""
        found = connection.execute(select(vault.c.vault_id).where(vault.c.vault_id.in_(list(vault_ids))))
        return frozenset(found.scalars())

    def count(self, connection: Connection) -> int:
        """How many rows there are."""
        return connection.execute(select(func.count()).select_from(vault)).scalar_one()

    def erase(self, connection: Connection, vault_id: str) -> None:
        """Delete the row: its wrapped key, its ciphertext and its salt. The database overwrites them."""
        connection.execute(delete(vault).where(vault.c.vault_id == vault_id))

    def context(self, vault_id: str, reference: str) -> bytes:
        """What a row and the wrapping of its key are bound to."""
        return _context(self._keys, vault_id, reference)


def sealed_row(keys: Keyring, reference: str, values: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """A row that holds `values` encrypted under a key of its own, and what the ledger holds of it."""
    vault_id = secrets.token_hex(16)
    salt = secrets.token_hex(SALT_BYTES)
    plain = canonical({"salt": salt, "values": dict(values)}).encode("utf-8")
    plain += b" " * (-len(plain) % PADDING)
    row_key = secrets.token_bytes(KEY_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    context = _context(keys, vault_id, reference)
    row = {
        "vault_id": vault_id, "reference": reference, "generation": keys.generation,
        "wrapped_key": keys.master.wrap(row_key, context), "nonce": nonce,
        "ciphertext": AESGCM(row_key).encrypt(nonce, plain, context),
    }  # fmt: skip
    return row, {"vault_id": vault_id, "commitment": _commitment(salt, values)}


def _context(keys: Keyring, vault_id: str, reference: str) -> bytes:
    return canonical([keys.log_id, vault_id, reference]).encode("utf-8")


def _commitment(salt: str, values: Mapping[str, str]) -> str:
    return sha256({"salt": salt, "values": dict(values)})
