"""The gate: runs every recogniser, settles overlaps, masks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.privacy import (
    addresses,
    capitals,
    churches,
    contact,
    cues,
    dates,
    handles,
    houses,
    lexicon,
    links,
    names,
    numbers,
    prisons,
    references,
    roles,
    school_positions,
    scorer,
    services,
    settings,
    spelled,
    tokens,
    villages,
)
from bot.privacy.model import PRIORITY, TYPES, Finding, Masked, Span
from bot.privacy.phrases import PhraseBook
from bot.privacy.view import BARRIER, View, look_at

# Masking changes the words around what is left, so the text is read again until nothing new is found.
_MOST_READINGS = 12
_OF_AN_ADDRESS = frozenset(("address", "setting"))
# The laws that go by a first name. The list is closed: in "thomas law" and "harris law" the second word is a surname.
_LAWS = frozenset(
    "awaab ben charlie clare claire duwayne finn hannah harper harvey helen jade jay jimmy kerry lucy martha martyn "
    "megan natasha sarah tony valerie".split()
)


class Gate:
    """Finds and masks what identifies a person. Built once; many threads may use it at a time."""

    def __init__(self, guidance_terms: Iterable[str] = ()) -> None:
        """`guidance_terms`: bodies, places, documents to let through. Raises PrivacyError where a list is missing."""
        self._lexicon = lexicon.load()
        self._scorer = scorer.load()
        self._let_through = PhraseBook([*self._lexicon.phrases, *guidance_terms])

    def scan(self, text: str, allowed: Collection[str] = ()) -> tuple[Span, ...]:
        """Spans in order, never overlapping.

        `allowed` are strings that the user said identify nobody, compared without regard to case.
        """
        return self._mask_all(text, allowed).spans

    def mask(self, text: str, allowed: Collection[str] = ()) -> Masked:
        """The text with placeholders. Scanning the masked text, with the same `allowed`, finds nothing."""
        return self._mask_all(text, allowed)

    def _mask_all(self, text: str, allowed: Collection[str]) -> Masked:
        exceptions = frozenset(entry.casefold().strip() for entry in allowed)
        book = PhraseBook(exceptions) if exceptions else None
        spans: tuple[Span, ...] = ()
        masked = text
        for _ in range(_MOST_READINGS):
            found = self._read(masked, exceptions, book)
            if not found:
                break
            spans = tuple(sorted([*spans, *_moved(found, spans)], key=lambda span: span.start))
            masked = _replace(text, spans)
        return Masked(masked, spans)

    def _read(self, text: str, exceptions: frozenset[str], book: PhraseBook | None) -> tuple[Span, ...]:
        if not text.strip():
            return ()
        view = look_at(text)
        findings = self._findings(view, book)
        kept = []
        for finding in findings:
            if BARRIER in view.text[finding.start : finding.end]:
                continue
            start, end = view.source_span(finding.start, finding.end)
            if text[start:end].casefold().strip() not in exceptions:
                kept.append(Span(start, end, finding.type, finding.why))
        return _settle(text, kept)

    def _findings(self, view: View, book: PhraseBook | None) -> list[Finding]:
        words = tokens.split(view)
        regions = self._let_through.regions(words) + (book.regions(words) if book else [])
        regions = [region for region in regions if not _is_half_a_name(words, region, self._lexicon.names)]
        regions = [region for region in regions if words[region[1]].core != "law" or not _is_borne(words, region[0])]
        regions += [(number, number + 1) for number in range(len(words) - 1) if _is_a_law(words, number)]
        exempt = {number for first, last in regions for number in range(first, last + 1)}
        exempt |= _numbers_within(words, links.public(view.lower))
        found_names = [
            *names.find(view, words, self._lexicon, exempt, self._scorer),
            *spelled.find(view, self._lexicon),
        ]
        findings = [
            *contact.find(view),
            *handles.find(view, self._lexicon),
            *links.find(view.lower),
            *numbers.find(view),
            *references.find(view),
            *dates.find(view),
            *dates.find_beside_people(view, [finding.end for finding in found_names]),
            *(
                villages.with_village(finding, view, self._lexicon)
                for finding in (*addresses.find(view), *houses.find(view, self._lexicon))
            ),
            *settings.find(view, words, self._lexicon),
            *prisons.find(view, self._lexicon),
            *services.find(view, self._lexicon),
            *churches.find(view, self._lexicon),
            *roles.find(view, words, self._lexicon, frozenset(exempt)),
            *school_positions.find(view, words, self._lexicon, frozenset(exempt)),
            *capitals.find(words, self._lexicon, frozenset(exempt)),
            *found_names,
        ]
        limits = [
            (words[first].start, max(words[last].end, words[last].start + len(words[last].text)))
            for first, last in regions
        ]
        return [finding for finding in findings if not _inside(finding, limits)]


def _is_half_a_name(words: Sequence[tokens.Token], region: tuple[int, int], names: Collection[str]) -> bool:
    """Whether a single word that is let through is part of a name here: "Jesus Herrera", "lee hodgkins"."""
    number, last = region
    if number != last:
        return False
    word = words[number]
    before = words[number - 1] if number else None
    if before and before.core in cues.TITLES | cues.SURNAME_TITLES and before.end + 1 == word.start:
        return True
    if before and before.core in names and not before.possessive and before.end + 1 == word.start:
        return True
    after = words[number + 1] if number + 1 < len(words) else None
    if after is not None and after.core in ("is", "aged", ",", "(") and number + 2 < len(words):
        return word.core in names and words[number + 2].core.isdigit()
    if after is None or not (after.is_word and after.capital and word.capital) or word.end + 1 != after.start:
        return False
    return word.core in names and not after.text.isupper()


def _is_a_law(words: Sequence[tokens.Token], number: int) -> bool:
    """Whether a law is called after somebody here: "jays law", but not "james law" or "clare's law firm"."""
    word, after = words[number], words[number + 1]
    called = word.core if word.possessive else word.core[:-1] if word.core.endswith("s") else ""
    if after.core != "law" or after.after_break or called not in _LAWS or _is_borne(words, number):
        return False
    behind = words[number + 2].core if number + 2 < len(words) else ""
    return behind not in ("firm", "firms", "centre", "society", "degree", "school", "student", "teacher", "exam")


def _is_borne(words: Sequence[tokens.Token], number: int) -> bool:
    """Whether a title or "my client is" makes a person of what begins here, whatever the law's name."""
    one, two = (words[number - step].core if number >= step else "" for step in (1, 2))
    return one in cues.TITLES | cues.SURNAME_TITLES or one in ("is", "was") and two in cues.PEOPLE


