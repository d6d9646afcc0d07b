"""The scenarios that are shipped, walked at random: each walk ends, and has a debrief and a practice record."""

from __future__ import annotations

import random

import pytest

from bot.training import (
    AtCheck,
    AtEnd,
    AtOutcome,
    AtStep,
    ScenarioWalk,
    answer,
    back,
    begin,
    choose,
    debrief,
    place,
    practice_record,
    scenario_of,
    walk_from,
    would_keep,
)
from tests.support.assistants import knowledge
from tests.training.test_scenario import chosen

KEYS = [f"{module.id}/{scenario.id}" for module in knowledge().modules.values() for scenario in module.scenarios]
WALKS = 8
LONGEST = 200


def walked_at_random(key: str, chance: random.Random) -> ScenarioWalk:
    """A walk to its end, with a step back now and then."""
    walked = begin(key)
    for _ in range(LONGEST):
        here = place(knowledge(), walked)
        if isinstance(here, AtOutcome | AtEnd):
            return walked
        if chance.random() < 0.1:
            walked = back(walked)
        elif isinstance(here, AtStep):
            walked = choose(knowledge(), walked, chance.choice(here.choices).id).walk
        elif isinstance(here, AtCheck):
            walked = answer(knowledge(), walked, chance.choice(here.offered))
    raise AssertionError(f"{key} has no end after {LONGEST} steps")


@pytest.mark.parametrize("key", KEYS)
def test_every_walk_ends_with_a_debrief_that_fits_it(key: str) -> None:
    chance = random.Random(key)
    for _ in range(WALKS):
        walked = walked_at_random(key, chance)
        assert walk_from(walked.as_data()) == walked
        told = debrief(knowledge(), walked)
        record = practice_record(knowledge(), walked)
        assert len(told.choices) == len(walked.choices)
        assert not (told.went_well and told.departures)
        assert (told.reached is None) == (record is None)
        if record is not None:
            shown = would_keep(knowledge(), record)
            assert shown is not None and {"check", "outcome", "path"} <= {line.field_id for line in shown.lines}


@pytest.mark.parametrize("key", KEYS)
def test_good_choices_and_expected_answers_went_well(key: str) -> None:
    walked = begin(key)
    while isinstance(place(knowledge(), walked), AtStep):
        walked = chosen(knowledge(), walked, "yes")
    for expected in scenario_of(knowledge(), key).expected:
        walked = answer(knowledge(), walked, expected.answer)
    told = debrief(knowledge(), walked)
    assert told.went_well and told.reached is not None
