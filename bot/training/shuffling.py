"""The order in which answers are shown, and what stands for an answer in a button."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase

_ID_LENGTH = 8


@dataclass(frozen=True)
class Choice:
    """One answer as it is shown. `id` is made of its words: after a change of the words an old button fits nothing."""

    id: str
    letter: str
    text: str


def choice_id(text: str) -> str:
    """What stands for the answer `text`: 8 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:_ID_LENGTH]


def shuffled(items: Iterable[str], seed: str) -> list[str]:
    """`items` in an order that `seed` gives: the same each time, and no place says which answer is right."""
    return sorted(items, key=lambda item: hashlib.sha256(f"{seed}\0{item}".encode()).digest())


def choices(texts: Iterable[str], seed: str) -> tuple[Choice, ...]:
    """The answers `texts` in the order of `seed`, with letters."""
    ordered = shuffled(texts, seed)
    return tuple(Choice(choice_id(text), letter, text) for letter, text in zip(ascii_uppercase, ordered, strict=False))
