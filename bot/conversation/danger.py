"""What is said first where a message tells of danger: what to do now, whom to tell, and the check to walk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.conversation import buttons, learning, rendering, words
from bot.conversation.linking import to_page
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, notice
from bot.knowledge import Area, Knowledge, Trigger
from bot.urgent import Detected


def alone(turn: Turn, detected: Detected) -> Reply:
    """The urgent words by themselves, where the message asked nothing besides and nothing was open."""
    offer = (_walk(turn, detected.trigger_id), buttons.ASK_ADVICE, buttons.MENU)
    links = to_page(turn, words.URGENT_PAGE, f"/urgent/{detected.trigger_id}")
    return Reply(_parts(turn, detected), "urgent", detected.trigger_id, offer, links=links)


def first(turn: Turn, detected: Detected, rest: Reply) -> Reply:
    """The urgent words, and `rest` after them."""
    is_open = turn.session.start is not None or learning.is_open(turn)
    go_on = (notice(words.URGENT_GO_ON),) if is_open else ()
    parts = (*_parts(turn, detected), *go_on, *rest.parts)
    offer = (_walk(turn, detected.trigger_id), *rest.buttons)
    links = (*to_page(turn, words.URGENT_PAGE, f"/urgent/{detected.trigger_id}"), *rest.links)
    return replace(rest, parts=parts, kind="urgent", id=detected.trigger_id, buttons=offer, links=links)


def told_after(reply: Reply, told: Part) -> Reply:
    """`reply` with `told` at its head, but after its urgent words where it has any."""
    urgent = sum(part.kind == "urgent" for part in reply.parts)
    return replace(reply, parts=(*reply.parts[:urgent], told, *reply.parts[urgent:]))


def asked_for(turn: Turn, trigger_id: str) -> Reply:
    """The urgent words that somebody chose from a list: nothing was detected."""
    parts = words_of(turn.knowledge.triggers[trigger_id], turn.area, turn.knowledge, turn.today)
    offer = (_walk(turn, trigger_id), buttons.ASK_ADVICE, buttons.MENU)
    return Reply(parts, "urgent", trigger_id, offer, links=to_page(turn, words.URGENT_PAGE, f"/urgent/{trigger_id}"))


def words_of(trigger: Trigger, area: Area, knowledge: Knowledge, today: date) -> tuple[Part, ...]:
    """All that is said first where `trigger` is met, in the chat and on a page alike."""
    parts = rendering.urgent_parts(trigger, area, knowledge, today)
    return (*parts, Part(words.URGENT_NOT_CHECKED, "urgent"))


def _parts(turn: Turn, detected: Detected) -> tuple[Part, ...]:
    return words_of(turn.knowledge.triggers[detected.trigger_id], turn.area, turn.knowledge, turn.today)


def _walk(turn: Turn, trigger_id: str) -> Button:
    check = turn.knowledge.checks[turn.knowledge.triggers[trigger_id].check]
    return buttons.check(f"Check: {check.title}", check.id)
