"""Handing in a record that was made without signing in, by a link that the chat gave to whoever made it.

The reference alone hands nothing in: it is short and is told to others, and whoever hands in stands behind the record.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from bot.accounts import Action, EventKind, IdentityLinkRefused
from bot.channels.office import record_words
from bot.channels.office.adding_pages import HAND_IN_PATH
from bot.channels.office.declaring import ROOT, Page
from bot.channels.office.record_pages import PATH
from bot.channels.office.shelf import Shelf
from bot.channels.office.visit import Visit


class HandInPages:
    """What the link is for, and the button that does it. Opening the link changes nothing."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def pages(self) -> tuple[Page, ...]:
        return (Page(f"{HAND_IN_PATH}/{{token}}", Action.RECORD_CORRECT, get=self._ask, post=self._hand_in),)

    def _ask(self, visit: Visit) -> Response:
        try:
            record = self._shelf.log.show(self._reference(visit))
        except IdentityLinkRefused as refused:
            return self._refused(visit, refused)
        title = self._shelf.outcome_title(record.check_id, record.outcome_id)
        return visit.page(
            "hand_in.html", record_words.HAND_IN_TITLE.format(reference=record.reference), record=record,
            outcome=title, w=record_words,
        )  # fmt: skip

    def _hand_in(self, visit: Visit) -> Response:
        try:
            reference = self._reference(visit)
        except IdentityLinkRefused as refused:
            return self._refused(visit, refused)
        self._shelf.log.submit(reference, visit.account.id, self._shelf.clock())
        visit.accounts.identity_links.end_hand_in(reference)
        return visit.go(f"{ROOT}{PATH}/{reference}")

    def _reference(self, visit: Visit) -> str:
        return visit.accounts.identity_links.hand_in_of(visit.parameters["token"])

    def _refused(self, visit: Visit, refused: IdentityLinkRefused) -> Response:
        visit.accounts.events.note(EventKind.IDENTITY_LINK_REFUSED, visit.account.id)
        return visit.failed(refused, HTTPStatus.NOT_FOUND)
