"""Whether an answer still rests on firm ground: sources past their review, law repealed or not yet in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.knowledge.model import Area, Citation, Contact, Knowledge, Law

GONE = frozenset({"repealed", "replaced", "abolished"})
"""Statuses of law that no longer stands: what rests on it says what took its place."""

_STATUS_WORDS = {
    "partly-in-force": "is only partly in force",
    "not-commenced": "is not known to be in force",
    "repealed": "was repealed",
    "replaced": "was replaced",
    "abolished": "was abolished",
}
EMERGENCY = "emergency"
"""The contact role of the emergency services."""


@dataclass(frozen=True)
class Notice:
    """One thing a reader must know about the age of an answer. `kind` is source or law, `id` names which."""

    kind: str
    id: str
    text: str


def currency_notices(
    citations: Iterable[Citation], law: Iterable[str], knowledge: Knowledge, today: date
) -> tuple[Notice, ...]:
    """What to warn of when an answer rests on these sources and this law, on the day `today`."""
    sources = dict.fromkeys(citation.source for citation in citations)
    found = [_source_notice(source, knowledge, today) for source in sources]
    found += [_law_notice(knowledge.law[name], knowledge) for name in law]
    return tuple(notice for notice in found if notice is not None)


def is_withheld(citations: Iterable[Citation], area: Area, knowledge: Knowledge, today: date) -> bool:
    """True when every source is further past its review date than the area allows."""
    limit = area.settings.withhold_after_review_days
    if limit is None:
        return False
    dues = [knowledge.sources[citation.source].review.due for citation in citations]
    return all(due is not None and (today - due).days > limit for due in dues)


def is_old(contact: Contact, area: Area, today: date) -> bool:
    """True when a number was last checked longer ago than the area allows. Emergency numbers do not age."""
    if contact.number is None or contact.checked is None or contact.role == EMERGENCY:
        return False
    return (today - contact.checked).days > area.settings.oldest_contact_days


def replacements(law: Law, knowledge: Knowledge) -> tuple[str, ...]:
    """The names of what took the place of `law`; none where nothing did or it still stands."""
    if law.status not in GONE or law.replaced_by is None:
        return ()
    names = (name.strip() for name in law.replaced_by.split(","))
    return tuple(knowledge.law[name].name if name in knowledge.law else name for name in names)


def is_named_in(name: str, text: str) -> bool:
    """Whether `text` names a law or body by its whole name, or by the abbreviation in brackets behind it."""
    whole, _, short = name.removesuffix(")").partition(" (")
    said = text.casefold()
    return any(way and way.casefold() in said for way in (whole, short))


def _source_notice(source_id: str, knowledge: Knowledge, today: date) -> Notice | None:
    source = knowledge.sources[source_id]
    if source.review.due is None or source.review.due >= today:
        return None
    due = source.review.due.strftime("%B %Y")
    set_by = "it was due for review" if source.review.basis == "stated" else "we propose a review date of"
    joined = f"{set_by} in {due}" if source.review.basis == "stated" else f"{set_by} {due}"
    return Notice(
        "source", source_id, f"{source.short}: {joined}, which has passed. Check that your area still follows it."
    )


def _agreeing(words: str, law: Law) -> str:
    """The words for one body or law, or for several: "Clinical commissioning groups were replaced"."""
    several = law.kind == "body" and law.name.endswith("s")
    return words.replace("was ", "were ", 1).replace("is ", "are ", 1) if several else words


def _law_notice(law: Law, knowledge: Knowledge) -> Notice | None:
    if law.status == "in-force" and law.certain:
        return None
    words = _STATUS_WORDS.get(law.status)
    text = law.says if words is None or law.name in law.says else f"{law.name} {_agreeing(words, law)}. {law.says}"
    unnamed = [name for name in replacements(law, knowledge) if not is_named_in(name, text)]
    if unnamed:
        text += f" In its place: {', '.join(unnamed)}."
    if not law.certain:
        text += f" This was last checked on {law.last_checked:%d %B %Y} and is not certain: ask your legal lead."
    return Notice("law", law.id, text)
