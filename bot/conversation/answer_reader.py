"""Which option of a check's question a typed answer is most like, by the ways of saying that the files list.

For each question a ridge regression over words, denied words, neighbours and pieces of words tells its options apart.
It is made when the question is first answered in words, in a hundredth of a second. Beneath it lies what words say at
any question: "nobody" speaks for every No. That is counted once, over all options that share an id. Nothing here is
trained beforehand or kept on disk, and Rasa is not needed.

The numbers were chosen on three sets of typed answers (`sharewell evaluate replies`): between half and twice of each it
makes little difference.
"""

from __future__ import annotations

import math
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul

from bot.conversation.answer_words import SPELLING, found_in, of_one_word, words_in
from bot.knowledge import Check, Option, Question

_RIDGE = 1.0
_SHARED = 0.08
"""How much words count by what they say at any question, beside what they say at this one."""

_DOUBT = 300.0
"""Weight of knowing nothing: options that few questions have say little on words elsewhere."""

_RARE_PAIR, _RARE_PIECE = 5.5, 5.0
"""Counting pairs and pieces of words would take seconds, and tells little more: most are as rare as each other."""

_SOON = ("now", "same-day")
_QUESTIONS_HELD = 32
"""Questions kept ready, the last ones answered: each takes some hundred KiB."""


@dataclass(frozen=True)
class Likeness:
    """`option` is the id of the option that an answer is most like, `margin` how far before the next: 0 to about 1."""

    option: str
    margin: float


@dataclass(frozen=True)
class _Words:
    """What words say at any question: how often each stands beside each id of an option, and in all."""

    beside: Mapping[str, Mapping[str, float]]
    weights: Mapping[str, float]
    overall: Mapping[str, float]
    total: float
    rarity: Mapping[str, float]


@dataclass(frozen=True)
class _Ready:
    """One question, ready to be compared: for each option the weight of each feature, and its own count of words."""

    question: Question
    options: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]
    own: Mapping[str, Mapping[str, float]]
    masses: Mapping[str, float]


