"""From screen to screen of the training: what its buttons do, and what the next step and the one before are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import (
    learning_day,
    learning_lessons,
    learning_practice,
    learning_quiz,
    learning_record,
)
from bot.conversation import learning_words as words
from bot.conversation.learning_steps import state
from bot.conversation.messages import Reply
from bot.conversation.turn import Turn, before, notice
from bot.training import ContentChanged

_SCREENS: Mapping[str, Callable[[Turn], Reply | None]] = MappingProxyType({
    "home": learning_lessons.home,
    "modules": learning_lessons.modules,
    "module": learning_lessons.module,
    "lesson": learning_lessons.lesson,
    "quiz": learning_quiz.show,
    "case": learning_practice.show,
    "day": learning_day.show,
    "progress": learning_record.progress,
    "privacy": learning_record.privacy,
    **dict.fromkeys(("pseudonym", "code", "share", "wipe", "new-code"), learning_record.show),
})  # fmt: skip
UP: Mapping[str, str] = MappingProxyType({
    "modules": "home", "module": "modules", "lesson": "module", "progress": "home", "privacy": "home",
    **dict.fromkeys(("pseudonym", "code", "share", "wipe", "new-code"), "progress"),
})  # fmt: skip
"""The screen above each of the menus."""


def show(turn: Turn) -> Reply:
    """The screen where the training stands; its menu where the content has changed beneath it."""
    try:
        found = _SCREENS[state(turn).at](turn)
    except ContentChanged:
        found = None
    return changed(turn) if found is None else found


def guarded(turn: Turn, flow: Callable[[], Reply | None]) -> Reply | None:
    """What `flow` gives; the training shown again where its content has changed."""
    try:
        return flow()
    except ContentChanged:
        return before(show(turn), [notice(words.CHANGED)])


def changed(turn: Turn) -> Reply:
    """The menu of the training, where what was open is no longer there."""
    state(turn).go("home")
    return before(learning_lessons.home(turn), [notice(words.CHANGED)])


def menu(turn: Turn, at: str) -> Reply:
    """Goes to the screen `at`."""
    state(turn).go(at)
    return show(turn)


def resume(turn: Turn) -> Reply:
    """Goes on where the training was left."""
    state(turn).left = False
    return show(turn)


def module(turn: Turn, name: str) -> Reply | None:
    """Opens a module; None where there is none of that name."""
    if name not in turn.knowledge.modules:
        return None
    place = state(turn)
    place.go("module")
    place.module, place.lesson, place.day = name, "", None
    return show(turn)


def quiz(turn: Turn, name: str) -> Reply:
    """Opens all questions of a module. Raises ContentChanged where there is none of that name."""
    state(turn).day = None
    learning_quiz.begin_module(turn, name)
    return show(turn)


def three(turn: Turn) -> Reply:
    """Opens three questions, or says that those of today are answered. Blocks on the disk."""
    state(turn).day = None
    if learning_quiz.begin_three(turn):
        return show(turn)
    return before(menu(turn, "home"), [notice(words.THREE_DONE)])


def _case(turn: Turn, names: list[str]) -> Reply | None:
    module, number = turn.knowledge.modules.get(names[0]), names[1]
    index = int(number) - 1 if number.isascii() and number.isdecimal() and len(number) <= 2 else -1
    if module is None or not 0 <= index < len(module.scenarios):
        return None
    state(turn).day = None
    learning_practice.open_case(turn, f"{module.id}/{module.scenarios[index].id}")
    return show(turn)


def next_step(turn: Turn, _names: list[str]) -> Reply:
    """What follows the step shown now. Blocks on the disk."""
    place = state(turn)
    if place.at == "lesson":
        if not learning_lessons.next_page(turn):
            learning_quiz.begin_lesson(turn)
        return show(turn)
    if place.at == "quiz":
        learning_quiz.go_on(turn)
        if place.day is not None and learning_quiz.is_over(turn):
            learning_day.skip(turn)
        return show(turn)
    if place.at == "case" and place.day is not None and learning_practice.is_over(turn):
        learning_day.skip(turn)
        return show(turn)
    if place.at == "case":
        return learning_practice.go_on(turn)
    if place.at == "day":
        learning_day.go_on(turn)
    return show(turn)


def may_go_on(turn: Turn) -> bool:
    """Whether there is a next step that no choice has to be made for."""
    at = state(turn).at
    if at == "quiz":
        return learning_quiz.waits(turn) is None
    if at == "case":
        return learning_practice.has_next(turn)
    return at == "lesson" or (at == "day" and not learning_day.waits_for_a_question(turn))


def step_back(turn: Turn) -> Reply:
    """One step back, or to the screen above."""
    place = state(turn)
    if place.at == "case" and learning_practice.step_back(turn):
        return show(turn)
    if place.at == "quiz" and learning_quiz.unpick(turn):
        return show(turn)
    if place.day is not None and place.at in ("quiz", "case", "day"):
        return show(turn) if learning_day.step_back(turn) else menu(turn, "home")
    if place.at == "lesson" and place.item:
        place.item -= 1
        return show(turn)
    if place.at == "home":
        return before(show(turn), [notice(words.AT_TOP)])
    return menu(turn, _above(turn))


def _above(turn: Turn) -> str:
    place = state(turn)
    if place.at in ("quiz", "case"):
        return "lesson" if place.lesson else "module" if place.module else "home"
    return UP.get(place.at, "home")


def more(turn: Turn, _names: list[str]) -> Reply:
    """The page of the lesson with the long text of its topic."""
    shown, told = show(turn), learning_lessons.more(turn)
    return shown if told is None else replace(shown, parts=(shown.parts[0], *told.parts))


def again(turn: Turn, _names: list[str]) -> Reply:
    """The case from its beginning, what was missed in the quiz, or the case that the first day still misses."""
    place = state(turn)
    if place.at == "case":
        day = place.day
        learning_practice.open_case(turn, learning_practice.key(turn))
        place.day = day
    elif place.at == "quiz":
        learning_quiz.repeat(turn)
    elif place.at == "day":
        learning_day.walk_again(turn)
    return show(turn)


def _pick(turn: Turn, names: list[str]) -> Reply:
    if state(turn).at == "quiz":
        return learning_quiz.pick(turn, names[0])
    if learning_practice.in_story(turn):
        return learning_practice.pick(turn, names[0])
    return learning_practice.take(turn, names[0])


def _skip(turn: Turn, _names: list[str]) -> Reply:
    learning_day.skip(turn)
    return show(turn)


def _lesson(turn: Turn, names: list[str]) -> Reply | None:
    return show(turn) if learning_lessons.open_lesson(turn, names[0], names[1]) else None


OPENERS: Mapping[str, tuple[int, Callable[[Turn, list[str]], Reply | None]]] = MappingProxyType({
    "home": (0, lambda turn, _: menu(turn, "home")),
    "modules": (0, lambda turn, _: menu(turn, "modules")),
    "progress": (0, lambda turn, _: menu(turn, "progress")),
    "privacy": (0, lambda turn, _: menu(turn, "privacy")),
    "show": (0, lambda turn, _: resume(turn)),
    "day": (0, lambda turn, _: show(turn) if learning_day.begin(turn) else None),
    "three": (0, lambda turn, _: three(turn)),
    "unshare": (0, lambda turn, _: learning_record.unshare(turn)),
    "close": (0, lambda turn, _: learning_record.close(turn)),
    "decide": (1, lambda turn, names: learning_record.decide(turn, names[0]) or menu(turn, "progress")),
    "module": (1, lambda turn, names: module(turn, names[0])),
    "quiz": (1, lambda turn, names: quiz(turn, names[0])),
    "lesson": (2, _lesson),
    "case": (2, _case),
})  # fmt: skip
"""What opens a screen from anywhere: its verb, how many names follow, and what it does."""

STEPS: Mapping[str, tuple[int, Callable[[Turn, list[str]], Reply | None]]] = MappingProxyType({
    "next": (0, next_step),
    "more": (0, more),
    "again": (0, again),
    "skip": (0, _skip),
    "ask": (1, lambda turn, names: learning_day.ask(turn, names[0])),
    "pick": (1, _pick),
    "sure": (1, lambda turn, names: learning_quiz.be_sure(turn, names[0])),
    "name": (1, lambda turn, names: learning_record.name(turn, names[0])),
    "confirm": (0, lambda turn, _: learning_record.confirm(turn)),
})  # fmt: skip
"""What belongs to the step shown now, whose code stands before the names."""
