"""Carries a directive out: what Rasa decided, or a word of the lexicon, in the state in which the conversation is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.checks import Asking, Reached
from bot.conversation import (
    advising,
    advising_choices,
    answering,
    buttons,
    checking,
    identifying,
    learning,
    lettering,
    recording,
    replying,
    starting,
    words,
)
from bot.conversation.messages import Button, Reply
from bot.conversation.nlu_client import SUGGESTIONS, Understood
from bot.conversation.turn import Flow, Turn, before, notice

_BLOCKING = frozenset({
    "confirm", "letter", "letters", "seek_advice", "training", "first_day", "quiz", "learning_progress",
})  # fmt: skip
"""Directives that wait for the disk. While an adviser is asked, and in the training, all of them may."""

ADVICE_CHECK = "seek-advice-anonymously"


def context(turn: Turn) -> str:
    """What the conversation is in the middle of, in the words that the rules of stories/ know."""
    session = turn.session
    if session.identifying is not None:
        return "identity"
    if session.advising is not None:
        return "advice"
    if session.drafting is not None:
        return "preview" if session.drafting.preview else "draft"
    if session.start is not None:
        return "offer" if isinstance(checking.position(turn), Reached) else "check"
    return "suggestion" if session.suggested else learning.context(turn) or "none"


def current(turn: Turn) -> Reply | None:
    """What is open and waits for the user, shown again; None when nothing is."""
    if turn.session.identifying is not None:
        return identifying.show(turn)
    if turn.session.advising is not None:
        return advising.show(turn)
    if turn.session.drafting is not None:
        return recording.show(turn)
    if turn.session.start is not None:
        return checking.show(turn)
    return learning.current(turn)


async def carried_out(turn: Turn, understood: Understood, masked: str) -> Reply:
    """As `carry_out`, in a worker thread where the directive waits for the disk."""
    if understood.do in _BLOCKING or turn.session.advising is not None or learning.is_open(turn):
        return await asyncio.to_thread(carry_out, turn, understood, masked)
    return carry_out(turn, understood, masked)


def carry_out(turn: Turn, understood: Understood, masked: str) -> Reply:
    """The reply to one understood text. The session is changed in place."""
    do, directive = understood.do, understood.directive
    suggested, turn.session.suggested = turn.session.suggested, []
    own = None if suggested else learning.carried_out(turn, do, str(directive.get("value")), masked)
    if own is not None:
        return own
    if do == "training":
        return learning.start(turn, masked)
    if do == "quiz":
        return learning.start_quiz(turn, masked)
    if do == "answer":
        return digress(turn, _answer(turn, str(directive.get("topic")), understood))
    if do == "start_check":
        return _start(turn, str(directive.get("check")), understood)
    if do == "elsewhere":
        return digress(turn, answering.elsewhere(turn, str(directive.get("elsewhere"))))
    if do == "letter":
        return beside(turn, lettering.asked(turn, str(directive.get("letter")), _units(understood)))
    if do == "reply":
        return _reply(turn, str(directive.get("value")), masked, suggested)
    if do == "unsure":
        return _unsure(turn, understood, masked)
    flow = _FLOWS.get(do)
    return flow(turn) if flow else digress(turn, answering.unknown(turn))


def stop(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.discard(turn)
    if turn.session.advising is not None:
        return advising.stop(turn)
    if turn.session.start is not None:
        return learning.with_way_back(turn, checking.stop(turn))
    if learning.is_open(turn):
        return learning.leave(turn)
    return answering.say(words.GOODBYE, "goodbye", (buttons.FORGET, buttons.MENU))


def back(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.back(turn)
    if turn.session.advising is not None:
        return advising.back(turn)
    if turn.session.drafting is not None:
        return recording.back(turn)
    if learning.is_open(turn):
        return learning.back(turn)
    return checking.back(turn) if turn.session.start else checking.nothing_open()


def why(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.why(turn)
    if turn.session.advising is not None:
        return advising.why(turn)
    if learning.is_open(turn):
        return learning.why(turn)
    return recording.why(turn) if turn.session.drafting is not None else checking.why(turn)


def record(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.show(turn)
    unsent = advising.ask_before(turn, buttons.WIPE_UNSENT)
    if unsent is not None:
        return unsent
    return recording.show(turn) if turn.session.drafting is not None else recording.begin(turn)


def save_nothing(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.discard(turn)
    if turn.session.advising is not None:
        return advising.stop(turn)
    if turn.session.start is None:
        return checking.nothing_open()
    return learning.with_way_back(turn, checking.save_nothing(turn))


def change(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.show(turn)
    if turn.session.advising is not None:
        return advising.show(turn)
    return recording.revise(turn) if turn.session.drafting is not None else checking.change(turn)


def digress(turn: Turn, reply: Reply) -> Reply:
    """An answer given in the middle of something: what was open is shown again after it, and its buttons first."""
    if reply.kind == "topic":
        learning.note_answered(turn)
    open_now = current(turn)
    if open_now is None:
        return learning.with_way_back(turn, reply)
    own: tuple[Button, ...] = tuple(replace(button, weight="step") for button in reply.buttons)
    if reply.kind == "topic":
        own = tuple(button for button in own if button.value.split(":")[0] in ("more", "topic"))[:3]
    return with_open(reply, open_now, (*open_now.buttons, *own))


def with_open(reply: Reply, open_now: Reply, offer: Iterable[Button]) -> Reply:
    """`reply` followed by what is open, with the buttons `offer`, each once. What may be typed is as it was."""
    unique: dict[str, Button] = {}
    for button in offer:
        unique.setdefault(button.value, button)
    return replace(
        reply, parts=(*reply.parts, *open_now.parts), buttons=tuple(unique.values()), entry=open_now.entry
    )


def beside(turn: Turn, reply: Reply) -> Reply:
    """A letter is asked for at an outcome: that is one button away, rather than shown again below it."""
    at_outcome = replace(reply, buttons=(buttons.GO_BACK, *reply.buttons))
    return at_outcome if context(turn) == "offer" else digress(turn, reply)


def _answer(turn: Turn, topic_id: str, understood: Understood) -> Reply:
    if topic_id not in turn.knowledge.topics:  # the model is older than the knowledge
        return answering.suggest(turn, _units(understood))
    return answering.answer(turn, topic_id)


def _start(turn: Turn, check_id: str, understood: Understood) -> Reply:
    if check_id not in turn.knowledge.checks:
        return digress(turn, answering.suggest(turn, _units(understood)))
    return starting.start_or_ask(turn, check_id)


def _reply(turn: Turn, value: str, masked: str, suggested: list[str]) -> Reply:
    if turn.session.advising is not None and turn.session.identifying is None:
        return advising_choices.reply(turn, value)
    if turn.session.drafting is not None:
        return recording.reply(turn, value)
    place = checking.position(turn)
    if turn.session.identifying is not None or not isinstance(place, Asking):
        open_now = current(turn)
        return _reply_to_suggestions(turn, value, suggested) if open_now is None else ask_back(open_now)
    if place.question.option(value) is None or replying.contradicts(value, masked, place.question):
        return ask_back(checking.show(turn))
    return checking.give(turn, place, value)


def _reply_to_suggestions(turn: Turn, value: str, suggested: list[str]) -> Reply:
    if not suggested:
        return checking.nothing_open()
    if value != "yes":
        return answering.unknown(turn)
    if len(suggested) > 1:
        return ask_back(answering.suggest(turn, suggested))
    only = suggested[0]
    return answering.answer(turn, only) if only in turn.knowledge.topics else starting.start_or_ask(turn, only)


def ask_back(open_now: Reply) -> Reply:
    """What is open, shown again because it could not be told what was meant."""
    return before(open_now, [notice(words.ASK_BACK)])


def _unsure(turn: Turn, understood: Understood, masked: str) -> Reply:
    suggestions = [*_units(understood), *_found_untrained(turn, masked)]
    open_now = current(turn)
    if open_now is None:
        return answering.suggest(turn, suggestions)
    if not suggestions:
        return ask_back(open_now)
    offered = answering.suggest(turn, suggestions)
    near = tuple(button for button in offered.buttons if button is not buttons.NONE_OF_THESE)
    return with_open(offered, open_now, (*near, *open_now.buttons))


def _found_untrained(turn: Turn, masked: str) -> list[str]:
    """What the search finds among the topics and checks that are newer than the model: it cannot name them itself."""
    if not turn.untrained:
        return []
    return [hit.id for hit in turn.index.search(masked, SUGGESTIONS) if hit.id in turn.untrained]


def _units(understood: Understood) -> list[str]:
    return [ranked.unit for ranked in understood.suggestions()]


def _confirm(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.show(turn)
    if turn.session.advising is not None:
        return advising_choices.confirm(turn)
    if turn.session.drafting is None:
        return record(turn) if context(turn) == "offer" else (current(turn) or checking.nothing_open())
    return recording.confirm_open(turn)


def _restart(turn: Turn) -> Reply:
    started = turn.session.start
    if turn.session.advising is not None:
        return ask_back(advising.show(turn))
    if started is None:
        return digress(turn, answering.greeting(turn))
    return checking.start(turn, started) if started in turn.knowledge.checks else checking.restarted(turn)


def _not_a_name(turn: Turn) -> Reply:
    """Reached only when nothing was masked: the turn takes the words back before they come here."""
    return digress(turn, Reply((notice(words.NOT_A_NAME_NOTHING),), "smalltalk"))


_FLOWS: Mapping[str, Flow] = {
    "back": back,
    "why": why,
    "stop": stop,
    "more": lambda turn: digress(turn, answering.more(turn)),
    "menu": lambda turn: digress(turn, answering.menu(turn)),
    "help": lambda turn: digress(turn, answering.help_(turn)),
    "capabilities": lambda turn: digress(turn, answering.help_(turn)),
    "greet": lambda turn: digress(turn, answering.greeting(turn)),
    "thanks": lambda turn: digress(turn, answering.say(words.THANKS, "thanks")),
    "goodbye": lambda turn: digress(turn, answering.say(words.GOODBYE, "goodbye", (buttons.FORGET, buttons.MENU))),
    "confirm": _confirm,
    "record": record,
    "save_nothing": save_nothing,
    "restart": _restart,
    "change_answer": change,
    "not_a_name": _not_a_name,
    "seek_advice": advising.begin,
    "privacy": lambda turn: digress(turn, answering.privacy(turn)),
    "choose_area": lambda turn: digress(turn, answering.areas(turn)),
    "letters": lambda turn: beside(turn, lettering.fitting(turn)),
    "human": lambda turn: digress(turn, answering.human(turn)),
    "first_day": learning.start_day,
    "learning_progress": learning.start_progress,
}
