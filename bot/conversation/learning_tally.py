"""What was done of the training: in this conversation, or in the learning record where one is open."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import learning_words as words
from bot.conversation.dates import readable
from bot.conversation.learning_steps import state
from bot.conversation.turn import Turn
from bot.knowledge import Module
from bot.training import Certainty, Mark, ModuleProgress, Progress, TrainingError


def marks(turn: Turn) -> tuple[Mark, ...]:
    """The answers given in this conversation, in order."""
    return tuple(Mark(key, right, Certainty(certainty)) for key, right, certainty in state(turn).marks)


def kept(turn: Turn) -> Progress | None:
    """The progress of the learning record that is open; None without one. Blocks on the disk.

    A record that was wiped, or whose time is over, raises UnknownLearner.
    """
    place = state(turn)
    if turn.training is None or not place.learner:
        return None
    return turn.training.progress(place.learner, turn.knowledge)


def kept_if_readable(turn: Turn) -> Progress | None:
    """As `kept`; None too where the record is gone or cannot be read now: a menu is shown without it."""
    try:
        return kept(turn)
    except TrainingError:
        return None


def module_line(turn: Turn, module: Module, progress: Progress | None) -> str:
    """How far the learning record that is open (`progress`), or else this conversation, has come with a module."""
    found = [] if progress is None else [each for each in progress.modules if each.id == module.id]
    if found:
        return kept_line(found[0])
    right = {mark.key for mark in marks(turn) if mark.right and mark.key.startswith(f"{module.id}/")}
    walked = [key for key in state(turn).walks if key.startswith(f"{module.id}/")]
    return words.PROGRESS_LINE.format(
        title=module.title, right=len(right), total=len(module.questions), walked=len(walked),
        cases=len(module.scenarios),
    )  # fmt: skip


def kept_line(module: ModuleProgress) -> str:
    line = words.PROGRESS_LINE.format(
        title=module.title, right=module.right, total=module.of, walked=module.scenarios, cases=module.scenarios_of
    )
    if module.completed is None:
        return line
    return words.PROGRESS_COMPLETE.format(line=line, day=readable(module.completed.isoformat()))


def due_line(turn: Turn, progress: Progress) -> str:
    """How many questions come again, or when: no more than three a day do."""
    if progress.due and progress.today_done:
        tomorrow = readable((turn.today + timedelta(days=1)).isoformat())
        return words.PROGRESS_DUE_LATER.format(count=progress.due, day=tomorrow)
    if progress.due or progress.next_due is None:
        return words.PROGRESS_DUE.format(count=progress.due)
    return words.PROGRESS_NEXT_DUE.format(day=readable(progress.next_due.isoformat()))


def missed_keys(turn: Turn) -> list[str]:
    """The questions whose last answer in this conversation was wrong or a guess, the oldest first."""
    last = {mark.key: mark for mark in marks(turn)}
    return [key for key, mark in last.items() if mark.missed]
