"""Browsing what there is: by the situations of the menu and by kind, in pages of buttons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.conversation import buttons, words
from bot.conversation.linking import to_page
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn
from bot.knowledge import Knowledge, Situation

PER_PAGE = 8
"""Buttons of a page: more do not fit a phone's screen."""


@dataclass(frozen=True)
class Entry:
    """A topic, a check or an urgent trigger as it stands in a list: `kind` is topic, check or urgent."""

    kind: str
    id: str
    title: str
    about: str

    @property
    def path(self) -> str:
        """Its address on the web page."""
        return f"/{self.kind}/{self.id}"

    @property
    def label(self) -> str:
        return f"{_SAID_BEFORE.get(self.kind, '')}{self.title}"


@dataclass(frozen=True)
class Kind:
    """A kind of unit, as people look for it."""

    id: str
    title: str
    about: str


_SAID_BEFORE = {"check": "Check: ", "urgent": "Urgent: "}
_KINDS = (
    Kind("urgent", "Urgent situations", "What to do first where somebody may be harmed."),
    Kind("check", "Checks", "Questions, one at a time, that lead to what to do."),
    Kind("myth", "Myths", "What people believe, and what is so."),
    Kind("faq", "Common questions", "What people ask most, with an answer."),
    Kind("golden-rules", "Golden rules", "The rules for sharing information and for working together."),
    Kind("principles", "Principles", "What to hold on to in every decision."),
    Kind("process", "How things are done", "Steps, time limits and whom to go to."),
    Kind("duty", "Duties", "What you or your organisation have to do."),
    Kind("list", "Lists", "Points to go through, each list complete."),
    Kind("legal-basis", "Laws and powers", "What the law allows, asks or forbids."),
    Kind("definition", "What words mean", "Terms that guidance uses."),
    Kind("role", "Roles", "What is expected of practitioners, managers and boards."),
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.id: kind for kind in _KINDS})


def entry(knowledge: Knowledge, kind: str, name: str) -> Entry | None:
    """The unit `name` of the kind topic, check or urgent; None where there is none."""
    if kind == "topic" and name in knowledge.topics:
        return Entry(kind, name, knowledge.topics[name].title, _first_paragraph(knowledge.topics[name].short))
    if kind == "check" and name in knowledge.checks:
        return Entry(kind, name, knowledge.checks[name].title, knowledge.checks[name].purpose)
    if kind == "urgent" and name in knowledge.triggers:
        return Entry(kind, name, knowledge.triggers[name].title, knowledge.triggers[name].situation)
    return None


def in_situation(knowledge: Knowledge, situation: Situation) -> tuple[Entry, ...]:
    """What the situation lists, in its order: urgent triggers, checks, topics."""
    listed = (("urgent", situation.urgent), ("check", situation.checks), ("topic", situation.topics))
    return _entries(knowledge, [(kind, name) for kind, names in listed for name in names])


def of_kind(knowledge: Knowledge, kind: str) -> tuple[Entry, ...]:
    """Every unit of a kind of KINDS, by title."""
    if kind == "check":
        found = [(kind, name) for name in knowledge.checks]
    elif kind == "urgent":
        found = [(kind, name) for name in knowledge.triggers]
    else:
        found = [("topic", topic.id) for topic in knowledge.topics.values() if topic.kind == kind]
    return tuple(sorted(_entries(knowledge, found), key=lambda each: each.title.casefold()))


def situations(turn: Turn, number: str = "1") -> Reply | None:
    """The situations to choose from; None for a page that is not there."""
    told = Part(words.SITUATIONS, "plain", words.SITUATIONS_TITLE)
    offer = [buttons.tied(each.title, "situation", each.id, "1") for each in turn.knowledge.situations.values()]
    return _page(turn, _List("situations", told, offer, "/browse", buttons.BY_KIND), number)


def kinds(turn: Turn, number: str = "1") -> Reply | None:
    """The kinds to choose from; None for a page that is not there."""
    told = Part(words.KINDS, "plain", words.KINDS_TITLE)
    shown = [kind for kind in KINDS.values() if of_kind(turn.knowledge, kind.id)]
    offer = [buttons.tied(kind.title, "kind", kind.id, "1") for kind in shown]
    return _page(turn, _List("kinds", told, offer, "/browse", buttons.BY_SITUATION), number)


def situation(turn: Turn, name: str, number: str) -> Reply | None:
    """A page of what a situation lists; None where there is no such situation or page."""
    found = turn.knowledge.situations.get(name)
    if found is None:
        return None
    told, offer = Part(found.about, "plain", found.title), _unit_buttons(in_situation(turn.knowledge, found))
    listed = _List(f"situation:{name}", told, offer, f"/browse/situation/{name}", buttons.BY_SITUATION)
    return _page(turn, listed, number)


def kind(turn: Turn, name: str, number: str) -> Reply | None:
    """A page of the units of a kind; None where there is no such kind or page."""
    found = KINDS.get(name)
    if found is None:
        return None
    told, offer = Part(found.about, "plain", found.title), _unit_buttons(of_kind(turn.knowledge, name))
    return _page(turn, _List(f"kind:{name}", told, offer, f"/browse/kind/{name}", buttons.BY_KIND), number)


@dataclass(frozen=True)
class _List:
    """A list to be shown in pages: what its buttons begin with, what is said above it, its web page, the way up."""

    way: str
    told: Part
    offer: Sequence[Button]
    path: str
    up: Button


def _page(turn: Turn, listed: _List, number: str) -> Reply | None:
    total = max(1, math.ceil(len(listed.offer) / PER_PAGE))
    place = int(number) if number.isascii() and number.isdecimal() and len(number) <= 3 else 0
    if not 1 <= place <= total:
        return None
    shown = listed.offer[(place - 1) * PER_PAGE : place * PER_PAGE]
    steps = [buttons.step("More of these", listed.way, str(place + 1))] if place < total else []
    steps += [buttons.step("Back to the first of these", listed.way, "1")] if place > 1 else []
    steps += [replace(listed.up, weight="step"), buttons.MENU]
    counted = (Part(words.BROWSE_PAGE.format(number=place, total=total)),) if total > 1 else ()
    return Reply(
        (listed.told, *counted), "smalltalk", listed.way, (*shown, *steps),
        links=to_page(turn, words.BROWSE_LINK, listed.path),
    )  # fmt: skip


def _unit_buttons(entries: Sequence[Entry]) -> list[Button]:
    return [buttons.tied(each.label, each.kind, each.id) for each in entries]


def _entries(knowledge: Knowledge, listed: Sequence[tuple[str, str]]) -> tuple[Entry, ...]:
    return tuple(found for kind, name in listed if (found := entry(knowledge, kind, name)) is not None)


def _first_paragraph(text: str) -> str:
    return text.split("\n\n", 1)[0]
