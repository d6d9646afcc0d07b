"""What does not hold together in a scenario: its steps, and the answers of the check that are expected of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.knowledge.faults import Fault
from bot.knowledge.located import Located, Path_
from bot.knowledge.model import Check
from bot.knowledge.modules import LEADS_TO_CHECK, LEADS_TO_END, Scenario, ScenarioStep

HARM_NOW = "harm-now"
_ENDS = (LEADS_TO_CHECK, LEADS_TO_END)


def scenario_faults(scenario: Scenario, way: Path_, checks: Mapping[str, Check], located: Located) -> Iterator[Fault]:
    """Steps that are unknown, repeated, never reached or endless; choices that teach nothing; a check that differs."""
    found = list(_step_faults(scenario, way, located))
    yield from found
    if not found:
        yield from _way_faults(scenario, way, located)
    yield from _expected_faults(scenario, way, checks, located)


def _step_faults(scenario: Scenario, way: Path_, located: Located) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, step in enumerate(scenario.steps):
        here = (*way, "steps", place)
        if step.id in seen or step.id in _ENDS:
            yield located.fault(here, f"the step '{step.id}' stands twice, or is named as an end")
        seen.add(step.id)
        for number, choice in enumerate(step.choices):
            if choice.leads not in _ENDS and scenario.step(choice.leads) is None:
                yield located.fault((*here, "choices", number), f"no step '{choice.leads}' in '{scenario.id}'")
        good = {choice.good == "yes" for choice in step.choices}
        if good != {True, False}:
            yield located.fault(here, f"the step '{step.id}' needs a choice that is good, and one that is not")
        texts = [choice.text.casefold() for choice in step.choices]
        if len(set(texts)) < len(texts):
            yield located.fault(here, f"the step '{step.id}' offers the same choice twice")


def _way_faults(scenario: Scenario, way: Path_, located: Located) -> Iterator[Fault]:
    first = scenario.steps[0]
    reached = {first.id, *_after(scenario, first)}
    for place, step in enumerate(scenario.steps):
        here = (*way, "steps", place)
        if step.id not in reached:
            yield located.fault(here, f"the step '{step.id}' is never reached")
        elif step.id in _after(scenario, step):
            yield located.fault(here, f"the step '{step.id}' comes round to itself without end")
            return
    if LEADS_TO_END in _good_ends(scenario, first):
        reason = f"'{scenario.id}': good choices alone must lead to the check, and here they also lead past it"
        yield located.fault((*way, "steps"), reason)
    parting = any(
        choice.leads not in {good.leads for good in step.choices if good.good == "yes"}
        for step in scenario.steps for choice in step.choices if choice.good != "yes"
    )  # fmt: skip
    if not parting:
        yield located.fault((*way, "steps"), f"'{scenario.id}': every choice leads the same way; nothing branches")


def _after(scenario: Scenario, start: ScenarioStep) -> set[str]:
    """The ids of the steps that can come after `start`."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for choice in waiting.pop().choices:
            following = scenario.step(choice.leads)
            if following is not None and following.id not in reached:
                reached.add(following.id)
                waiting.append(following)
    return reached


def _good_ends(scenario: Scenario, start: ScenarioStep) -> set[str]:
    """Where one arrives by good choices only."""
    arrived: set[str] = {start.id}
    waiting = [start]
    while waiting:
        for choice in waiting.pop().choices:
            if choice.good != "yes" or choice.leads in arrived:
                continue
            arrived.add(choice.leads)
            following = scenario.step(choice.leads)
            if following is not None:
                waiting.append(following)
    return arrived.intersection(_ENDS)


def _expected_faults(
    scenario: Scenario, way: Path_, checks: Mapping[str, Check], located: Located
) -> Iterator[Fault]:
    check = checks.get(scenario.check)
    if check is None:
        yield located.fault((*way, "check"), f"no check '{scenario.check}'")
        return
    wanted, ended = check.questions[0].id, ""
    for number, given in enumerate(scenario.expected):
        here = (*way, "expected", number)
        if ended:
            yield located.fault(here, f"comes after the outcome '{ended}'")
            return
        if given.place(check.id) != (check.id, wanted):
            yield located.fault(here, f"'{given.at}' is answered where {check.id}/{wanted} is asked")
            return
        leads = _leads(check, wanted, given.answer)
        if leads is None:
            yield located.fault(here, f"{check.id}/{wanted} has no option '{given.answer}'")
            return
        kind, _, name = leads.rpartition(":")
        if kind == "outcome":
            ended = name
        elif kind == "check" and name in checks:
            check, wanted = checks[name], checks[name].questions[0].id
        else:
            wanted = name
    if not ended:
        yield located.fault((*way, "expected"), f"stops before an outcome: {check.id}/{wanted} is asked next")
    elif ended != scenario.outcome:
        yield located.fault((*way, "outcome"), f"is '{scenario.outcome}', but the answers lead to '{ended}'")


def _leads(check: Check, question_id: str, answer: str) -> str | None:
    """Where `answer` leads, as the files write it; None where the question has no such option."""
    if answer == HARM_NOW:
        return f"outcome:{check.harm.leads}"
    question = check.question(question_id)
    option = question.option(answer) if question is not None else None
    return option.leads if option is not None else None
