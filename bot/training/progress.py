"""Reading progress: what was done of each module, how well certainty matched, what comes again, the day's questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from bot.knowledge import Knowledge, Module
from bot.training.database import put
from bot.training.keeping import walked_by
from bot.training.learners import Learner
from bot.training.quiz import Band, Certainty, question_of
from bot.training.schema import certainty, completion, daily, practice, repetition
from bot.training.schema import mark as marks

QUESTIONS_A_DAY = 3


@dataclass(frozen=True)
class ModuleProgress:
    """What was done of a module: questions answered and right at least once, out of `of`; scenarios walked."""

    id: str
    title: str
    answered: int
    right: int
    of: int
    lessons_done: tuple[str, ...]
    scenarios: int
    scenarios_of: int
    completed: date | None


@dataclass(frozen=True)
class KeptPractice:
    """The last practice walk of a scenario. `outcome` is empty where it ended without its check."""

    scenario: str
    outcome: str
    went_well: bool
    walked: date


@dataclass(frozen=True)
class Progress:
    """All that is kept of a learner. `due` counts what comes again today, `next_due` says when others do.

    `today_done` says that the day's questions were asked for and are all answered: what is due goes on tomorrow.
    """

    learner: Learner
    modules: tuple[ModuleProgress, ...]
    bands: tuple[Band, ...]
    due: int
    next_due: date | None
    practice: tuple[KeptPractice, ...]
    today_done: bool


@dataclass(frozen=True)
class Completed:
    """A completed module, and the version of the guidance that its questions rested on."""

    module: str
    completed: date
    content_version: str


def progress_of(connection: Connection, who: Learner, knowledge: Knowledge, today: date) -> Progress:
    """The progress of `who`. What is gone from the content is passed over."""
    answers = _answers(connection, who.id)
    walked = walked_by(connection, who.id)
    done = {each.module: each.completed for each in completed_modules(connection, who.id)}
    settled = _settled(connection, who.id, today)
    planned = sorted(day for key, day in _planned(connection, who.id) if question_of(knowledge, key) is not None)
    return Progress(
        who,
        tuple(_of_module(module, answers, walked, done.get(module.id)) for module in knowledge.modules.values()),
        _bands(connection, who.id),
        sum(day <= today for day in planned),
        next((day for day in planned if day > today), None),
        tuple(_kept_practice(connection, who.id)),
        settled is not None and not _unanswered(connection, who.id, knowledge, today, settled),
    )


def completed_modules(connection: Connection, learner_id: str) -> tuple[Completed, ...]:
    """The modules that the learner has completed, in the order of their days."""
    rows = connection.execute(select(completion).where(completion.c.learner_id == learner_id))
    found = (Completed(row.module, row.completed, row.content_version) for row in rows)
    return tuple(sorted(found, key=lambda each: (each.completed, each.module)))


def questions_of_today(connection: Connection, learner_id: str, knowledge: Knowledge, today: date) -> tuple[str, ...]:
    """The day's questions that still wait for an answer. What they are is settled when they are first asked for."""
    settled = _settled(connection, learner_id, today)
    if settled is not None:
        keys = settled
    else:
        keys = _chosen(connection, learner_id, knowledge, today)
        put(connection, daily, learner_id=learner_id, day=today, questions=json.dumps(keys))
    return _unanswered(connection, learner_id, knowledge, today, keys)


def _settled(connection: Connection, learner_id: str, today: date) -> tuple[str, ...] | None:
    """The day's questions; None where they were not asked for today."""
    row = connection.execute(select(daily).where(daily.c.learner_id == learner_id)).one_or_none()
    return None if row is None or row.day != today else tuple(map(str, json.loads(row.questions)))


def _unanswered(
    connection: Connection, learner_id: str, knowledge: Knowledge, today: date, keys: tuple[str, ...]
) -> tuple[str, ...]:  # fmt: skip
    answered = select(marks.c.key).where((marks.c.learner_id == learner_id) & (marks.c.last == today))
    done = {each.key for each in connection.execute(answered)}
    return tuple(key for key in keys if key not in done and question_of(knowledge, key) is not None)


def _chosen(connection: Connection, learner_id: str, knowledge: Knowledge, today: date) -> tuple[str, ...]:
    """First what comes again, the longest overdue first; then new questions, first of modules that were begun."""
    answers = _answers(connection, learner_id)
    planned = sorted((day, key) for key, day in _planned(connection, learner_id) if day <= today)
    again = [key for _, key in planned if question_of(knowledge, key) is not None]
    new = sorted(_new(knowledge, answers), key=lambda found: not found[0])
    return tuple(dict.fromkeys([*again, *(key for _, key in new)]))[:QUESTIONS_A_DAY]


def _new(knowledge: Knowledge, answers: Mapping[str, bool]) -> Iterator[tuple[bool, str]]:
    """The questions that were never answered, each with whether its module was begun."""
    begun = {key.partition("/")[0] for key in answers}
    for module in knowledge.modules.values():
        for key in _keys(module):
            if key not in answers:
                yield module.id in begun, key


def _keys(module: Module) -> tuple[str, ...]:
    return tuple(f"{module.id}/{question.id}" for question in module.questions)


def _of_module(
    module: Module, answers: Mapping[str, bool], walked: set[str], completed: date | None
) -> ModuleProgress:
    keys = _keys(module)
    lessons = tuple(
        lesson.id for lesson in module.lessons
        if all(f"{module.id}/{question.id}" in answers for question in lesson.questions)
    )  # fmt: skip
    return ModuleProgress(
        module.id, module.title, sum(key in answers for key in keys), sum(answers.get(key, False) for key in keys),
        len(keys), lessons, sum(f"{module.id}/{scenario.id}" in walked for scenario in module.scenarios),
        len(module.scenarios), completed,
    )  # fmt: skip


def _answers(connection: Connection, learner_id: str) -> dict[str, bool]:
    """The questions that were answered, each with whether ever rightly."""
    rows = connection.execute(select(marks.c.key, marks.c.right_once).where(marks.c.learner_id == learner_id))
    return {row.key: row.right_once for row in rows}


def _planned(connection: Connection, learner_id: str) -> Iterator[tuple[str, date]]:
    rows = connection.execute(select(repetition.c.key, repetition.c.due).where(repetition.c.learner_id == learner_id))
    for row in rows:
        yield row.key, row.due


def _bands(connection: Connection, learner_id: str) -> tuple[Band, ...]:
    rows = connection.execute(select(certainty).where(certainty.c.learner_id == learner_id))
    counted = {row.name: (row.answered, row.right_ones) for row in rows}
    return tuple(Band(each, *counted.get(each.value, (0, 0))) for each in Certainty)


def _kept_practice(connection: Connection, learner_id: str) -> Iterator[KeptPractice]:
    wanted = select(practice).where(practice.c.learner_id == learner_id)
    for row in connection.execute(wanted.order_by(practice.c.walked, practice.c.scenario)):
        yield KeptPractice(row.scenario, row.outcome_id, row.went_well, row.walked)
