"""Messages that ask two things: where they may be cut, and whether they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.nlu_client import MAX_TEXT, Ranked
from bot.conversation.splitting import splits, two_units
from bot.knowledge import Knowledge, load

CONSENT, FORM = "topic_refusal-of-consent", "topic_form-of-consent"
GILLICK = "check_gillick-competence"


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load(Path("knowledge"))


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("what is gillick", ()),
        ("can he consent and what about mum", (("can he consent", "what about mum"),)),
        ("who do i tell? and how fast", (("who do i tell", "how fast"),)),
        ("signs of neglect n who to ring", (("signs of neglect", "who to ring"),)),
        ("is whatsapp secure, also do forms expire", (("is whatsapp secure", "do forms expire"),)),
        ("form of consent & retention of files", (("form of consent", "retention of files"),)),
        ("fact and opinion", ()),
        ("can this lad consent? take me through it", ()),
        ("teen is upset, what then", ()),
        ("one two and three four and five six and seven eight and nine ten", (
            ("one two", "three four and five six and seven eight and nine ten"),
            ("one two and three four", "five six and seven eight and nine ten"),
            ("one two and three four and five six", "seven eight and nine ten"),
        )),
    ],
)  # fmt: skip
def test_where_a_message_may_be_cut(text: str, pairs: tuple[tuple[str, str], ...]) -> None:
    assert splits(text) == pairs


@pytest.mark.parametrize("blank", [" " * 10_000, "\t" * 10_000, "\n" * 10_000])
def test_a_long_run_of_white_space_is_one_space(blank: str) -> None:
    asked = "can he{0}consent{0}and{0}what about{0}mum"
    assert splits(asked.format(blank)) == splits(asked.format(" ")) == (("can he consent", "what about mum"),)


def test_no_more_is_split_than_is_understood() -> None:
    text = "can he consent " + "x" * MAX_TEXT + " and what about mum"
    assert splits(text) == ()
    assert all(len(part) < MAX_TEXT for pair in splits("what is this and " * 500) for part in pair)


def _sure(intent: str, confidence: float) -> tuple[Ranked, ...]:
    return Ranked(intent, confidence), Ranked("topic_golden-rules-information-sharing", 0.1)


def test_two_parts_that_are_understood_are_two_questions(known: Knowledge) -> None:
    two = two_units(_sure(CONSENT, 0.5), [_sure(CONSENT, 0.6), _sure(GILLICK, 0.7)], known)
    assert [item.intent for item in two] == [CONSENT, GILLICK]


@pytest.mark.parametrize(
    ("whole", "first", "second"),
    [
        (_sure(CONSENT, 0.9), _sure(CONSENT, 0.6), _sure(GILLICK, 0.7)),  # better understood as one
        (_sure(FORM, 0.8), _sure(CONSENT, 0.6), _sure(GILLICK, 0.6)),  # the whole is about a third thing
        (_sure(CONSENT, 0.3), _sure(CONSENT, 0.6), _sure(CONSENT, 0.7)),  # the same twice
        (_sure(CONSENT, 0.3), _sure(CONSENT, 0.6), _sure(GILLICK, 0.44)),  # one part is not understood
        (_sure(CONSENT, 0.3), _sure(CONSENT, 0.6), _sure("greet", 0.9)),  # nor is a greeting a question
        (_sure("yes", 0.9), _sure(CONSENT, 0.6), _sure(GILLICK, 0.7)),  # an answer to what was asked
        (_sure(CONSENT, 0.3), _sure("topic_none-of-ours", 0.6), _sure(GILLICK, 0.7)),
    ],
)
def test_what_is_one_question(
    known: Knowledge, whole: tuple[Ranked, ...], first: tuple[Ranked, ...], second: tuple[Ranked, ...]
) -> None:
    assert two_units(whole, [first, second], known) == ()


def test_of_several_cuts_the_best_understood_is_taken(known: Knowledge) -> None:
    parts = [_sure(CONSENT, 0.5), _sure(GILLICK, 0.5), _sure(FORM, 0.8), _sure(GILLICK, 0.8)]
    assert [item.intent for item in two_units(_sure(CONSENT, 0.4), parts, known)] == [FORM, GILLICK]
