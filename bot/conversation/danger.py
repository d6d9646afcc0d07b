"""What is said first where a message tells of danger: what to do now, whom to tell, and the check to walk."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import buttons, rendering, words
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, notice
from bot.urgent import Detected


def alone(turn: Turn, detected: Detected) -> Reply:
    """The urgent words by themselves, where the message asked nothing besides and nothing was open."""
    offer = (_walk(turn, detected), buttons.ASK_ADVICE, buttons.MENU)
    return Reply(_parts(turn, detected), "urgent", detected.trigger_id, offer)


def first(turn: Turn, detected: Detected, rest: Reply) -> Reply:
    """The urgent words, and `rest` after them."""
    go_on = () if turn.session.start is None else (notice(words.URGENT_GO_ON),)
    parts = (*_parts(turn, detected), *go_on, *rest.parts)
    offer = (_walk(turn, detected), *rest.buttons)
    return replace(rest, parts=parts, kind="urgent", id=detected.trigger_id, buttons=offer)


def told_after(reply: Reply, told: Part) -> Reply:
    """`reply` with `told` at its head, but after its urgent words where it has any."""
    urgent = sum(part.kind == "urgent" for part in reply.parts)
    return replace(reply, parts=(*reply.parts[:urgent], told, *reply.parts[urgent:]))


def _parts(turn: Turn, detected: Detected) -> tuple[Part, ...]:
    trigger = turn.knowledge.triggers[detected.trigger_id]
    parts = rendering.urgent_parts(trigger, turn.area, turn.knowledge, turn.today)
    return (*parts, Part(words.URGENT_NOT_CHECKED, "urgent"))


def _walk(turn: Turn, detected: Detected) -> Button:
    check = turn.knowledge.checks[turn.knowledge.triggers[detected.trigger_id].check]
    return buttons.check(f"Check: {check.title}", check.id)
