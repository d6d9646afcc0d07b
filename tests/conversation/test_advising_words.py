"""The fixed words about advice keep to the reading limits, and so do the general words for a detail."""

from __future__ import annotations

import string

import pytest

from bot.conversation import advising_words as words
from bot.conversation.small_number_patterns import LABELS, WEIGHTS
from bot.conversation.small_numbers import details
from bot.knowledge import reading

LONGEST_TITLE = 60
WORDS = {name: text for name, text in vars(words).items() if name.isupper() and isinstance(text, str)}
LISTS = {
    f"{name}/{key}": text
    for name, table in vars(words).items() if name.isupper() and isinstance(table, dict)
    for key, text in table.items()
}  # fmt: skip


def _filled(text: str) -> str:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return text.format(**dict.fromkeys(names, "something"))


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_keep_to_the_reading_limits(name: str) -> None:
    assert WORDS[name].strip() != ""
    assert reading.problems(_filled(WORDS[name])) == []
    if name.endswith("_TITLE"):
        assert len(_filled(WORDS[name])) <= LONGEST_TITLE


def test_words_of_lists_keep_to_the_reading_limits() -> None:
    assert len(LISTS) >= 10
    assert {name: found for name, text in LISTS.items() if (found := reading.problems(text))} == {}


def test_every_kind_of_detail_has_words_and_a_weight() -> None:
    assert set(LABELS) == set(WEIGHTS)
    assert not any(reading.problems(label) for label in LABELS.values())


def test_general_words_are_none_that_are_pointed_out_again() -> None:
    """What is changed once must not be found again: the user would go round in circles."""
    said = (
        "a 14-year-old girl", "aged 3", "she is 16", "in year 9", "a year 5 pupil", "the special school",
        "last Tuesday", "the house fire", "the funeral", "the vicar", "cystic fibrosis", "is deaf", "is Polish",
        "youngest of seven", "in our village", "in the local paper", "an 84 year old man",
    )  # fmt: skip
    for text in said:
        found = details(text)
        assert len(found) == 1, text
        again = {hint.kind for hint in details(f"It was {found[0].general} then.")}
        assert again == set(), f"{text}: {found[0].general}"
