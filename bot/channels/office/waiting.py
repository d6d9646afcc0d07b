"""What waits for somebody's approval, for a channel that tells them that it does."""

from __future__ import annotations

from dataclasses import replace

from bot.accounts import Account, Action, may
from bot.channels.office.shelf import Shelf
from bot.decision_log import RecordStatus, Search

_LISTED = 200


def waiting_for(shelf: Shelf, account: Account) -> tuple[int, ...]:
    """The numbers of the records that `account` may decide on, newest first: readable, and not made by it."""
    if not may(account, Action.APPROVAL_DECIDE):
        return ()
    whose = shelf.readable(account)
    others = whose and replace(whose, authors=whose.authors - {account.id})
    page = shelf.log.search(Search(status=RecordStatus.WAITING_FOR_APPROVAL, whose=others, limit=_LISTED))
    found = [record for record in page.records if record.author != account.id]
    own = shelf.log.identified(account.id, [record.reference for record in found])
    return tuple(record.sequence for record in found if record.reference not in own)
