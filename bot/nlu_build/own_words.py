"""What the units say of themselves, as further sentences to learn from: the short answers and the checks' questions.

People ask in the words of the subject, and these are full of them. Titles are left out: questions for measuring are
written from titles. So is what several units say, which teaches nothing of any.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from bot.knowledge.reading import sentences

_LEAST_LETTERS = 9
# Rasa reads brackets and braces as markings, and a slash as the name of an intent.
_NOT_FOR_RASA = re.compile(r"[\[\]{}\n\r]|^/")


class Asking(Protocol):
    @property
    def asks(self) -> str: ...


class Answering(Protocol):
    """What is needed of a topic."""

    @property
    def id(self) -> str: ...
    @property
    def short(self) -> str: ...


class Checking(Protocol):
    """What is needed of a check."""

    @property
    def id(self) -> str: ...
    @property
    def purpose(self) -> str: ...
    @property
    def questions(self) -> Iterable[Asking]: ...


def own_words(topics: Mapping[str, Answering], checks: Mapping[str, Checking]) -> dict[str, tuple[str, ...]]:
    """The sentences of each intent, by its name; only intents that have some."""
    said = {f"topic_{topic.id}": sentences(topic.short) for topic in topics.values()}
    for check in checks.values():
        said[f"check_{check.id}"] = [check.purpose, *(question.asks for question in check.questions)]
    speakers: defaultdict[str, set[str]] = defaultdict(set)
    for intent, lines in said.items():
        for line in lines:
            speakers[line.casefold()].add(intent)
    kept = {
        intent: tuple(dict.fromkeys(line for line in lines if _teaches(line) and len(speakers[line.casefold()]) == 1))
        for intent, lines in sorted(said.items())
    }
    return {intent: lines for intent, lines in kept.items() if lines}


def _teaches(line: str) -> bool:
    return len(line) >= _LEAST_LETTERS and not _NOT_FOR_RASA.search(line)
