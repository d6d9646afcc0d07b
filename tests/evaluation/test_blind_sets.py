"""The sets whose author had seen no example: they can be read, cover what they must, and were never trained on."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from bot.evaluation.overlap import Trained, bare_words, training_examples
from bot.evaluation.replies import ASK_BACK, way_to
from bot.evaluation.sets import (
    SETS,
    ReplySet,
    TwoSet,
    UnderstandingSet,
    read_replies,
    read_two_at_once,
    read_understanding,
    understanding_files,
)
from bot.knowledge import Question, fold
from bot.settings import ROOT
from tests.support.assistants import knowledge

UNDERSTANDING = tuple(sorted(SETS.glob("understanding_blind*.yml")))
REPLIES = ("replies_blind.yml", "replies_blind_2.yml", "replies_blind_3.yml")
TWOS = ("two_at_once.yml", "two_at_once_2.yml", "two_at_once_3.yml")
URGENT = SETS / "urgent_blind_2.yml"
NEWEST_URGENT = SETS / "urgent_blind_6.yml"
FEWEST_A_UNIT = 3
FEWEST_OUT_OF_SCOPE = 40
FEWEST_REPLIES, FEWEST_CHECKS = 120, 25
FEWEST_URGENT, FEWEST_CALM, FEWEST_A_TRIGGER = 130, 150, 3
FEWEST_TWOS = 10
COMMANDS = {"back", "why", "stop"}


@pytest.fixture(scope="module")
def trained() -> Trained:
    return Trained(training_examples(knowledge(), ROOT / "nlu" / "data"))


@pytest.fixture(scope="module")
def asked() -> UnderstandingSet:
    return read_understanding(UNDERSTANDING)


@pytest.fixture(scope="module", params=REPLIES)
def typed(request: pytest.FixtureRequest) -> ReplySet:
    return read_replies(SETS / request.param)


@pytest.fixture(scope="module", params=TWOS)
def twos(request: pytest.FixtureRequest) -> TwoSet:
    return read_two_at_once(SETS / request.param)


@pytest.fixture(scope="module")
def danger() -> dict[str, list[dict[str, object]]]:
    content: dict[str, list[dict[str, object]]] = yaml.safe_load(URGENT.read_text(encoding="utf-8"))
    return content


def _question(check: str, question: str) -> Question:
    found = knowledge().checks[check].question(question)
    assert found is not None, f"no question {check}/{question}"
    return found


def test_every_topic_and_check_is_asked_for_often_enough(asked: UnderstandingSet) -> None:
    count = Counter(question.id for question in asked.questions)
    units = {*knowledge().topics, *knowledge().checks}
    assert {name for name in units if count[name] < FEWEST_A_UNIT} == set()
    assert {name for question in asked.questions for name in question.right} <= units
    assert len(asked.out_of_scope) >= FEWEST_OUT_OF_SCOPE


def test_no_question_stands_in_another_set(asked: UnderstandingSet) -> None:
    others = read_understanding(path for path in understanding_files() if path not in UNDERSTANDING)
    known = {bare_words(text) for text in (*(item.text for item in others.questions), *others.out_of_scope)}
    assert [item.text for item in asked.questions if bare_words(item.text) in known] == []
    assert [text for text in asked.out_of_scope if bare_words(text) in known] == []
    texts = [bare_words(text) for text in (*(item.text for item in asked.questions), *asked.out_of_scope)]
    assert len(set(texts)) == len(texts)


def test_every_reply_is_at_a_question_and_means_one_of_its_options(typed: ReplySet) -> None:
    for item in typed.replies:
        options = {option.id for option in _question(item.check, item.question).options}
        assert {item.value, *item.also} <= {*options, *COMMANDS, ASK_BACK}, item
        way = way_to(knowledge().checks, item.check, item.question)
        assert way or item.value != "back", f"nothing to go back to: {item}"
    assert len(typed.replies) >= FEWEST_REPLIES
    assert len({item.check for item in typed.replies}) >= FEWEST_CHECKS


def test_no_reply_is_a_way_of_saying_an_option(typed: ReplySet, trained: Trained) -> None:
    assert [item.text for item in typed.replies if item.text in trained] == []
    for item in typed.replies:
        options = _question(item.check, item.question).options
        ways = {fold(way) for option in options for way in (option.id.replace("-", " "), option.text, *option.says)}
        assert fold(item.text) not in ways, item


def test_two_at_once_asks_for_two_units_that_exist(twos: TwoSet, trained: Trained) -> None:
    units = {*knowledge().topics, *knowledge().checks}
    assert len(twos.messages) >= FEWEST_TWOS
    for item in twos.messages:
        assert len({*item.units} & units) == 2, item
        assert item.text not in trained


def test_every_trigger_has_urgent_messages_and_none_was_trained_on(
    danger: dict[str, list[dict[str, object]]], trained: Trained
) -> None:
    firsts: Counter[str] = Counter()
    for item in danger["urgent"]:
        expected = item["expect"]
        assert isinstance(expected, list)
        assert {*expected} <= {*knowledge().triggers}, item
        firsts[str(expected[0])] += 1
    assert {name for name in knowledge().triggers if firsts[name] < FEWEST_A_TRIGGER} == set()
    assert len(danger["urgent"]) >= FEWEST_URGENT
    assert len(danger["calm"]) >= FEWEST_CALM
    texts = [str(item["text"]) for kind in ("urgent", "calm") for item in danger[kind]]
    assert [text for text in texts if text in trained] == []
    assert len({bare_words(text) for text in texts}) == len(texts)


def test_the_newest_urgent_messages_were_not_trained_on(trained: Trained) -> None:
    content = yaml.safe_load(NEWEST_URGENT.read_text(encoding="utf-8"))
    assert {name for item in content["urgent"] for name in item["expect"]} <= {*knowledge().triggers}
    assert [item["text"] for kind in ("urgent", "calm") for item in content[kind] if item["text"] in trained] == []
    assert all(len(content[kind]) > 100 for kind in ("urgent", "calm"))
