"""Small numbers: details that may tell one person from the rest are pointed out together, and can be made general."""

from __future__ import annotations

import pytest

from bot.conversation.small_numbers import details, generalised, warning


def _kinds(text: str) -> set[str]:
    return {hint.kind for hint in details(text)}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A 14-year-old told me about the house fire", {"age", "event"}),
        ("she is 15 and her mum is the vicar", {"age", "role"}),
        ("a year 9 boy at the special school, it was all over the local paper", {"age", "school", "event"}),
        ("14yo f, lives in Crook, youngest of seven", {"age", "place", "family"}),
        ("He is deaf and the only Somali boy", {"health", "unique"}),
        ("On 3 March an 84-year-old man in our village fell", {"date", "age", "place"}),
        ("mum speaks only Polish and has cystic fibrosis", {"background", "health"}),
    ],
)
def test_a_combination_is_pointed_out(text: str, kinds: set[str]) -> None:
    assert _kinds(text) == kinds
    assert {hint.kind for hint in warning(text)} == kinds


@pytest.mark.parametrize(
    "text",
    [
        "A 14-year-old told me that her dad hits her",
        "she is 15 and in year 10",
        "the children are hungry at school and mum drinks",
        "can i tell the GP, mum said no",
        "A girl told me about the house fire",
        "a resident aged 84 has bruises on her arms",
        "a 14-year-old at the school was late on Monday",
        "she is 16 and i only need one person to agree, who is to judge",
        "he comes 3 times a week and is 20 minutes late",
        "",
    ],
)
def test_what_fits_many_people_is_not(text: str) -> None:
    assert warning(text) == ()


def test_what_the_gate_masked_does_not_count() -> None:
    assert warning("[name], 14 years old, goes to [school], born [date of birth], lives at [address]") == ()


@pytest.mark.parametrize(
    ("said", "general"),
    [
        ("A 14-year-old girl", "A teenage girl"),
        ("a 14 year old", "a teenager"),
        ("the 3-year-old", "the child under five"),
        ("an 8 yr old boy", "a primary-age boy"),
        ("aged 12", "of secondary age"),
        ("she is 16", "she is aged 16 or 17"),
        ("in year 9", "of secondary age"),
        ("a year 5 pupil", "a primary-age pupil"),
        ("his 45-year-old mother", "his working-age mother"),
        ("a 6 month old baby", "a baby"),
        ("last Tuesday", "recently"),
        ("A Polish family", "A family"),
        ("an Eritrean family", "a family"),
        ("she is the only one here", "she is one of a few here"),
        ("a nurse from Ward 7 rang", "a nurse in the area rang"),
    ],
)
def test_general_words_read_on(said: str, general: str) -> None:
    assert generalised(said, details(said)) == general


def test_all_hints_are_put_in_place_in_one_go() -> None:
    text = "A 14-year-old girl at [school] told me about the house fire last Tuesday. She is in year 9."
    assert generalised(text, warning(text)) == (
        "A teenage girl at [school] told me about a serious event recently. She is of secondary age."
    )


def test_one_hint_changes_nothing_else() -> None:
    text = "A 14-year-old saw the fire last Tuesday"
    only = [hint for hint in warning(text) if hint.kind == "event"]
    assert generalised(text, only) == "A 14-year-old saw a serious event last Tuesday"


def test_general_words_end_the_warning() -> None:
    text = "A 14-year-old girl saw the fire last Tuesday in our village, everyone knows her"
    assert warning(text) != ()
    assert warning(generalised(text, warning(text))) == ()


def test_what_was_kept_is_not_pointed_out_again_but_counts() -> None:
    text = "A 14-year-old saw the fire last Tuesday"
    kept = {"a 14-year-old", "last tuesday"}
    assert [hint.said for hint in warning(text, kept=kept)] == ["the fire"]


def test_what_was_written_before_counts_with_it() -> None:
    assert warning("it began after the house fire") == ()
    found = warning("it began after the house fire", earlier=["A 14-year-old told me"])
    assert [hint.said for hint in found] == ["the house fire"]


def test_a_long_text_takes_no_time_worth_naming() -> None:
    text = "the the the 14 14 14 year on at in last " * 100
    assert isinstance(details(text[:4000]), tuple)
