"""Asking an adviser without names: which step is open, what is typed or pressed in it, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.consultations import LONGEST_TEXT, Advice
from bot.conversation import advising_pages as pages
from bot.conversation import advising_sending as sending
from bot.conversation import advising_thread as threads
from bot.conversation import advising_words as words
from bot.conversation import buttons, identifying
from bot.conversation import words as said
from bot.conversation.advising_state import Advising, Step
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, Volatile, before, notice
from bot.urgent import Detected

_NEEDS_TEXT: frozenset[Step] = frozenset({"more", "danger", "general", "preview"})
_WHY: Mapping[Step, str] = MappingProxyType({
    "subject": words.WHY_SUBJECT, "urgency": words.WHY_URGENCY, "general": words.WHY_GENERAL, "code": words.WHY_CODE,
})  # fmt: skip


def begin(turn: Turn) -> Reply:
    """Starts a question to an adviser; goes on with the one that has words already.

    Not over identifying details, which are confirmed or left first.
    """
    if turn.session.identifying is not None:
        return before(identifying.show(turn), [notice(said.ADVICE_AFTER_DETAILS)])
    if turn.advice is None:
        return threads.unavailable(turn)
    if turn.session.advising is None or not turn.volatile.advice.unsent.text:
        pages.wiped(turn)
        turn.session.advising = Advising()
    return show(turn)


def show(turn: Turn) -> Reply:
    """The step that is open. What was in memory only is asked for again where it went with a process."""
    advising, memory = pages.open_step(turn), turn.volatile.advice
    if turn.advice is None:
        pages.wiped(turn)
        return threads.unavailable(turn)
    if advising.purpose == "write" and not memory.thread.ticket:
        pages.wiped(turn)
        return threads.closed_here(turn)
    if advising.step in _NEEDS_TEXT and not memory.unsent.text:
        advising.step = "text"
        return before(pages.text(turn), [notice(words.LOST)])
    return _STEPS[advising.step](turn)


def takes_text(turn: Turn) -> bool:
    """True when what the user types now is meant for the adviser rather than for the assistant."""
    advising = turn.session.advising
    return advising is not None and advising.step in ("text", "more")


def meet_danger(turn: Turn, detected: Detected) -> None:
    """Nothing is sent any more until the user has said that nobody is in danger now: an emergency is never queued."""
    advising, unsent = pages.open_step(turn), turn.volatile.advice.unsent
    unsent.trigger = detected.trigger_id
    if advising.step in ("general", "preview"):
        advising.step = "danger"


def type_text(turn: Turn, masked: str) -> Reply:
    """Takes the masked text as what to send. It stays in memory."""
    advising, unsent = pages.open_step(turn), turn.volatile.advice.unsent
    text = f"{unsent.base}\n\n{masked}" if advising.step == "more" else masked
    if len(text) > LONGEST_TEXT:
        return before(show(turn), [notice(words.TOO_LONG.format(limit=LONGEST_TEXT))])
    unsent.text = text
    return go_on(turn)


def back(turn: Turn) -> Reply:
    """One step back: to the words, to how soon, to what it is about; from there, out of it."""
    advising = pages.open_step(turn)
    if advising.step in _NEEDS_TEXT:
        advising.step = "text"
    elif advising.purpose == "write":
        return threads.show(turn) if _thread_is_read(turn) else _left(turn)
    elif advising.step == "text":
        advising.step = "urgency"
    elif advising.step == "subject":
        return _left(turn)
    else:
        advising.step = "subject"
    return show(turn)


def why(turn: Turn) -> Reply:
    text = _WHY.get(pages.open_step(turn).step, words.WHY_TEXT)
    return before(show(turn), [Part(text, "plain", words.WHY_TITLE)])


def stop(turn: Turn) -> Reply:
    """Wipes what was typed. Nothing was sent."""
    pages.wiped(turn)
    return Reply((notice(words.STOPPED),), "ended", buttons=(*pages.below(turn), buttons.MENU, buttons.FORGET))


def ask_before(turn: Turn, go_on: Button) -> Reply | None:
    """Asks before something is done by which unsent words are lost; None where there are none, and the step is left."""
    if turn.session.advising is None:
        return None
    if not turn.volatile.advice.unsent.text:
        pages.wiped(turn)
        return None
    return Reply((notice(words.UNSENT_FIRST),), "question", "advice/unsent", (go_on, pages.GO_ON))


def end(turn: Turn) -> None:
    """Gives up the question in the making, for something else that is begun."""
    pages.wiped(turn)


def leave(held: Volatile | None, advice: Advice | None) -> None:
    """Has the threads that a chat had open forgotten, as the chat is."""
    if held is None or advice is None:
        return
    for ticket in (held.advice.thread.ticket, held.advice.thread.waiting):
        if ticket:
            advice.leave(ticket)


def go_on(turn: Turn) -> Reply:
    """From the words to what has to be settled before they may be sent, and then to the preview."""
    advising, unsent = pages.open_step(turn), turn.volatile.advice.unsent
    if advising.purpose == "ask" and not (advising.subject and advising.urgency):  # an old button led past them
        advising.step = "urgency" if advising.subject else "subject"
        return show(turn)
    if not unsent.text:
        advising.step = "text"
        return before(pages.text(turn), [notice(words.NOTHING_TYPED)])
    advising.step = "danger" if unsent.trigger else "general" if pages.hints(turn) else "preview"
    return show(turn)


def _left(turn: Turn) -> Reply:
    pages.wiped(turn)
    return Reply((notice(words.STOPPED),), "ended", buttons=(*pages.below(turn), buttons.MENU))


def _thread_is_read(turn: Turn) -> bool:
    return bool(turn.volatile.advice.thread.ticket)


def on_top(turn: Turn, text: str) -> Reply:
    """What is open, shown again below `text`."""
    if turn.session.advising is not None:
        return before(show(turn), [notice(text)])
    return Reply((notice(text),), "error", buttons=(buttons.ASK_ADVICE, *pages.below(turn), buttons.MENU))


_STEPS: Mapping[Step, Callable[[Turn], Reply]] = MappingProxyType({
    "subject": pages.subject, "urgency": pages.urgency, "text": pages.text, "more": pages.more, "danger": pages.danger,
    "general": pages.general, "preview": sending.preview, "code": pages.code,
})  # fmt: skip
