"""Answers typed at a question of a check: taken, asked back, or left to Rasa; and danger in them, which comes first."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.conversation import words
from bot.conversation.buttons import place_code
from bot.conversation.messages import Message, Reply
from bot.conversation.nlu_client import Ranked, Understanding, Understood
from bot.conversation.stances import asks
from bot.conversation.supervisor import NoRasa
from bot.evaluation.replies import way_to
from tests.support.assistants import Bench, knowledge, made

HARM_ON_A_LABEL = [
    ("caring-role/role", "Lives with or cares for an adult at risk"),
    ("share-decision/how-tell", "Telling them would be unsafe"),
    ("vulnerable-adult/assess", "Yes, and they are at risk"),
]
REPORTS = [
    "he has just hit her again and the kids are there",
    "she told me her stepdad touches her at night",
    "he says he is going to kill himself tonight",
]


class Hearing(NoRasa):
    """Rasa that hears the same in everything."""

    def __init__(self, heard: Understood) -> None:
        self.heard = heard

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        return self.heard


def _heard(do: str, intent: str, confidence: float, **directive: str) -> Hearing:
    return Hearing(Understood(do, {"do": do, **directive}, (Ranked(intent, confidence),)))


async def _typed(bench: Bench, place: str, text: str, chat: str = "a chat") -> Reply:
    """The reply to `text`, typed at the question CHECK/QUESTION."""
    check, _, question = place.partition("/")
    await bench.press(f"check:{check}", chat)
    for answer in way_to(knowledge().checks, check, question):
        await bench.press(f"answer:{place_code(answer.place)}:{answer.option}", chat)
    return await bench.say(text, chat)


def _at(tmp_path: Path, place: str, text: str, rasa: Understanding | None = None) -> tuple[Reply, str]:
    """The reply, and where the chat stands after it."""

    async def talk(bench: Bench) -> tuple[Reply, str]:
        reply = await _typed(bench, place, text)
        return reply, (await bench.press("show")).id

    with made(tmp_path, rasa) as bench:
        return asyncio.run(talk(bench))


CONSENT_SIGNED = ("consent-validity/form", "mum has signed the paper form", "consent-validity/valid")


def test_an_answer_in_other_words_is_taken_and_said_back(tmp_path: Path) -> None:
    place, text, after = CONSENT_SIGNED
    reply, stands = _at(tmp_path, place, text)
    assert stands == reply.id == after
    assert words.TAKEN_AS.format(label="In writing or signed") in reply.text


def test_what_is_said_outright_is_not_said_back(tmp_path: Path) -> None:
    reply, _ = _at(tmp_path, "share-decision/identifiable", "yes it does")
    assert words.TAKEN_AS.partition("{")[0] not in reply.text


def test_an_answer_is_taken_where_rasa_hears_nothing_that_it_knows(tmp_path: Path) -> None:
    place, text, after = CONSENT_SIGNED
    assert _at(tmp_path, place, text, _heard("unsure", "topic_form-of-consent", 0.3))[1] == after


LIKE_AN_OPTION = ("share-decision/how-tell", "she knows it all from me")


def test_words_that_are_somewhat_like_an_option_are_an_answer_unless_rasa_hears_a_topic(tmp_path: Path) -> None:
    place, text = LIKE_AN_OPTION
    asked = _heard("answer", "topic_form-of-consent", 0.7, topic="form-of-consent")
    (tmp_path / "one").mkdir()
    reply, stands = _at(tmp_path / "one", place, text, asked)
    assert (reply.kind, reply.id, stands) == ("topic", "form-of-consent", place)
    doubtful = _heard("answer", "topic_form-of-consent", 0.46, topic="form-of-consent")
    (tmp_path / "two").mkdir()
    assert _at(tmp_path / "two", place, text, doubtful)[1] != place


def test_a_command_outranks_what_is_somewhat_like_an_option(tmp_path: Path) -> None:
    reply, _ = _at(tmp_path, *LIKE_AN_OPTION, _heard("stop", "stop", 0.5))
    assert reply.kind == "ended"


@pytest.mark.parametrize(
    "text", ["end this check", "i made a mistake", "no more questions", "sorry, i meant yes before"]
)
def test_what_may_be_a_command_is_never_taken_for_an_answer_while_rasa_is_down(tmp_path: Path, text: str) -> None:
    place = "share-decision/identifiable"
    assert _at(tmp_path, place, text)[1] == place


def test_no_idea_where_somebody_is_tells_more_than_that_one_is_not_sure(tmp_path: Path) -> None:
    place = "past-client-or-third-party/locate"
    reply, stands = _at(tmp_path, place, "no idea where she lives now, lost touch with her")
    located = knowledge().checks["past-client-or-third-party"].question("locate")
    assert located is not None
    option = located.option("cannot-locate")
    assert option is not None
    assert words.TAKEN_AS.format(label=option.text) in reply.text
    assert stands != place


@pytest.mark.parametrize(("place", "label"), HARM_ON_A_LABEL)
def test_a_label_typed_out_is_as_good_as_its_button(tmp_path: Path, place: str, label: str) -> None:
    reply, stands = _at(tmp_path, place, label)
    assert reply.kind != "urgent"
    assert stands != place


def test_an_answer_that_tells_of_danger_is_taken_below_what_to_do_now(tmp_path: Path) -> None:
    place = "domestic-abuse-route/safe"
    reply, stands = _at(tmp_path, place, "hed hit her if he finds out shes told us")
    assert reply.kind == "urgent"
    assert reply.parts[0].kind == "urgent"
    assert stands == "domestic-abuse-route/plan-with-partners"
    assert words.TAKEN_AS.format(label="Yes") in reply.text


def test_a_report_that_answers_nothing_leaves_the_question_open_below_what_to_do_now(tmp_path: Path) -> None:
    place = "staff-checklist-sharing/anonymised"
    reply, stands = _at(tmp_path, place, "he has just hit her again and the kids are there")
    assert reply.parts[0].kind == "urgent"
    assert stands == place


@pytest.mark.parametrize("text", REPORTS)
def test_a_report_is_raised_first_at_questions_of_every_check(tmp_path: Path, text: str) -> None:
    places = [
        f"{check.id}/{question.id}"
        for check in knowledge().checks.values()
        for question in {question.id: question for question in (check.questions[0], check.questions[-1])}.values()
    ]

    async def talk(bench: Bench) -> list[str]:
        return [place for place in places if (await _typed(bench, place, text, place)).parts[0].kind != "urgent"]

    with made(tmp_path) as bench:
        assert asyncio.run(talk(bench)) == []


def test_the_first_answer_of_a_new_version_of_the_guidance_is_read_by_that_version(tmp_path: Path) -> None:
    place, text, after = CONSENT_SIGNED

    async def talk(bench: Bench) -> tuple[str, str]:
        await _typed(bench, place, text, "before")
        bench.assistant.renew(bench.assistant.bundle)
        await _typed(bench, place, text, "after")
        shown = [await bench.assistant.turn(Message(chat, button="show")) for chat in ("before", "after")]
        return shown[0].id, shown[1].id

    with made(tmp_path) as bench:
        assert asyncio.run(talk(bench)) == (after, after)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("the number is here, can the surgery have it", True),
        ("said yes, should i tell school", True),
        ("can she say no", True),
        ("yes, she can", False),
        ("no, they do their own", False),
        ("he would, i think", False),
    ],
)
def test_a_question_behind_a_comma_is_no_answer(text: str, question: bool) -> None:
    assert asks(text) is question
