"""The few words that are understood without Rasa: while it is down, and inside fields whose text is content."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.knowledge import fold

_WORDS: Mapping[str, dict[str, Any]] = MappingProxyType({
    **dict.fromkeys(("yes", "y", "yep", "yeah"), {"do": "reply", "value": "yes"}),
    **dict.fromkeys(("no", "n", "nope"), {"do": "reply", "value": "no"}),
    **dict.fromkeys(("not sure", "unsure", "dont know", "don't know"), {"do": "reply", "value": "not-sure"}),
    **dict.fromkeys(("back", "go back", "back one step"), {"do": "back"}),
    **dict.fromkeys(("why", "why is this asked"), {"do": "why"}),
    **dict.fromkeys(("stop", "cancel", "stop this check"), {"do": "stop"}),
    **dict.fromkeys(("menu", "start", "begin"), {"do": "menu"}),
    **dict.fromkeys(("help",), {"do": "help"}),
    **dict.fromkeys(("hi", "hello", "hey"), {"do": "greet"}),
    **dict.fromkeys(("more",), {"do": "more"}),
    **dict.fromkeys(("confirm", "confirm and record"), {"do": "confirm"}),
    **dict.fromkeys(("privacy",), {"do": "privacy"}),
    **dict.fromkeys(("area",), {"do": "choose_area"}),
    **dict.fromkeys(("advice", "ask for advice", "ask an adviser"), {"do": "seek_advice"}),
    **dict.fromkeys(("letters", "forms", "letters and forms", "draft a letter"), {"do": "letters"}),
    **dict.fromkeys(("train", "training", "lessons", "learn"), {"do": "training"}),
    **dict.fromkeys(("quiz", "quiz me", "test me", "three questions"), {"do": "quiz"}),
    **dict.fromkeys(("first day", "i am new here", "i'm new here", "im new here"), {"do": "first_day"}),
    **dict.fromkeys(("progress", "my progress"), {"do": "learning_progress"}),
})  # fmt: skip

_IN_FIELDS = frozenset({"back", "why", "stop"})


def directive_for(text: str) -> dict[str, Any] | None:
    """The directive that the whole of `text` stands for, or None."""
    return _WORDS.get(fold(text))


def command_in_field(text: str) -> dict[str, Any] | None:
    """The directive of back, why, stop or a /command where that is all of `text`: the rest is a field's content."""
    if text.startswith("/"):
        return slash_command(text)
    directive = directive_for(text)
    return directive if directive and directive["do"] in _IN_FIELDS else None


def slash_command(text: str) -> dict[str, Any] | None:
    """The directive of a command such as /help, or None for one that is not known."""
    return directive_for(text.lstrip("/").split("@", 1)[0])
