"""The messages that the weights are made from: with names in the places of names, and without any."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.privacy.lexicon import Lexicon

_ROOT = Path(__file__).parents[3]
_SETS = _ROOT / "tests" / "evaluation"
# Every set that rules were changed with sight of; privacy_unseen and blind sets still in use are none.
DEVELOPMENT = (_SETS / "privacy", _SETS / "privacy_blind", _SETS / "privacy_blind_2")
KNOWLEDGE = _ROOT / "knowledge"
OTHER_NAMES = Path(__file__).with_name("names_on_no_list.txt")
FOLDS = 5
_NAMES = ("name", "initials")
_COPIES = 8
_SLIP_SHARE = 0.06
_VOWELS = "aeiou"


@dataclass(frozen=True)
class Message:
    """`spans` are (start, end) of names; `other` those of other identifiers, of which nothing is learnt."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    other: tuple[tuple[int, int], ...] = field(default=())

    @property
    def fold(self) -> int:
        """A number from 0 to FOLDS - 1 that depends on the text alone."""
        return fold_of(self.text)


def fold_of(text: str) -> int:
    """The part of the material that a text or a name belongs to; the same on every machine."""
    return zlib.crc32(text.encode()) % FOLDS


def development() -> list[Message]:
    """The committed messages of the sets in DEVELOPMENT."""
    found = []
    for file in (file for folder in DEVELOPMENT for file in sorted(folder.glob("*.yml"))):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            found.append(_message(entry))
    return found


def harmless() -> list[Message]:
    """How people ask: the examples of the guidance and of its calm messages, in which no name stands."""
    found = []
    for folder in ("topics", "checks", "urgent"):
        for file in sorted((KNOWLEDGE / folder).glob("*.yml")):
            unit = yaml.safe_load(file.read_text(encoding="utf-8"))
            found += [Message(str(text)) for text in unit.get("examples", ()) if "[" not in str(text)]
    calm = yaml.safe_load((KNOWLEDGE / "calm.yml").read_text(encoding="utf-8"))["calm"]
    elsewhere = yaml.safe_load((KNOWLEDGE / "elsewhere.yml").read_text(encoding="utf-8"))["elsewhere"]
    others = [*calm, *(text for unit in elsewhere for text in unit.get("examples", ()))]
    found += [Message(str(text)) for text in others if "[" not in str(text)]
    return found


def _message(entry: dict[str, Any]) -> Message:
    text, place = entry["text"], 0
    spans: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for part in entry.get("spans", ()):
        start = text.index(part["text"], place)
        place = start + len(part["text"])
        spans[part["type"] in _NAMES].append((start, place))
    return Message(text, tuple(spans[True]), tuple(spans[False]))


def other_names(fold: int | None, *, inside: bool) -> list[str]:
    """Names that no list of the gate holds: those of one fold (`inside`), or all but those; None leaves none out."""
    lines = [line for line in OTHER_NAMES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    names = [name for line in lines for name in line.split()]
    return [name for name in names if fold is None or (fold_of(name) == fold) is inside]


def with_other_names(message: Message, names: Sequence[str], words: Sequence[str], seed: int) -> Iterator[Message]:
    """The message with other names in the places of its names: rare ones, ones that are words, misspelt ones."""
    chance = random.Random(zlib.crc32(message.text.encode()) + seed)
    yield message
    for _ in range(_COPIES):
        text, done = "", 0
        spans: list[tuple[int, int]] = []
        others: list[tuple[int, int]] = []
        places = sorted([(*span, True) for span in message.spans] + [(*span, False) for span in message.other])
        for start, end, is_name in places:
            text += message.text[done:start]
            begin = len(text)
            old = message.text[start:end]
            text += _other(old, names, words, chance) if is_name else old
            (spans if is_name else others).append((begin, len(text)))
            done = end
        yield Message(text + message.text[done:], tuple(spans), tuple(others))


def _other(old: str, names: Sequence[str], words: Sequence[str], chance: random.Random) -> str:
    draw = chance.random()
    if not old.replace(" ", "").isalpha() or len(old) < 3 or draw < 0.1:
        return old
    parts = old.split()
    if len(parts) > 1:
        parts = [part if chance.random() < 0.4 else chance.choice(names) for part in parts]
        return " ".join(_as_typed(new, part) for new, part in zip(parts, old.split(), strict=True))
    if draw < 0.55:
        new = chance.choice(names)
    elif draw < 0.88:
        new = chance.choice(words)
    else:
        new = slip(old.lower(), chance)
    return _as_typed(new, old)


def _as_typed(new: str, old: str) -> str:
    return new.upper() if old.isupper() and len(old) > 1 else new.capitalize() if old[0].isupper() else new


def slip(word: str, chance: random.Random) -> str:
    """The word with one typing error."""
    if len(word) < 4:
        return word
    place = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == 1:
        return word[:place] + word[place + 1 :]
    if kind == 2:
        return word[:place] + word[place] + word[place:]
    return word[:place] + chance.choice(_VOWELS) + word[place + 1 :]


def with_slips(message: Message, lexicon: Lexicon, seed: int) -> Message:
    """A harmless message with typing errors in some of its longer words."""
    chance = random.Random(zlib.crc32(message.text.encode()) + seed)
    words = message.text.split(" ")
    for number, word in enumerate(words):
        if len(word) > 4 and word.isalpha() and chance.random() < _SLIP_SHARE * 3:
            new = slip(word, chance)
            words[number] = new if new.lower() not in lexicon.names else word
    return Message(" ".join(words))
