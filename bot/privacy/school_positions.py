"""Schools named by ordinary words where only a school can stand: "year 8 at park view", "nursery is giggles"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.tokens import Token
from bot.privacy.view import View

_LEAD = re.compile(
    r"(?<!\w)(?:(?:year|yr|y) ?\d{1,2} (?:class )?(?:at|in|of)|(?:reception|sixth form|on roll|enrolled|pupil|student|"
    r"head ?teacher|head|deputy|teacher|senco|dsl|governor|caretaker|childminder|playgroup|preschool|nursery|after "
    r"school club|"
    r"breakfast club|boarder|boards|excluded|expelled|educated|starts? (?:reception|nursery|school)) (?:at|from)|"
    r"(?:school|nursery|preschool|playgroup|college|academy|childminder|care home)(?: is(?: called)?| called| was|"
    r"'s called| name is|:| =)|"
    r"(?:picked up|collected|dropped(?: off)?|dropped him|dropped her|picked him up|picked her up) (?:from|at|to)|"
    r"(?:new|other|his|her|their|second) (?:school|nursery|college),|"
    r"(?:last|old|previous|former|current|next) (?:school|nursery|college|placement)(?: (?:is|was|,|:))?|"
    r"attends|attended)\s(?:the )?"
)
_STOP = frozenset(
    """
    and but who which that where when because so if she he they i we it is was has have had told tells said says rang
    at in
    on with for from to by about since until after before during this next last every each today yesterday tomorrow now
    then not no yes as a an his her their my our your are were be been or full full-time part time again still also only
    just without off out up down over there here home school work nursery college university risk present the all any
    some
    once twice three four five weekly daily regularly closed open shut shutting good bad outstanding inadequate great
    fine ok
    lovely concerned worried aware supportive private local nearby nice new old different another late early alone
    mainstream
    special small big busy rubbish brilliant amazing strict next-door unaware involved refusing asking saying telling
    ringing
    n &
    """.split()
)
# The second word of names such as "park view" and "hill top".
_SECOND = frozenset(
    """
    view hill top lane park green grove house hall lodge wood woods bank field fields gate bridge moor side way court
    manor
    grange tree trees oak oaks hands stars sparks feet steps rainbows rainbow beavers bees owls ducks ducklings bears
    bunnies
    buttons cubs acorns explorers stepping stones road street lea mead valley dale meadow meadows heath mount rise close
    avenue corner farm hands tots toes faces friends kids angels monkeys frogs smarties dragons ladybirds butterflies
    bank
    brow ridge edge hey hurst crest row reach copse coppice fell beck tarn burn mill
    cross well spring brook ford castle abbey priory church minster trust point cottage garden gardens
    """.split()
)
_RARE = 4_000
_MOST = 3
_VERB_ENDINGS = ("ing", "ed", "ly", "est")


def find(view: View, tokens: list[Token], lexicon: Lexicon, exempt: frozenset[int]) -> Iterator[Finding]:
    """One to three words behind words that lead to a school."""
    places = {token.start: number for number, token in enumerate(tokens)}
    for hit in _LEAD.finditer(view.lower):
        first = places.get(hit.end())
        if first is None or first in exempt:
            continue
        run = _run(tokens, first, exempt)
        if run and _names_a_school(run, lexicon):
            yield Finding(run[0].start, run[-1].end, "school", "stands where the name of a school usually stands")


def _run(tokens: list[Token], first: int, exempt: frozenset[int]) -> list[Token]:
    run: list[Token] = []
    for number in range(first, min(first + _MOST, len(tokens))):
        token = tokens[number]
        if (
            not token.is_word
            or not token.core.isalpha()
            or token.core in _STOP
            or token.after_break
            or number in exempt
        ):
            break
        run.append(token)
    return run


def _names_a_school(run: list[Token], lexicon: Lexicon) -> bool:
    if len(run) > 1 and run[1].core in _SECOND and not run[0].core.endswith(_VERB_ENDINGS):
        del run[2:]
        return run[0].core not in lexicon.jargon
    word = run[0].core
    if word in lexicon.jargon or word.endswith(_VERB_ENDINGS):
        return False
    del run[1:]
    return lexicon.rank.get(word, _RARE) >= _RARE and not (word not in lexicon.rank and lexicon.resembles_word(word))
