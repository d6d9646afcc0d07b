"""An account, its sessions, passkeys and events, as the rest of the application sees them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from bot.accounts.errors import InvalidAccount
from bot.accounts.permissions import Role

COMMAND_LINE = "command-line"
"""Who did it, where it was done on the server: the command line does not know who uses it."""

SHORTEST_NAME = 2
LONGEST_NAME = 40
LONGEST_PLACE = 60
MOST_SUBJECTS = 20


class AccountState(StrEnum):
    """Where an account stands."""

    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class Account:
    """One person's account. The id is random and stands in records; the name is what the person chose to be called."""

    id: str
    name: str
    state: AccountState
    roles: frozenset[Role]
    team: str
    area: str
    subjects: tuple[str, ...]
    has_password: bool
    from_provider: bool
    created_at: datetime

    @property
    def active(self) -> bool:
        return self.state is AccountState.ACTIVE

    @property
    def shown_as(self) -> str:
        """The name, or the id of somebody who has not chosen one yet."""
        return self.name or self.id


@dataclass(frozen=True)
class Place:
    """For whom a manager or an adviser is there. `subjects` are what an adviser answers on."""

    team: str = ""
    area: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Session:
    """One sign-in of one browser. `id` names it to its owner; the token is in the browser's cookie alone."""

    id: str
    account: Account
    began_at: datetime
    seen_at: datetime
    proved_at: datetime


@dataclass(frozen=True)
class Passkey:
    """A passkey of an account, by the label that its owner gave."""

    id: str
    label: str
    created_at: datetime


@dataclass(frozen=True)
class Invitation:
    """A link that works once. The token is known here and now only."""

    account_id: str
    token: str
    expires_at: datetime


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def account_of(row: Any, roles: Iterable[str]) -> Account:
    return Account(
        row.id, row.name, AccountState(row.state), frozenset(map(Role, roles)), row.team, row.area,
        tuple(json.loads(row.subjects)), row.password_hash is not None, row.provider_subject is not None,
        moment(row.created_at),
    )  # fmt: skip


def clean_name(text: str) -> str:
    """A name that may be kept. Raises InvalidAccount for one that is empty, too long, or cannot be seen."""
    name = one_line(text)
    if len(name) < SHORTEST_NAME:
        raise InvalidAccount("name", "The name is missing or too short.", f"Type at least {SHORTEST_NAME} characters.")
    if len(name) > LONGEST_NAME:
        raise InvalidAccount("name", "The name is too long.", f"Type at most {LONGEST_NAME} characters.")
    if not any(character.isalpha() for character in name):
        raise InvalidAccount("name", "The name has no letter in it.", "Type a name with letters.")
    return name


def name_key(name: str) -> str:
    """What two names are compared by: letters that look or read the same count as the same."""
    return one_line(unicodedata.normalize("NFKC", name).casefold())


def clean_roles(roles: Collection[str]) -> frozenset[Role]:
    """Raises InvalidAccount where there is no role, or one that is none."""
    try:
        found = frozenset(Role(role) for role in roles)
    except ValueError:
        found = frozenset()
    if not found:
        raise InvalidAccount("roles", "No role was chosen.", f"Choose at least one: {', '.join(Role)}.")
    return found


def clean_place(place: Place) -> Place:
    """Raises InvalidAccount for a text that is too long, or too many subjects."""
    texts = {"team": one_line(place.team), "area": one_line(place.area)}
    subjects = tuple(dict.fromkeys(filter(None, map(one_line, place.subjects))))
    for field, text in (*texts.items(), *(("subjects", subject) for subject in subjects)):
        if len(text) > LONGEST_PLACE:
            raise InvalidAccount(field, f"The {field} is too long.", f"Type at most {LONGEST_PLACE} characters.")
    if len(subjects) > MOST_SUBJECTS:
        raise InvalidAccount("subjects", "There are too many subjects.", f"Give at most {MOST_SUBJECTS}.")
    return Place(texts["team"], texts["area"], subjects)


def one_line(text: str) -> str:
    """`text` in one form of Unicode, without what cannot be seen, and with single spaces."""
    seen = "".join(
        " " if character.isspace() else character for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )  # fmt: skip
    return " ".join(seen.split())
