"""What would be sent to an adviser, shown before it is; sending it once; and the receipt with its code."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.consultations import Advice, Receipt, Request, Subject
from bot.conversation import advising_pages as pages
from bot.conversation import advising_words as words
from bot.conversation import buttons
from bot.conversation.advising_state import OpenThread
from bot.conversation.messages import Part, Reply
from bot.conversation.turn import Turn, notice

THREAD = buttons.tied("Look at your thread", "advice", "thread")
TELL_ME = buttons.tied("Be told of a reply", "advice", "notices")
_TIE_DIGITS = 32


def preview(turn: Turn) -> Reply:
    """Everything that the adviser would see, who that is, how long it is kept, and by when an answer comes."""
    advising, unsent = pages.open_step(turn), turn.volatile.advice.unsent
    if advising.purpose == "write":
        return _message_preview(turn)
    answers = pages.sent_answers(turn)
    subject = words.SUBJECT_NAMES[advising.subject]
    rows = [("Subject", words.SUBJECTS[advising.subject]), ("How soon", words.URGENCIES[advising.urgency]),
            ("Area", turn.area.name), ("Your words", unsent.text)]  # fmt: skip
    check = turn.knowledge.checks.get(turn.session.start or "")
    if check is not None and answers:
        rows.append(("Check", check.title))
        rows += [(f"Answer {number}", f"{each.question} {each.answer}") for number, each in enumerate(answers, start=1)]
    service = _service(turn)
    who = words.PREVIEW_WHO.format(subject=subject, area=turn.area.name, days=service.days_kept)
    leaving = [buttons.tied("Leave answers out", "advice", "answers")] if pages.answers_of(turn) else []
    return Reply(
        (Part(words.PREVIEW, "preview", words.PREVIEW_TITLE, rows=tuple(rows)), notice(who),
         notice(f"{_times(service, turn)} {words.NOT_WATCHED}")),
        "preview", "advice/preview",
        (buttons.tied("Send to an adviser", "advice", "send", tie(turn)), pages.CHANGE_WORDS,
         buttons.tied("Add to my words", "advice", "more"), *leaving, pages.NOW, pages.TELEPHONE, buttons.BACK,
         pages.STOP),
    )  # fmt: skip


def tie(turn: Turn) -> str:
    """What stands in the button that sends: another one as soon as anything that the preview shows is another."""
    advising = pages.open_step(turn)
    answers = [[each.question, each.answer] for each in pages.sent_answers(turn)]
    shown = [turn.session.area, advising.subject, advising.urgency, turn.volatile.advice.unsent.text, answers]
    return hmac.digest(advising.send_id.encode(), json.dumps(shown).encode(), "sha256").hex()[:_TIE_DIGITS]


def may_send(turn: Turn) -> bool:
    """Whether the preview is open: an emergency and what is gone from memory are never sent."""
    unsent = turn.volatile.advice.unsent
    return pages.open_step(turn).step == "preview" and bool(unsent.text) and not unsent.trigger


def send(turn: Turn) -> Reply:
    """Sends what the preview shows, once. Blocks. Raises AdviceError where nothing was sent; all then stands."""
    advising, unsent = pages.open_step(turn), turn.volatile.advice.unsent
    if advising.purpose == "write":
        return _message_sent(turn)
    answers = pages.sent_answers(turn)
    request = Request(
        situation=unsent.text, area=turn.session.area, subject=Subject(advising.subject), urgency=advising.urgency,
        answers=answers, check=(turn.session.start or "") if answers else "",
    )  # fmt: skip
    receipt = _service(turn).send(request, turn.source)
    turn.volatile.advice.thread = OpenThread(receipt.ticket, receipt.reference, (unsent.text,))
    pages.wiped(turn)
    return _receipt(turn, receipt)


def told(moment: datetime) -> str:
    """A day and an hour by the clock of the United Kingdom: 20 November 2026, 14:00."""
    there = moment.astimezone(_clock())
    return f"{day(moment)}, {there:%H:%M}"


def day(moment: datetime) -> str:
    there = moment.astimezone(_clock())
    return f"{there.day} {there:%B %Y}"


def _message_preview(turn: Turn) -> Reply:
    memory = turn.volatile.advice
    text = words.PREVIEW_MESSAGE.format(reference=memory.thread.reference)
    rows = (("Your words", memory.unsent.text),)
    return Reply(
        (Part(text, "preview", words.PREVIEW_TITLE, rows=rows), notice(words.NOT_WATCHED)), "preview",
        "advice/preview",
        (buttons.tied("Send to the adviser", "advice", "send", tie(turn)), pages.CHANGE_WORDS,
         buttons.tied("Add to my words", "advice", "more"), pages.NOW, pages.TELEPHONE, buttons.BACK, pages.STOP),
    )  # fmt: skip


def _message_sent(turn: Turn) -> Reply:
    memory = turn.volatile.advice
    thread = _service(turn).write(memory.thread.ticket, memory.unsent.text)
    memory.thread.written = (*memory.thread.written, memory.unsent.text)
    pages.wiped(turn)
    sent = words.MESSAGE_SENT.format(reply=told(thread.reply_by))
    return Reply(
        (notice(f"{sent} {words.NOT_WATCHED}"),), "advice", "sent", (THREAD, *pages.below(turn), buttons.MENU)
    )


def _receipt(turn: Turn, receipt: Receipt) -> Reply:
    once = words.SENT if turn.private_entry else f"{words.SENT} {words.SENT_IN_CHAT}"
    times = words.PREVIEW_TIMES.format(acknowledge=told(receipt.acknowledge_by), reply=told(receipt.reply_by))
    if receipt.next_working is not None:
        times = f"{words.PREVIEW_CLOSED.format(day=told(receipt.next_working))} {times}"
    back = words.BACK.format(expires=day(receipt.expires))
    tell = (TELL_ME,) if turn.notices else ()
    return Reply(
        (Part(once, "once", words.SENT_TITLE, rows=((words.CODE_LABEL, receipt.code),)),
         Part(back, "plain", words.BACK_TITLE, rows=((words.REFERENCE_LABEL, receipt.reference),)),
         notice(f"{times} {words.NOT_WATCHED}"), notice(words.OPERATOR)),
        "advice", "receipt", (*tell, THREAD, *pages.below(turn), buttons.MENU),
    )  # fmt: skip


def _times(service: Advice, turn: Turn) -> str:
    times = service.times(turn.session.area, pages.open_step(turn).urgency)
    said = words.PREVIEW_TIMES.format(acknowledge=told(times.acknowledge_by), reply=told(times.reply_by))
    return said if times.next_working is None else f"{words.PREVIEW_CLOSED.format(day=told(times.next_working))} {said}"


def _service(turn: Turn) -> Advice:
    assert turn.advice is not None  # nothing is begun without it
    return turn.advice


@cache
def _clock() -> ZoneInfo:
    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:  # a system without time zones
        return UTC  # type: ignore[return-value]
