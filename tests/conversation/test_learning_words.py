"""The fixed words of the training keep to the reading limits that hold for the knowledge."""

from __future__ import annotations

import string

import pytest

from bot.conversation import learning_words, messages
from bot.conversation.learning_moves import OPENERS, STEPS
from bot.knowledge import reading

WORDS = {name: text for name, text in vars(learning_words).items() if name.isupper()}
LONGEST_TITLE = 60


def _filled(text: str) -> str:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return text.format(**dict.fromkeys(names, "something"))


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_keep_to_the_reading_limits(name: str) -> None:
    assert WORDS[name].strip() == WORDS[name] != ""
    assert reading.problems(_filled(WORDS[name])) == []
    assert not name.endswith("_TITLE") or len(_filled(WORDS[name])) <= LONGEST_TITLE


def test_every_way_in_is_told_from_every_step() -> None:
    assert not OPENERS.keys() & STEPS.keys()
    longest = max(len(f"learn:{verb}:123456:12345678") for verb in STEPS)
    assert longest <= messages.MAX_BUTTON_BYTES
