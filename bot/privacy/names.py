"""Names of people: which words are names, and which words could be one where a person is spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.name_context import Reader
from bot.privacy.names_kind import Kind, classify
from bot.privacy.scorer import THRESHOLD, Scorer, candidate_kind
from bot.privacy.signs import CANDIDATES, Surroundings
from bot.privacy.tokens import Token
from bot.privacy.view import View

_LISTED = "is on a list of personal names"
_IN_CONTEXT = "stands where the name of a person usually stands"
_NICKNAME = "follows words that give somebody a name"
_INITIALS = "looks like somebody's initials"
_NOT_JUDGED = frozenset((Kind.WORD, Kind.MARK, Kind.MASKED))
_MASKED_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "prof", "professor"))


@dataclass(slots=True)
class _Hit:
    """`before_comma`: a surname whose given name stands behind a comma."""

    why: str
    kind: str = "name"
    before_comma: bool = False


def find(view: View, tokens: list[Token], lexicon: Lexicon, exempt: Set[int], scorer: Scorer) -> Iterator[Finding]:
    """Names and initials. `exempt` are the numbers of tokens inside a phrase that is let through."""
    kinds = [Kind.WORD if number in exempt else classify(token, lexicon) for number, token in enumerate(tokens)]
    reader = Reader(tokens, lexicon)
    hits: dict[int, _Hit] = {}
    for number, kind in enumerate(kinds):
        if number not in exempt and (hit := _judge(number, kind, reader)):
            hits[number] = hit
    _weigh(tokens, kinds, lexicon, reader, hits, exempt, scorer)
    _spread(kinds, tokens, reader, hits, exempt)
    yield from _spans(tokens, kinds, hits)


def _weigh(
    tokens: list[Token],
    kinds: list[Kind],
    lexicon: Lexicon,
    reader: Reader,
    hits: dict[int, _Hit],
    exempt: Set[int],
    scorer: Scorer,
) -> None:
    """What no rule settles is weighed: each sign speaks for a name or against it."""
    candidates = [candidate_kind(token, kind, lexicon) for token, kind in zip(tokens, kinds, strict=True)]
    waiting = [n for n, kind in enumerate(candidates) if kind in CANDIDATES and n not in hits and n not in exempt]
    waiting = [n for n in waiting if not reader.forbids_weighing(n, candidates[n])]
    if not waiting:
        return
    around = Surroundings(tokens, candidates, lexicon, scorer.vocabulary, reader.capitals_tell)
    for number in waiting:
        letters = scorer.likeness(tokens[number].core) if kinds[number] in (Kind.UNKNOWN, Kind.INITIALS) else 0
        signs = around.signs(number, letters)
        if scorer.score(signs) > THRESHOLD:
            if candidates[number] == "GIVEN_WITH_S":
                tokens[number].possessive = True
            hits[number] = _Hit(_weighed(scorer.telling_neighbour(signs)))


def _weighed(neighbour: tuple[str, str] | None) -> str:
    if neighbour is None:
        return "looks like a name by its letters and the words around it"
    side, word = neighbour
    return f"looks like a name: it stands {side} “{word}”"


def _judge(number: int, kind: Kind, reader: Reader) -> _Hit | None:
    if reader.is_at_a_post(number) or reader.is_called_so(number):
        return _Hit(_IN_CONTEXT)
    if kind not in _NOT_JUDGED and reader.is_ordinary_here(number):
        return None
    if kind is Kind.NAME:
        return None if reader.is_part_of_compound(number) else _Hit(_LISTED)
    if reader.is_nickname(number):
        return _Hit(_NICKNAME)
    if reader.is_plural_family(number):
        return _Hit(_LISTED)
    if reader.are_initials_with_s(number) or reader.is_initial_after_title(number):
        return _Hit(_INITIALS)
    if reader.is_introduced(number, kind.name):
        return _Hit(_IN_CONTEXT)
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
        elif before and reader.touches(number - 1, number) and reader.is_particle_between(number):
            hits[number] = hits[number + 1] = _Hit(_IN_CONTEXT)
        elif reader.is_joined(number, _by_hyphen(tokens, hits, number)):
            hits[number] = _Hit(_IN_CONTEXT)
        elif reader.is_label(number):
            continue
        elif reader.is_coordinated(number, kinds[number].name, _across_and(tokens, hits, kinds, number)):
            hits[number] = _Hit(_IN_CONTEXT)
    for number in range(len(tokens) - 2, -1, -1):
        if number not in hits and number not in exempt and number + 1 in hits and tokens[number].is_word:
            if reader.is_given_before(number, kinds[number].name) and reader.touches(number, number + 1):
                hits[number] = _Hit(_IN_CONTEXT)
        if number not in hits and number not in exempt and number + 2 in hits and _is_and(tokens[number + 1]):
            if reader.is_coordinated_before(number, kinds[number].name):
                hits[number] = _Hit(_IN_CONTEXT)
        if number not in exempt and number + 2 in hits and reader.joins_by_comma(number, kinds[number].name):
            hits.setdefault(number, _Hit(_IN_CONTEXT)).before_comma = True
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
        while place + 1 < len(numbers) and _continues(tokens, last, numbers[place + 1], hits[last]):
            place += 1
            last = numbers[place]
        first = first - 1 if _is_title(tokens, first) else first
        members = [hits[number] for number in numbers if first <= number <= last]
        kind = "name" if any(member.kind == "name" for member in members) else "initials"
        yield Finding(tokens[first].start, _with_stop(tokens, first, last), kind, members[0].why)
        place += 1


def _with_stop(tokens: list[Token], first: int, last: int) -> int:
    """The end of a name: the stop behind a surname's initial belongs to it, as in "Danuta W."."""
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    stop = following is not None and following.text == "." and following.start == tokens[last].end
    if last > first and stop and len(tokens[last].text) == 1 and tokens[last].capital:
        return tokens[last + 1].end
    return tokens[last].end


def _is_title(tokens: list[Token], first: int) -> bool:
    """Whether "Mr" or "Dr" stands directly in front; with a full stop, the title stays readable."""
    return first > 0 and tokens[first - 1].core in _MASKED_TITLES and not tokens[first].after_break


def _continues(tokens: list[Token], last: int, following: int, hit: _Hit) -> bool:
    """Whether two name tokens are one name: side by side, or with a hyphen, a stop or a surname's comma between."""
    if tokens[last].possessive:
        return False
    if tokens[following].after_break:
        return False
    if following == last + 1:
        return tokens[following].start - tokens[last].end <= 2
    if following == last + 2 and (tokens[last + 1].text in ("-", ".") or hit.before_comma):
        return tokens[following].start - tokens[last].end <= 3
    return False
