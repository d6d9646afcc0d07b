"""The same question as a text to read out on the telephone, with whom to ask. It needs no adviser in these pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.conversation import advising_pages as pages
from bot.conversation import advising_words as words
from bot.conversation import buttons, rendering
from bot.conversation.messages import Part, Reply
from bot.conversation.turn import Turn, notice

_FIRST: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "children": ("childrens-social-care", "out-of-hours-social-care", "safeguarding-lead", "nspcc"),
    "adults": ("adult-social-care", "out-of-hours-social-care", "safeguarding-lead"),
    "data-protection": ("information-governance", "caldicott-guardian", "legal", "line-manager"),
    "": ("safeguarding-lead", "line-manager", "childrens-social-care", "adult-social-care"),
})  # fmt: skip


def page(turn: Turn) -> Reply:
    """What to say, as far as it is known, and whom to ring: the contacts of the area's own file."""
    advising = turn.session.advising
    subject = advising.subject if advising is not None else ""
    parts = [
        Part(_script(turn, subject), "plain", words.TELEPHONE_TITLE),
        Part(contacts(turn, subject), "plain", words.TELEPHONE_WHO),
        notice(words.TELEPHONE_NOTE),
    ]
    back = pages.GO_ON if advising is not None else buttons.ASK_ADVICE
    return Reply(tuple(parts), "advice", "telephone", (back, *pages.below(turn), buttons.MENU))


def contacts(turn: Turn, subject: str) -> str:
    """The people of the area to ask on a subject, one a line."""
    found = [contact for role in _FIRST[subject] if (contact := turn.area.contact(role)) is not None]
    return "\n".join(f"- {rendering.contact_line(contact, turn.area, turn.today)}" for contact in found)


def _script(turn: Turn, subject: str) -> str:
    text = turn.volatile.advice.unsent.text
    blocks = [words.TELEPHONE_OPEN.format(subject=words.ABOUT[subject])]
    blocks.append(words.TELEPHONE_TEXT.format(text=text) if text else words.TELEPHONE_GAP)
    check = turn.knowledge.checks.get(turn.session.start or "")
    given = pages.answers_of(turn) if turn.session.advising is None else pages.sent_answers(turn)
    if check is not None and given:
        lines = [f"- {each.question} {each.answer}" for each in given]
        blocks.append("\n".join((words.TELEPHONE_ANSWERS.format(check=check.title), *lines)))
    return "\n\n".join((*blocks, words.TELEPHONE_CLOSE))
