"""What is chosen while somebody asks an adviser: each button advice:NAME or advice:NAME:VALUE, and yes and no typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.consultations import URGENCIES, Subject
from bot.conversation import advising, buttons, danger
from bot.conversation import advising_onward as onward
from bot.conversation import advising_pages as pages
from bot.conversation import advising_sending as sending
from bot.conversation import advising_telephone as telephone
from bot.conversation import advising_thread as threads
from bot.conversation import advising_words as words
from bot.conversation import words as said
from bot.conversation.advising_state import Advising, Step
from bot.conversation.messages import Part, Reply
from bot.conversation.small_numbers import generalised
from bot.conversation.turn import Flow, Turn, before, notice
from bot.knowledge import fold

_TRIGGERS = {"children": "child-immediate-danger", "adults": "adult-serious-harm"}
_ANY_TRIGGER = "emergency-first-contact"


def pressed(turn: Turn, names: list[str]) -> Reply:
    """The reply to a button advice:NAME or advice:NAME:VALUE. Blocks."""
    if not names:
        return advising.begin(turn)
    if turn.advice is None and names[0] not in ("now", "telephone"):
        return threads.unavailable(turn)
    plain = _PLAIN.get(names[0])
    if plain is not None and len(names) == 1:
        return plain(turn)
    tied = _TIED.get(names[0])
    if tied is None or len(names) != 2:
        return advising.on_top(turn, said.UNKNOWN_BUTTON)
    if turn.session.advising is None:
        return advising.on_top(turn, said.OLD_BUTTON)
    return tied(turn, names[1])


def named(turn: Turn, text: str) -> Reply | None:
    """The reply where the whole of `text` is the label of a choice of the open step."""
    wanted = fold(text)
    found = [button.value for button in advising.show(turn).buttons if fold(button.label) == wanted]
    verbs = [value.split(":")[1:] for value in found if value.split(":")[0] == "advice"]
    return pressed(turn, verbs[0]) if verbs else None


def reply(turn: Turn, value: str) -> Reply:
    """Takes yes, no or not-sure, where the open step asks something of that kind."""
    step = pages.open_step(turn).step
    if step == "danger":  # who is not sure is told what to do now
        return _calm(turn) if value == "no" else _now(turn)
    if step == "general" and value != "not-sure":
        return _generalise(turn, "all") if value == "yes" else _keep_words(turn)
    if step == "preview" and value == "yes":
        return confirm(turn)
    return before(advising.show(turn), [notice(said.ASK_BACK)])


def confirm(turn: Turn) -> Reply:
    """Sends what the preview shows, for a user who types "confirm". Blocks."""
    if not sending.may_send(turn):
        return before(advising.show(turn), [notice(said.NOTHING_TO_CONFIRM)])
    return sending.send(turn)


def _subject(turn: Turn, name: str) -> Reply:
    step = pages.open_step(turn)
    if name not in list(Subject) or step.purpose == "write":
        return advising.on_top(turn, said.OLD_BUTTON)
    assert turn.advice is not None
    if not turn.advice.answered(turn.session.area, Subject(name)):
        told = notice(words.NOBODY.format(subject=words.SUBJECT_NAMES[name]))
        contacts = Part(telephone.contacts(turn, name), "plain", words.TELEPHONE_WHO)
        return before(pages.subject(turn), [told, contacts])
    step.subject, step.step = name, "urgency"
    return advising.show(turn)


def _urgency(turn: Turn, name: str) -> Reply:
    step = pages.open_step(turn)
    if name not in URGENCIES or not step.subject:
        return advising.on_top(turn, said.OLD_BUTTON)
    step.urgency = name
    return advising.go_on(turn) if turn.volatile.advice.unsent.text else _to(turn, "text")


def _send(turn: Turn, tie: str) -> Reply:
    """Sends what the preview showed beside the button, and nothing else: what is open now is shown instead."""
    if not sending.may_send(turn) or tie != sending.tie(turn):
        return advising.on_top(turn, said.OLD_BUTTON)
    return sending.send(turn)


def _generalise(turn: Turn, which: str) -> Reply:
    """Puts the general words in the place of what was said: everywhere, or for the detail of that key."""
    unsent, hints = turn.volatile.advice.unsent, pages.hints(turn)
    chosen = tuple(hint for hint in hints if which in ("all", pages.key_of(hint)))
    if pages.open_step(turn).step != "general" or not chosen:
        return advising.on_top(turn, said.OLD_BUTTON)
    unsent.text = generalised(unsent.text, chosen)
    return before(advising.go_on(turn), [notice(words.GENERAL_USED)])


def _keep_words(turn: Turn) -> Reply:
    unsent = turn.volatile.advice.unsent
    if unsent.text:
        unsent.kept |= {hint.said.casefold() for hint in pages.hints(turn)}
    return advising.go_on(turn)


def _leave_out(turn: Turn, which: str) -> Reply:
    step, numbers = pages.open_step(turn), range(1, len(pages.answers_of(turn)) + 1)
    if which == "all":
        step.left_out = [*numbers]
    elif which in map(str, numbers):
        step.left_out = sorted({*step.left_out} ^ {int(which)})
    return pages.answers(turn)


def _now(turn: Turn) -> Reply:
    """An emergency is never queued: what to do now, and nothing is left that could be sent."""
    step = turn.session.advising
    subject = "" if step is None else step.subject
    trigger = turn.volatile.advice.unsent.trigger or _TRIGGERS.get(subject, _ANY_TRIGGER)
    pages.wiped(turn)
    return danger.asked_for(turn, trigger)


def _calm(turn: Turn) -> Reply:
    if turn.session.advising is None:
        return advising.on_top(turn, said.OLD_BUTTON)
    turn.volatile.advice.unsent.trigger = ""
    return advising.go_on(turn)


def _to(turn: Turn, step: Step) -> Reply:
    if turn.session.advising is None:
        return advising.on_top(turn, said.OLD_BUTTON)
    turn.session.advising.step = step
    turn.volatile.advice.unsent.base = turn.volatile.advice.unsent.text
    return advising.show(turn)


def _enter_code(turn: Turn) -> Reply:
    lost = advising.ask_before(turn, buttons.tied("Type my code", "advice", "code-now"))
    return lost or _code_now(turn)


def _code_now(turn: Turn) -> Reply:
    pages.wiped(turn)
    turn.session.advising = Advising(step="code")
    return advising.show(turn)


def _write(turn: Turn) -> Reply:
    if turn.session.advising is not None and turn.volatile.advice.unsent.text:
        return advising.on_top(turn, words.ONE_AT_A_TIME)
    return threads.write(turn)


def _asking(flow: Flow) -> Flow:
    """`flow`, where a question to an adviser is open; else the button is of an earlier one."""
    return lambda turn: advising.on_top(turn, said.OLD_BUTTON) if turn.session.advising is None else flow(turn)


_PLAIN: Mapping[str, Flow] = MappingProxyType({
    "now": _now,
    "telephone": telephone.page,
    "code": _enter_code,
    "code-now": _code_now,
    "open": threads.open_waiting,
    "thread": threads.show,
    "whole": threads.whole,
    "write": _write,
    "close": threads.ask_close,
    "close-now": threads.close,
    "wipe": threads.ask_wipe,
    "wipe-now": threads.wipe,
    "record": onward.record,
    "referral": onward.referral,
    "referred": onward.referred,
    "notices": onward.explain_notices,
    "notices-on": onward.notices_on,
    "notices-off": onward.notices_off,
    "edit": lambda turn: _to(turn, "text"),
    "more": lambda turn: _to(turn, "more"),
    "preview": _asking(advising.go_on),
    "answers": _asking(pages.answers),
    "calm": _calm,
    "keep": _asking(_keep_words),
})  # fmt: skip

_TIED: Mapping[str, Callable[[Turn, str], Reply]] = MappingProxyType({
    "subject": _subject,
    "urgency": _urgency,
    "general": _generalise,
    "leave": _leave_out,
    "send": _send,
})  # fmt: skip
