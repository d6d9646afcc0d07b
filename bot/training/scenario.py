"""A scenario: its steps, then the real check, walked by the engine that walks it in earnest. Pure: nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.checks import RETURN, Answer, Asking, CheckError, Place, Reached, answer_with, offered, walk
from bot.knowledge import Knowledge, Scenario, ScenarioChoice, ScenarioStep
from bot.training.errors import ContentChanged, TrainingError
from bot.training.shuffling import Choice, choice_id, choices

LEADS_TO_CHECK = "check"


@dataclass(frozen=True)
class ScenarioWalk:
    """A walk through the scenario `key` (MODULE/SCENARIO): what was chosen at its steps, and answered in its check.

    `choices` are pairs of a step's id and the id of what was chosen there.
    """

    key: str
    choices: tuple[tuple[str, str], ...] = ()
    answers: tuple[Answer, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The walk as JSON can hold it; `walk_from` reads it."""
        answers = [[answer.place.check, answer.place.question, answer.option] for answer in self.answers]
        return {"key": self.key, "choices": [list(choice) for choice in self.choices], "answers": answers}


@dataclass(frozen=True)
class AtStep:
    """A step waits for a choice. At the `first` one the story is told before it."""

    scenario: Scenario
    step: ScenarioStep
    choices: tuple[Choice, ...]
    first: bool


@dataclass(frozen=True)
class AtCheck:
    """The check asks a question. `offered` are the ids of the answers that it takes."""

    scenario: Scenario
    asking: Asking
    offered: tuple[str, ...]


@dataclass(frozen=True)
class AtOutcome:
    """The check has reached an outcome: now the debrief, or back to the check that it was entered from."""

    scenario: Scenario
    reached: Reached
    may_return: bool


@dataclass(frozen=True)
class AtEnd:
    """The scenario ended without its check."""

    scenario: Scenario


ScenarioPlace = AtStep | AtCheck | AtOutcome | AtEnd


@dataclass(frozen=True)
class Chosen:
    """A walk with one more choice, and the choice."""

    walk: ScenarioWalk
    choice: ScenarioChoice


def begin(key: str) -> ScenarioWalk:
    """A walk at the first step of the scenario MODULE/SCENARIO."""
    return ScenarioWalk(key)


def walk_from(data: Any) -> ScenarioWalk:
    """The walk that `ScenarioWalk.as_data` wrote. Raises ContentChanged where it cannot be read."""
    try:
        chosen = tuple((str(step), str(choice)) for step, choice in data["choices"])
        answers = tuple(Answer(Place(check, question), option) for check, question, option in data["answers"])
        return ScenarioWalk(str(data["key"]), chosen, answers)
    except (KeyError, TypeError, ValueError):
        raise ContentChanged() from None


def scenario_of(knowledge: Knowledge, key: str) -> Scenario:
    """The scenario MODULE/SCENARIO. Raises ContentChanged where it is not there."""
    module_id, _, scenario_id = key.partition("/")
    module = knowledge.modules.get(module_id)
    scenario = module.scenario(scenario_id) if module is not None else None
    if scenario is None:
        raise ContentChanged()
    return scenario


def place(knowledge: Knowledge, walked: ScenarioWalk) -> ScenarioPlace:
    """Where the walk stands. Raises ContentChanged where its choices or answers no longer fit."""
    scenario = scenario_of(knowledge, walked.key)
    taken = choices_of(scenario, walked)
    leads = taken[-1][1].leads if taken else scenario.steps[0].id
    step = scenario.step(leads)
    if step is not None:
        shown = choices((choice.text for choice in step.choices), f"{walked.key}/{step.id}")
        return AtStep(scenario, step, shown, first=not taken)
    if leads != LEADS_TO_CHECK:
        return AtEnd(scenario)
    try:
        position = walk(knowledge.checks, scenario.check, walked.answers)
    except CheckError:
        raise ContentChanged() from None
    if isinstance(position, Reached):
        return AtOutcome(scenario, position, may_return=RETURN in offered(position))
    return AtCheck(scenario, position, offered(position))


def choices_of(scenario: Scenario, walked: ScenarioWalk) -> tuple[tuple[ScenarioStep, ScenarioChoice], ...]:
    """The steps that were passed, each with what was chosen. Raises ContentChanged where one does not fit."""
    taken: list[tuple[ScenarioStep, ScenarioChoice]] = []
    wanted = scenario.steps[0].id
    for step_id, chosen_id in walked.choices:
        step = scenario.step(step_id)
        choice = choice_at(step, chosen_id) if step is not None and step_id == wanted else None
        if step is None or choice is None:
            raise ContentChanged()
        taken.append((step, choice))
        wanted = choice.leads
    return tuple(taken)


def choice_at(step: ScenarioStep, chosen_id: str) -> ScenarioChoice | None:
    """The choice of `step` that the id stands for."""
    return next((choice for choice in step.choices if choice_id(choice.text) == chosen_id), None)


def choose(knowledge: Knowledge, walked: ScenarioWalk, chosen_id: str) -> Chosen:
    """The walk after a choice at a step. Raises ContentChanged where it is not one of the step that waits."""
    here = place(knowledge, walked)
    choice = choice_at(here.step, chosen_id) if isinstance(here, AtStep) else None
    if not isinstance(here, AtStep) or choice is None:
        raise ContentChanged()
    return Chosen(replace(walked, choices=(*walked.choices, (here.step.id, chosen_id))), choice)


def answer(knowledge: Knowledge, walked: ScenarioWalk, option_id: str) -> ScenarioWalk:
    """The walk after an answer in the check. Raises TrainingError where it is not offered there."""
    here = place(knowledge, walked)
    if not isinstance(here, AtCheck | AtOutcome):
        raise ContentChanged()
    position = here.asking if isinstance(here, AtCheck) else here.reached
    try:
        given = answer_with(position, option_id)
    except CheckError as error:
        raise TrainingError(error.message, error.remedy) from None
    return replace(walked, answers=(*walked.answers, given))


def back(walked: ScenarioWalk) -> ScenarioWalk:
    """The walk without its last answer, or, where none was given, without its last choice."""
    if walked.answers:
        return replace(walked, answers=walked.answers[:-1])
    return replace(walked, choices=walked.choices[:-1])
