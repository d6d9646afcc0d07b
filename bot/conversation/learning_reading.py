"""What is typed in the training: a letter, a place in the list, the words of an option, how sure, or going on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.conversation.lexicon import directive_for
from bot.conversation.stances import asks, written_out
from bot.knowledge import Module, fold

LONGEST_DOUBT = 3
"""Words. What is no longer and ends in a question mark is an answer given with doubt: "b?"."""

LONGEST = 14
"""Words. What is longer tells or asks something, and is read by Rasa."""

_LETTERS = "abcd"
_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}
_NUMBERS = {"1": 0, "one": 0, "2": 1, "two": 1, "3": 2, "three": 2, "4": 3, "four": 3}
_FILLERS = frozenset(
    "i id would say go for with the it is think thats that answer option letter choice number my pick choose im and "
    "be please probably maybe and but so going must should um only guess am".split()
)
_GUESSING = re.compile(
    r"\b(?:just |only |a |pure |i am |total )*(?:guess(?:ing|ed)?)\b"
    r"|\bnot (?:at all |very |really |too )?(?:sure|certain)\b|\bunsure\b|\bno (?:idea|clue)\b"
    r"|\bdo not know\b|\bnot a clue\b|\buncertain\b"
)
_FAIRLY = re.compile(r"\b(?:fairly|quite|pretty|mostly|reasonably|nearly|almost)(?: sure| certain| confident)?\b")
_SURE = re.compile(
    r"\b(?:very |absolutely |totally |completely |100 percent |i am )*(?:sure|certain|confident|positive)\b"
    r"|\b100 percent\b|\bdefinitely\b|\bcertainly\b|\bno doubt\b"
)
_GO_ON = frozenset({
    "next", "go on", "continue", "carry on", "ok", "okay", "yes", "y", "yep", "yeah", "ready", "done", "next one",
    "next question", "next page", "go ahead", "got it", "read it", "start", "begin", "resume", "keep going", "onwards",
    "move on", "sure", "lets go", "let's go", "i have read it", "proceed", "next please", "yes please",
})  # fmt: skip

_LEAVING = frozenset({"exit", "quit", "leave", "home", "main menu"})
"""Commands that only Rasa knows."""

_ANSWERS = frozenset({"reply", "confirm", "more"})
"""What is done by the words that answer a question."""


@dataclass(frozen=True)
class Read:
    """What was read: the number of an option, how sure, both, or neither. `doubtful`: it names more than one."""

    option: int | None = None
    certainty: str = ""
    doubtful: bool = False


def answer_in(text: str, options: Sequence[str]) -> Read:
    """The option among `options` (in the order shown) and the certainty that `text` gives."""
    exact = _by_words(fold(text), options)
    if exact is not None:
        return Read(exact)
    said = written_out(text)
    if len(said.split()) > LONGEST or (asks(text) and len(said.split()) > LONGEST_DOUBT):
        return Read()
    certainty, rest = _certainty(said)
    option, doubtful = _option(rest, options)
    return Read(option, certainty, doubtful)


def answers(text: str) -> bool:
    """Whether `text` is a yes, a no or the like: "no thanks" too, where only the first word tells."""
    whole, first = directive_for(text), directive_for(text.strip().partition(" ")[0])
    if whole is not None:
        return whole["do"] in _ANSWERS
    return goes_on(text) or (first is not None and first["do"] == "reply")


def commands(text: str) -> bool:
    """Whether the whole of `text` is a command or a greeting, so that nobody means it as a name."""
    return directive_for(text) is not None or fold(text) in _LEAVING


def goes_on(text: str) -> bool:
    """Whether the whole of `text` says to go on."""
    return fold(text) in _GO_ON


def module_named(text: str, modules: Iterable[Module]) -> str:
    """The id of the one module whose title or id shares most words with `text`; empty where none or several do."""
    said = {_stem(word) for word in fold(text).split()} - _OF_EVERY_MODULE
    shared = {module.id: len(said & _names(module)) for module in modules}
    best = max(shared.values(), default=0)
    found = [name for name, count in shared.items() if count == best]
    return found[0] if best and len(found) == 1 else ""


def _certainty(said: str) -> tuple[str, str]:
    for name, pattern in (("guessing", _GUESSING), ("fairly", _FAIRLY), ("sure", _SURE)):
        if pattern.search(said):
            return name, pattern.sub(" ", said)
    return "", said


def _option(said: str, options: Sequence[str]) -> tuple[int | None, bool]:
    words = [word for word in said.split() if word not in _FILLERS]
    if words in (["last"], ["last", "one"]):
        return len(options) - 1, False
    if len(words) > 1:
        words = [word for word in words if word != "one"]
    places = {
        place for word in words
        if (place := _LETTERS.find(word) if len(word) == 1 and word.isalpha() else _place(word)) >= 0
    }  # fmt: skip
    if len(places) > 1:
        return None, True
    if places and len(words) == 1:
        place = places.pop()
        return (place, False) if place < len(options) else (None, True)
    named = _by_words(" ".join(words), options)
    return named, False


def _place(word: str) -> int:
    return _ORDINALS.get(word, _NUMBERS.get(word, -1))


def _by_words(said: str, options: Sequence[str]) -> int | None:
    """The one option whose words are `said`, or hold them where they are three or more."""
    if not said:
        return None
    folded = [fold(option) for option in options]
    if said in folded:
        return folded.index(said)
    within = [place for place, option in enumerate(folded) if len(said.split()) >= 3 and said in option]
    return within[0] if len(within) == 1 else None


def _names(module: Module) -> frozenset[str]:
    said = fold(f"{module.title} {module.id.replace('-', ' ')}").split()
    return frozenset(_stem(word) for word in said) - _OF_EVERY_MODULE


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    return word.removesuffix("s") if len(word) > 4 else word


_OF_EVERY_MODULE = frozenset(
    _stem(word)
    for word in (
        "training train teach me about the a an and of to in for on my module modules lesson lessons quiz course learn "
        "test i want would like please what is this start here plain words people sharing share well situation this "
        "guidance rules who tell it across give with can you do some question questions at by"
    ).split()
)
