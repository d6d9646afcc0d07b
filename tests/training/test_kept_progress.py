"""Progress: what counts as complete, the three questions of a day, and what is passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.knowledge import Knowledge
from bot.training import QUESTIONS_A_DAY, Certainty, Mark, Training, TrainingError, begin
from tests.support.assistants import Clock
from tests.support.training import MODULE
from tests.training.test_scenario import AGREED, chosen, walked_well

DAY = 24 * 60 * 60
TODAY = date(2026, 11, 20)


@pytest.fixture
def learner(training: Training) -> str:
    return training.begin("Quiet Heron").learner.id


def keys(known: Knowledge) -> list[str]:
    return [f"{MODULE}/{question.id}" for question in known.modules[MODULE].questions]


def right(key: str) -> Mark:
    return Mark(key, True, Certainty.SURE)


def wrong(key: str) -> Mark:
    return Mark(key, False, Certainty.FAIRLY)


def test_a_module_is_complete_when_each_question_was_right_once_and_each_scenario_walked(
    training: Training, known: Knowledge, learner: str
) -> None:
    said = [training.record(learner, right(key), known) for key in keys(known)]
    walks = [f"{MODULE}/{scenario.id}" for scenario in known.modules[MODULE].scenarios]
    said += [training.keep_walk(learner, known, walked_well(known, key)) for key in walks]
    assert said == [None] * (len(said) - 1) + [MODULE]
    (module,) = training.progress(learner, known).modules
    assert module.completed == TODAY
    assert (module.right, module.of, module.scenarios, module.scenarios_of) == (12, 12, 3, 3)
    assert module.lessons_done == ("hear-them", "consent-words", "walk-it")
    assert training.record(learner, wrong(keys(known)[0]), known) is None


def test_a_wrong_answer_completes_nothing_until_it_was_right_once(
    training: Training, known: Knowledge, learner: str
) -> None:
    first, *others = keys(known)
    for scenario in known.modules[MODULE].scenarios:
        training.keep_walk(learner, known, walked_well(known, f"{MODULE}/{scenario.id}"))
    assert training.record(learner, wrong(first), known) is None
    assert [training.record(learner, right(key), known) for key in others] == [None] * len(others)
    assert training.progress(learner, known).modules[0].completed is None
    assert training.record(learner, right(first), known) == MODULE


def test_a_scenario_counts_whatever_way_it_was_walked_but_only_to_its_end(
    training: Training, known: Knowledge, learner: str
) -> None:
    with pytest.raises(TrainingError):
        training.keep_walk(learner, known, begin(AGREED))
    training.keep_walk(learner, known, chosen(known, begin(AGREED), "no"))
    progress = training.progress(learner, known)
    assert progress.modules[0].scenarios == 1
    assert [(each.outcome, each.went_well) for each in progress.practice] == [("", False)]
    training.keep_walk(learner, known, walked_well(known, AGREED))
    (kept,) = training.progress(learner, known).practice
    assert (kept.scenario, kept.outcome, kept.went_well, kept.walked) == (AGREED, "go-on", True, TODAY)


def test_certainty_is_counted_over_all_answers(training: Training, known: Knowledge, learner: str) -> None:
    first = keys(known)[0]
    for mark in (wrong(first), right(first), Mark(first, True, Certainty.GUESSING), right(first)):
        training.record(learner, mark, known)
    bands = {band.certainty: (band.answered, band.right) for band in training.progress(learner, known).bands}
    assert bands == {Certainty.SURE: (2, 2), Certainty.FAIRLY: (1, 0), Certainty.GUESSING: (1, 1)}


def test_the_days_questions_are_three_and_end_with_the_third(
    training: Training, known: Knowledge, learner: str
) -> None:
    quiz = training.daily(learner, known)
    assert quiz.keys == tuple(keys(known)[:QUESTIONS_A_DAY])
    for count, key in enumerate(quiz.keys, start=1):
        training.record(learner, right(key), known)
        assert training.daily(learner, known).keys == quiz.keys[count:]


def test_what_was_missed_comes_first_the_next_day(
    training: Training, known: Knowledge, learner: str, clock: Clock
) -> None:
    last = keys(known)[-1]
    training.record(learner, wrong(last), known)
    assert last not in training.daily(learner, known).keys
    progress = training.progress(learner, known)
    assert (progress.due, progress.next_due) == (0, TODAY + timedelta(days=1))
    clock.forward(DAY)
    assert training.progress(learner, known).due == 1
    assert training.daily(learner, known).keys[0] == last


def test_new_questions_come_first_from_modules_that_were_begun(
    training: Training, known: Knowledge, learner: str
) -> None:
    module = known.modules[MODULE]
    before = module.model_copy(update={"id": "before", "number": 1})
    both = replace(known, modules={"before": before, MODULE: module})
    assert {key.partition("/")[0] for key in training.daily(learner, both).keys} == {"before"}
    other = training.begin("Bright Wren").learner.id
    training.record(other, right(keys(known)[0]), both)
    assert training.daily(other, both).keys == tuple(keys(known)[1:4])


def test_nothing_is_asked_when_all_is_known(training: Training, known: Knowledge, learner: str, clock: Clock) -> None:
    for key in keys(known):
        training.record(learner, right(key), known)
    clock.forward(DAY)
    assert training.daily(learner, known).keys == ()


def test_what_is_gone_from_the_content_is_passed_over(
    training: Training, known: Knowledge, learner: str, clock: Clock
) -> None:
    training.record(learner, wrong("gone/question"), known)
    training.record(learner, wrong(f"{MODULE}/gone"), known)
    clock.forward(2 * DAY)
    progress = training.progress(learner, known)
    assert (progress.due, progress.next_due, progress.modules[0].answered) == (0, None, 0)
    assert training.daily(learner, known).keys == tuple(keys(known)[:QUESTIONS_A_DAY])
    assert training.daily(learner, replace(known, modules={})).keys == ()


def test_the_first_day_is_noted_once(training: Training, known: Knowledge, learner: str, clock: Clock) -> None:
    assert training.learner(learner).first_day is None
    training.first_day_done(learner)
    clock.forward(3 * DAY)
    training.first_day_done(learner)
    assert training.progress(learner, known).learner.first_day == TODAY
