"""Carries a pressed button out. A button already says what it means: it never needs Rasa."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.conversation import answering, buttons, checking, directives, identifying, recording, words
from bot.conversation.messages import Reply
from bot.conversation.turn import Flow, Turn, before, notice

BLOCKING = frozenset({"confirm", "keep"})
"""Verbs that wait for the disk: they are carried out in a worker thread."""

FORGET = buttons.FORGET.value
NOT_A_NAME = buttons.NOT_A_NAME.value


def verb_of(value: str) -> str:
    return value.split(":", 1)[0]


def press(turn: Turn, value: str) -> Reply:
    """The reply to the button `value`. An unknown or outdated one changes nothing and says so."""
    verb, *names = value.split(":")
    plain = _PLAIN.get(verb)
    if plain is not None and not names:
        return plain(turn)
    tied = _TIED.get(verb)
    if tied is None or len(names) != tied[0]:
        return _unknown(turn)
    return tied[1](turn, names)


def _unknown(turn: Turn) -> Reply:
    open_now = directives.current(turn)
    if open_now is None:
        return Reply((notice(words.UNKNOWN_BUTTON),), "error", buttons=(buttons.MENU,))
    return before(open_now, [notice(words.UNKNOWN_BUTTON)])


def _topic(turn: Turn, names: list[str]) -> Reply:
    if names[0] not in turn.knowledge.topics:
        return _unknown(turn)
    turn.session.suggested = []
    return directives.digress(turn, answering.answer(turn, names[0]))


def _more(turn: Turn, names: list[str]) -> Reply:
    if names[0] not in turn.knowledge.topics:
        return _unknown(turn)
    return directives.digress(turn, answering.more(turn, names[0]))


def _check(turn: Turn, names: list[str]) -> Reply:
    if names[0] not in turn.knowledge.checks:
        return _unknown(turn)
    return directives.start_or_ask(turn, names[0])


def _restart(turn: Turn, names: list[str]) -> Reply:
    return checking.start(turn, names[0]) if names[0] in turn.knowledge.checks else _unknown(turn)


def _area(turn: Turn, names: list[str]) -> Reply:
    if names[0] not in turn.knowledge.areas:
        return _unknown(turn)
    turn.session.area = names[0]
    chosen = notice(words.AREA_CHOSEN.format(area=turn.area.name))
    return directives.digress(turn, before(answering.menu(turn), [chosen]))


def _answer(turn: Turn, names: list[str]) -> Reply:
    if turn.session.identifying is not None or turn.session.drafting is not None:
        # The question's own buttons stay on the screen above a record in the making: they belong to an earlier step.
        return before(directives.current(turn) or checking.nothing_open(), [notice(words.OLD_BUTTON)])
    return checking.answer(turn, names[0], names[1])


def _show(turn: Turn) -> Reply:
    return directives.current(turn) or answering.menu(turn)


def _none(turn: Turn) -> Reply:
    turn.session.suggested = []
    return directives.digress(turn, answering.unknown(turn))


def _preview(turn: Turn) -> Reply:
    return recording.to_preview(turn)


_PLAIN: Mapping[str, Flow] = MappingProxyType({
    "why": directives.why,
    "back": directives.back,
    "stop": directives.stop,
    "change": directives.change,
    "revise": recording.revise,
    "record": directives.record,
    "save-nothing": directives.save_nothing,
    "preview": _preview,
    "discard": identifying.discard,
    "show": _show,
    "none": _none,
    "menu": lambda turn: directives.digress(turn, answering.menu(turn)),
    "help": lambda turn: directives.digress(turn, answering.help_(turn)),
    "privacy": lambda turn: directives.digress(turn, answering.privacy(turn)),
    "areas": lambda turn: directives.digress(turn, answering.areas(turn)),
    "checks": lambda turn: directives.digress(turn, answering.all_checks(turn)),
})  # fmt: skip

_TIED: Mapping[str, tuple[int, Callable[[Turn, list[str]], Reply]]] = MappingProxyType({
    "topic": (1, _topic),
    "more": (1, _more),
    "check": (1, _check),
    "restart": (1, _restart),
    "area": (1, _area),
    "answer": (2, _answer),
    "goto": (2, lambda turn, names: checking.go_to(turn, names[0], names[1])),
    "field": (2, lambda turn, names: recording.choose(turn, names[0], names[1])),
    "revise": (1, lambda turn, names: recording.revise_field(turn, names[0])),
    "confirm": (1, lambda turn, names: recording.confirm(turn, names[0])),
    "identify": (1, lambda turn, names: identifying.begin(turn, names[0])),
    "blank": (1, lambda turn, names: identifying.leave_blank(turn, names[0])),
    "keep": (1, lambda turn, names: identifying.keep(turn, names[0])),
})  # fmt: skip
