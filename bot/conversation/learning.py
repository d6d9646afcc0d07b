"""The training in conversation: which screen is open, what a button or a typed text does on it, and leaving it.

Where a real check or record is open, that goes first: the training waits beneath it. Practice never stands where a
real check stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

from bot.conversation import (
    advising,
    buttons,
    identifying,
    learning_day,
    learning_practice,
    learning_quiz,
    learning_record,
    learning_steps,
)
from bot.conversation import learning_words as words
from bot.conversation.learning_moves import (
    OPENERS,
    STEPS,
    UP,
    again,
    changed,
    guarded,
    may_go_on,
    menu,
    module,
    more,
    next_step,
    quiz,
    resume,
    show,
    step_back,
    three,
)
from bot.conversation.learning_reading import goes_on, module_named
from bot.conversation.learning_steps import state
from bot.conversation.messages import Part, Reply
from bot.conversation.turn import Turn, before, notice
from bot.knowledge import fold

_WAITING = frozenset({"lesson", "quiz", "case", "day", "pseudonym", "code", "share", "wipe", "new-code"})
"""Screens that are shown again after an aside. The others are menus: one button leads back to them."""


def is_open(turn: Turn) -> bool:
    """Whether the training is what the conversation is in the middle of."""
    learning = turn.session.learning
    return learning is not None and not learning.left and not _real_work(turn)


def context(turn: Turn) -> str | None:
    """The context for Rasa: a practice check is answered like a real one. None where no training is open."""
    if not is_open(turn):
        return None
    return "check" if state(turn).at == "case" and learning_practice.in_check(turn) else "training"


def current(turn: Turn) -> Reply | None:
    """What waits in the training, shown again; None where nothing does."""
    return show(turn) if is_open(turn) and state(turn).at in _WAITING else None


def start(turn: Turn, masked: str = "") -> Reply:
    """Opens the training: the module that was asked for, what was left, or its menu. Blocks on the disk."""
    named = module_named(masked, turn.knowledge.modules.values())
    learning = turn.session.learning
    if named:
        return _open(turn, lambda: module(turn, named))
    if learning is not None and learning.at in _WAITING:
        return _open(turn, lambda: resume(turn))
    return _open(turn, lambda: menu(turn, "home"))


def start_day(turn: Turn) -> Reply:
    """Opens the first day. Blocks on the disk."""
    return _open(turn, lambda: show(turn) if learning_day.begin(turn) else menu(turn, "home"))


def start_quiz(turn: Turn, masked: str = "") -> Reply:
    """Opens the questions of the module that was asked for, or three questions. Blocks on the disk."""
    named = module_named(masked, turn.knowledge.modules.values())
    return _open(turn, lambda: quiz(turn, named) if named else three(turn))


def start_progress(turn: Turn) -> Reply:
    """Opens what was done so far. Blocks on the disk."""
    return _open(turn, lambda: menu(turn, "progress"))


def pressed(turn: Turn, names: list[str]) -> Reply | None:
    """The reply to a button of the training; None for one that is not known. Blocks on the disk."""
    verb, *rest = names or [""]
    opener = OPENERS.get(verb)
    if opener is not None and len(rest) == opener[0]:
        return _open(turn, lambda: opener[1](turn, rest), again=":".join(names))
    if verb == "anyway" and rest:
        if rest[0] == _real_work_code(turn):  # otherwise something else is open by now: that is asked about again
            turn.session.end_check()
            identifying.end(turn)
            advising.end(turn)
        return pressed(turn, rest[1:])
    if verb == "leave" and not rest:
        return leave(turn)
    step = STEPS.get(verb)
    if step is None or len(rest) != step[0] + 1:
        return None
    if not is_open(turn):
        return _old(turn)
    if rest[0] != state(turn).code:
        return before(show(turn), [notice(words.OLD_STEP)])
    return guarded(turn, lambda: step[1](turn, rest[1:]))


def typed(turn: Turn, text: str) -> Reply | None:
    """The reply where `text` answers what waits in the training; None where Rasa must say what it means.

    Blocks on the disk.
    """
    if not is_open(turn) or (turn.session.suggested and goes_on(text)):
        return None
    at = state(turn).at
    if at == "quiz" and (taken := guarded(turn, lambda: learning_quiz.typed(turn, text))) is not None:
        return taken
    if at == "case" and (taken := guarded(turn, lambda: learning_practice.typed(turn, text))) is not None:
        return taken
    if at == "pseudonym" and not state(turn).pseudonym:
        return learning_record.typed_name(turn, text)
    if at in ("pseudonym", "share", "wipe", "new-code") and fold(text) in ("yes", "confirm"):
        return learning_record.confirm(turn)
    return guarded(turn, lambda: next_step(turn, [])) if goes_on(text) and may_go_on(turn) else None


def are_own_words(turn: Turn, text: str) -> bool:
    """Whether `text` is, word for word, an answer that the training shows now: it tells of nobody."""
    return is_open(turn) and fold(text) in map(fold, (*learning_quiz.shown(turn), *learning_practice.shown(turn)))


def takes_private(turn: Turn, text: str) -> bool:
    """Whether `text` is a mistyped code or a name for managers, which nothing but the learning record may see."""
    return is_open(turn) and learning_record.takes_private(turn, text)


def typed_private(turn: Turn, text: str) -> Reply:
    """Takes such a text."""
    return learning_record.typed_private(turn, text)


def takes_code(turn: Turn) -> bool:
    """Whether the code of a learning record is asked for."""
    return is_open(turn) and state(turn).at == "code"


def open_with(turn: Turn, code: str) -> Reply:
    """Takes a code of 16 digits. Blocks on the disk. Raises TrainingError for one that opens nothing."""
    return learning_record.open_with(turn, code)


def carried_out(turn: Turn, do: str, value: str, masked: str) -> Reply | None:
    """The reply to a directive that means something of its own in the training; None for the others."""
    if not is_open(turn):
        return None
    if do == "reply":
        return _said(turn, value, masked)
    if do == "more" and state(turn).at == "lesson":
        return more(turn, [])
    if state(turn).at == "case" and do in ("record", "confirm", "save_nothing"):
        return before(show(turn), [notice(words.NO_RECORD, words.PRACTICE_TITLE)])
    if state(turn).at == "case" and do == "restart":
        return again(turn, [])
    return back(turn) if do == "change_answer" and state(turn).at == "case" else None


def back(turn: Turn) -> Reply:
    """One step back in the training."""
    return guarded(turn, lambda: step_back(turn)) or show(turn)


def why(turn: Turn) -> Reply:
    """Why what is asked now is asked."""
    at = state(turn).at
    told = learning_practice.why(turn) if at == "case" else None
    if at == "quiz":
        told = before(show(turn), [notice(words.CERTAINTY_WHY)])
    return told or before(show(turn), [notice(words.NEXT_UNCLEAR)])


def leave(turn: Turn) -> Reply:
    """Puts the training away. It may be gone on with while the conversation lasts."""
    learning = turn.session.learning
    if learning is not None:
        learning.left = True
        learning.at = UP[learning.at] if UP.get(learning.at) == "progress" else learning.at
        turn.volatile.shared_name = ""
    offer = (learning_steps.GO_ON, buttons.MENU, buttons.FORGET)
    return Reply((Part(words.LEFT, "plain", words.LEFT_TITLE),), "ended", "training", offer)


def aside(turn: Turn) -> list[Part]:
    """What is said where a real check begins in the middle of the training."""
    return [notice(words.ASIDE)] if is_open(turn) else []


def with_way_back(turn: Turn, reply: Reply) -> Reply:
    """`reply` with a button back to the training, where it is open."""
    return replace(reply, buttons=(*reply.buttons, learning_steps.GO_ON)) if is_open(turn) else reply


def note_answered(turn: Turn) -> None:
    """A real question was answered in the middle of the training: the first day has a step for that."""
    if is_open(turn):
        learning_day.note_asked(turn)


def _real_work(turn: Turn) -> bool:
    session = turn.session
    open_now = (session.start, session.drafting, session.identifying, session.advising)
    return any(each is not None for each in open_now)


def _real_work_code(turn: Turn) -> str:
    """Six characters that stand for the real check or record that is open and how far it is, with no word typed."""
    session, unsent = turn.session, turn.volatile.advice.unsent
    drafting, details, asking = session.drafting, session.identifying, session.advising
    work = [
        session.start, session.answers,
        None if drafting is None else [drafting.draft_id, sorted(drafting.values)],
        None if details is None else [details.confirmation_id, details.given],
        None if asking is None else [asking.send_id, len(unsent.text)],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(work).encode()).hexdigest()[:6]


def _open(turn: Turn, opener: Callable[[], Reply | None], again: str = "home") -> Reply:
    """Opens something of the training, unless a real check or record is open: that is asked about first."""
    if not _real_work(turn):
        return guarded(turn, opener) or changed(turn)
    check = turn.knowledge.checks.get(turn.session.start or "")
    go_on = buttons.step("Go on with what is open" if check is None else f"Go on with: {check.title}", "show")
    return Reply(
        (Part(words.REAL_WORK_FIRST, "plain", words.REAL_WORK_FIRST_TITLE),), "training", "real-work-first",
        (buttons.tied("Stop it and train", "learn", "anyway", _real_work_code(turn), *again.split(":")), go_on),
    )  # fmt: skip


def _said(turn: Turn, value: str, masked: str) -> Reply:
    """Yes, no or not sure, where it was not read as an answer before."""
    place = state(turn)
    if place.at == "case" and (taken := guarded(turn, lambda: learning_practice.say(turn, value, masked))) is not None:
        return taken
    if value == "no" and place.at in learning_record.DECISIONS:
        return menu(turn, "progress")
    if value == "yes" and place.at in learning_record.DECISIONS:
        return learning_record.confirm(turn) or show(turn)
    if value == "yes" and may_go_on(turn):
        return guarded(turn, lambda: next_step(turn, [])) or show(turn)
    return before(show(turn), [notice(words.NEXT_UNCLEAR)])


def _old(turn: Turn) -> Reply:
    return Reply((notice(words.OLD_STEP),), "error", buttons=(learning_steps.GO_ON, buttons.MENU))
