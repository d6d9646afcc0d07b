"""Words as numbers: the same text gives the same numbers, and its places count apart from its words."""

from __future__ import annotations

import math

from bot.urgent.features import SIZE, WORD_SIZE, features


def length(weights: dict[int, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))


def parted(text: str) -> tuple[dict[int, float], dict[int, float]]:
    found = features(text)
    words = {number: weight for number, weight in found.items() if number < WORD_SIZE}
    return words, {number: weight for number, weight in found.items() if number >= WORD_SIZE}


def test_both_tables_have_their_own_length() -> None:
    words, places = parted("she was not hurt, where does the form go")
    assert math.isclose(length(words), 1.0)
    assert math.isclose(length(places), 0.6)
    assert max(features("she was not hurt, where does the form go")) < SIZE


def test_a_text_without_letters_or_digits_has_no_features() -> None:
    assert features("") == {}
    assert features(" .,- ") == {}


def test_case_marks_and_masked_names_do_not_matter() -> None:
    assert features("HE HIT [name]") == features("he hit [person 2]")


def test_what_is_denied_is_told_from_what_is_said() -> None:
    _, denied = parted("we saw no bruises on the boy today")
    _, said = parted("we saw the bruises on the boy today")
    assert set(denied) - set(said)


def test_the_last_clause_counts_by_itself() -> None:
    _, asked_last = parted("her arm is bruised, which form is it")
    _, told_last = parted("which form is it, her arm is bruised")
    assert set(asked_last) != set(told_last)