def _numbers_within(words: Sequence[tokens.Token], places: Sequence[tuple[int, int]]) -> set[int]:
    """The numbers of the tokens that begin inside one of the places, which are in order: one walk through both."""
    found: set[int] = set()
    waiting = iter(places)
    place = next(waiting, None)
    for number, word in enumerate(words):
        while place is not None and place[1] <= word.start:
            place = next(waiting, None)
        if place is not None and place[0] <= word.start:
            found.add(number)
    return found


def _inside(finding: Finding, limits: Sequence[tuple[int, int]]) -> bool:
    return any(start <= finding.start and finding.end <= end for start, end in limits)


def _is_one_address(text: str, one: Span, two: Span) -> bool:
    """Whether nothing but a comma parts two pieces of an address: "Rose Cottage, Church Lane"."""
    parts = {one.type, two.type}
    if not parts <= _OF_AN_ADDRESS or "address" not in parts or two.start < one.end:
        return False
    return text[one.end : two.start].strip() == "," and two.start - one.end <= len(" , ")


def _settle(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join what overlaps; the type with the higher priority names the whole."""
    settled: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if settled and _is_one_address(text, settled[-1], span):
            other = settled.pop()
            settled.append(Span(other.start, span.end, "address", "looks like a house and its street"))
            continue
        if settled and span.start < settled[-1].end:
            other = settled.pop()
            leading = min(other, span, key=lambda one: (PRIORITY[one.type], one.start - one.end))
            span = Span(other.start, max(other.end, span.end), leading.type, leading.why)
        settled.append(span)
    return tuple(settled)


def _replace(text: str, spans: Sequence[Span]) -> str:
    parts: list[str] = []
    place = 0
    for span in spans:
        parts += (text[place : span.start], TYPES[span.type].placeholder)
        place = span.end
    return "".join([*parts, text[place:]])


def _moved(found: Sequence[Span], earlier: Sequence[Span]) -> list[Span]:
    """Spans of the masked text as offsets into the text as given; no span crosses a placeholder."""
    moved: list[Span] = []
    shift = 0
    waiting = iter(earlier)
    following = next(waiting, None)
    for span in found:
        while following is not None and following.start + shift < span.start:
            shift -= following.end - following.start - len(TYPES[following.type].placeholder)
            following = next(waiting, None)
        moved.append(Span(span.start - shift, span.end - shift, span.type, span.why))
    return moved
