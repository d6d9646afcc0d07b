"""From an adviser's thread onwards: into a decision record, to a referral with names, to being told of a reply."""

from __future__ import annotations

from datetime import date

from bot.checks import Reached
from bot.consultations import Advice, RecordedAdvice
from bot.conversation import advising_pages as pages
from bot.conversation import advising_telephone as telephone
from bot.conversation import advising_words as words
from bot.conversation import buttons, checking, identity_page
from bot.conversation.advising_sending import THREAD
from bot.conversation.advising_thread import closed_here
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.recording_advice import take
from bot.conversation.turn import Turn, notice

_LETTER = "referral-summary"


def record(turn: Turn) -> Reply:
    """Puts the reference and the outcome of the advice into the record in the making, or into the next one."""
    if not turn.volatile.advice.thread.ticket:
        return closed_here(turn)
    take(turn, _in_words(_service(turn).for_record(turn.volatile.advice.thread.ticket)))
    session = turn.session
    if session.drafting is not None:
        offer: tuple[Button, ...] = (buttons.step("Go to the preview", "preview"), THREAD)
        return Reply((Part(words.RECORD_ADDED, "plain", words.RECORD_TITLE),), "advice", "recorded", offer)
    if isinstance(checking.position(turn), Reached):
        return Reply(
            (Part(words.RECORD_ADDED, "plain", words.RECORD_TITLE),), "advice", "recorded", (buttons.RECORD, THREAD)
        )
    return Reply(
        (Part(words.RECORD_LATER, "plain", words.RECORD_TITLE),), "advice", "recorded",
        (buttons.SHARE, buttons.REPORT, THREAD, *pages.below(turn), buttons.MENU),
    )  # fmt: skip


def referral(turn: Turn) -> Reply:
    """How to go on with names, outside of the thread: whom to ring, the summary to take, where details are kept."""
    memory = turn.volatile.advice
    if not memory.thread.ticket:
        return closed_here(turn)
    subject = _service(turn).view(memory.thread.ticket).subject
    steps = words.REFERRAL_STEPS if turn.private_entry else f"{words.REFERRAL_STEPS}\n\n{words.REFERRAL_ELSEWHERE}"
    letter = turn.knowledge.letters.get(_LETTER)
    take_letter = () if letter is None else (buttons.tied(letter.title, "letter", _LETTER),)
    made = buttons.tied("I have made the referral", "advice", "referred")
    offer = (pages.NOW, *take_letter, *_to_keep(turn), made, THREAD, *pages.below(turn))
    return Reply(
        (Part(words.REFERRAL, "plain", words.REFERRAL_TITLE),
         Part(telephone.contacts(turn, subject), "plain", words.REFERRAL_WHO), notice(steps)),
        "advice", "referral", offer,
    )  # fmt: skip


def _to_keep(turn: Turn) -> tuple[Button, ...]:
    """The way to the record of this decision, or to the details of the one just confirmed: never within the thread."""
    session = turn.session
    if session.drafting is not None or isinstance(checking.position(turn), Reached):
        return (buttons.RECORD,)
    if session.reference is None:
        return ()
    add = (buttons.tied("Add identifying details", "identify", session.reference),) if turn.private_entry else ()
    return (*add, *identity_page.button(turn, session.reference))


def referred(turn: Turn) -> Reply:
    """The user confirms that a referral was made. The thread notes that, and no name."""
    if not turn.volatile.advice.thread.ticket:
        return closed_here(turn)
    _service(turn).referred(turn.volatile.advice.thread.ticket)
    return Reply((notice(words.REFERRED),), "advice", "referred", (THREAD, *pages.below(turn), buttons.MENU))


def explain_notices(turn: Turn) -> Reply:
    """What is stored where the user wants to be told of a reply. Nothing is stored yet."""
    if not turn.volatile.advice.thread.ticket:
        return closed_here(turn)
    if not turn.notices:
        return Reply((notice(words.NOTICE_IMPOSSIBLE),), "advice", "notices", (THREAD, buttons.MENU))
    return Reply(
        (Part(words.NOTICE, "question", words.NOTICE_TITLE),), "question", "advice/notices",
        (buttons.tied("Yes, tell me here", "advice", "notices-on"),
         buttons.tied("No, store nothing", "advice", "thread")),
    )  # fmt: skip


def notices_on(turn: Turn) -> Reply:
    """Stores the channel's address with the thread, as the user has just been told."""
    ticket = turn.volatile.advice.thread.ticket
    if not ticket or not turn.notices:
        return explain_notices(turn)
    _service(turn).set_notice(ticket, turn.notices)
    return Reply((notice(words.NOTICE_ON),), "advice", "notices", (THREAD, *pages.below(turn), buttons.MENU))


def notices_off(turn: Turn) -> Reply:
    ticket = turn.volatile.advice.thread.ticket
    if not ticket:
        return closed_here(turn)
    _service(turn).set_notice(ticket, None)
    return Reply((notice(words.NOTICE_OFF),), "advice", "notices", (THREAD, *pages.below(turn), buttons.MENU))


def _in_words(advice: RecordedAdvice) -> str:
    replied = "" if advice.replied_on is None else words.RECORD_REPLIED.format(day=_day(advice.replied_on))
    outcome = advice.outcome_label or words.RECORD_NO_OUTCOME
    return words.RECORD_TEXT.format(reference=advice.reference, replied=replied, outcome=outcome)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _service(turn: Turn) -> Advice:
    assert turn.advice is not None  # no thread is open without it
    return turn.advice
