"""An adviser's thread, opened again by its code: read, written to, closed, destroyed. A ticket stands for it."""

from __future__ import annotations

from dataclasses import replace

from bot.consultations import Advice, Kind, Message, Opened, Side, State, Thread
from bot.conversation import advising_pages as pages
from bot.conversation import advising_words as words
from bot.conversation import buttons
from bot.conversation.advising_sending import THREAD, day, told
from bot.conversation.advising_state import Advising, OpenThread
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, notice

WRITE = buttons.tied("Write to the adviser", "advice", "write")
RECORD = buttons.tied("Put it into a decision record", "advice", "record")
REFERRAL = buttons.tied("Go on to a referral", "advice", "referral")
WHOLE = buttons.step("Show all messages", "advice", "whole")
CLOSE = buttons.step("Close this question", "advice", "close")
WIPE = buttons.step("Destroy this question now", "advice", "wipe")

NEWEST = 12
"""Messages of a thread that are shown unasked: more would bury the answer on a phone."""

_STATES = {State.ASKED: words.STATE_ASKED, State.ANSWERED: words.STATE_ANSWERED, State.CLOSED: words.STATE_CLOSED}
_OF_THE_USER = frozenset({Kind.SITUATION, Kind.MESSAGE})


def open_with(turn: Turn, code: str) -> Reply:
    """The thread that `code` opens. Blocks. Raises AdviceError: a wrong code, one that has ended, or too many guesses.

    Where something unsent stands here, the user is asked first: it would be lost.
    """
    if turn.advice is None:
        return unavailable(turn)
    opened, memory = turn.advice.open(code, turn.source), turn.volatile.advice
    if not memory.unsent.text:
        return _entered(turn, opened)
    if _writes_in(turn, opened.thread):  # its ticket had gone meanwhile
        memory.thread.ticket = opened.ticket
        return Reply((notice(words.OPENED_AGAIN),), "question", "advice/again", (pages.GO_ON, THREAD))
    memory.thread.waiting = opened.ticket
    return Reply(
        (notice(words.OPEN_LOSES),), "question", "advice/waiting",
        (buttons.tied("Open the thread", "advice", "open"), pages.GO_ON),
    )  # fmt: skip


def open_waiting(turn: Turn) -> Reply:
    """Opens the thread whose code was typed before the user was asked what is to be lost."""
    waiting = turn.volatile.advice.thread.waiting
    if not waiting:
        return closed_here(turn)
    opened = Opened(waiting, _service(turn).view(waiting))  # where it cannot be opened, nothing is wiped
    pages.wiped(turn)
    return _entered(turn, opened)


def show(turn: Turn) -> Reply:
    """The thread that is open in this conversation, as it stands now. What was typed and not sent stays."""
    ticket = turn.volatile.advice.thread.ticket
    return _entered(turn, Opened(ticket, _service(turn).view(ticket))) if ticket else closed_here(turn)


def whole(turn: Turn) -> Reply:
    """Every message of the thread that is open."""
    if not turn.volatile.advice.thread.ticket:
        return closed_here(turn)
    thread = _open(turn)
    return thread_reply(turn, thread, len(thread.messages))


def write(turn: Turn) -> Reply:
    """Begins a message to the adviser."""
    if not turn.volatile.advice.thread.ticket:
        return closed_here(turn)
    turn.session.advising = Advising("write", "text")
    return pages.text(turn)


def ask_close(turn: Turn) -> Reply:
    if not _open_ticket(turn):
        return closed_here(turn)
    thread = _open(turn)
    text = words.LEAVE_CLOSE.format(expires=day(thread.expires))
    return _asked(text, words.LEAVE_CLOSE_TITLE, buttons.tied("Yes, close it", "advice", "close-now"))


def close(turn: Turn) -> Reply:
    """Takes no more messages from now on. What was typed and not sent is wiped."""
    thread = _service(turn).close(_open_ticket(turn))
    _end_writing(turn)
    said = words.CLOSED.format(expires=day(thread.expires))
    return Reply((notice(said),), "advice", "closed", (THREAD, RECORD, WIPE, *pages.below(turn), buttons.MENU))


def ask_wipe(turn: Turn) -> Reply:
    if not _open_ticket(turn):
        return closed_here(turn)
    return _asked(words.WIPE, words.WIPE_TITLE, buttons.tied("Yes, destroy it now", "advice", "wipe-now"))


def wipe(turn: Turn) -> Reply:
    """Destroys the thread, its key first. Nothing of it is left to open."""
    _service(turn).wipe(_open_ticket(turn))
    _end_writing(turn)
    turn.volatile.advice.thread = OpenThread()
    return Reply((notice(words.WIPED),), "advice", "wiped", (*pages.below(turn), buttons.MENU))


def thread_reply(turn: Turn, thread: Thread, most: int = NEWEST) -> Reply:
    """Where the thread stands, its newest `most` messages with the hour, and what can be done with it."""
    left_out = max(0, len(thread.messages) - most)
    parts = [_head(thread), *(_message(each) for each in thread.messages[left_out:])]
    if left_out:
        parts.insert(1, notice(words.EARLIER.format(count=left_out)))
    links = tuple(button for each in thread.messages[-3:] for button in _links(turn, each))
    if links:
        parts.append(notice(words.FOLLOW))
    if any(each.side is Side.ADVISER for each in thread.messages):
        parts.append(notice(words.DECIDE))
    parts.append(notice(words.NOT_WATCHED))
    earlier = (WHOLE,) if left_out else ()
    return Reply(tuple(parts), "advice", "thread", (*links, *earlier, *_offer(turn, thread)))


