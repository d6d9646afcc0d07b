"""Answers as they are written on a command line."""

from __future__ import annotations

import pytest

from bot.checks import CheckError, parse_answers
from tests.checks.small_checks import CHECKS, answers


@pytest.mark.parametrize("text", ["", "  ", ",", " , ,"])
def test_no_answers(text: str) -> None:
    assert parse_answers(CHECKS, "first", text) == ()


@pytest.mark.parametrize(
    "text",
    ["one=yes,two=no", " one = yes , two = no ", "first/one=yes,first/two=no", "one=yes,,first/two=no,"],
)
def test_answers_with_and_without_their_check(text: str) -> None:
    assert parse_answers(CHECKS, "first", text) == answers("first/one=yes", "first/two=no")


def test_answers_over_several_checks_harm_and_return() -> None:
    text = "one=yes,two=yes,alpha=harm-now,act-now=return,two=no"
    assert parse_answers(CHECKS, "first", text) == answers(
        "first/one=yes", "first/two=yes", "second/alpha=harm-now", "second/act-now=return", "first/two=no"
    )


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("one", "'one' is not an answer.", "Write question=option, with commas between."),
        ("one=yes;two=no", "'yes;two=no' is not an answer at first/one.", "Choose one of: yes, no, harm-now."),
        ("two=yes", "'two' is not asked here.", "Answer first/one next."),
        ("second/one=yes", "'second/one' is not asked here.", "Answer first/one next."),
        ("=yes", "'' is not asked here.", "Answer first/one next."),
        ("one=", "'' is not an answer at first/one.", "Choose one of: yes, no, harm-now."),
        ("one=maybe", "'maybe' is not an answer at first/one.", "Choose one of: yes, no, harm-now."),
        ("one=yes,one=yes", "'one' is not asked here.", "Answer first/two next."),
        ("one=no,done=yes", "'yes' is not an answer at first/done.", "Choose one of: none, this is an end."),
        ("one=yes,two=yes,alpha=no", "'no' is not an answer at second/alpha.",
         "Choose one of: yes, third, first, harm-now."),
    ],
)  # fmt: skip
def test_first_wrong_answer_is_named_with_what_could_stand_there(text: str, message: str, remedy: str) -> None:
    with pytest.raises(CheckError) as caught:
        parse_answers(CHECKS, "first", text)
    assert caught.value.message == message
    assert caught.value.remedy == remedy


def test_unknown_check() -> None:
    with pytest.raises(CheckError, match="There is no check 'fourth'"):
        parse_answers(CHECKS, "fourth", "one=yes")
