"""The training that is shipped: what it must cover, questions that looks do not give away, scenarios on the engine."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from statistics import mean

import pytest
import yaml

from bot.checks import Answer, Asking, Place, Reached, walk
from bot.knowledge import Module, Scenario, ScenarioStep
from bot.privacy import TYPES
from tests.support.assistants import gate, knowledge

LISTED: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "catalogue_training.yml").read_text(encoding="utf-8")
)
IDS = sorted(LISTED)


def module(module_id: str) -> Module:
    return knowledge().modules[module_id]


def test_modules_come_in_the_order_of_their_numbers() -> None:
    assert list(knowledge().modules) == list(LISTED)
    assert [each.number for each in knowledge().modules.values()] == list(range(1, 10))


@pytest.mark.parametrize("module_id", IDS)
def test_a_module_shows_every_topic_that_it_must(module_id: str) -> None:
    shown = {unit.topic for lesson in module(module_id).lessons for unit in lesson.shows}
    assert set(LISTED[module_id]["topics"]) - shown == set()


@pytest.mark.parametrize("module_id", IDS)
def test_a_module_shows_or_walks_every_check_that_it_must(module_id: str) -> None:
    shown = {unit.check for lesson in module(module_id).lessons for unit in lesson.shows}
    walked = {scenario.check for scenario in module(module_id).scenarios}
    assert set(LISTED[module_id]["checks"]) - shown - walked == set()


def test_every_topic_and_check_is_in_some_module() -> None:
    units = [unit for each in knowledge().modules.values() for lesson in each.lessons for unit in lesson.shows]
    walked = {scenario.check for each in knowledge().modules.values() for scenario in each.scenarios}
    assert {unit.topic for unit in units} >= {name for listed in LISTED.values() for name in listed["topics"]}
    assert set(knowledge().checks) - {unit.check for unit in units} - walked == set()


@pytest.mark.parametrize("module_id", IDS)
def test_reasons_say_more_than_right_and_wrong(module_id: str) -> None:
    for question in module(module_id).questions:
        reasons = [option.because for option in question.options]
        assert len(set(reasons)) == len(reasons), question.id
        assert min(map(len, reasons)) >= 25, question.id


def test_no_question_is_asked_twice() -> None:
    asked = [question.asks for each in knowledge().modules.values() for question in each.questions]
    assert len(set(asked)) == len(asked)


def test_right_answers_are_neither_long_nor_short_on_the_whole() -> None:
    """Over all modules, so that no rule about length helps somebody who knows nothing."""
    ratios = [
        len(question.right_option.text) / mean(len(option.text) for option in question.options if not option.right)
        for each in knowledge().modules.values() for question in each.questions
    ]  # fmt: skip
    assert 0.8 < mean(ratios) < 1.2


def every_scenario() -> list[tuple[str, Scenario]]:
    return [
        (f"{each.id}/{scenario.id}", scenario) for each in knowledge().modules.values() for scenario in each.scenarios
    ]


@pytest.mark.parametrize(("key", "scenario"), every_scenario(), ids=[key for key, _ in every_scenario()])
def test_the_expected_answers_lead_through_the_real_check(key: str, scenario: Scenario) -> None:
    answers: list[Answer] = []
    check_id = scenario.check
    for expected in scenario.expected:
        position = walk(knowledge().checks, scenario.check, answers)
        check_id, question_id = expected.place(check_id)
        assert isinstance(position, Asking) and position.place == Place(check_id, question_id)
        answers.append(Answer(position.place, expected.answer))
    end = walk(knowledge().checks, scenario.check, answers)
    assert isinstance(end, Reached) and end.outcome.id == scenario.outcome


@pytest.mark.parametrize(("key", "scenario"), every_scenario(), ids=[key for key, _ in every_scenario()])
def test_every_way_through_a_scenario_comes_to_an_end(key: str, scenario: Scenario) -> None:
    ends: set[str] = set()

    def follow(step: ScenarioStep, passed: int) -> None:
        assert passed <= len(scenario.steps)
        for choice in step.choices:
            following = scenario.step(choice.leads)
            if following is None:
                ends.add(choice.leads)
            else:
                follow(following, passed + 1)

    follow(scenario.steps[0], 1)
    assert "check" in ends <= {"check", "end"}


@pytest.mark.parametrize("module_id", IDS)
def test_scenarios_of_a_module_differ(module_id: str) -> None:
    for first, second in combinations(module(module_id).scenarios, 2):
        assert first.story != second.story
        assert (first.check, [each.answer for each in first.expected]) != (
            second.check, [each.answer for each in second.expected],
        )  # fmt: skip


def test_stories_name_nobody() -> None:
    """What the gate would mask, but for a first name, and for the name of a place, which it sees where none is."""
    found = []
    for key, scenario in every_scenario():
        for text in (scenario.story, scenario.debrief, *(step.tells for step in scenario.steps)):
            for span in gate().mask(text).spans:
                words = text[span.start : span.end]
                first_name = span.type == "name" and len(words.split()) == 1
                if not first_name and span.type not in ("school", "setting"):
                    found.append((key, TYPES[span.type].label, words))
    assert found == []


def test_the_first_day_ends_with_what_the_log_would_keep() -> None:
    day = knowledge().first_day
    assert day is not None
    doing = [step.do for step in day.steps]
    assert doing.index("ask") < doing.index("walk") < doing.index("keeps")
    assert sum(step.minutes for step in day.steps) <= 10
