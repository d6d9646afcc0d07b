"""Carries a pressed button out. A button already says what it means: it never needs Rasa."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.checks import HARM_NOW
from bot.conversation import (
    advising,
    advising_choices,
    answering,
    browsing,
    buttons,
    charts,
    checking,
    danger,
    directives,
    handing_in,
    identifying,
    identity_page,
    learning,
    learning_record,
    lettering,
    recording,
    starting,
    words,
)
from bot.conversation.messages import Reply
from bot.conversation.turn import Flow, Turn, before, notice

_BLOCKING = frozenset({
    "advice", "confirm", "hand-in", "identify", "identity-page", "keep", "letters", "letter", "document", "learn",
})  # fmt: skip
"""Verbs that wait for the disk: they are carried out in a worker thread."""

_OF_A_CHECK = frozenset({"answer", "goto"})
_OF_A_RECORD = frozenset({"field", "revise", "preview", "confirm"})
_BELOW_ADVICE = _OF_A_CHECK | _OF_A_RECORD | {"record", "save-nothing", "change", "identify"}
_OF_DETAILS = frozenset({"blank", "keep", "discard"})
"""Buttons of earlier steps stay on the screen above the one that is open."""

FORGET = buttons.FORGET.value
NOT_A_NAME = buttons.NOT_A_NAME.value


async def pressed(turn: Turn, value: str) -> Reply:
    """The reply to the button `value`. An unknown or outdated one changes nothing and says so."""
    if value.split(":", 1)[0] in _BLOCKING or learning.is_open(turn):
        return await asyncio.to_thread(_press, turn, value)
    return _press(turn, value)


def _press(turn: Turn, value: str) -> Reply:
    verb, *names = value.split(":")
    if verb == "learn":
        return learning.pressed(turn, names) or _unknown(turn)
    if verb == "advice":
        return _advice(turn, names)
    if verb in _BELOW_ADVICE and (unsent := _leaving_advice(turn, names)) is not None:
        return unsent
    if _belongs_to_an_earlier_step(turn, verb):
        return _on_top(turn, words.OLD_BUTTON)
    plain = _PLAIN.get(verb)
    if plain is not None and not names:
        return plain(turn)
    tied = _TIED.get(verb)
    if tied is None or len(names) != tied[0]:
        return _unknown(turn)
    return tied[1](turn, names)


def _belongs_to_an_earlier_step(turn: Turn, verb: str) -> bool:
    if turn.session.identifying is not None:
        return verb in _OF_A_CHECK | _OF_A_RECORD
    return verb in _OF_DETAILS or (turn.session.drafting is not None and verb in _OF_A_CHECK)


def _advice(turn: Turn, names: list[str]) -> Reply:
    if turn.session.identifying is not None and names not in ([], ["now"]):
        return _on_top(turn, words.OLD_BUTTON)
    if names == ["drop"]:
        advising.end(turn)
        return _show(turn)
    return advising_choices.pressed(turn, names)


def _leaving_advice(turn: Turn, names: list[str]) -> Reply | None:
    """What is asked before unsent words to an adviser are lost; nobody is asked who acts on harm."""
    if names[-1:] == [HARM_NOW]:
        advising.end(turn)
        return None
    return advising.ask_before(turn, buttons.WIPE_UNSENT)


def _unknown(turn: Turn) -> Reply:
    return _on_top(turn, words.UNKNOWN_BUTTON)


def _on_top(turn: Turn, text: str) -> Reply:
    open_now = directives.current(turn) or Reply((), "error", buttons=(buttons.MENU,))
    return before(open_now, [notice(text)])


def _topic(turn: Turn, names: list[str]) -> Reply:
    if names[0] not in turn.knowledge.topics:
        return _unknown(turn)
    return directives.digress(turn, answering.answer(turn, names[0]))


def _more(turn: Turn, names: list[str]) -> Reply:
    if names[0] not in turn.knowledge.topics:
        return _unknown(turn)
    return directives.digress(turn, answering.more(turn, names[0]))


def _check(turn: Turn, names: list[str]) -> Reply:
    if names[0] not in turn.knowledge.checks:
        return _unknown(turn)
    return starting.start_or_ask(turn, names[0])


def _letter(turn: Turn, names: list[str]) -> Reply:
    """Also where a button of a document comes here: the channel that shows it answers it with the file itself."""
    if names[0] == learning_record.CERTIFICATE:
        return learning.start_progress(turn)
    if names[0] not in turn.knowledge.letters:
        return _unknown(turn)
    return directives.beside(turn, lettering.letter(turn, names[0]))


def _restart(turn: Turn, names: list[str]) -> Reply:
    if names[0] not in turn.knowledge.checks:
        return _unknown(turn)
    advising.end(turn)
    return checking.start(turn, names[0])


def _area(turn: Turn, names: list[str]) -> Reply:
    if names[0] not in turn.knowledge.areas:
        return _unknown(turn)
    turn.session.area = names[0]
    chosen = notice(words.AREA_CHOSEN.format(area=turn.area.name))
    return directives.digress(turn, before(answering.menu(turn), [chosen]))


def _show(turn: Turn) -> Reply:
    return directives.current(turn) or answering.menu(turn)


def _none(turn: Turn) -> Reply:
    return directives.digress(turn, answering.unknown(turn))


def _identify(turn: Turn, names: list[str]) -> Reply:
    if names[0] != turn.session.reference:
        return _on_top(turn, words.OLD_BUTTON)
    return identifying.begin(turn, names[0])


def _identity_page(turn: Turn, names: list[str]) -> Reply:
    if names[0] != turn.session.reference or turn.identity_page is None:
        return _on_top(turn, words.OLD_BUTTON)
    return identity_page.offer(turn, names[0])


def _hand_in(turn: Turn, names: list[str]) -> Reply:
    if names[0] != turn.session.reference or turn.identity_page is None:
        return _on_top(turn, words.OLD_BUTTON)
    return handing_in.offer(turn, names[0])


def _urgent(turn: Turn, names: list[str]) -> Reply:
    if names[0] not in turn.knowledge.triggers:
        return _unknown(turn)
    return directives.digress(turn, danger.asked_for(turn, names[0]))


def _browsed(turn: Turn, reply: Reply | None) -> Reply:
    """A page of a list; None where the list has changed since the button was shown."""
    return _unknown(turn) if reply is None else directives.digress(turn, reply)


_PLAIN: Mapping[str, Flow] = MappingProxyType({
    "why": directives.why,
    "back": directives.back,
    "stop": directives.stop,
    "change": directives.change,
    "revise": recording.revise,
    "record": directives.record,
    "save-nothing": directives.save_nothing,
    "preview": recording.to_preview,
    "discard": identifying.discard,
    "show": _show,
    "none": _none,
    "letters": lambda turn: directives.beside(turn, lettering.fitting(turn)),
    "all-letters": lambda turn: directives.beside(turn, lettering.every(turn)),
    "menu": lambda turn: directives.digress(turn, answering.menu(turn)),
    "help": lambda turn: directives.digress(turn, answering.help_(turn)),
    "privacy": lambda turn: directives.digress(turn, answering.privacy(turn)),
    "areas": lambda turn: directives.digress(turn, answering.areas(turn)),
    "checks": lambda turn: directives.digress(turn, answering.all_checks(turn)),
    "situations": lambda turn: _browsed(turn, browsing.situations(turn)),
    "kinds": lambda turn: _browsed(turn, browsing.kinds(turn)),
    "flowchart": lambda turn: directives.digress(turn, charts.reply(turn)),
})  # fmt: skip

_TIED: Mapping[str, tuple[int, Callable[[Turn, list[str]], Reply]]] = MappingProxyType({
    "topic": (1, _topic),
    "more": (1, _more),
    "check": (1, _check),
    "restart": (1, _restart),
    "letter": (1, _letter),
    "document": (2, _letter),
    "urgent": (1, _urgent),
    "situations": (1, lambda turn, names: _browsed(turn, browsing.situations(turn, names[0]))),
    "situation": (2, lambda turn, names: _browsed(turn, browsing.situation(turn, names[0], names[1]))),
    "kinds": (1, lambda turn, names: _browsed(turn, browsing.kinds(turn, names[0]))),
    "kind": (2, lambda turn, names: _browsed(turn, browsing.kind(turn, names[0], names[1]))),
    "area": (1, _area),
    "answer": (2, lambda turn, names: checking.answer(turn, names[0], names[1])),
    "goto": (2, lambda turn, names: checking.go_to(turn, names[0], names[1])),
    "field": (2, lambda turn, names: recording.choose(turn, names[0], names[1])),
    "revise": (1, lambda turn, names: recording.revise_field(turn, names[0])),
    "confirm": (1, lambda turn, names: recording.confirm(turn, names[0])),
    "identify": (1, _identify),
    identity_page.VERB: (1, _identity_page),
    handing_in.VERB: (1, _hand_in),
    "blank": (1, lambda turn, names: identifying.leave_blank(turn, names[0])),
    "keep": (1, lambda turn, names: identifying.keep(turn, names[0])),
})  # fmt: skip
