"""Three sizes of the same guidance: forty of its topics, all of it, and ten times all of it.

The tenfold one is made: each unit has nine copies of its own name. A copy's examples are those of its unit with words
replaced by invented words that no other unit uses, so that it can be told apart. Its texts are those of its unit.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from bot.benchmark.report import BenchmarkError
from bot.knowledge import Check, Knowledge, Topic

FEW_TOPICS = 40
TIMES = 10
_SEED = 20261120
_INVENTED_EACH = 6
_LONG_WORD = 5
_WORD = re.compile(r"[^\W\d_]+")
_CONSONANTS = "bdfgklmnprstvz"
_SYLLABLES = tuple(consonant + vowel for consonant in _CONSONANTS for vowel in "aeiou")
_SYLLABLES_EACH = 4
_STRIDE = 7_919
"""A prime, so that neighbouring numbers become words that have little in common."""

_Unit = TypeVar("_Unit", Topic, Check)


def few(knowledge: Knowledge) -> Knowledge:
    """Forty topics by chance, always the same, and no check. Raises BenchmarkError where there are fewer."""
    if len(knowledge.topics) < FEW_TOPICS:
        raise BenchmarkError(f"There are fewer than {FEW_TOPICS} topics.", "Run it with the whole of the guidance.")
    chosen = random.Random(_SEED).sample(sorted(knowledge.topics), FEW_TOPICS)
    topics = {name: knowledge.topics[name].model_copy(update={"check": None}) for name in sorted(chosen)}
    return replace(knowledge, topics=topics, checks={})


def tenfold(knowledge: Knowledge, examples: int) -> Knowledge:
    """Ten times the topics and checks: what there is, and nine made copies of each with `examples` examples."""
    invented = _invented_words(knowledge)
    return replace(
        knowledge,
        topics=_with_copies(knowledge.topics, examples, invented),
        checks=_with_copies(knowledge.checks, examples, invented),
    )


def _with_copies(units: Mapping[str, _Unit], examples: int, invented: Iterator[str]) -> dict[str, _Unit]:
    found = dict(units)
    for name, unit in units.items():
        for number in range(2, TIMES + 1):
            own = [next(invented) for _ in range(_INVENTED_EACH)]
            changed: dict[str, Any] = {"id": f"{name}-{number}", "examples": _reworded(unit.examples, own, examples)}
            found[changed["id"]] = unit.model_copy(update=changed)
    return found


def _reworded(texts: Sequence[str], own: Sequence[str], count: int) -> tuple[str, ...]:
    """`count` of `texts` from all over them, or as many as there are, with the words in `own` in them."""
    step = max(1, len(texts) // count)
    reworded = (_with_words(text, own) for text in [*texts[::step], *texts])
    return tuple(dict.fromkeys(reworded))[:count]


def _with_words(text: str, own: Sequence[str]) -> str:
    """`text` with each long word replaced by one of `own`, always the same one; without a long word, its longest."""
    words = _WORD.findall(text)
    longest = max(words, key=len, default="")
    if not longest:
        return f"{text} {own[0]}"
    replaced = {word for word in words if len(word) >= _LONG_WORD} or {longest}
    instead = {word: own[sum(map(ord, word)) % len(own)] for word in replaced}
    return _WORD.sub(lambda found: instead.get(found.group(), found.group()), text)


def _invented_words(knowledge: Knowledge) -> Iterator[str]:
    """Words of four syllables that no example of the guidance has; none comes twice."""
    units: list[Topic | Check] = [*knowledge.topics.values(), *knowledge.checks.values()]
    known = {word for unit in units for text in unit.examples for word in _WORD.findall(text.casefold())}
    total = len(_SYLLABLES) ** _SYLLABLES_EACH
    for number in range(1, total):
        word = _spelled(number * _STRIDE % total)
        if word not in known:
            yield word


def _spelled(number: int) -> str:
    syllables = []
    for _ in range(_SYLLABLES_EACH):
        number, place = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[place])
    return "".join(syllables)
