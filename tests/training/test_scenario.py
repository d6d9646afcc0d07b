"""Scenarios: steps, the real check, its outcome, back, and the debrief."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.checks import HARM_NOW, RETURN
from bot.knowledge import Knowledge, Scenario
from bot.training import (
    AtCheck,
    AtEnd,
    AtOutcome,
    AtStep,
    ContentChanged,
    ScenarioWalk,
    TrainingError,
    answer,
    back,
    begin,
    choose,
    debrief,
    place,
    scenario_of,
    walk_from,
)
from bot.training.shuffling import choice_id
from tests.support.training import MODULE

AGREED = f"{MODULE}/she-agreed"
UNSURE = f"{MODULE}/unsure-at-once"


def chosen(known: Knowledge, walked: ScenarioWalk, goodness: str) -> ScenarioWalk:
    here = place(known, walked)
    assert isinstance(here, AtStep)
    text = next(choice.text for choice in here.step.choices if choice.good == goodness)
    return choose(known, walked, choice_id(text)).walk


def walked_well(known: Knowledge, key: str) -> ScenarioWalk:
    """A walk by good choices alone, with the answers that the scenario expects."""
    walked = begin(key)
    while isinstance(place(known, walked), AtStep):
        walked = chosen(known, walked, "yes")
    for expected in scenario_of(known, key).expected:
        walked = answer(known, walked, expected.answer)
    return walked


def scenarios(known: Knowledge) -> list[tuple[str, Scenario]]:
    return [(f"{MODULE}/{scenario.id}", scenario) for scenario in known.modules[MODULE].scenarios]


def test_a_walk_goes_from_the_story_through_the_real_check_to_its_outcome(known: Knowledge) -> None:
    first = place(known, begin(AGREED))
    assert isinstance(first, AtStep) and first.first and first.step.id == "before-the-call"
    second = place(known, chosen(known, begin(AGREED), "yes"))
    assert isinstance(second, AtStep) and not second.first and second.step.id == "her-answer"
    walked = chosen(known, chosen(known, begin(AGREED), "yes"), "yes")
    here = place(known, walked)
    assert isinstance(here, AtCheck)
    assert here.asking.question == known.checks["small-check"].questions[0]
    assert here.offered == ("yes", "no", "not-sure", HARM_NOW)
    end = place(known, answer(known, answer(known, walked, "yes"), "agreed"))
    assert isinstance(end, AtOutcome)
    assert (end.reached.outcome.id, end.may_return) == ("go-on", False)


def test_choices_are_shown_in_another_order_than_the_file_has(known: Knowledge) -> None:
    orders = set()
    for key, scenario in scenarios(known):
        here = place(known, begin(key))
        assert isinstance(here, AtStep)
        shown = [choice.text for choice in here.choices]
        written = [choice.text for choice in scenario.steps[0].choices]
        assert sorted(shown) == sorted(written)
        orders.add(shown == written)
    assert False in orders


@pytest.mark.parametrize("scenario", ["she-agreed", "nobody-asked", "unsure-at-once"])
def test_a_walk_as_expected_went_well(known: Knowledge, scenario: str) -> None:
    told = debrief(known, walked_well(known, f"{MODULE}/{scenario}"))
    assert told.as_expected and told.went_well and told.reached == told.expected
    assert told.departures == () and told.text
    assert {choice.good for choice in told.choices} == {"yes"}
    assert {choice.better for choice in told.choices} == {None}


def test_the_debrief_says_where_the_walk_departed_and_why(known: Knowledge) -> None:
    walked = chosen(known, begin(AGREED), "partly")
    walked = answer(known, answer(known, walked, "yes"), "refused")
    told = debrief(known, walked)
    assert not told.as_expected and not told.went_well
    assert told.reached is not None and (told.reached.id, told.expected.id) == ("ask-first", "go-on")
    (choice,) = told.choices
    assert (choice.good, choice.better) == ("partly", "Ask her before you call")
    assert choice.because == "She was there to be asked."
    (departure,) = told.departures
    assert (departure.asks, departure.given, departure.fits) == ("What did they say?", "They refused", "They agreed")
    assert departure.because == "She said yes."


def test_harm_is_offered_in_practice_too_and_told_apart(known: Knowledge) -> None:
    walked = answer(known, chosen(known, begin(AGREED), "partly"), HARM_NOW)
    told = debrief(known, walked)
    assert told.reached is not None and told.reached.urgency == "now"
    assert told.feared_harm and told.departures == (), "nobody is taught not to press it"
    assert not told.as_expected, "this case is none to act on now"


def test_a_walk_that_ends_without_its_check_has_a_debrief(known: Knowledge) -> None:
    walked = chosen(known, begin(AGREED), "no")
    assert isinstance(place(known, walked), AtEnd)
    told = debrief(known, walked)
    assert (told.reached, told.as_expected, told.departures) == (None, False, ())
    assert told.choices[0].because == "Her rent is due now."


def test_there_is_no_debrief_before_the_end(known: Knowledge) -> None:
    for walked in (begin(AGREED), chosen(known, begin(AGREED), "partly")):
        with pytest.raises(TrainingError):
            debrief(known, walked)


def test_an_outcome_of_a_check_that_was_jumped_to_leads_back(known: Knowledge) -> None:
    walked = walked_well(known, UNSURE)
    here = place(known, walked)
    assert isinstance(here, AtOutcome) and here.may_return
    assert (here.reached.check.id, here.reached.outcome.id) == ("seek-advice-anonymously", "ask-lead")
    again = place(known, answer(known, walked, RETURN))
    assert isinstance(again, AtCheck) and again.asking.question.id == "asked"


def test_of_two_answers_to_a_question_the_last_counts(known: Knowledge) -> None:
    walked = answer(known, answer(known, walked_well(known, UNSURE), RETURN), "no")
    assert [departure.given for departure in debrief(known, walked).departures] == ["No"]


def test_back_takes_the_last_answer_then_the_last_choice(known: Knowledge) -> None:
    at_check = chosen(known, begin(AGREED), "partly")
    assert back(answer(known, at_check, "yes")) == at_check
    assert back(at_check) == begin(AGREED)
    assert back(begin(AGREED)) == begin(AGREED)


def test_a_walk_is_the_same_after_it_was_kept_as_json(known: Knowledge) -> None:
    walked = walked_well(known, UNSURE)
    again = walk_from(json.loads(json.dumps(walked.as_data())))
    assert again == walked and place(known, again) == place(known, walked)


@pytest.mark.parametrize("data", [None, {}, {"key": "a/b", "choices": ["x"], "answers": []}])
def test_a_walk_that_cannot_be_read_is_refused(data: object) -> None:
    with pytest.raises(ContentChanged):
        walk_from(data)


def test_what_does_not_fit_where_the_walk_stands_is_refused(known: Knowledge) -> None:
    at_step, at_check = begin(AGREED), chosen(known, begin(AGREED), "partly")
    with pytest.raises(ContentChanged):
        choose(known, at_step, "00000000")
    with pytest.raises(ContentChanged):
        choose(known, at_check, "00000000")
    with pytest.raises(ContentChanged):
        answer(known, at_step, "yes")
    with pytest.raises(TrainingError):
        answer(known, at_check, "agreed")
    with pytest.raises(TrainingError):
        answer(known, walked_well(known, AGREED), RETURN)


def test_a_scenario_that_changed_under_its_walk_says_so(known: Knowledge) -> None:
    walked = walked_well(known, AGREED)
    with pytest.raises(ContentChanged):
        place(replace(known, modules={}), walked)
    with pytest.raises(ContentChanged):
        place(known, replace(walked, choices=(("gone", "00000000"),)))
    with pytest.raises(ContentChanged):
        place(known, replace(walked, answers=walked.answers[1:]))
