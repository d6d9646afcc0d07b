"""What the organisation's own side gives this channel: its page for details, its accounts, and what waits for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.accounts import Account, Accounts

LinkMaker = Callable[[str, str], str]
"""The path of a new link to the identity page, for a record and the one who alone may open it."""


@dataclass(frozen=True)
class Organisation:
    """`link` may wait for a database, and so may `waiting`: the numbers of the records that wait for an account."""

    accounts: Accounts
    link: LinkMaker
    waiting: Callable[[Account], Sequence[int]]
