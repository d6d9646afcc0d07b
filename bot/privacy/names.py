"""Names of people: which words are names, and which words could be one where a person is spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import Enum

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.name_context import Reader
from bot.privacy.tokens import Token
from bot.privacy.view import BARRIER, View


class Kind(Enum):
    """What a token is before its neighbours are looked at."""

    NAME = "on a list of names"
    GIVEN_WORD = "a given name that is also a word"
    SURNAME_WORD = "a surname that is also a word"
    GIVEN_PLACE = "a given name that is also a place"
    PLACE = "a place, or a name that stands for a test or a report"
    UNKNOWN = "on no list"
    INITIALS = "two or three letters on no list"
    WORD = "an ordinary word"
    MASKED = "a placeholder of an earlier masking"
    MARK = "a number or a mark"


_LISTED = "is on a list of personal names"
_IN_CONTEXT = "stands where the name of a person usually stands"
_INITIALS = "looks like somebody's initials"
_MASKED_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "prof", "professor"))
_MOST_INITIALS = 3
# A word of two or three letters that is rarer than this may as well be somebody's initials.
_RAREST_SHORT_WORD = {2: 1_200, 3: 9_000}


@dataclass(slots=True)
class _Hit:
    why: str
    kind: str = "name"


def classify(token: Token, lexicon: Lexicon) -> Kind:
    """The kind of a single token. A plural or a possessive without its apostrophe counts as the name."""
    if token.text.startswith(BARRIER):
        return Kind.MASKED
    if not token.is_word or not token.core.isalpha():
        return Kind.MARK
    word = token.core
    if word in lexicon.names:
        return Kind.NAME
    if word in lexicon.jargon:
        return Kind.GIVEN_WORD if word in lexicon.given_words else Kind.WORD
    if word in lexicon.eponyms or word in lexicon.places:
        return Kind.PLACE
    if word in lexicon.given_places:
        return Kind.GIVEN_PLACE
    if word in lexicon.given_words:
        return Kind.GIVEN_WORD
    if word in lexicon.surname_words:
        return Kind.SURNAME_WORD
    if lexicon.rank.get(word, 0) > _RAREST_SHORT_WORD.get(len(word), len(lexicon.rank)):
        return Kind.INITIALS
    if lexicon.is_everyday(word):
        return Kind.WORD
    if word[-1] == "s" and len(word) > _MOST_INITIALS + 1 and not token.possessive:
        return _classify_with_s(token, lexicon)
    if len(word) <= _MOST_INITIALS:
        return Kind.INITIALS
    return Kind.UNKNOWN


def _classify_with_s(token: Token, lexicon: Lexicon) -> Kind:
    stem = token.core[:-1]
    if stem in lexicon.names and token.core not in lexicon.rank:
        token.core, token.possessive = stem, True
        return Kind.NAME
    if lexicon.is_everyday(stem) or lexicon.is_everyday(token.core.removesuffix("es")):
        return Kind.WORD
    return Kind.UNKNOWN


def find(view: View, tokens: list[Token], lexicon: Lexicon, exempt: Set[int]) -> Iterator[Finding]:
    """Names and initials. `exempt` are the numbers of tokens inside a phrase that is let through."""
    kinds = [Kind.WORD if number in exempt else classify(token, lexicon) for number, token in enumerate(tokens)]
    reader = Reader(tokens, lexicon)
    hits: dict[int, _Hit] = {}
    for number, kind in enumerate(kinds):
        if number not in exempt and (hit := _judge(number, kind, reader)):
            hits[number] = hit
    _spread(kinds, tokens, reader, hits, exempt)
    yield from _spans(tokens, kinds, hits)


def _judge(number: int, kind: Kind, reader: Reader) -> _Hit | None:
    if kind is Kind.NAME:
        return None if reader.is_part_of_compound(number) else _Hit(_LISTED)
    if kind in (Kind.WORD, Kind.MARK, Kind.MASKED):
        return _Hit(_IN_CONTEXT) if kind is Kind.WORD and reader.rare_word_is_person(number) else None
    if kind is Kind.GIVEN_WORD:
        return _Hit(_IN_CONTEXT) if reader.word_is_person(number) else None
    if kind is Kind.SURNAME_WORD:
        return _Hit(_IN_CONTEXT) if reader.surname_is_person(number) else None
    if kind is Kind.GIVEN_PLACE:
        return _Hit(_LISTED) if reader.given_place_is_person(number) else None
    if kind is Kind.PLACE:
        return _Hit(_IN_CONTEXT) if reader.place_is_person(number) else None
    if kind is Kind.INITIALS:
        return _Hit(_INITIALS, "initials") if reader.initials_are_person(number) else None
    return _Hit(_IN_CONTEXT) if reader.unknown_is_person(number) else None


def _spread(kinds: list[Kind], tokens: list[Token], reader: Reader, hits: dict[int, _Hit], exempt: Set[int]) -> None:
    """Let a name reach its surname, its hyphenated half, its initials and the name that "and" joins to it."""
    for number in range(len(tokens)):
        if number in hits or number in exempt or not tokens[number].is_word:
            continue
        before = _named(hits, kinds, number - 1)
        if before and reader.touches(number - 1, number) and reader.is_surname_after(number, kinds[number].name):
            hits[number] = _Hit(_IN_CONTEXT)
        elif reader.is_joined(number, _by_hyphen(tokens, hits, number)):
            hits[number] = _Hit(_IN_CONTEXT)
        elif reader.is_coordinated(number, kinds[number].name, _across_and(tokens, hits, kinds, number)):
            hits[number] = _Hit(_IN_CONTEXT)
    for number in range(len(tokens) - 2, -1, -1):
        if number not in hits and number not in exempt and number + 1 in hits and tokens[number].is_word:
            if reader.is_given_before(number, kinds[number].name) and reader.touches(number, number + 1):
                hits[number] = _Hit(_IN_CONTEXT)
        if number not in hits and number not in exempt and number + 2 in hits and _is_and(tokens[number + 1]):
            if reader.is_coordinated_before(number, kinds[number].name):
                hits[number] = _Hit(_IN_CONTEXT)
        if number not in hits and number + 2 in hits and tokens[number + 1].text in ("-", "."):
            if number not in exempt and reader.is_left_half(number):
                hits[number] = _Hit(_IN_CONTEXT)


def _named(hits: dict[int, _Hit], kinds: list[Kind], number: int) -> bool:
    return number in hits and hits[number].kind == "name" and kinds[number] is not Kind.INITIALS


def _by_hyphen(tokens: list[Token], hits: dict[int, _Hit], number: int) -> bool:
    return (
        number >= 2
        and number - 2 in hits
        and tokens[number - 1].text == "-"
        and tokens[number - 2].end == tokens[number - 1].start
        and tokens[number - 1].end == tokens[number].start
    )


def _is_and(token: Token) -> bool:
    return token.text.lower() in ("and", "&", "+", ",", "n")


def _across_and(tokens: list[Token], hits: dict[int, _Hit], kinds: list[Kind], number: int) -> bool:
    if number < 2 or not _is_and(tokens[number - 1]):
        return False
    return number - 2 in hits or kinds[number - 2] is Kind.MASKED


def _spans(tokens: list[Token], kinds: list[Kind], hits: dict[int, _Hit]) -> Iterator[Finding]:
    numbers = sorted(hits)
    place = 0
    while place < len(numbers):
        first = last = numbers[place]
        while place + 1 < len(numbers) and _continues(tokens, last, numbers[place + 1]):
            place += 1
            last = numbers[place]
        first = first - 1 if _is_title(tokens, first) else first
        members = [hits[number] for number in numbers if first <= number <= last]
        kind = "name" if any(member.kind == "name" for member in members) else "initials"
        yield Finding(tokens[first].start, tokens[last].end, kind, members[0].why)
        place += 1


def _is_title(tokens: list[Token], first: int) -> bool:
    """Whether "Mr" or "Dr" stands directly in front; with a full stop, the title stays readable."""
    return first > 0 and tokens[first - 1].core in _MASKED_TITLES and not tokens[first].after_break


def _continues(tokens: list[Token], last: int, following: int) -> bool:
    """Whether two name tokens are one name: side by side, or with a hyphen or an initial's full stop between."""
    if tokens[last].possessive:
        return False
    if tokens[following].after_break:
        return False
    if following == last + 1:
        return tokens[following].start - tokens[last].end <= 2
    if following == last + 2 and tokens[last + 1].text in ("-", "."):
        return tokens[following].start - tokens[last].end <= 3
    return False
