"""What is due in the knowledge files on a day: sources to review, law to check, contacts to call, answers withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.knowledge.currency import is_old, is_withheld
from bot.knowledge.model import Area, Check, Citation, Knowledge, Law, Source, Topic, Trigger

NEAR_DAYS = 90
"""Days before its review date from which a source is due."""

OLDEST_LAW_DAYS = 365
"""Days after which the status of a law has to be checked again."""

_STANDS = "in-force"


@dataclass(frozen=True)
class DueSource:
    """A source past or near its review date. `days` are those until the date: below 0 they are past.

    `topics`, `checks` and `triggers` count what rests on it; `alone` counts the topics and checks with no other source.
    """

    id: str
    due: date
    basis: str
    days: int
    topics: int
    checks: int
    triggers: int
    alone: int


@dataclass(frozen=True)
class DueLaw:
    """A law or body to check. `days` since it was last checked; `reasons` say why; `topics` counts what names it."""

    id: str
    name: str
    status: str
    certain: bool
    last_checked: date
    days: int
    reasons: tuple[str, ...]
    topics: int


@dataclass(frozen=True)
class DueContact:
    """A contact of an area without a number (`days` is None), or whose number was checked `days` ago: too long."""

    area: str
    role: str
    label: str
    days: int | None


@dataclass(frozen=True)
class Withheld:
    """What an area withholds: ids of topics and checks of which every source is further past than `limit` days."""

    area: str
    limit: int | None
    topics: tuple[str, ...]
    checks: tuple[str, ...]


Due = DueSource | DueLaw | DueContact | Withheld
_KINDS: Mapping[type[Due], str] = {
    DueSource: "source", DueLaw: "law", DueContact: "contact", Withheld: "withheld",
}  # fmt: skip


def due(knowledge: Knowledge, areas: Iterable[Area], today: date) -> Iterator[Due]:
    """All that is due on `today`: sources and law for everybody, contacts and what is withheld for these `areas`."""
    yield from due_sources(knowledge, today)
    yield from due_law(knowledge, today)
    for area in areas:
        yield from due_contacts(area, today)
        yield withheld(area, knowledge, today)


def due_as_json(item: Due) -> dict[str, Any]:
    """One line of `sharewell knowledge currency --json`."""
    found = {"kind": _KINDS[type(item)], **asdict(item)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def due_sources(knowledge: Knowledge, today: date) -> Iterator[DueSource]:
    """Sources past their review date, or within NEAR_DAYS of it, the longest past first."""
    found = (item for source in knowledge.sources.values() if (item := _due_source(source, knowledge, today)))
    return iter(sorted(found, key=lambda item: item.days))


def due_law(knowledge: Knowledge, today: date) -> Iterator[DueLaw]:
    """Law that no longer stands or does not yet, that is not certain, or that was checked too long ago."""
    named = [name for topic in knowledge.topics.values() for name in topic.law]
    for law in knowledge.law.values():
        days = (today - law.last_checked).days
        if reasons := tuple(_reasons(law, days)):
            yield DueLaw(
                law.id, law.name, law.status, law.certain, law.last_checked, days, reasons, named.count(law.id)
            )


def due_contacts(area: Area, today: date) -> Iterator[DueContact]:
    """Contacts of `area` that nobody filled in, or whose number was checked too long ago."""
    for contact in area.contacts:
        if contact.number is None:
            yield DueContact(area.id, contact.role, contact.label, None)
        elif contact.checked is not None and is_old(contact, area, today):
            yield DueContact(area.id, contact.role, contact.label, (today - contact.checked).days)


def withheld(area: Area, knowledge: Knowledge, today: date) -> Withheld:
    """What `area` withholds on `today`; nothing where it sets no limit. Danger words are never withheld."""
    return Withheld(
        area.id,
        area.settings.withhold_after_review_days,
        tuple(topic.id for topic in knowledge.topics.values() if is_withheld(topic.sources, area, knowledge, today)),
        tuple(check.id for check in knowledge.checks.values() if is_withheld(check.sources, area, knowledge, today)),
    )


def _due_source(source: Source, knowledge: Knowledge, today: date) -> DueSource | None:
    if source.review.due is None or (days := (source.review.due - today).days) > NEAR_DAYS:
        return None
    topics = [unit for unit in knowledge.topics.values() if _rests_on(unit, source.id)]
    checks = [unit for unit in knowledge.checks.values() if _rests_on(unit, source.id)]
    triggers = [unit for unit in knowledge.triggers.values() if _rests_on(unit, source.id)]
    answering: list[Topic | Check] = [*topics, *checks]
    alone = sum({citation.source for citation in unit.sources} == {source.id} for unit in answering)
    return DueSource(
        source.id, source.review.due, source.review.basis, days, len(topics), len(checks), len(triggers), alone
    )


def _rests_on(unit: Topic | Check | Trigger, source_id: str) -> bool:
    citations: tuple[Citation, ...] = unit.sources
    return any(citation.source == source_id for citation in citations)


def _reasons(law: Law, days: int) -> Iterator[str]:
    if law.status != _STANDS:
        yield law.status
    if not law.certain:
        yield "not certain"
    if days > OLDEST_LAW_DAYS:
        yield f"last checked {days} days ago"
