"""Links from a reply to the pages of the same guidance, led by the same area."""

from __future__ import annotations

from bot.conversation.messages import Link
from bot.conversation.turn import Turn
from bot.knowledge import NATIONAL


def to_page(turn: Turn, label: str, path: str) -> tuple[Link, ...]:
    """The page at `path`. Its address names the area of the conversation, so that it says what the chat said."""
    area = "" if turn.area.id == NATIONAL else f"?area={turn.area.id}"
    return (Link(label, f"{path}{area}"),)
