"""Messages that ask two things at once: "what is gillick competence and who decides about a school visit".

A message may be cut at many an "and". Whether two questions stand there is told by how well each part is understood
beside the whole: see `two_units`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.nlu_client import AMBIGUOUS_WITHIN, ANSWER_FROM, MAX_TEXT, Ranked
from bot.knowledge import Knowledge

Ranking = tuple[Ranked, ...]

_BOUNDARY = re.compile(
    r"\?+\s*(?:(?:and|also|plus|then|but|n|&)\s+)*|[.;!]\s+(?:(?:and|also|plus|then|but)\s+)*"
    r"|,?\s+(?:and also|and then|and|also|plus|then|n|nd|&|\+|btw)\s+(?:(?:also|then|plus)\s+)?",
    re.IGNORECASE,
)
_ASKS_FOR_THE_SAME = re.compile(
    r"(?:take|walk|go|step|talk|help|tell) (?:me|us|it|through|thru)\b|help\b|what does (?:the )?guidance say",
    re.IGNORECASE,
)
"""Second parts that ask how to be helped with the first: "can he consent? take me through it"."""
_FEWEST_WORDS = 2
_MOST_SPLITS = 3
_OF_THE_WHOLE = 0.05
_OF_ANOTHER = 0.1


def one_line(text: str) -> str:
    """As much of `text` as is understood, with one space for each run of white space."""
    return " ".join(text.split())[:MAX_TEXT]


def splits(text: str) -> tuple[tuple[str, str], ...]:
    """The places at which `text` may fall into two questions: at most three pairs of parts, in their order."""
    found = []
    text = one_line(text)  # the boundary would be sought anew from each space of a long run
    for boundary in _BOUNDARY.finditer(text):
        first, second = text[: boundary.start()].strip(" ,.;!?"), text[boundary.end() :].strip(" ,.;!?")
        if min(len(first.split()), len(second.split())) < _FEWEST_WORDS or _ASKS_FOR_THE_SAME.match(second):
            continue
        found.append((first, second))
    return tuple(found[:_MOST_SPLITS])


def is_confident(ranking: Sequence[Ranked]) -> bool:
    """Whether the best intent is acted on: sure enough, and not level with the next (as nlu/config.yml has it)."""
    if not ranking or ranking[0].confidence < ANSWER_FROM:
        return False
    return len(ranking) < 2 or ranking[0].confidence - ranking[1].confidence >= AMBIGUOUS_WITHIN


def two_units(whole: Ranking, parts: Sequence[Ranking], knowledge: Knowledge) -> Ranking:
    """The two topics or checks that a message asks for; none where it asks for one.

    `parts` are the rankings of the parts of each split, pair after pair. Both parts must be understood and differ. The
    message is one question where it is understood better as a whole than its weaker part is.
    """
    pairs = [two for two in zip(parts[::2], parts[1::2], strict=True) if _differ(two, knowledge)]
    told = [(first[0], second[0]) for first, second in pairs if _better(whole, first[0], second[0])]
    return max(told, key=lambda two: two[0].confidence + two[1].confidence, default=())


def _differ(two: tuple[Ranking, Ranking], knowledge: Knowledge) -> bool:
    if not all(map(is_confident, two)):
        return False
    units = {ranking[0].unit for ranking in two}
    return len(units) == 2 and all(unit in knowledge.topics or unit in knowledge.checks for unit in units)


def _better(whole: Ranking, first: Ranked, second: Ranked) -> bool:
    if not whole:
        return True
    best, weaker = whole[0], min(first.confidence, second.confidence)
    if not best.unit:
        return not is_confident(whole)
    margin = _OF_THE_WHOLE if best.unit in (first.unit, second.unit) else _OF_ANOTHER
    return best.confidence < weaker + margin