class AnswerReader:
    """Compares answers with the options of the questions of `checks`, and is thrown away with them."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self._ready: OrderedDict[int, _Ready] = OrderedDict()

    def prepare(self) -> None:
        """Counts the words of all options, which takes half a second; otherwise the first answer does."""
        _ = self._words

    def most_urgent(self, question: Question) -> frozenset[str]:
        """The options of `question` that end in what has to be done soonest, where that is now or today."""
        urgency = self._urgency.get(id(question), {})
        led = {option.id: urgency.get(option.leads) for option in question.options}
        soonest = next((found for found in _SOON if found in led.values()), None)
        return frozenset(option for option, found in led.items() if soonest is not None and found == soonest)

    def likeness(self, text: str, question: Question) -> Likeness | None:
        """What `text` is most like at `question`; None where it has no words."""
        found = self._weighed(found_in(text))
        if not found:
            return None
        ready = self._made(question)
        scores = [0.0] * len(ready.options)
        for feature, weight in found.items():
            for place, each in enumerate(ready.weights.get(feature, ())):
                scores[place] += weight * each
        shared = self._shared(found, ready.options, ready.own, ready.masses)
        scored = [own + _SHARED * any_ for own, any_ in zip(scores, shared, strict=True)]
        best = max(range(len(scored)), key=scored.__getitem__)
        return Likeness(ready.options[best], scored[best] - max(scored[:best] + scored[best + 1 :], default=0.0))

    def _made(self, question: Question) -> _Ready:
        # By identity: comparing questions costs more than reading an answer. An entry keeps its question alive.
        ready = self._ready.pop(id(question), None) or self._fitted(question)
        self._ready[id(question)] = ready
        if len(self._ready) > _QUESTIONS_HELD:
            self._ready.popitem(last=False)
        return ready

    def _fitted(self, question: Question) -> _Ready:
        options = tuple(option.id for option in question.options)
        said = [(option.id, self._weighed(found_in(way))) for option in question.options for way in ways_of(option)]
        said = [(option, found) for option, found in said if found]
        own, masses = _counted(said)
        wanted = []
        for option, found in said:
            shared = self._shared(found, options, own, masses)
            wanted.append(_unexplained(option, options, shared))
        solved = _ridge([found for _, found in said], wanted)
        weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(options))
        for (_, found), shares in zip(said, solved, strict=True):
            for feature, weight in found.items():
                held = weights[feature]
                for place, share in enumerate(shares):
                    held[place] += weight * share
        return _Ready(question, options, {name: tuple(each) for name, each in weights.items()}, own, masses)

    @cached_property
    def _urgency(self) -> Mapping[int, Mapping[str, str]]:
        """How soon each outcome is to be acted on, for the questions of its check: by identity, as in `_ready`."""
        return {
            id(question): {f"outcome:{outcome.id}": outcome.urgency for outcome in check.outcomes}
            for check in self._checks.values() for question in check.questions
        }  # fmt: skip

    @cached_property
    def _words(self) -> _Words:
        questions = [question for check in self._checks.values() for question in check.questions]
        options = [option for question in questions for option in question.options]
        said = [(option.id, words_in(way)) for option in options for way in ways_of(option)]
        standing = Counter(feature for _, found in said for feature in found)
        rarity = {feature: math.log(1 + len(said) / count) for feature, count in standing.items()}
        beside, weights = _counted((option, _unit(found, rarity)) for option, found in said)
        overall: dict[str, float] = defaultdict(float)
        for counts in beside.values():
            for feature, weight in counts.items():
                overall[feature] += weight
        return _Words(beside, weights, overall, sum(overall.values()), rarity)

    def _weighed(self, found: Mapping[str, float]) -> dict[str, float]:
        return _unit(found, self._words.rarity)

    def _shared(
        self, found: Mapping[str, float], options: Sequence[str],
        own: Mapping[str, Mapping[str, float]], masses: Mapping[str, float],
    ) -> list[float]:  # fmt: skip
        """How much more the words of `found` stand beside each option at other questions than in all, around 0."""
        words = self._words
        scores = []
        for option in options:
            counts, mine = words.beside.get(option, {}), own.get(option, {})
            mass = words.weights.get(option, 0.0) - masses.get(option, 0.0) + _DOUBT
            score = 0.0
            for feature, weight in found.items():
                usual = words.overall.get(feature, 0.0) / words.total
                if usual:
                    here = max(0.0, counts.get(feature, 0.0) - mine.get(feature, 0.0))
                    score += weight * math.log((here + _DOUBT * usual) / mass / usual)
            scores.append(score)
        middle = sum(scores) / len(scores)
        return [score - middle for score in scores]


def _unexplained(right: str, options: Sequence[str], shared: Sequence[float]) -> list[float]:
    """What the words of this question must add, for each option, to what words say anywhere."""
    return [
        float(option == right) - 1 / len(options) - _SHARED * score
        for option, score in zip(options, shared, strict=True)
    ]


def ways_of(option: Option) -> tuple[str, ...]:
    """Every way in which an option is said: its label, its id, and what its file lists."""
    return (option.text, option.id.replace("-", " "), *option.says)


def _unit(found: Mapping[str, float], rarity: Mapping[str, float]) -> dict[str, float]:
    """`found` with each weight by how rare its feature is, as a vector of length 1. Words of no file are left out."""
    weighed = {feature: weight * rare for feature, weight in found.items() if (rare := _rare(feature, rarity)) > 0}
    length = math.sqrt(sum(weight * weight for weight in weighed.values()))
    return {feature: weight / length for feature, weight in weighed.items()}


def _rare(feature: str, rarity: Mapping[str, float]) -> float:
    if of_one_word(feature):
        return rarity.get(feature, 0.0)
    return _RARE_PIECE if feature.startswith(SPELLING) else _RARE_PAIR


def _counted(said: Iterable[tuple[str, Mapping[str, float]]]) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """By id of an option: the weight of each word, and of all words."""
    beside: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for option, found in said:
        counts = beside[option]
        for feature, weight in found.items():
            if of_one_word(feature):
                counts[feature] += weight
    return beside, {option: sum(counts.values()) for option, counts in beside.items()}


def _ridge(rows: Sequence[Mapping[str, float]], wanted: Sequence[Sequence[float]]) -> list[list[float]]:
    """The share of each row in each column of `wanted`: kernel ridge regression, solved by Cholesky's method."""
    alike = _alike(rows)
    lower: list[list[float]] = []
    for place, products in enumerate(alike):
        line: list[float] = []
        for other, product in zip(lower, products, strict=False):
            line.append((product - sum(map(mul, line, other))) / other[-1])
        line.append(math.sqrt(products[place] + _RIDGE - sum(map(mul, line, line))))
        lower.append(line)
    columns = [_solved(lower, column) for column in zip(*wanted, strict=True)]
    return [list(shares) for shares in zip(*columns, strict=True)]


def _alike(rows: Sequence[Mapping[str, float]]) -> list[list[float]]:
    """The product of each row with itself and with those before it: few rows share a feature, so by feature."""
    products = [[0.0] * (place + 1) for place in range(len(rows))]
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, row in enumerate(rows):
        line = products[place]
        for feature, weight in row.items():
            holders = holding[feature]
            holders.append((place, weight))
            for other, held in holders:
                line[other] += weight * held
    return products


def _solved(lower: Sequence[Sequence[float]], wanted: Sequence[float]) -> list[float]:
    forward: list[float] = []
    for line, value in zip(lower, wanted, strict=True):
        forward.append((value - sum(map(mul, line, forward))) / line[-1])
    shares = [0.0] * len(forward)
    for place in reversed(range(len(forward))):
        behind = sum(lower[other][place] * shares[other] for other in range(place + 1, len(forward)))
        shares[place] = (forward[place] - behind) / lower[place][place]
    return shares
