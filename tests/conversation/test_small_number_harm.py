"""General words take a time, a place and an age out of what is told of harm, and never the harm."""

from __future__ import annotations

import pytest

from bot.conversation.small_numbers import details, generalised, warning


@pytest.mark.parametrize(
    ("said", "general"),
    [
        (
            "a girl aged fourteen in our school tried to kill herself last week",
            "a girl in the early teens in a school tried to kill herself recently",
        ),
        (
            "a girl of 13 who was strangled by her stepdad yesterday",
            "a girl in the early teens who was strangled by her stepdad recently",
        ),
        (
            "a boy of 8 at the village school was burned with an iron last month",
            "a boy of primary age at a school was burned with an iron some time ago",
        ),
        ("he burned his hand with an iron", "he burned his hand with an iron"),
        (
            "a 12 year old whose mum was stabbed by her boyfriend last summer",
            "a child of secondary age whose mum was stabbed by her boyfriend some time ago",
        ),
        ("year 9 girl who took an overdose today", "secondary-age girl who took an overdose today"),
        ("the lad ran away with his teacher on Friday", "the lad ran away with his teacher recently"),
        ("her suicide attempt was on 3 March", "her suicide attempt was recently"),
        ("she is pregnant by her cousin", "she is pregnant by her cousin"),
        ("a toddler who was left on the coach yesterday", "a toddler who was left on the coach recently"),
        ("a pupil who jumped off a bridge last year", "a pupil who jumped off a bridge some time ago"),
        ("a boy whose house burned down last week", "a boy whose family had a serious event"),
        ("a boy whose dad was arrested last week", "a boy whose dad had a legal matter"),
    ],
)
def test_harm_keeps_its_meaning(said: str, general: str) -> None:
    assert generalised(said, details(said)) == general


def test_harm_counts_and_is_not_pointed_out_where_only_it_is_left() -> None:
    text = "a 15 year old at [school] is pregnant by her cousin"
    assert {hint.kind for hint in details(text)} == {"age", "incident"}
    assert [hint.kind for hint in warning(text)] == ["age"]


@pytest.mark.parametrize(
    "text",
    [
        "a girl of 13 at [school] was strangled by her stepdad yesterday",
        "a 14 year old at our school tried to kill herself last week",
    ],
)
def test_general_words_for_harm_are_not_pointed_out_again(text: str) -> None:
    assert warning(generalised(text, warning(text))) == ()


@pytest.mark.parametrize("blank", [" " * 10_000, "\t" * 10_000, " \n" * 5_000])
def test_a_long_run_of_white_space_is_one_space(blank: str) -> None:
    sign = blank[0]
    told = "a{0}girl{0}of{0}13 at{0}[school] was{0}burned last{0}week"
    found, once = details(told.format(blank)), details(told.format(sign))
    assert [(hint.said, hint.general) for hint in found] == [(hint.said, hint.general) for hint in once]
    assert [told.format(blank)[hint.end - 1] for hint in found] == [hint.said[-1] for hint in found]
    assert details("a" + blank + "b") == ()


def test_general_words_are_put_in_place_among_many_spaces() -> None:
    text = "a" + " " * 10_000 + "girl of 13 was stabbed by him" + " " * 10_000 + "yesterday , here"
    assert generalised(text, details(text)) == "a girl in the early teens was stabbed by him recently, here"
