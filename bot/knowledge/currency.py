"""Whether an answer still rests on firm ground: sources past their review, law repealed or not yet in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.knowledge.model import Area, Citation, Knowledge, Law

_STATUS_WORDS = {
    "partly-in-force": "is only partly in force",
    "not-commenced": "is not known to be in force",
    "repealed": "was repealed",
    "replaced": "was replaced",
    "abolished": "was abolished",
}


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
    found += [_law_notice(knowledge.law[name]) for name in law]
    return tuple(notice for notice in found if notice is not None)


def is_withheld(citations: Iterable[Citation], area: Area, knowledge: Knowledge, today: date) -> bool:
    """True when every source is further past its review date than the area allows."""
    limit = area.settings.withhold_after_review_days
    if limit is None:
        return False
    dues = [knowledge.sources[citation.source].review.due for citation in citations]
    return all(due is not None and (today - due).days > limit for due in dues)


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


def _law_notice(law: Law) -> Notice | None:
    if law.status == "in-force" and law.certain:
        return None
    words = _STATUS_WORDS.get(law.status)
    text = law.says if words is None or law.name in law.says else f"{law.name} {words}. {law.says}"
    if not law.certain:
        text += f" This was last checked on {law.last_checked:%d %B %Y} and is not certain: ask your legal lead."
    return Notice("law", law.id, text)
