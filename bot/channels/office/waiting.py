"""What waits for somebody's approval, for a channel that tells them that it does."""

from __future__ import annotations

from bot.accounts import Account
from bot.channels.office.shelf import Shelf
from bot.decision_log import RecordStatus, Search

_LOOKED_AT = 200


def waiting_for(shelf: Shelf, account: Account) -> tuple[int, ...]:
    """The numbers of the records that `account` may decide on, newest first: readable, and not its own."""
    page = shelf.log.search(Search(status=RecordStatus.WAITING_FOR_APPROVAL, limit=_LOOKED_AT))
    readable = shelf.readable(account, page.records)
    return tuple(record.sequence for record in readable if record.author != account.id)
