"""Offers the organisation's own page for identifying details, by a link that works once."""

from __future__ import annotations

from typing import Protocol

from bot.conversation import buttons, words
from bot.conversation.messages import Button, Link, Reply
from bot.conversation.turn import Turn, notice
from bot.decision_log import IdentityState

VERB = "identity-page"


class IdentityPage(Protocol):
    """Makes links to the pages about one record. The organisation's pages do."""

    @property
    def minutes(self) -> int:
        """How long a link works."""
        ...

    @property
    def hand_in_hours(self) -> int:
        """How long a link works by which somebody hands a record in."""
        ...

    def path(self, reference: str) -> str:
        """The path of a new link for the record `reference`. Raises SharewellError where none can be made."""
        ...

    def hand_in_path(self, reference: str) -> str:
        """The same of a link by which somebody hands the record in under their account."""
        ...


def button(turn: Turn, reference: str) -> tuple[Button, ...]:
    """The button that asks for a link; nothing where there is no such page."""
    return () if turn.identity_page is None else (buttons.tied(words.IDENTITY_PAGE_BUTTON, VERB, reference),)


def offer(turn: Turn, reference: str) -> Reply:
    """A link for the record just made. It is made when it is asked for, so that its time begins then.

    Blocks on the disk. Raises SharewellError where no link can be made.
    """
    page = turn.identity_page
    if page is None or reference != turn.session.reference:
        return Reply((notice(words.OLD_BUTTON),), "error", buttons=(buttons.MENU,))
    steps = (buttons.MENU, buttons.FORGET)
    if turn.log.show(reference).identity is IdentityState.HELD:
        return Reply((notice(words.IDENTITY_KEPT.format(reference=reference)),), "recorded", reference, steps)
    told = notice(words.IDENTITY_PAGE.format(minutes=page.minutes), words.IDENTITY_PAGE_TITLE)
    link = Link(words.IDENTITY_PAGE_LINK.format(reference=reference), page.path(reference))
    return Reply((told,), "recorded", reference, (*button(turn, reference), *steps), links=(link,))
