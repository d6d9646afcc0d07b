"""Where identifying details are added to a record: on the organisation's own page, never in this chat."""

from __future__ import annotations

from bot.channels.telegram import words
from bot.conversation.messages import Part, Reply
from bot.conversation.turn import notice

_OFFICE = "/office"


def where_to_add(reply: Reply, site_url: str) -> Part | None:
    """The words that say where the details of the record just confirmed are added; None for any other reply.

    A link that serves once will take their place.
    """
    if reply.kind != "recorded" or not reply.id:
        return None
    if not site_url:
        return notice(words.IDENTITY_ASK.format(reference=reply.id))
    return notice(words.IDENTITY_WHERE.format(address=f"{site_url}{_OFFICE}", reference=reply.id))