def closed_here(turn: Turn) -> Reply:
    """There is no thread open in this conversation, or its ticket went with the process."""
    offer = (pages.HAVE_CODE, *pages.below(turn), buttons.MENU)
    return Reply((notice(words.NO_THREAD),), "advice", "no-thread", offer)


def unavailable(turn: Turn) -> Reply:
    return Reply(
        (Part(words.UNAVAILABLE, "plain", words.UNAVAILABLE_TITLE),), "advice", "unavailable",
        (pages.TELEPHONE, pages.HELP_CHOOSE, *pages.below(turn), buttons.MENU),
    )  # fmt: skip


def _entered(turn: Turn, opened: Opened) -> Reply:
    thread = opened.thread
    written = tuple(each.text for each in thread.messages if each.kind in _OF_THE_USER)
    turn.volatile.advice.thread = OpenThread(opened.ticket, thread.reference, written)
    _service(turn).mark_read(opened.ticket, thread)
    shown = thread_reply(turn, thread)
    if turn.volatile.advice.unsent.text:
        return replace(shown, buttons=(pages.GO_ON, *shown.buttons))
    pages.wiped(turn)
    if thread.state is not State.ASKED:
        return shown
    # The adviser waits for words: what is typed next is the answer, and no question to the assistant.
    turn.session.advising = Advising("write", "text")
    asks = Part(words.ANSWER_BACK, "question", words.WRITE_TITLE)
    offer = tuple(button for button in shown.buttons if button.value not in (WRITE.value, buttons.MENU.value))
    return Reply((*shown.parts, asks), "advice", "thread", (pages.NOW, *offer, pages.STOP))


def _head(thread: Thread) -> Part:
    rows = [("About", words.SUBJECT_NAMES[thread.subject]), ("How soon", words.URGENCIES[thread.urgency])]
    if thread.state is State.WAITING:
        if not thread.acknowledged:
            rows.append(("To be taken by", told(thread.acknowledge_by)))
        rows.append(("Answer due by", told(thread.reply_by)))
    rows.append(("Destroyed on", day(thread.expires)))
    return Part(_standing(thread), "plain", words.THREAD_TITLE.format(reference=thread.reference), rows=tuple(rows))


def _standing(thread: Thread) -> str:
    if thread.overdue:
        return words.STATE_OVERDUE
    if thread.state is State.WAITING:
        return words.STATE_TAKEN if thread.acknowledged else words.STATE_WAITING
    return _STATES[thread.state]


def _message(message: Message) -> Part:
    if message.kind is Kind.REFERRED:
        return Part(words.REFERRED, "notice", told(message.at))
    if message.side is Side.USER:
        return Part(message.text, "plain", f"You, {told(message.at)}")
    return Part(message.text, "answer", f"The adviser, {told(message.at)}")


def _links(turn: Turn, message: Message) -> list[Button]:
    found = []
    for link in message.links:
        if link.kind == "topic" and link.id in turn.knowledge.topics:
            found.append(buttons.topic(turn.knowledge.topics[link.id].title, link.id))
        if link.kind == "check" and link.id in turn.knowledge.checks:
            found.append(buttons.check(f"Check: {turn.knowledge.checks[link.id].title}", link.id))
    return found


def _offer(turn: Turn, thread: Thread) -> tuple[Button, ...]:
    named = thread.outcome is not None and thread.outcome.needs_name
    writing = (WRITE,) if thread.state is not State.CLOSED else ()
    tell = () if not turn.notices else (
        (buttons.step("Stop telling me of replies", "advice", "notices-off"),) if thread.notified
        else (buttons.tied("Be told of a reply", "advice", "notices"),)
    )  # fmt: skip
    closing = (CLOSE,) if thread.state is not State.CLOSED else ()
    first = (REFERRAL, *writing, RECORD) if named else (*writing, RECORD, REFERRAL)
    return (*first, *tell, pages.TELEPHONE, *closing, WIPE, *pages.below(turn), buttons.MENU)


def _asked(text: str, title: str, yes: Button) -> Reply:
    return Reply((Part(text, "question", title),), "question", "advice/sure", (yes, THREAD))


def _writes_in(turn: Turn, thread: Thread) -> bool:
    advising = turn.session.advising
    named = turn.volatile.advice.thread.reference == thread.reference
    return advising is not None and advising.purpose == "write" and named


def _end_writing(turn: Turn) -> None:
    """A message to a thread that takes no more is given up; a new question is not."""
    advising = turn.session.advising
    if advising is not None and advising.purpose == "write":
        pages.wiped(turn)


def _open(turn: Turn) -> Thread:
    return _service(turn).view(_open_ticket(turn))


def _open_ticket(turn: Turn) -> str:
    return turn.volatile.advice.thread.ticket


def _service(turn: Turn) -> Advice:
    assert turn.advice is not None  # no thread is opened without it
    return turn.advice
