"""The knowledge files: faults, sources past their review, contacts that an area has not filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.diagnosis.findings import Finding, fine, mend, note
from bot.knowledge import Knowledge, KnowledgeError, load
from bot.settings import Settings

AREA = "knowledge"


def knowledge(settings: Settings) -> Iterator[Finding]:
    """What the files hold, or their first fault."""
    try:
        found = load(settings.knowledge)
    except KnowledgeError as error:
        count = len(error.faults)
        says = f"{count} fault{'' if count == 1 else 's'} in the knowledge files. The first: {error.faults[0]}"
        yield mend(AREA, says, "Mend it, then run `sharewell knowledge check`.")
        return
    yield fine(
        AREA,
        f"No faults: {len(found.topics)} topics, {len(found.checks)} checks, {len(found.triggers)} urgent triggers.",
    )
    yield from past_review(found, date.today())
    yield from contacts(found)


def past_review(found: Knowledge, today: date) -> Iterator[Finding]:
    """Each source whose review date lies before `today`: its answers warn."""
    for source in found.sources.values():
        if source.review.due is not None and source.review.due < today:
            yield note(
                AREA, f"The source {source.id} was due for review on {source.review.due:%d %B %Y}; its answers say so.",
                f"Ask {source.publisher} for its present edition, then update knowledge/sources.yml.",
            )  # fmt: skip


def contacts(found: Knowledge) -> Iterator[Finding]:
    """Each area with contacts that have no number yet: its users are told how to find them instead."""
    for area in found.areas.values():
        missing = [contact.role for contact in area.contacts if contact.number is None]
        if missing:
            yield note(
                AREA, f"The area {area.id} has no number for: {', '.join(missing)}.",
                f"Fill them in, with the date checked, in knowledge/areas/{area.id}.yml.",
            )  # fmt: skip
        else:
            yield fine(AREA, f"The area {area.id} has all its contacts.")
