"""Which document of an area a letter names: the area's own, for the person whom the letter is about."""

from __future__ import annotations

from bot.knowledge import Area, Knowledge, Letter, Source
from bot.letters.dates import in_words

NATIONAL = "national"
_COVERS = {"children": "child", "adults": "adult at risk"}


def area_facts(letter: Letter, area: Area, knowledge: Knowledge, person: str | None) -> dict[str, str]:
    """The facts `area`, `protocol` and `agreement` (FilledBy of bot.knowledge), where the area gives them.

    `person` is child, adult at risk, or None where that is not known.
    """
    found = {} if area.id == NATIONAL else {"area": area.name}
    protocol = protocol_of(area, knowledge, person)
    if protocol is not None:
        found["protocol"] = named(protocol)
    template = letter.sources[0].source
    if template in area.sources:
        found["agreement"] = named(knowledge.sources[template])
    return found


def protocol_of(area: Area, knowledge: Knowledge, person: str | None) -> Source | None:
    """The first document of the area that covers `person`; the first of all where nobody knows who it is about."""
    sources = (knowledge.sources[name] for name in area.sources)
    return next((source for source in sources if person is None or covers(source, person)), None)


def covers(source: Source, person: str) -> bool:
    return _COVERS.get(source.audience, person) == person


def named(source: Source) -> str:
    """The title and publisher of a document, with its date unless the title tells the year already."""
    date = "" if source.date[:4] in source.title else f", {in_words(source.date)}"
    return f"{source.title}, {source.publisher}{date}"
