"""Writing progress: answers, repetitions, practice walks, and the moment at which a module is complete."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from bot.knowledge import NATIONAL, Knowledge, Module
from bot.training.database import put
from bot.training.debrief import debrief
from bot.training.practice import practice_record
from bot.training.quiz import Mark
from bot.training.repetition import Repetition, repeated
from bot.training.scenario import ScenarioWalk
from bot.training.schema import certainty, completion, practice, repetition
from bot.training.schema import mark as marks


def keep_mark(connection: Connection, learner_id: str, mark: Mark, today: date) -> None:
    """Keep an answer, count its certainty, and plan when its question comes again."""
    here = (marks.c.learner_id == learner_id) & (marks.c.key == mark.key)
    earlier = connection.execute(select(marks.c.right_once).where(here)).scalar()
    put(connection, marks, learner_id=learner_id, key=mark.key, right_once=bool(earlier) or mark.right, last=today)
    counted = connection.execute(
        select(certainty).where((certainty.c.learner_id == learner_id) & (certainty.c.name == mark.certainty.value))
    ).one_or_none()
    answered, right = (counted.answered, counted.right_ones) if counted is not None else (0, 0)
    put(
        connection, certainty, learner_id=learner_id, name=mark.certainty.value, answered=answered + 1,
        right_ones=right + mark.right,
    )  # fmt: skip
    _plan(connection, learner_id, mark, today)


def _plan(connection: Connection, learner_id: str, mark: Mark, today: date) -> None:
    here = (repetition.c.learner_id == learner_id) & (repetition.c.key == mark.key)
    row = connection.execute(select(repetition).where(here)).one_or_none()
    earlier = None if row is None else Repetition(row.key, row.stability, row.difficulty, row.reviewed, row.due)
    planned = repeated(earlier, mark, today)
    if planned is not None:
        put(connection, repetition, learner_id=learner_id, **vars(planned))


def keep_walk(connection: Connection, learner_id: str, knowledge: Knowledge, walked: ScenarioWalk, today: date) -> None:
    """Keep a walk that has come to its end. Raises TrainingError where it has not."""
    told = debrief(knowledge, walked)
    record = practice_record(knowledge, walked)
    put(
        connection, practice, learner_id=learner_id, scenario=walked.key, walked=today, went_well=told.went_well,
        check_id=record.check_id if record else "", outcome_id=record.outcome_id if record else "",
        answers=json.dumps(record.answers if record else ()), area=record.area if record else NATIONAL,
        content_version=knowledge.version,
    )  # fmt: skip


def completed_by(connection: Connection, learner_id: str, module: Module, version: str, today: date) -> bool:
    """Whether the module is complete now and was not before. Then it is written down, with the version of its content.

    Complete is a module whose every question was once answered rightly, and whose every scenario was walked to its end.
    """
    done = (completion.c.learner_id == learner_id) & (completion.c.module == module.id)
    if connection.execute(select(completion.c.module).where(done)).first() is not None:
        return False
    if not is_complete(module, right_once(connection, learner_id), walked_by(connection, learner_id)):
        return False
    put(connection, completion, learner_id=learner_id, module=module.id, completed=today, content_version=version)
    return True


def is_complete(module: Module, right: Sequence[str] | set[str], walked: Sequence[str] | set[str]) -> bool:
    """Whether these questions and scenarios are all of the module."""
    questions = {f"{module.id}/{question.id}" for question in module.questions}
    scenarios = {f"{module.id}/{scenario.id}" for scenario in module.scenarios}
    return questions.issubset(right) and scenarios.issubset(walked)


def right_once(connection: Connection, learner_id: str) -> set[str]:
    """The questions that the learner has answered rightly at least once."""
    rows = connection.execute(select(marks.c.key).where((marks.c.learner_id == learner_id) & marks.c.right_once))
    return {row.key for row in rows}


def walked_by(connection: Connection, learner_id: str) -> set[str]:
    """The scenarios that the learner has walked to their end."""
    rows = connection.execute(select(practice.c.scenario).where(practice.c.learner_id == learner_id))
    return {row.scenario for row in rows}
