"""A search by key words for pages: the gate reads the words first, danger comes before what was found."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.cleaning import cleaned
from bot.conversation.danger import words_of
from bot.conversation.free_text import LONGEST_MESSAGE
from bot.conversation.library import Library, Shelf
from bot.conversation.messages import Part
from bot.knowledge import Match
from bot.privacy import TYPES

MOST_FOUND = 20
LONGEST_SEARCH = 200
"""Characters that are searched for and shown again; what is longer is read for danger only."""


@dataclass(frozen=True)
class Found:
    """What a search found. `words` are those searched for, masked; `masked` names what was masked in them.

    `urgent` are the words of danger that come first, with the id of their `trigger`.
    """

    words: str
    masked: tuple[str, ...] = ()
    trigger: str = ""
    urgent: tuple[Part, ...] = ()
    matches: tuple[Match, ...] = ()


def search(shelf: Shelf, library: Library, text: str) -> Found:
    """What `text` finds. Nothing of it but what the gate lets through is searched for or kept in what is returned."""
    masked = shelf.bundle.gate.mask(text[:LONGEST_MESSAGE])
    words = cleaned(masked.text)[:LONGEST_SEARCH].strip()
    named = tuple(dict.fromkeys(TYPES[span.type].label for span in masked.spans))
    detected = shelf.bundle.detector.detect(masked.text)
    matches = shelf.pages.find(_searched_for(words), MOST_FOUND)
    if detected is None:
        return Found(words, named, matches=matches)
    trigger = library.knowledge.triggers[detected.trigger_id]
    urgent = words_of(trigger, library.area, library.knowledge, library.today)
    return Found(words, named, trigger.id, urgent, matches)


def _searched_for(words: str) -> str:
    """`words` without what the gate put in the place of a detail."""
    for info in TYPES.values():
        words = words.replace(info.placeholder, " ")
    return words
