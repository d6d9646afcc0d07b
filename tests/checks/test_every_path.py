"""Every path of every check in knowledge/, and everything that jumping between them can lead to."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks import HARM_NOW, Answer, Asking, Place, Position, Reached, answer_with, offered, paths, survey, walk
from bot.checks.engine import step
from bot.knowledge import Check, Knowledge

CHECK_IDS = sorted(path.stem for path in (Path(__file__).parents[2] / "knowledge" / "checks").glob("*.yml"))

each_check = pytest.mark.parametrize("check_id", CHECK_IDS)


@each_check
def test_every_path_ends_in_an_outcome_or_in_another_check(knowledge: Knowledge, check_id: str) -> None:
    ends = list(paths(knowledge.checks, check_id))
    assert len({answers for answers, _ in ends}) == len(ends)
    for answers, position in ends:
        assert answers
        if isinstance(position, Reached):
            assert position.check.id == check_id
            assert offered(position) == ()
        else:
            assert position.question == position.check.questions[0]
            assert position.returns == (answers[-1].place,)


@each_check
def test_every_question_and_outcome_stands_on_a_path(knowledge: Knowledge, check_id: str) -> None:
    questions: set[str] = set()
    outcomes: set[str] = set()
    for answers, position in paths(knowledge.checks, check_id):
        questions |= {answer.place.question for answer in answers}
        if isinstance(position, Reached):
            outcomes.add(position.outcome.id)
    check = knowledge.checks[check_id]
    assert questions == {question.id for question in check.questions}
    assert outcomes == {outcome.id for outcome in check.outcomes}


@each_check
def test_every_question_offers_harm_which_leads_to_acting_now(knowledge: Knowledge, check_id: str) -> None:
    shortest = _way_to_each_question(knowledge, check_id)
    assert len(shortest) == len(knowledge.checks[check_id].questions)
    for place, answers in shortest.items():
        assert HARM_NOW in offered(walk(knowledge.checks, check_id, answers))
        end = walk(knowledge.checks, check_id, (*answers, Answer(place, HARM_NOW)))
        assert isinstance(end, Reached)
        assert end.outcome.urgency == "now"
        assert end.outcome.approval is False
        assert any("999" in do for do in end.outcome.do)


@each_check
def test_every_outcome_says_what_a_record_holds(knowledge: Knowledge, check_id: str) -> None:
    for outcome in knowledge.checks[check_id].outcomes:
        assert set(outcome.records) <= set(knowledge.fields)
        assert len(set(outcome.records)) == len(outcome.records)


@each_check
def test_every_situation_ends(knowledge: Knowledge, check_id: str) -> None:
    """From every question of every return stack some answers, without the harm short-cut, lead to an outcome."""
    ends, before, situations = _situations(knowledge, check_id)
    found = survey(knowledge.checks, check_id)
    assert found.situations == situations
    assert found.outcomes >= {(check_id, outcome.id) for outcome in knowledge.checks[check_id].outcomes}
    assert found.deepest < len(knowledge.checks)
    ended = set(ends)
    waiting = list(ends)
    while waiting:
        for situation in before.get(waiting.pop(), ()):
            if situation not in ended:
                ended.add(situation)
                waiting.append(situation)
    assert ended == set(range(situations))


def _situations(knowledge: Knowledge, start: str) -> tuple[set[int], dict[int, list[int]], int]:
    """Every situation, by number: the outcomes among them, those that an answer other than harm leads from, how many.

    A situation is a question or outcome with its return stack. No check is under way twice in any of them.
    """
    numbers: dict[tuple[type[Position], Place, tuple[Place, ...]], int] = {}
    ends: set[int] = set()
    before: dict[int, list[int]] = {}
    waiting: list[tuple[Position, int | None]] = [(walk(knowledge.checks, start), None)]
    while waiting:
        position, came_from = waiting.pop()
        situation = (type(position), position.place, position.returns)
        is_new = situation not in numbers
        number = numbers.setdefault(situation, len(numbers))
        if came_from is not None:
            before.setdefault(number, []).append(came_from)
        if not is_new:
            continue
        under_way = [place.check for place in (*position.returns, position.place)]
        assert len(set(under_way)) == len(under_way), position.place
        if isinstance(position, Reached):
            ends.add(number)
        for option in offered(position):
            answer = answer_with(position, option)
            source = None if option == HARM_NOW else number
            taken: set[Answer] = set()
            waiting.append((step(knowledge.checks, position, answer, taken), source))
            if taken:  # it was a jump, and may lead elsewhere the second time
                waiting.append((step(knowledge.checks, position, answer, taken), source))
    return ends, before, len(numbers)


def _way_to_each_question(knowledge: Knowledge, check_id: str) -> dict[Place, tuple[Answer, ...]]:
    found: dict[Place, tuple[Answer, ...]] = {}
    for answers, _ in paths(knowledge.checks, check_id):
        for number, answer in enumerate(answers):
            found.setdefault(answer.place, answers[:number])
    return found


def test_a_question_lists_no_option_of_the_engine(knowledge: Knowledge) -> None:
    for check in knowledge.checks.values():
        for question in check.questions:
            assert not {"harm-now", "return"} & {option.id for option in question.options}, _name(check, question.id)


def _name(check: Check, question_id: str) -> str:
    return f"{check.id}/{question_id}"


def test_first_position_of_every_check_is_its_first_question(knowledge: Knowledge) -> None:
    assert set(CHECK_IDS) == set(knowledge.checks)
    for check in knowledge.checks.values():
        position = walk(knowledge.checks, check.id)
        assert isinstance(position, Asking)
        assert position.question is check.questions[0]
