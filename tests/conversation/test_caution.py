"""No harm is hidden and no consent made by a guess at what an answer means: it is asked again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.conversation.answer_reader import AnswerReader
from bot.conversation.caution import asks_of_consent, asks_of_harm, speaks_of_harm
from bot.conversation.replying import Meant, meant
from bot.conversation.stances import written_out
from bot.knowledge import Question
from tests.support.assistants import knowledge

FEARS = [
    "no one is safe there", "nobody is safe in that house", "none of them are safe", "no way she is safe",
    "there is nothing safe about it", "hes never safe when dad drinks", "never lets her out of the house",
    "doesnt want to live any more", "wouldnt put it past him", "no question", "theres no doubt about it",
    "no i am worried sick about her", "no she is not safe",
    "no, shes not safe", "nope. im scared what he will do", "never been so scared", "no point in going on she says",
]  # fmt: skip
NO_CONSENTS = [
    "i said yes for her", "said yes cos mum was stood there", "over the phone someone said yes",
    "gave permission for photos only", "i ticked the box for her", "she said yes under pressure",
]  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> AnswerReader:
    return AnswerReader(knowledge().checks)


def _questions() -> Iterator[tuple[str, Question]]:
    for check in knowledge().checks.values():
        for question in check.questions:
            yield f"{check.id}/{question.id}", question


def _takes(read: Meant) -> set[str]:
    """Every option that the conversation may go on with after `read`."""
    return {option for option in (read.option, read.sure, read.alike and read.alike.option) if option}


@pytest.mark.parametrize("text", FEARS)
def test_a_fear_is_never_taken_for_the_calmer_answer(text: str, reader: AnswerReader) -> None:
    taken = {
        place: sorted(calm)
        for place, question in _questions()
        if asks_of_harm(question)
        and (calm := _takes(meant(text, question, reader)) - reader.most_urgent(question) - {"not-sure"})
    }
    assert taken == {}


@pytest.mark.parametrize("text", NO_CONSENTS)
def test_what_is_no_consent_is_never_taken_for_one(text: str, reader: AnswerReader) -> None:
    granting = {"yes", "given", "consent-given"}
    taken = [
        place
        for place, question in _questions()
        if asks_of_consent(question) and granting & _takes(meant(text, question, reader))
    ]
    assert taken == []


def test_plain_answers_are_still_taken(reader: AnswerReader) -> None:
    asked = [found for found in _questions() if asks_of_harm(found[1]) or asks_of_consent(found[1])]
    assert len(asked) > 60
    for place, question in asked:
        for text in ("yes", "no", "nope", "yes definitely"):
            value = "no" if text.startswith("no") else "yes"
            if {"yes", "no"} <= {option.id for option in question.options}:
                assert meant(text, question, reader).option == value, place


@pytest.mark.parametrize("text", ["no she is safe", "no they are both safe now", "hes safe with nan"])
def test_that_all_are_safe_is_no_fear(text: str) -> None:
    assert not speaks_of_harm(written_out(text))


def test_a_fear_is_taken_for_what_is_to_be_done_soonest(reader: AnswerReader) -> None:
    question = next(question for place, question in _questions() if place == "domestic-abuse-route/safe")
    assert reader.most_urgent(question) == {"yes", "not-sure"}
    assert _takes(meant("hed hit her if he finds out shes told us", question, reader)) == {"yes"}
