"""Accounts for tests: a clock that a test moves on, passwords that are checked quickly, people who have joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher

from bot.accounts import Accounts, Action, EventKind, OpenIdSettings, Passwords, Role, SessionLimits, may

PASSWORD = "violet kettle moves north"
OTHER_PASSWORD = "seven quiet lamps outside"
HOME = "192.0.2.7"
ELSEWHERE = "198.51.100.9"


@dataclass
class Clock:
    """Seconds since 1970 that a test moves on."""

    now: float = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


class Counting(PasswordHasher):
    """The real hasher at its lowest cost, which counts how often it works."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.checks = 0
        self.hashes = 0

    def verify(self, *args: Any, **options: Any) -> Any:
        self.checks += 1
        return super().verify(*args, **options)

    def hash(self, *args: Any, **options: Any) -> str:
        self.hashes += 1
        return super().hash(*args, **options)


def opened(
    url: str, clock: Clock, hasher: PasswordHasher | None = None, limits: SessionLimits | None = None,
    open_id: OpenIdSettings | None = None,
) -> Accounts:  # fmt: skip
    return Accounts(url, limits=limits, open_id=open_id, passwords=Passwords(hasher or Counting()), clock=clock)


def joined(accounts: Accounts, name: str, *roles: Role, password: str = PASSWORD) -> str:
    """Somebody who was invited and has joined with a password: the id of the account."""
    made = accounts.invitations.invite(roles or (Role.PRACTITIONER,))
    return accounts.invitations.accept_with_password(made.token, name, password)


def kinds(accounts: Accounts) -> list[EventKind]:
    """The kinds of the events so far, the newest first."""
    return [event.kind for event in accounts.events.newest(500)]


def allowed(accounts: Accounts, account_id: str) -> set[Action]:
    account = accounts.people.find(account_id)
    return {action for action in Action if may(account, action)}
