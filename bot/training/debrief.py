"""What is said after a scenario: where the walk departed from good practice, and why. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.checks import HARM_NOW, Reached
from bot.knowledge import Check, Knowledge, Outcome, Question, Scenario
from bot.training.errors import TrainingError
from bot.training.scenario import AtEnd, AtOutcome, ScenarioWalk, choices_of, place


@dataclass(frozen=True)
class ChoiceTold:
    """What was chosen at a step, and why it was good or not. `better` is a good choice where this was none."""

    tells: str
    chosen: str
    good: str
    because: str
    better: str | None


@dataclass(frozen=True)
class Departure:
    """An answer of the check that does not fit the story: what was given, what fits, and the fact that says so."""

    asks: str
    given: str
    fits: str
    because: str


@dataclass(frozen=True)
class Debrief:
    """What came of a walk. `reached` is None where it ended without the check.

    `feared_harm`: "Someone may be harmed" was pressed. That is never told as a departure: nobody is to learn not to.
    """

    scenario: Scenario
    reached: Outcome | None
    expected: Outcome
    as_expected: bool
    choices: tuple[ChoiceTold, ...]
    departures: tuple[Departure, ...]
    text: str
    feared_harm: bool

    @property
    def went_well(self) -> bool:
        """Every choice was good, no answer departed, and the check led where it should."""
        return self.as_expected and not self.departures and all(choice.good == "yes" for choice in self.choices)


def debrief(knowledge: Knowledge, walked: ScenarioWalk) -> Debrief:
    """The debrief of a walk that has come to its end. Raises TrainingError before that, ContentChanged as `place`."""
    here = place(knowledge, walked)
    if not isinstance(here, AtOutcome | AtEnd):
        raise TrainingError("This scenario has not come to its end.", "Go on with it first.")
    scenario = here.scenario
    check, expected = _expected(knowledge, scenario)
    reached = here.reached if isinstance(here, AtOutcome) else None
    return Debrief(
        scenario,
        reached.outcome if reached is not None else None,
        expected,
        reached is not None and _is_expected(reached, check, expected),
        tuple(_choices_told(scenario, walked)),
        tuple(_departures(knowledge, scenario, walked)) if reached is not None else (),
        scenario.debrief,
        any(answer.option == HARM_NOW for answer in walked.answers),
    )


def _is_expected(reached: Reached, check: Check, expected: Outcome) -> bool:
    """Whether the walk came where it should. Where the case is one to act on now, any way of acting now is right."""
    if (reached.check.id, reached.outcome.id) == (check.id, expected.id):
        return True
    return expected.urgency == reached.outcome.urgency == "now"


def _expected(knowledge: Knowledge, scenario: Scenario) -> tuple[Check, Outcome]:
    """The check in which the expected answers end, and the outcome there."""
    check_id, _ = scenario.expected[0].place(scenario.check)
    for expected in scenario.expected:
        check_id, _ = expected.place(check_id)
    check = knowledge.checks[check_id]
    outcome = check.outcome(scenario.outcome)
    assert outcome is not None  # the loader refuses a scenario whose answers do not lead to its outcome
    return check, outcome


def _choices_told(scenario: Scenario, walked: ScenarioWalk) -> list[ChoiceTold]:
    told = []
    for step, chosen in choices_of(scenario, walked):
        good = next(choice.text for choice in step.choices if choice.good == "yes")
        better = None if chosen.good == "yes" else good
        told.append(ChoiceTold(step.tells, chosen.text, chosen.good, chosen.because, better))
    return told


def _departures(knowledge: Knowledge, scenario: Scenario, walked: ScenarioWalk) -> list[Departure]:
    """The answers that differ, of the questions that the expected walk passes. Of two answers the last counts.

    What was asked beyond them follows from an earlier departure, and is not judged.
    """
    given = {(answer.place.check, answer.place.question): answer.option for answer in walked.answers}
    found = []
    check_id = scenario.check
    for expected in scenario.expected:
        check_id, question_id = expected.place(check_id)
        option = given.get((check_id, question_id), expected.answer)
        question = knowledge.checks[check_id].question(question_id)
        if option not in (expected.answer, HARM_NOW) and question is not None:
            fits = _label(question, expected.answer)
            found.append(Departure(question.asks, _label(question, option), fits, expected.because))
    return found


def _label(question: Question, option_id: str) -> str:
    option = question.option(option_id)
    return option_id if option is None else option.text
