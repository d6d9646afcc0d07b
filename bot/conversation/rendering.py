"""Turns knowledge into the parts of a reply: answers, questions, outcomes, urgent words, with sources and their age."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.conversation import soon
from bot.conversation.messages import Part, SourceLine
from bot.knowledge import (
    NATIONAL,
    Area,
    Check,
    Citation,
    Contact,
    Knowledge,
    Outcome,
    Question,
    Topic,
    Trigger,
    currency_notices,
    is_old,
    is_withheld,
)

WITHHELD = "withheld"
"""The status of a source line under what is not shown because of the age of all its sources."""

_ASKED = ("safeguarding-lead", "line-manager", "childrens-social-care", "adult-social-care")
"""The contact roles of people to ask where guidance is withheld, the first one whose number is known first."""


def source_lines(citations: Iterable[Citation], knowledge: Knowledge, today: date) -> tuple[SourceLine, ...]:
    """The sources under an answer, each with its place, date and whether its review is past."""
    return tuple(_source_line(citation, knowledge, today) for citation in citations)


def answer_parts(topic: Topic, area: Area, knowledge: Knowledge, today: date) -> tuple[Part, ...]:
    """The short answer, led by the area's own guidance, with what differs elsewhere and what is out of date."""
    ordered = _area_first(topic.sources, area, knowledge)
    if is_withheld(ordered, area, knowledge, today):
        return (_withheld_part(topic.title, ordered, area, knowledge, today),)
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
        return (_withheld_part(topic.title, ordered, area, knowledge, today),)
    answer = Part(topic.long, "answer", topic.title, source_lines(ordered, knowledge, today))
    return tuple(
        part for part in (answer, _differences(ordered, area, knowledge), _currency(topic, knowledge, today)) if part
    )


def question_part(question: Question, title: str) -> Part:
    return Part(question.asks, "question", title)


def outcome_part(check: Check, outcome: Outcome, area: Area, knowledge: Knowledge, today: date) -> Part:
    """What an outcome means, what to do, how soon, who must approve, and on whose word: as the area's settings say."""
    steps = "\n".join(f"- {step}" for step in outcome.do)
    how_soon = soon.how_soon(check, outcome, area, knowledge)
    blocks = [outcome.means, steps, how_soon, soon.who_approves(outcome, area, knowledge)]
    if outcome.urgency == "now":
        blocks = [steps, how_soon, outcome.means]
    return Part(
        "\n\n".join(block for block in blocks if block), "outcome", outcome.title,
        source_lines(check.sources, knowledge, today),
    )  # fmt: skip


def check_withheld(check: Check, area: Area, knowledge: Knowledge, today: date) -> Part | None:
    """What is said in place of a check whose sources are all past the area's limit, and whom to ask; else None."""
    if not is_withheld(check.sources, area, knowledge, today):
        return None
    return _withheld_part(check.title, check.sources, area, knowledge, today)


def urgent_parts(trigger: Trigger, area: Area, knowledge: Knowledge, today: date) -> tuple[Part, ...]:
    """What to do now, first; then whom to tell and how to reach them; then the rest."""
    others = "\n".join(f"- {step}" for step in trigger.first[1:])
    now = Part("\n\n".join(block for block in (trigger.first[0], others) if block), "urgent")
    contacts = [contact for role in trigger.tell if (contact := area.contact(role)) is not None]
    tell = Part("\n".join(f"- {contact_line(contact, area, today)}" for contact in contacts), "urgent", "Who to tell")
    rest = Part(
        "\n\n".join(block for block in (trigger.consent, " ".join(trigger.then)) if block), "urgent", "After that",
        source_lines(trigger.sources, knowledge, today),
    )  # fmt: skip
    return tuple(part for part in (now, tell, rest) if part.text)


def contact_line(contact: Contact, area: Area, today: date) -> str:
    """A contact with its number and the day it was checked, and a warning where that is long ago; or how to find it."""
    if contact.number is None:
        return f"{contact.label}: {contact.find}"
    hours = f", {contact.hours}" if contact.hours else ""
    line = f"{contact.label}: {contact.number}{hours} (checked {contact.checked:%d %B %Y})"
    return f"{line}. It may have changed since: {contact.find}" if is_old(contact, area, today) else line


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
    return "\n\n".join(
        f"In {area.name} ({knowledge.sources[citation.source].short}): {citation.differs}"
        for citation in own if citation.differs
    )  # fmt: skip


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


def _withheld_part(
    title: str, citations: Iterable[Citation], area: Area, knowledge: Knowledge, today: date
) -> Part:
    lines = tuple(replace(line, status=WITHHELD) for line in source_lines(citations, knowledge, today))
    return Part(
        f"Every document behind this is further past its review than {area.name} allows. So I do not show it. "
        f"Ask a person.\n\n{_whom_to_ask(area, today)}",
        "notice", title, lines,
    )  # fmt: skip


def _whom_to_ask(area: Area, today: date) -> str:
    """The people of the area to ask, those with a number first; danger goes to the emergency services."""
    contacts = [contact for role in _ASKED if (contact := area.contact(role)) is not None]
    known = [contact for contact in contacts if contact.number is not None] or contacts[:1]
    lines = [f"- {contact_line(contact, area, today)}" for contact in known]
    return "\n".join(lines or ["- Ask your safeguarding lead or your line manager."])
