"""What is measured was never trained on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.conversation.nlu_client import Ranked, Understood
from bot.conversation.supervisor import NoRasa
from bot.evaluation import replies, understanding
from bot.evaluation.overlap import Trained, bare_words, training_examples
from bot.evaluation.reading import Readers
from bot.evaluation.sets import SETS, ReplySet, UnderstandingSet, read_replies, read_understanding, understanding_files
from bot.settings import ROOT
from tests.support.assistants import detector, gate, knowledge, made

TOPICS: dict[str, understanding.Kind] = dict.fromkeys(knowledge().topics, "topic")
KINDS = TOPICS | dict.fromkeys(knowledge().checks, "check")
UNITS = {*KINDS}
FEWEST_REPLIES = 70
FEWEST_SMALL_TALK = 30


@pytest.fixture(scope="module")
def trained() -> Trained:
    return Trained(training_examples(knowledge(), ROOT / "nlu" / "data"))


@pytest.fixture(scope="module")
def held_out() -> UnderstandingSet:
    return read_understanding(understanding_files())


@pytest.fixture(scope="module")
def typed() -> ReplySet:
    return read_replies(SETS / "replies.yml")


class Recording(NoRasa):
    """Takes down what it is asked, and understands nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        self.asked += texts
        return [() for _ in texts]

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        self.asked.append(text)
        return Understood("unsure")


def test_no_question_is_a_training_example(trained: Trained, held_out: UnderstandingSet) -> None:
    texts = [question.text for question in held_out.questions] + list(held_out.out_of_scope)
    found = [f"{text!r} is {trained.match(text)!r}" for text in texts if text in trained]
    assert not found, "reword these in the evaluation set:\n" + "\n".join(found)


def test_nothing_that_is_measured_is_a_training_example(
    trained: Trained, held_out: UnderstandingSet, typed: ReplySet, tmp_path: Path
) -> None:
    rasa = Recording()
    readers = Readers(gate(), detector())
    asyncio.run(understanding.measure(held_out, KINDS, trained, readers, rasa))
    with made(tmp_path, rasa) as bench:
        report = asyncio.run(replies.measure(typed, trained, knowledge().checks, bench.assistant))
    assert report.replies == sum(item.text not in trained for item in typed.replies)
    assert rasa.asked
    assert [text for text in rasa.asked if text in trained] == []


def test_enough_is_left_to_measure(trained: Trained, held_out: UnderstandingSet, typed: ReplySet) -> None:
    assert sum(item.text not in trained for item in typed.replies) >= FEWEST_REPLIES
    assert sum(item.text not in trained for item in held_out.smalltalk) >= FEWEST_SMALL_TALK


def test_every_unit_is_measured(held_out: UnderstandingSet) -> None:
    asked = {name for question in held_out.questions for name in question.right}
    assert not UNITS - asked, f"no evaluation question for: {sorted(UNITS - asked)}"


def test_the_first_set_asks_for_nothing_that_does_not_exist() -> None:
    asked = {question.id for question in read_understanding([SETS / "understanding.yml"]).questions}
    assert not asked - UNITS, f"no such topic or check: {sorted(asked - UNITS)}"


def test_no_sentence_is_measured_twice(held_out: UnderstandingSet) -> None:
    texts = [question.text.casefold() for question in held_out.questions]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_every_part_of_the_training_is_compared(trained: Trained) -> None:
    topic = next(iter(knowledge().topics.values()))
    check = next(iter(knowledge().checks.values()))
    trigger = next(iter(knowledge().triggers.values()))
    for example in (topic.examples[0], check.examples[0], trigger.examples[0], "see you later alligator"):
        assert (example in trained) is (example != "see you later alligator")
    assert trained.match("goodbye") is not None, "the examples of nlu/data are compared"


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        ("What if mum says NO?", "what if mum says no"),
        ("says no, mum? What?", "what if mum says no"),
        ("i dont know", "I don't know"),
        ("do you save what i type", "do u save what I type"),
    ],
)
def test_near_duplicates_are_known_as_such(text: str, twin: str) -> None:
    assert text in Trained([(twin, "unit")])


@pytest.mark.parametrize(
    ("text", "other"),
    [("what if dad says no", "what if mum says no"), ("who decides", "when is it decided"), ("", "is it")],
)
def test_other_sentences_are_not(text: str, other: str) -> None:
    assert text not in Trained([(other, "unit")])


def test_a_text_of_stop_words_keeps_them() -> None:
    assert bare_words("It is") == "is it"
    assert bare_words("the form of consent") == bare_words("consent form")
