"""A quiz: which question comes next, what an answer is worth, and how well certainty matched it. Pure."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

from bot.knowledge import Citation, Knowledge, QuizOption, QuizQuestion
from bot.training.errors import ContentChanged, QuestionChanged
from bot.training.shuffling import Choice, choice_id, choices, shuffled

_SEED_BYTES = 4


class Certainty(StrEnum):
    """How certain somebody says to be of an answer."""

    SURE = "sure"
    FAIRLY = "fairly"
    GUESSING = "guessing"


@dataclass(frozen=True)
class Mark:
    """An answer that was given to the question `key` (MODULE/QUESTION)."""

    key: str
    right: bool
    certainty: Certainty

    @property
    def missed(self) -> bool:
        """Whether the question should come again: the answer was wrong, or right by a guess."""
        return not self.right or self.certainty is Certainty.GUESSING


@dataclass(frozen=True)
class Quiz:
    """Questions in the order in which they are asked, and the answers so far. `seed` orders the options."""

    keys: tuple[str, ...]
    seed: str
    marks: tuple[Mark, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The quiz as JSON can hold it; `quiz_from` reads it."""
        marks = [[mark.key, mark.right, mark.certainty.value] for mark in self.marks]
        return {"keys": list(self.keys), "seed": self.seed, "marks": marks}


@dataclass(frozen=True)
class Asked:
    """The question that waits for an answer: the `number`th `of` so many."""

    key: str
    asks: str
    options: tuple[Choice, ...]
    number: int
    of: int


Remark = Literal["well-placed", "over-sure", "under-sure", "lucky", "expected"]


@dataclass(frozen=True)
class Feedback:
    """What is said of an answer. `sources` are those of the topic or check that its reasons rest on.

    `remark` sets certainty beside the result. well-placed: sure or fairly sure, and right. over-sure: sure, and
    wrong. under-sure: fairly sure, and wrong. lucky: a guess, and right. expected: a guess, and wrong.
    """

    right: bool
    certainty: Certainty
    chosen: QuizOption
    right_option: QuizOption
    topic: str | None
    check: str | None
    sources: tuple[Citation, ...]
    remark: Remark


@dataclass(frozen=True)
class Marked:
    """A quiz with one more answer, the answer by itself, and what is said of it."""

    quiz: Quiz
    mark: Mark
    feedback: Feedback


@dataclass(frozen=True)
class Band:
    """How many answers were given with this certainty, and how many of them were right."""

    certainty: Certainty
    answered: int
    right: int

    @property
    def share(self) -> float | None:
        """The share that was right; None where nothing was answered so."""
        return self.right / self.answered if self.answered else None


@dataclass(frozen=True)
class Score:
    """Right answers out of those given, and how well certainty matched them: one band for each certainty."""

    right: int
    of: int
    bands: tuple[Band, ...]


def quiz_of(keys: Iterable[str], seed: str = "") -> Quiz:
    """A quiz of these questions, in this order. Without `seed` the order of options is random."""
    return Quiz(tuple(dict.fromkeys(keys)), seed or secrets.token_hex(_SEED_BYTES))


def lesson_quiz(knowledge: Knowledge, module_id: str, lesson_id: str, seed: str = "") -> Quiz:
    """The questions at the end of a lesson. Raises ContentChanged where there is no such lesson."""
    module = knowledge.modules.get(module_id)
    lesson = module.lesson(lesson_id) if module is not None else None
    if lesson is None:
        raise ContentChanged()
    return quiz_of((f"{module_id}/{question.id}" for question in lesson.questions), seed)


def module_quiz(knowledge: Knowledge, module_id: str, seed: str = "") -> Quiz:
    """All questions of a module, mixed. Raises ContentChanged where there is no such module."""
    module = knowledge.modules.get(module_id)
    if module is None:
        raise ContentChanged()
    seed = seed or secrets.token_hex(_SEED_BYTES)
    return quiz_of(shuffled((f"{module_id}/{question.id}" for question in module.questions), seed), seed)


def missed(quiz: Quiz, seed: str = "") -> Quiz:
    """The questions of `quiz` that were answered wrong, or right by a guess, once more."""
    return quiz_of((mark.key for mark in quiz.marks if mark.missed), seed)


def quiz_from(data: Any) -> Quiz:
    """The quiz that `Quiz.as_data` wrote. Raises ContentChanged where it cannot be read."""
    try:
        marks = (Mark(str(key), right is True, Certainty(certainty)) for key, right, certainty in data["marks"])
        return Quiz(tuple(map(str, data["keys"])), str(data["seed"]), tuple(marks))
    except (KeyError, TypeError, ValueError):
        raise ContentChanged() from None


def question_of(knowledge: Knowledge, key: str) -> QuizQuestion | None:
    """The question MODULE/QUESTION; None where it is not there any more."""
    module_id, _, question_id = key.partition("/")
    module = knowledge.modules.get(module_id)
    return module.question(question_id) if module is not None else None


def asked(knowledge: Knowledge, quiz: Quiz) -> Asked | None:
    """The question that comes next; None at the end. Questions that are gone from the content are passed over."""
    given = {mark.key for mark in quiz.marks}
    present = [key for key in quiz.keys if question_of(knowledge, key) is not None]
    for number, key in enumerate(present, start=1):
        question = question_of(knowledge, key)
        if key not in given and question is not None:
            texts = (option.text for option in question.options)
            return Asked(key, question.asks, choices(texts, f"{quiz.seed}/{key}"), number, len(present))
    return None


def mark(knowledge: Knowledge, quiz: Quiz, option_id: str, certainty: Certainty) -> Marked:
    """The quiz after one more answer. Raises QuestionChanged where the question asked now has no such option."""
    current = asked(knowledge, quiz)
    question = question_of(knowledge, current.key) if current is not None else None
    if current is None or question is None:
        raise QuestionChanged()
    chosen = next((option for option in question.options if choice_id(option.text) == option_id), None)
    if chosen is None:
        raise QuestionChanged()
    given = Mark(current.key, chosen.right, certainty)
    return Marked(replace(quiz, marks=(*quiz.marks, given)), given, _feedback(knowledge, question, chosen, certainty))


def score(quiz: Quiz) -> Score:
    """What came of the answers so far."""
    return Score(sum(mark.right for mark in quiz.marks), len(quiz.marks), bands_of(quiz.marks))


def bands_of(marks: Iterable[Mark]) -> tuple[Band, ...]:
    """One band for each certainty, the surest first."""
    given = list(marks)
    counts = {certainty: [each.right for each in given if each.certainty is certainty] for certainty in Certainty}
    return tuple(Band(certainty, len(rights), sum(rights)) for certainty, rights in counts.items())


def _feedback(knowledge: Knowledge, question: QuizQuestion, chosen: QuizOption, certainty: Certainty) -> Feedback:
    unit = knowledge.topics[question.topic] if question.topic is not None else knowledge.checks[question.check or ""]
    remark = _REMARKS[certainty][chosen.right]
    return Feedback(
        chosen.right, certainty, chosen, question.right_option, question.topic, question.check, unit.sources, remark
    )


_REMARKS: Mapping[Certainty, Mapping[bool, Remark]] = {
    Certainty.SURE: {True: "well-placed", False: "over-sure"},
    Certainty.FAIRLY: {True: "well-placed", False: "under-sure"},
    Certainty.GUESSING: {True: "lucky", False: "expected"},
}
