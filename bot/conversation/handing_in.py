"""Offers to hand a record in under an account, where it waits for an approval and was made without signing in."""

from __future__ import annotations

from bot.conversation import buttons, words
from bot.conversation.messages import Button, Link, Reply
from bot.conversation.turn import Turn, notice
from bot.decision_log import LogError, RecordStatus

VERB = "hand-in"


def button(turn: Turn, reference: str) -> tuple[Button, ...]:
    """The button that asks for a link; nothing where there is nothing to hand in, or no page for it."""
    if turn.identity_page is None or turn.account or not _is_nobodys(turn, reference):
        return ()
    return (buttons.tied(words.HAND_IN_BUTTON, VERB, reference),)


def offer(turn: Turn, reference: str) -> Reply:
    """A link for the record just made: whoever opens it and signs in stands behind the record.

    Blocks on the disk. Raises SharewellError where no link can be made.
    """
    page = turn.identity_page
    if page is None or reference != turn.session.reference:
        return Reply((notice(words.OLD_BUTTON),), "error", buttons=(buttons.MENU,))
    steps = (buttons.MENU, buttons.FORGET)
    if not _is_nobodys(turn, reference):
        return Reply((notice(words.HAND_IN_DONE.format(reference=reference)),), "recorded", reference, steps)
    told = notice(words.HAND_IN.format(hours=page.hand_in_hours), words.HAND_IN_TITLE)
    link = Link(words.HAND_IN_LINK.format(reference=reference), page.hand_in_path(reference))
    return Reply((told,), "recorded", reference, (*button(turn, reference), *steps), links=(link,))


def _is_nobodys(turn: Turn, reference: str) -> bool:
    """Whether the record waits, and no account stands behind it. Where that cannot be read, nothing is offered."""
    try:
        record = turn.log.show(reference)
    except LogError:
        return False
    return record.status is RecordStatus.WAITING_FOR_APPROVAL and not record.author
