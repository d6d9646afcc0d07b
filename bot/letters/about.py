"""What every draft says of itself: what to do before sending, where it comes from, how old that is, when made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.knowledge import Area, Citation, Knowledge, Letter, Source, currency_notices
from bot.letters.dates import day_in_words, in_words
from bot.letters.draft import Block, Bullets, Note, Paragraph
from bot.letters.protocols import protocol_of

ABOUT_HEADING = "About this draft"
_TAKE_OUT = "Take this page out before you send or use the document."
_BEFORE = "Before you send or use it:"
_BLANKS = (
    "Identifying details are left blank on purpose, whatever Sharewell knows. Fill them in by hand, and only where "
    "they are needed."
)
_SOURCES = "Where the words come from:"
_OLD = "How current this is:"
_GUIDES = "Drafted with guidance of {sources}. Check it before sending. Sharewell guides, and you decide."
_DERIVED = "No source holds this form. It was put together from what these sources ask for."
_MADE = "Made on {day}."


def about(letter: Letter, area: Area, knowledge: Knowledge, today: date, person: str | None) -> tuple[Block, ...]:
    """The last page of the draft. `person` is child, adult at risk, or None where that is not known."""
    return tuple(_blocks(letter, area, knowledge, today, person))


def footer(letter: Letter, today: date) -> str:
    """What stands at the foot of every page. Whoever gets the letter reads it, so advice to the writer is elsewhere."""
    return f"{letter.heading}. {_MADE.format(day=day_in_words(today))}"


def _blocks(letter: Letter, area: Area, knowledge: Knowledge, today: date, person: str | None) -> Iterator[Block]:
    yield Note((_TAKE_OUT,))
    yield Paragraph((_BEFORE,))
    yield _bullets(letter.before_sending)
    yield Paragraph((_BLANKS,))
    yield Paragraph((_SOURCES,))
    yield _bullets(tuple(_source(citation, knowledge) for citation in letter.sources))
    if letter.basis == "derived":
        yield Paragraph((_DERIVED,))
    yield Paragraph((_OLD,))
    yield _bullets(tuple(_currency(letter, area, knowledge, today, person)))
    yield Paragraph((f"{_guided(letter, knowledge)} {_MADE.format(day=day_in_words(today))}",))


def _guided(letter: Letter, knowledge: Knowledge) -> str:
    sources = dict.fromkeys(knowledge.sources[citation.source] for citation in letter.sources)
    return _GUIDES.format(sources=_joined([_dated(source) for source in sources]))


def _dated(source: Source) -> str:
    return source.short if source.date[:4] in source.short else f"{source.short} ({in_words(source.date)})"


def _source(citation: Citation, knowledge: Knowledge) -> str:
    source = knowledge.sources[citation.source]
    told = f"{source.title}, {source.publisher}, {in_words(source.date)}: {citation.where}."
    return f"{told} {citation.differs}" if citation.differs else told


def _currency(letter: Letter, area: Area, knowledge: Knowledge, today: date, person: str | None) -> Iterator[str]:
    if letter.currency:
        yield " ".join(letter.currency.split())
    cited = list(letter.sources)
    names_protocol = any(field.filled_by == "protocol" for field in letter.fields)
    protocol = protocol_of(area, knowledge, person) if names_protocol else None
    if protocol is not None:
        cited.append(Citation(source=protocol.id, where="the whole document"))
        if person is None and protocol.audience != "both":
            yield f"{protocol.short} is for {protocol.audience} only. Name another protocol where you write of others."
    for notice in currency_notices(cited, letter.law, knowledge, today):
        yield notice.text


def _bullets(texts: tuple[str, ...]) -> Bullets:
    return Bullets(tuple((text,) for text in texts))


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
