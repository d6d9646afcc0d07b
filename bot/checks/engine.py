"""Where a walk through checks stands, worked out afresh from its answers.

A jump remembers the question it left, so that the outcome of the check jumped to can lead back to it. A check that
is under way is not entered twice: a jump to it goes back to the question that it was left at, or to its first one
where the check says so (`rejoin`). A jump that was taken
before leads to advice instead, so that nobody goes round in circles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import SharewellError
from bot.knowledge import Check, Outcome, Question

HARM_NOW = "harm-now"
"""The option that every question has: someone may be harmed (design: harm short-cuts from any step)."""

RETURN = "return"
"""The answer that leads from an outcome back to the question which the check was entered from."""

ADVICE_CHECK = "seek-advice-anonymously"


class CheckError(SharewellError):
    """A check, question or option that is not there, or an answer to another question than the one asked."""


@dataclass(frozen=True)
class Place:
    """A question of a check, or, after an outcome, the outcome in the question's stead."""

    check: str
    question: str

    def __str__(self) -> str:
        return f"{self.check}/{self.question}"


@dataclass(frozen=True)
class Answer:
    """One answer of a walk: at which place, and which option."""

    place: Place
    option: str


@dataclass(frozen=True)
class Asking:
    """A question waits for an answer. `came_round` is set where a jump led back to a check under way."""

    check: Check
    question: Question
    returns: tuple[Place, ...] = ()
    came_round: bool = False

    @property
    def place(self) -> Place:
        return Place(self.check.id, self.question.id)


@dataclass(frozen=True)
class Reached:
    """An outcome. `returns` holds the questions that other checks were left at, the innermost last."""

    check: Check
    outcome: Outcome
    returns: tuple[Place, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.check.id, self.outcome.id)


Position = Asking | Reached


def walk(checks: Mapping[str, Check], start: str, answers: Sequence[Answer] = ()) -> Position:
    """The position after `answers`, from the first question of the check `start`.

    Raises CheckError for an unknown check, an answer out of turn, or an option that the question does not have.
    """
    position: Position = _enter(checks, start, ())
    taken: set[Answer] = set()
    for answer in answers:
        position = step(checks, position, answer, taken)
    return position


def offered(position: Position) -> tuple[str, ...]:
    """The option ids that `position` takes: its question's, the harm short-cut, or the way back from an outcome."""
    if isinstance(position, Asking):
        return (*(option.id for option in position.question.options), HARM_NOW)
    return (RETURN,) if position.returns else ()


def answer_with(position: Position, option: str) -> Answer:
    """The answer `option` at `position`. Raises CheckError when it is not offered there."""
    if option not in offered(position):
        raise CheckError(
            f"'{option}' is not an answer at {position.place}.",
            f"Choose one of: {', '.join(offered(position)) or 'none, this is an end'}.",
        )
    return Answer(position.place, option)


def step(checks: Mapping[str, Check], position: Position, answer: Answer, taken: set[Answer]) -> Position:
    """The position after one more answer. `taken` holds the jumps taken so far, and is added to.

    Raises CheckError as `walk` does.
    """
    if answer.place != position.place:
        raise CheckError(f"The answer is for {answer.place}, but {position.place} is asked.", "Answer that one first.")
    answer_with(position, answer.option)
    if isinstance(position, Reached):
        return _resume(checks, position.returns)
    if answer.option == HARM_NOW:
        return _reach(position.check, position.check.harm.leads, position.returns)
    option = position.question.option(answer.option)
    assert option is not None  # answer_with has just seen to it
    kind, _, name = option.leads.rpartition(":")
    if kind == "outcome":
        return _reach(position.check, name, position.returns)
    if kind == "":
        question = position.check.question(name)
        assert question is not None  # the loader refuses a lead to a question that is not there
        return Asking(position.check, question, position.returns)
    target = ADVICE_CHECK if answer in taken else name
    taken.add(answer)
    return _jump(checks, position, target)


def _jump(checks: Mapping[str, Check], position: Asking, target: str) -> Position:
    returns = (*position.returns, position.place)
    under_way = [place.check for place in returns]
    if target not in under_way:
        return _enter(checks, target, returns)
    if target == position.check.id == ADVICE_CHECK:
        return _enter(checks, target, position.returns)
    return _resume(checks, returns[: under_way.index(target) + 1], came_round=True)


def _enter(checks: Mapping[str, Check], name: str, returns: tuple[Place, ...]) -> Asking:
    check = checks.get(name)
    if check is None:
        raise CheckError(f"There is no check '{name}'.", f"The checks are: {', '.join(sorted(checks))}.")
    return Asking(check, check.questions[0], returns)


def _resume(checks: Mapping[str, Check], returns: tuple[Place, ...], *, came_round: bool = False) -> Asking:
    place = returns[-1]
    check = checks[place.check]
    question = check.question(place.question)
    assert question is not None  # the place was left from this very question
    if came_round and check.rejoin == "from-start":
        question = check.questions[0]
    return Asking(check, question, returns[:-1], came_round)


def _reach(check: Check, name: str, returns: tuple[Place, ...]) -> Reached:
    outcome = check.outcome(name)
    assert outcome is not None  # the loader refuses a lead to an outcome that is not there
    return Reached(check, outcome, returns)
