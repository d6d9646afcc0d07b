"""Where identifying details are added to a record: on the organisation's own page, never in this chat."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.telegram import words
from bot.conversation import handing_in, identity_page
from bot.conversation.messages import Reply
from bot.conversation.turn import notice

_OFFICE = "/office"
_OFFER = f"{identity_page.VERB}:"
_LINKED = (_OFFER, f"{handing_in.VERB}:")
"""How the buttons begin that lead to a page of the organisation."""


def where_to_add(reply: Reply, site_url: str) -> Reply:
    """`reply`; where a record was just confirmed, with the words that say where its details are added."""
    if reply.kind != "recorded" or not reply.id or reply.links:
        return reply
    offered = any(button.value.startswith(_OFFER) for button in reply.buttons)
    if offered and site_url:
        return reply
    steps = tuple(button for button in reply.buttons if not button.value.startswith(_LINKED))
    words_ = words.IDENTITY_WHERE if site_url else words.IDENTITY_ASK
    said = notice(words_.format(address=f"{site_url}{_OFFICE}", reference=reply.id))
    return replace(reply, parts=(*reply.parts, said), buttons=steps)


def link_in(reply: Reply) -> str:
    """The path of the link to the identity page in `reply`; empty where there is none."""
    found = (link.path for link in reply.links if link.path.startswith(f"{_OFFICE}/identity/"))
    return next(found, "") if reply.kind == "recorded" else ""
