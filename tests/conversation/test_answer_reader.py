"""Answers compared with the ways of saying an option: what is taken for alike, and by how much."""

from __future__ import annotations

import random
import time
from statistics import median

import pytest

from bot.conversation.answer_reader import AnswerReader
from bot.conversation.answer_words import found_in, words_in
from bot.knowledge import Question
from tests.support.assistants import knowledge

CLEARLY = 0.2


@pytest.fixture(scope="module")
def reader() -> AnswerReader:
    made = AnswerReader(knowledge().checks)
    made.prepare()
    return made


def _question(place: str) -> Question:
    check, _, question_id = place.partition("/")
    question = knowledge().checks[check].question(question_id)
    assert question is not None
    return question


def _asked(**says: list[str]) -> Question:
    options = [{"id": name, "label": name, "leads": "outcome:end", "says": ways} for name, ways in says.items()]
    return Question.model_validate({"id": "asked", "asks": "Which is it?", "why": "To know.", "options": options})


@pytest.mark.parametrize(
    ("place", "text", "option"),
    [
        ("share-decision/refused-or-not-asked", "left her two voicemails and a text, no word back", "asked-no-answer"),
        ("share-decision/consent", "his dementia is getting bad, he may not be able to decide", "may-lack-capacity"),
        ("consent-validity/form", "she told me over the phone and i put it on the system", "verbal-and-recorded"),
        ("consent-validity/form", "he signed our form", "written-or-signed"),
        ("tell-the-person/timing", "already sent it off this morning", "already"),
        ("adult-capacity/support", "we used picture cards and an interpreter", "yes"),
    ],
)
def test_an_answer_in_other_words_is_like_its_option(reader: AnswerReader, place: str, text: str, option: str) -> None:
    alike = reader.likeness(text, _question(place))
    assert alike is not None
    assert (alike.option, alike.margin > CLEARLY) == (option, True), alike


def test_only_what_the_file_says_is_known_of_an_option(reader: AnswerReader) -> None:
    boats = ["rowed over in a dinghy", "took the ferry", "by canoe"]
    trains = ["went by rail", "the night sleeper from the station", "caught the express"]
    asked, turned = _asked(boat=boats, train=trains), _asked(boat=trains, train=boats)
    for text, option, other in (("a dinghy", "boat", "train"), ("got the sleeper", "train", "boat")):
        first, second = reader.likeness(text, asked), reader.likeness(text, turned)
        assert first is not None
        assert second is not None
        assert (first.option, second.option) == (option, other)


def test_what_is_denied_is_told_from_what_is_said(reader: AnswerReader) -> None:
    asked = _asked(
        done=["the form has been signed", "she signed the form", "form signed and filed"],
        open=["the form has not been signed", "she never signed the form", "form not signed, not filed"],
    )
    for text, option in (("mum has signed that form", "done"), ("mum has not signed that form", "open")):
        alike = reader.likeness(text, asked)
        assert alike is not None
        assert alike.option == option


def test_misspelt_words_are_still_like_the_right_ones(reader: AnswerReader) -> None:
    asked = _asked(papers=["the solicitor sent the paperwork"], phone=["a telephone conversation"])
    alike = reader.likeness("soliciter has the paperwrk", asked)
    assert alike is not None
    assert (alike.option, alike.margin > CLEARLY) == ("papers", True)


@pytest.mark.parametrize("text", ["purple", "the bins go out on a thursday", "asdf qwer", "wibble wobble"])
def test_what_has_nothing_to_do_with_the_question_is_like_none(reader: AnswerReader, text: str) -> None:
    alike = reader.likeness(text, _question("share-decision/consent"))
    assert alike is None or alike.margin < CLEARLY


@pytest.mark.parametrize("text", ["", "???", "...", "'"])
def test_what_has_no_words_is_like_nothing(reader: AnswerReader, text: str) -> None:
    assert reader.likeness(text, _question("share-decision/purpose")) is None


def test_a_way_of_saying_that_was_left_out_is_read_right_or_not_at_all(reader: AnswerReader) -> None:
    taken = right = 0
    for question, option, way in _left_out(120):
        alike = reader.likeness(way, question)
        if alike is not None and alike.margin >= CLEARLY:
            taken += 1
            right += alike.option == option
    assert taken >= 24, "too few are taken for anything"
    assert right >= 0.8 * taken, f"{right} of {taken} are right"


def _left_out(number: int) -> list[tuple[Question, str, str]]:
    """Ways of saying, each with its option and its question without it."""
    chance = random.Random(7)
    questions = [question for check in knowledge().checks.values() for question in check.questions]
    found = []
    for question in chance.choices(questions, k=number):
        option, way = chance.choice([(option, way) for option in question.options for way in option.says])
        without = option.model_copy(update={"says": tuple(each for each in option.says if each != way)})
        rest = tuple(without if each is option else each for each in question.options)
        found.append((question.model_copy(update={"options": rest}), option.id, way))
    return found


def test_reading_an_answer_takes_no_time_that_anybody_notices(reader: AnswerReader) -> None:
    question, took = _question("consent-validity/form"), []
    reader.likeness("he signed our form", question)
    for number in range(50):
        begun = time.perf_counter()
        reader.likeness(f"she signed the form number {number} and gave it to the nurse at the desk", question)
        took.append(time.perf_counter() - begun)
    assert median(took) < 0.003


def test_the_words_of_an_answer_are_a_part_of_what_is_found_in_it() -> None:
    words = words_in("She hasn't signed owt, 14 yr old")
    assert words.items() <= found_in("She hasn't signed owt, 14 yr old").items()
    assert {"w not", "! ", "! sign", "w #young"} <= set(words)
