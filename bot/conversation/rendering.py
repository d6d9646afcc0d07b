"""Turns knowledge into the parts of a reply: answers, questions, outcomes, urgent words, with sources and their age."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.conversation.messages import Part, SourceLine
from bot.knowledge import (
    Area,
    Citation,
    Contact,
    Knowledge,
    Outcome,
    Question,
    Topic,
    Trigger,
    currency_notices,
    is_withheld,
)

NATIONAL = "national"
_HOW_SOON = {
    "now": "Do this now.",
    "same-day": "Do this today.",
    "within-3-working-days": "Do this within 3 working days.",
    "routine": "",
}


def source_lines(citations: Iterable[Citation], knowledge: Knowledge, today: date) -> tuple[SourceLine, ...]:
    """The sources under an answer, each with its place, date and whether its review is past."""
    return tuple(_source_line(citation, knowledge, today) for citation in citations)


def answer_parts(topic: Topic, area: Area, knowledge: Knowledge, today: date) -> tuple[Part, ...]:
    """The short answer, led by the area's own guidance, with what differs elsewhere and what is out of date."""
    ordered = _area_first(topic.sources, area, knowledge)
    if is_withheld(ordered, area, knowledge, today):
        return (_withheld(topic, area, knowledge, today),)
    lead = _lead(ordered, area, knowledge)
    text = f"{lead}\n\n{topic.short}" if lead else topic.short
    answer = Part(text, "answer", topic.title, source_lines(ordered, knowledge, today))
    return tuple(
        part for part in (answer, _differences(ordered, area, knowledge), _currency(topic, knowledge, today)) if part
    )


def more_parts(topic: Topic, area: Area, knowledge: Knowledge, today: date) -> tuple[Part, ...]:
    """The long answer, with the same sources, differences and warnings."""
    ordered = _area_first(topic.sources, area, knowledge)
    if is_withheld(ordered, area, knowledge, today):
        return (_withheld(topic, area, knowledge, today),)
    answer = Part(topic.long, "answer", topic.title, source_lines(ordered, knowledge, today))
    return tuple(
        part for part in (answer, _differences(ordered, area, knowledge), _currency(topic, knowledge, today)) if part
    )


def question_part(question: Question, title: str) -> Part:
    return Part(question.asks, "question", title)


def outcome_part(outcome: Outcome, citations: Iterable[Citation], knowledge: Knowledge, today: date) -> Part:
    """What an outcome means, what to do, how soon and on whose word, and who must approve."""
    steps = "\n".join(f"- {step}" for step in outcome.do)
    soon = _HOW_SOON[outcome.urgency]
    if outcome.urgency_basis == "proposed":
        soon += " We propose this time limit; no source sets it."
    elif outcome.urgency_basis == "stated":
        soon += " A source sets this time limit."
    approval = "A manager must approve this decision." if outcome.approval else ""
    blocks = [outcome.means, steps, soon.strip(), approval]
    if outcome.urgency == "now":
        blocks = [steps, soon.strip(), outcome.means]
    return Part(
        "\n\n".join(block for block in blocks if block), "outcome", outcome.title,
        source_lines(citations, knowledge, today),
    )  # fmt: skip


def urgent_parts(trigger: Trigger, area: Area, knowledge: Knowledge, today: date) -> tuple[Part, ...]:
    """What to do now, first; then whom to tell and how to reach them; then the rest."""
    others = "\n".join(f"- {step}" for step in trigger.first[1:])
    now = Part("\n\n".join(block for block in (trigger.first[0], others) if block), "urgent")
    contacts = [contact for role in trigger.tell if (contact := area.contact(role)) is not None]
    tell = Part("\n".join(f"- {contact_line(contact)}" for contact in contacts), "urgent", "Who to tell")
    rest = Part(
        "\n\n".join(block for block in (trigger.consent, " ".join(trigger.then)) if block), "urgent", "After that",
        source_lines(trigger.sources, knowledge, today),
    )  # fmt: skip
    return tuple(part for part in (now, tell, rest) if part.text)


def contact_line(contact: Contact) -> str:
    """A contact with its number and the day it was checked, or how to find it."""
    if contact.number is None:
        return f"{contact.label}: {contact.find}"
    hours = f", {contact.hours}" if contact.hours else ""
    return f"{contact.label}: {contact.number}{hours} (checked {contact.checked:%d %B %Y})"


def _source_line(citation: Citation, knowledge: Knowledge, today: date) -> SourceLine:
    source = knowledge.sources[citation.source]
    past = source.review.due is not None and source.review.due < today
    status = "past-review" if past or source.status == "past-review" else "current"
    return SourceLine(source.id, source.short, citation.where, source.date, status)


def _area_first(citations: tuple[Citation, ...], area: Area, knowledge: Knowledge) -> tuple[Citation, ...]:
    if area.id == NATIONAL:
        return citations
    return tuple(sorted(citations, key=lambda citation: citation.source not in area.sources))


def _lead(citations: tuple[Citation, ...], area: Area, knowledge: Knowledge) -> str:
    """What the user's own area says, or that its documents are silent."""
    if area.id == NATIONAL:
        return ""
    own = [citation for citation in citations if citation.source in area.sources]
    if not own:
        return f"The documents we hold for {area.name} do not cover this. This answer rests on other areas."
    return "\n\n".join(f"In {area.name}: {citation.differs}" for citation in own if citation.differs)


def _differences(citations: tuple[Citation, ...], area: Area, knowledge: Knowledge) -> Part | None:
    others = [
        citation for citation in citations
        if citation.differs and (area.id == NATIONAL or citation.source not in area.sources)
    ]  # fmt: skip
    if not others:
        return None
    lines = [f"- {knowledge.sources[citation.source].short}: {citation.differs}" for citation in others]
    return Part("\n".join(lines), "differences", "Where areas differ")


def _currency(topic: Topic, knowledge: Knowledge, today: date) -> Part | None:
    notices = currency_notices(topic.sources, topic.law, knowledge, today)
    blocks = (topic.currency, "\n".join(f"- {notice.text}" for notice in notices))
    text = "\n\n".join(block for block in blocks if block)
    return Part(text, "currency", "How current this is") if text else None


def _withheld(topic: Topic, area: Area, knowledge: Knowledge, today: date) -> Part:
    contact = area.contact("safeguarding-lead")
    ask = contact_line(contact) if contact else "Ask your safeguarding lead."
    return Part(
        f"Every document behind this answer is past the limit that {area.name} sets for its review. "
        f"The answer is withheld.\n\n{ask}",
        "notice", topic.title, source_lines(topic.sources, knowledge, today),
    )  # fmt: skip
