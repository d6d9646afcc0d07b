"""What the training keeps of a learner beyond the conversation, where they chose so, and nothing elsewhere.

Every function blocks on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from bot.conversation import learning_words as words
from bot.conversation.learning_steps import state
from bot.conversation.learning_tally import marks
from bot.conversation.messages import Part
from bot.conversation.turn import Turn, notice
from bot.training import (
    ContentChanged,
    Learner,
    Mark,
    Quiz,
    ScenarioWalk,
    Training,
    TrainingError,
    TrainingSchemaError,
    TrainingUnavailable,
    UnknownLearner,
    quiz_of,
    scenario_of,
    walk_from,
)


def learner(turn: Turn) -> Learner | None:
    """Whose learning record is open; None where none is, or it is no longer there: then it is closed."""
    place = state(turn)
    if turn.training is None or not place.learner:
        return None
    try:
        return turn.training.learner(place.learner)
    except UnknownLearner:
        place.learner = ""
        return None


def open_record(turn: Turn) -> tuple[Training, str] | None:
    """The training's database and the learner's id; None where no learning record is open."""
    found = learner(turn)
    return None if found is None or turn.training is None else (turn.training, found.id)


def keep_mark(turn: Turn, given: Mark) -> list[Part]:
    """Keeps an answer. Says where a module is complete now, and where the record is gone or cannot be used."""
    return _kept(turn, lambda training, name: training.record(name, given, turn.knowledge))


def keep_walk(turn: Turn, walk: ScenarioWalk) -> list[Part]:
    """Keeps a walk that has come to its end; said as for a mark."""
    return _kept(turn, lambda training, name: training.keep_walk(name, turn.knowledge, walk))


def keep_all(turn: Turn) -> None:
    """Keeps what was done in this conversation before the learning record was opened."""
    found = open_record(turn)
    if found is None:
        return
    training, name = found
    for given in marks(turn):
        training.record(name, given, turn.knowledge)
    for key, data in state(turn).walks.items():
        with suppress(ContentChanged):  # a case that was changed since cannot be kept as it was walked
            scenario_of(turn.knowledge, key)
            training.keep_walk(name, turn.knowledge, walk_from(data))


def first_day_done(turn: Turn) -> None:
    """Notes that the first day was walked; where the record cannot be used now, that is left out."""
    with suppress(TrainingError):
        found = open_record(turn)
        if found is not None:
            found[0].first_day_done(found[1])


def daily(turn: Turn) -> Quiz:
    """The questions of today that the record still holds; none where there is no record."""
    found = open_record(turn)
    return quiz_of(()) if found is None else found[0].daily(found[1], turn.knowledge)


def _kept(turn: Turn, keep: Callable[[Training, str], str | None]) -> list[Part]:
    """Learning goes on where the database does not: what could not be kept is said."""
    had = bool(state(turn).learner)
    try:
        found = open_record(turn)
        if found is None:
            return [notice(words.LEARNER_GONE)] if had else []
        return _completed(turn, keep(*found))
    except (TrainingUnavailable, TrainingSchemaError):
        return [notice(words.NOT_KEPT_NOW)]


def _completed(turn: Turn, module_id: str | None) -> list[Part]:
    module = turn.knowledge.modules.get(module_id or "")
    return [] if module is None else [notice(words.MODULE_DONE.format(title=module.title))]
