"""Identifying details of a record: what may be given, and which of them are held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.decision_log.errors import IdentityErased, IdentityMissing, InvalidDraft
from bot.decision_log.ledger import Entry, EntryKind

IDENTITY_KEYS = ("case-reference", "whose-information", "who-decided")
MAX_DETAIL = 500  # characters


def require_details(details: Mapping[str, str]) -> None:
    """Raises InvalidDraft unless `details` holds one to three of IDENTITY_KEYS, each with a text."""
    if not details:
        raise InvalidDraft("No identifying details were given.")
    if not set(details) <= set(IDENTITY_KEYS):
        raise InvalidDraft(f"Identifying details are {', '.join(IDENTITY_KEYS)}, and nothing else.")
    if not all(text.strip() for text in details.values()):
        raise InvalidDraft("An identifying detail is empty.", "Leave it out, or fill it in.")
    if any(len(text) > MAX_DETAIL for text in details.values()):
        raise InvalidDraft(f"An identifying detail is longer than {MAX_DETAIL} characters.", "Shorten it.")


def held_identity(entries: Sequence[Entry]) -> Entry | None:
    """The entry whose identifying details a record still holds, from all entries of that record."""
    erased = {entry.body["erased"] for entry in entries if entry.kind is EntryKind.ERASURE}
    held = [
        entry for entry in entries if entry.kind is EntryKind.IDENTITY and sealed_of(entry)["vault_id"] not in erased
    ]
    return held[-1] if held else None


def require_identity(entries: Sequence[Entry]) -> Entry:
    """`held_identity`, or IdentityErased, or IdentityMissing."""
    held = held_identity(entries)
    if held is not None:
        return held
    if any(entry.kind is EntryKind.IDENTITY for entry in entries):
        raise IdentityErased()
    raise IdentityMissing()


def sealed_of(entry: Entry) -> dict[str, str]:
    """What the entry holds of its vault row: vault id and commitment. Raises KeyError where it has none."""
    sealed: Any = entry.body["sealed"]
    return {"vault_id": sealed["vault_id"], "commitment": sealed["commitment"]}
