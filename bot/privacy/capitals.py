"""What has a name of its own in a message with few capitals: "Wisteria House", "Gentle Hands", "Harton Tech"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.privacy import cues
from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.tokens import Token

_RARE = 3_000
_MOST_CAPITALS = 0.5
_LEAST_WORDS = 4
_HOUSES = frozenset(
    "house lodge grange manor hall court view lea towers cottage cottages mews villas place gardens park heights "
    "point farm "
    "bank croft mount residential tech centre hub unit clinic surgery practice dental gym club".split()
)
# Words of laws, bodies, titles of guidance and of the calendar: what they belong to identifies nobody.
_PUBLIC = frozenset(
    """
    act acts board council trust service services court review report law rule rules code practice guidance policy plan
    panel team meeting inquiry principles principle protocol assessment commissioner society agency office order
    safeguarding social care children childrens child adult adults young people police health education data protection
    information sharing working together human rights freedom equality mental capacity domestic abuse early help home
    department ministry government national local authority county borough city royal general north south east west
    united kingdom english british scottish welsh irish university crown magistrates family high supreme town serious
    crime
    modern slavery sexual offences duty lead officer worker manager professional designated single point contact public
    private foster carers carer legal best interests section chapter part article schedule appendix level tier stage
    step
    form annex question year key stage january february march april may june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday christmas easter eid ramadan diwali new bank
    holiday
    dear hi hello thanks regards subject fwd re great britain street google microsoft apple amazon facebook red amber
    green
    first second third golden one two three four five signs safety forced marriage county lines prevent channel
    operation
    border force healthcare continuing clinic
    free school schools meals pupil premium special guardianship mother father mum dad parent parents emergency
    citizens citizen advice caldicott guardian guardians foundation years case checklist management record records form
    letter principle list annual sharing partnership partners board academy trusts accident gold command executive
    director chief constable head deputy assistant senior community mental learning
    disability universal credit personal independence payment blue badge football league premier world cup zoom teams
    """.split()
)


_DONE_BY_A_SERVICE = cues.SAYS | frozenset(
    "staff manager deputy rang wont wants want say dont have are wrote called closed shares discharged head".split()
)


def find(tokens: list[Token], lexicon: Lexicon, exempt: frozenset[int]) -> Iterator[Finding]:
    """Two capitalised words or more in a row, one of them rare or a word for a house, in a text with few capitals."""
    words = [token for token in tokens if token.is_word and token.core.isalpha()]
    capitals = sum(token.capital for token in words)
    if len(words) < _LEAST_WORDS or capitals > len(words) * _MOST_CAPITALS:
        return
    number = 0
    while number < len(tokens):
        last = _last_capital(tokens, number)
        run = tokens[number : last + 1]
        kind = _kind_behind(tokens, last) if run[0].capital else None
        free = not exempt.intersection(range(number, last + 1))
        if free and kind is not None and len(run) > 1 and not any(token.core in _PUBLIC for token in run):
            yield Finding(run[0].start, kind.end, "setting", "has capitals as the name of a place or a service has")
        elif free and number == 0 and _opens_a_message(run, tokens[last + 1 :], lexicon):
            yield _finding(run[0], run, lexicon)
        elif free and len(run) > 1 and _is_named(run, number, lexicon):
            first = run[1] if number == 0 and len(run) > 2 and _is_everyday(run[0], lexicon) else run[0]
            yield _finding(first, run, lexicon)
        number = last + 1


def _opens_a_message(run: list[Token], behind: list[Token], lexicon: Lexicon) -> bool:
    """Whether two capitals at the start do something, as in "Busy Bees rang" or "Silver Birches staff"."""
    if len(run) != 2 or not behind or run[1].possessive or behind[0].core not in _DONE_BY_A_SERVICE:
        return False
    titled = run[0].core in cues.TITLES | cues.WEAK_TITLES | cues.SURNAME_TITLES
    return not titled and not any(_is_public(token, lexicon) for token in run)


def _is_public(token: Token, lexicon: Lexicon) -> bool:
    return token.core in _PUBLIC or token.core in lexicon.jargon or token.core in lexicon.plain


def _finding(first: Token, run: list[Token], lexicon: Lexicon) -> Finding:
    """A person where the run begins with a given name and ends with no word for a house, else a place or a service."""
    given = first.core in lexicon.names or first.core in lexicon.christened
    if given and not first.possessive and run[-1].core not in _HOUSES:
        return Finding(first.start, run[-1].end, "name", "has capitals as the name of a person has")
    return Finding(first.start, run[-1].end, "setting", "has capitals as the name of a place or a service has")


def _last_capital(tokens: list[Token], first: int) -> int:
    last = first
    while (
        last + 1 < len(tokens) and _is_capital(tokens[last]) and _is_capital(tokens[last + 1]) and _close(tokens, last)
    ):
        last += 1
    return last


def _kind_behind(tokens: list[Token], last: int) -> Token | None:
    """The word for a kind of place in lower case directly behind: "The Willow Tree centre"."""
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    known = following is not None and following.core in _HOUSES and _close(tokens, last)
    return following if known else None


def _is_capital(token: Token) -> bool:
    return token.is_word and token.capital and token.core.isalpha() and not token.text.isupper()


def _close(tokens: list[Token], number: int) -> bool:
    following = tokens[number + 1]
    return not following.after_break and following.start - tokens[number].end <= len("'s ")


def _is_named(run: list[Token], number: int, lexicon: Lexicon) -> bool:
    if any(_is_public(token, lexicon) for token in run):
        return False
    if number == 0 and len(run) == 2 and _is_everyday(run[0], lexicon):
        return False
    if all(token.core in lexicon.places for token in run):
        return False
    telling = run[1:] if number == 0 else run
    return run[-1].core in _HOUSES or any(not _is_everyday(token, lexicon) for token in telling) or len(telling) > 1


def _is_everyday(token: Token, lexicon: Lexicon) -> bool:
    return lexicon.rank.get(token.core, _RARE) < _RARE
