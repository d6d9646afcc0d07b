from __future__ import annotations

import pytest

from bot.urgent.normalise import plain, sentences
from bot.urgent.spelling import Speller

SPELLER = Speller(["overdosed", "suicidal", "slapped"], ["hitting"])


def words(text: str) -> list[str]:
    return [word for sentence in sentences(text, SPELLER) for word in sentence.words]


def test_plain_folds_case_marks_and_runs() -> None:
    assert plain("HEEELP\u200b caf\u00e9 he\u2019s") == "heeelp cafe he's"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("hittting", "hitting"),
        ("slappped", "slapped"),
        ("overdosd", "overdosed"),
        ("suicdal", "suicidal"),
        ("hittin", "hitting"),
        ("shopping", "shopping"),
        ("slipped", "slipped"),
    ],
)
def test_only_words_that_matter_are_corrected(typed: str, read: str) -> None:
    assert words(typed) == [read]


@pytest.mark.parametrize(
    ("typed", "age"),
    [
        ("a 12 year old", "%under13"),
        ("12yo", "%under13"),
        ("aged 4", "%under13"),
        ("she is 15", "%teenager"),
        ("year 7", "%under13"),
        ("yr 10", "%teenager"),
        ("3 months old", "%under13"),
        ("he is eleven", "%under13"),
        ("an 84 year old", "%adult"),
        ("12 or 13", "%under13"),
    ],
)
def test_ages_become_classes(typed: str, age: str) -> None:
    assert age in words(typed)


@pytest.mark.parametrize("typed", ["it is 10 pm", "5 years ago", "is 3 miles away", "year 2019"])
def test_other_numbers_are_no_ages(typed: str) -> None:
    assert not any(word.startswith("%") for word in words(typed))


def test_masked_names_and_contractions_are_opened() -> None:
    assert words("[name] isn't well") == ["namedperson", "is", "not", "well"]


def test_commas_and_but_part_clauses() -> None:
    (sentence,) = sentences("what now, he fell but she is fine", SPELLER)
    assert sentence.clause[0] == 0
    assert sentence.clause[2] == 1
    assert sentence.clause[-1] == 2


def test_a_sentence_without_end_is_cut_with_overlap() -> None:
    found = sentences(" ".join(f"w{number}" for number in range(500)), SPELLER)
    assert max(len(sentence.words) for sentence in found) <= 60
    assert found[0].words[-20:] == found[1].words[:20]
