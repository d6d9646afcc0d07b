"""What training says of other knowledge files that does not hold, and what would let somebody guess its questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from bot.knowledge.faults import Fault
from bot.knowledge.located import Located, Path_
from bot.knowledge.modules import (
    FEWEST_QUESTIONS,
    FIRST_DAY_FILE,
    FirstDay,
    Lesson,
    Module,
    QuizQuestion,
)
from bot.knowledge.scenario_faults import scenario_faults

if TYPE_CHECKING:
    from bot.knowledge.model import Knowledge

Places = Mapping[tuple[str, str], Located]

MOST_LONGEST = 1 / 3
"""The share of a module's questions whose right answer may be the longest one: about as many as by chance."""

MOST_SHORTEST = 1 / 2
_OF_PLACES = re.compile(
    r"\bof the above\b|\b(?:answer|option) (?:above|below)\b|\b(?:both|options?) [ab] (?:and|or) [b-d]\b|"
    r"^(?:all|none|both|any|neither) of (?:these|them)\.?$",
    re.IGNORECASE,
)


def faults(knowledge: Knowledge, places: Places) -> Iterator[Fault]:
    """Unknown units, repeated ids, questions that their looks give away, and scenarios that do not hold together."""
    numbers: dict[int, str] = {}
    for module in knowledge.modules.values():
        located = places["modules", module.id]
        if (other := numbers.setdefault(module.number, module.id)) != module.id:
            yield located.fault(("number",), f"the module '{other}' has the number {module.number} too")
        for place, lesson in enumerate(module.lessons):
            yield from _lesson_faults(lesson, ("lessons", place), knowledge, located)
        yield from _question_faults(module, located)
        yield from _repeated((lesson.id for lesson in module.lessons), ("lessons",), "lesson", located)
        yield from _repeated((scenario.id for scenario in module.scenarios), ("scenarios",), "scenario", located)
        for place, scenario in enumerate(module.scenarios):
            yield from scenario_faults(scenario, ("scenarios", place), knowledge.checks, located)
    if knowledge.first_day is not None:
        yield from _first_day_faults(knowledge.first_day, knowledge, places["first-day", FIRST_DAY_FILE])


def _lesson_faults(lesson: Lesson, way: Path_, knowledge: Knowledge, located: Located) -> Iterator[Fault]:
    shown = set()
    for number, unit in enumerate(lesson.shows):
        here = (*way, "shows", number)
        if unit.topic is not None and unit.topic not in knowledge.topics:
            yield located.fault(here, f"no topic '{unit.topic}'")
        if unit.check is not None and unit.check not in knowledge.checks:
            yield located.fault(here, f"no check '{unit.check}'")
        if (unit.topic, unit.check) in shown:
            yield located.fault(here, f"'{unit.topic or unit.check}' stands twice in this lesson")
        shown.add((unit.topic, unit.check))
    for number, question in enumerate(lesson.questions):
        here = (*way, "questions", number)
        if (question.topic, question.check) not in shown:
            name = question.topic or question.check
            yield located.fault(here, f"'{question.id}' rests on '{name}', which this lesson does not show")
        yield from _option_faults(question, here, located)


def _option_faults(question: QuizQuestion, way: Path_, located: Located) -> Iterator[Fault]:
    texts = [option.text.casefold() for option in question.options]
    for number, text in enumerate(texts):
        here = (*way, "options", number)
        if text in texts[:number]:
            yield located.fault(here, f"'{question.id}' offers the same answer twice")
        if _OF_PLACES.search(text):
            yield located.fault(here, f"'{question.id}': an answer must not speak of the others: their order changes")


def _question_faults(module: Module, located: Located) -> Iterator[Fault]:
    questions = module.questions
    if len(questions) < FEWEST_QUESTIONS:
        reason = f"has {len(questions)} questions, needs at least {FEWEST_QUESTIONS}"
        yield located.fault(("lessons",), reason)
    yield from _repeated((question.id for question in questions), ("lessons",), "question", located)
    longest = [question.id for question in questions if _stands_out(question, 1)]
    if len(longest) > len(questions) * MOST_LONGEST:
        yield located.fault(("lessons",), _given_away("longest", longest, len(questions), "a third"))
    shortest = [question.id for question in questions if _stands_out(question, -1)]
    if len(shortest) > len(questions) * MOST_SHORTEST:
        yield located.fault(("lessons",), _given_away("shortest", shortest, len(questions), "half"))


def _stands_out(question: QuizQuestion, sign: int) -> bool:
    """Whether the right answer alone is the longest (`sign` 1) or the shortest (-1)."""
    right = sign * len(question.right_option.text)
    return all(right > sign * len(option.text) for option in question.options if not option.right)


def _given_away(what: str, ids: list[str], of: int, limit: str) -> str:
    named = ", ".join(ids)
    return f"the right answer is the {what} in {len(ids)} of {of} questions, the limit is {limit}: {named}"


def _repeated(ids: Iterable[str], way: Path_, kind: str, located: Located) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            yield located.fault(way, f"the {kind} '{name}' stands twice in this module")
        seen.add(name)


def _first_day_faults(day: FirstDay, knowledge: Knowledge, located: Located) -> Iterator[Fault]:
    questions = {f"{module.id}/{item.id}" for module in knowledge.modules.values() for item in module.questions}
    scenarios = {f"{module.id}/{item.id}" for module in knowledge.modules.values() for item in module.scenarios}
    seen: list[str] = []
    for place, step in enumerate(day.steps):
        way = ("steps", place)
        named: tuple[tuple[str, str | None, Collection[str]], ...] = (
            ("topic", step.topic, knowledge.topics), ("question", step.question, questions),
            ("scenario", step.scenario, scenarios),
        )  # fmt: skip
        for kind, name, known in named:
            if name is not None and name not in known:
                yield located.fault((*way, kind), f"no {kind} '{name}'")
        if step.id in seen:
            yield located.fault(way, f"the step '{step.id}' stands twice")
        seen.append(step.id)
