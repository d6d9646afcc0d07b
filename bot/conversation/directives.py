"""Carries a directive out: what Rasa decided, or a word of the lexicon, in the state in which the conversation is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.checks import Asking, Reached
from bot.conversation import answering, buttons, checking, identifying, recording, words
from bot.conversation.messages import Part, Reply
from bot.conversation.nlu_client import Understood
from bot.conversation.turn import Flow, Turn, before, notice

BLOCKING = frozenset({"confirm"})
"""Directives that wait for the disk: they are carried out in a worker thread."""

ADVICE_CHECK = "seek-advice-anonymously"
STANDARD_OPTIONS = frozenset({"yes", "no", "not-sure"})


def context(turn: Turn) -> str:
    """What the conversation is in the middle of, in the words that the rules of stories/ know."""
    session = turn.session
    if session.identifying is not None:
        return "identity"
    if session.drafting is not None:
        return "preview" if session.drafting.preview else "draft"
    if session.start is not None:
        return "offer" if isinstance(checking.position(turn), Reached) else "check"
    return "suggestion" if session.suggested else "none"


def current(turn: Turn) -> Reply | None:
    """What is open and waits for the user, shown again; None when nothing is."""
    if turn.session.identifying is not None:
        return identifying.show(turn)
    if turn.session.drafting is not None:
        return recording.show(turn)
    if turn.session.start is not None:
        return checking.show(turn)
    return None


def carry_out(turn: Turn, understood: Understood, masked: str) -> Reply:
    """The reply to one understood text. The session is changed in place."""
    do, directive = understood.do, understood.directive
    if do == "answer":
        return digress(turn, _answer(turn, str(directive.get("topic")), understood))
    if do == "start_check":
        return _start(turn, str(directive.get("check")), understood)
    if do == "reply":
        return _reply(turn, str(directive.get("value")), masked)
    if do == "unsure":
        return _unsure(turn, understood, masked)
    flow = _FLOWS.get(do)
    return flow(turn) if flow else digress(turn, answering.unknown(turn))


def named_option(turn: Turn, text: str) -> Reply | None:
    """The reply where the whole of `text` is an option of what is open: Rasa does not know the options of a check.

    Yes, no and not sure are left to Rasa, whose rules tell what they mean in each context.
    """
    session = turn.session
    if session.identifying is not None:
        return None
    if session.drafting is not None:
        if session.drafting.asking is None:
            return None
        option = recording.option_named(turn.knowledge.fields[session.drafting.asking], text)
        return recording.choose(turn, session.drafting.asking, option) if option else None
    place = checking.position(turn)
    if not isinstance(place, Asking):
        return None
    option = checking.option_in(text, place.question, exactly=True)
    return checking.give(turn, place, option) if option and option not in STANDARD_OPTIONS else None


def stop(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.discard(turn)
    if turn.session.start is not None:
        return checking.stop(turn)
    return answering.say(words.GOODBYE, "goodbye", (buttons.FORGET, buttons.MENU))


def back(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.show(turn)
    if turn.session.drafting is not None:
        return recording.back(turn)
    return checking.back(turn) if turn.session.start else checking.nothing_open()


def why(turn: Turn) -> Reply:
    return recording.why(turn) if turn.session.drafting is not None else checking.why(turn)


def record(turn: Turn) -> Reply:
    return recording.show(turn) if turn.session.drafting is not None else recording.begin(turn)


def save_nothing(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.discard(turn)
    return checking.save_nothing(turn) if turn.session.start else checking.nothing_open()


def change(turn: Turn) -> Reply:
    return recording.revise(turn) if turn.session.drafting is not None else checking.change(turn)


def start_or_ask(turn: Turn, check_id: str) -> Reply:
    """Starts a check; in the middle of another one, asks first, because its answers would be lost."""
    session = turn.session
    if session.start is None or not session.answers:
        return checking.start(turn, check_id)
    if session.start == check_id and session.drafting is None:
        return checking.show(turn)
    open_check, wanted = turn.knowledge.checks.get(session.start), turn.knowledge.checks[check_id]
    if open_check is None:
        return checking.start(turn, check_id)
    return Reply(
        (Part(words.ANOTHER_CHECK.format(check=open_check.title), "plain", f"Start: {wanted.title}"),),
        "check", check_id,
        (buttons.tied(f"Start: {wanted.title}", "restart", check_id),
         buttons.step(f"Go on with: {open_check.title}", "show")),
    )  # fmt: skip


def digress(turn: Turn, reply: Reply) -> Reply:
    """An answer given in the middle of something: what was open is shown again after it."""
    if turn.session.start is None and turn.session.identifying is None:
        return reply
    open_now = current(turn)
    if open_now is None:
        return reply
    own = tuple(button for button in reply.buttons if button.value.split(":")[0] in ("more", "topic"))[:3]
    return replace(
        reply, parts=(*reply.parts, *open_now.parts), buttons=(*open_now.buttons, *own), entry=open_now.entry
    )


def _answer(turn: Turn, topic_id: str, understood: Understood) -> Reply:
    if topic_id not in turn.knowledge.topics:  # the model is older than the knowledge
        return answering.suggest(turn, understood.suggestions())
    turn.session.suggested = []
    return answering.answer(turn, topic_id)


def _start(turn: Turn, check_id: str, understood: Understood) -> Reply:
    if check_id not in turn.knowledge.checks:
        return digress(turn, answering.suggest(turn, understood.suggestions()))
    turn.session.suggested = []
    return start_or_ask(turn, check_id)


def _reply(turn: Turn, value: str, masked: str) -> Reply:
    place = checking.position(turn)
    if turn.session.drafting is not None or turn.session.identifying is not None:
        return current(turn) or checking.nothing_open()
    if not isinstance(place, Asking):
        return current(turn) or checking.nothing_open()
    if place.question.option(value) is not None:
        return checking.give(turn, place, value)
    named = checking.option_in(masked, place.question, exactly=False)
    return checking.give(turn, place, named) if named else checking.ask_back(turn)


def _unsure(turn: Turn, understood: Understood, masked: str) -> Reply:
    place = checking.position(turn)
    if isinstance(place, Asking) and turn.session.drafting is None and turn.session.identifying is None:
        named = checking.option_in(masked, place.question, exactly=False)
        if named is not None:
            return checking.give(turn, place, named)
    suggestions = understood.suggestions()
    open_now = current(turn)
    if open_now is None:
        return answering.suggest(turn, suggestions)
    if not suggestions:
        return before(open_now, [notice(words.ASK_BACK)])
    offered = answering.suggest(turn, suggestions)
    near = tuple(button for button in offered.buttons if button is not buttons.NONE_OF_THESE)
    return replace(offered, parts=(*offered.parts, *open_now.parts), buttons=(*near, *open_now.buttons))


def _confirm(turn: Turn) -> Reply:
    if turn.session.identifying is not None:
        return identifying.show(turn)
    if turn.session.drafting is None:
        return record(turn) if context(turn) == "offer" else (current(turn) or checking.nothing_open())
    return recording.confirm_open(turn)


def _restart(turn: Turn) -> Reply:
    return checking.start(turn, turn.session.start) if turn.session.start else answering.greeting(turn)


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
    "seek_advice": lambda turn: start_or_ask(turn, ADVICE_CHECK),
    "privacy": lambda turn: digress(turn, answering.privacy(turn)),
    "choose_area": lambda turn: digress(turn, answering.areas(turn)),
    "human": lambda turn: digress(turn, answering.human(turn)),
}
