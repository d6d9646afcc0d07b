"""Fits the weights: logistic regression over signs that are there or not, with small weights left out."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.privacy import lexicon as lists
from bot.privacy import tokens
from bot.privacy.building import material
from bot.privacy.building.material import Message
from bot.privacy.lexicon import Lexicon
from bot.privacy.name_context import Reader
from bot.privacy.names_kind import Kind, classify
from bot.privacy.scorer import SCALE, Scorer, candidate_kind, threes
from bot.privacy.signs import CANDIDATES, Surroundings
from bot.privacy.view import look_at

Example = tuple[list[str], bool]
_ROUNDS = 6
_RATE = 0.3
_SHRINK = 2e-5
_SEED = 20261120
_LEAST_SEEN = 6
_LEAST_WEIGHT = 50
_VOCABULARY_SEEN = 6
_VOCABULARY_RANK = 4_000
_ALARM_COST = 1.5


def fit(examples: Sequence[Example], least_seen: int = _LEAST_SEEN) -> dict[str, int]:
    """Weights in hundredths for the signs seen often enough; the sign "" is the constant."""
    seen = Counter(sign for signs, _ in examples for sign in signs)
    data = [([sign for sign in signs if seen[sign] >= least_seen] + [""], label) for signs, label in examples]
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    order = list(range(len(data)))
    chance = random.Random(_SEED)
    for _ in range(_ROUNDS):
        chance.shuffle(order)
        for number in order:
            signs, label = data[number]
            total = sum(weights.get(sign, 0.0) for sign in signs)
            error = (1.0 if label else 0.0) - 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
            if not label:
                error *= _ALARM_COST
            for sign in signs:
                old = weights.get(sign, 0.0)
                slope = error - _SHRINK * (1 if old > 0 else -1 if old < 0 else 0) - 3e-4 * old
                square = squares.get(sign, 1e-8) + slope * slope
                squares[sign] = square
                weights[sign] = old + _RATE * slope / math.sqrt(square)
    return {sign: round(weight * SCALE) for sign, weight in weights.items() if abs(weight) * SCALE >= _LEAST_WEIGHT}


def letters(names: Iterable[str], words: Iterable[str]) -> dict[str, int]:
    """Weights of three letters in a row that tell a name from a word."""
    examples = [(threes(name), True) for name in sorted(names)] + [(threes(word), False) for word in sorted(words)]
    return fit(examples, 3)


def vocabulary(messages: Iterable[Message], lexicon: Lexicon) -> frozenset[str]:
    """The common words of the messages: neighbours that count by themselves and may be named to a user."""
    seen: Counter[str] = Counter()
    for message in messages:
        for token in tokens.split(look_at(message.text)):
            seen[token.core] += token.is_word
    return frozenset(
        word
        for word, count in seen.items()
        if count >= _VOCABULARY_SEEN
        and word.isalpha()
        and word not in lexicon.christened
        and (lexicon.rank.get(word, _VOCABULARY_RANK) < _VOCABULARY_RANK or word in lexicon.jargon)
    )


def examples(messages: Iterable[Message], scorer: Scorer, lexicon: Lexicon) -> list[Example]:
    """Each candidate of the messages with its signs, and whether it is a name."""
    found: list[Example] = []
    for message in messages:
        words = tokens.split(look_at(message.text))
        kinds = [classify(word, lexicon) for word in words]
        candidates = [candidate_kind(word, kind, lexicon) for word, kind in zip(words, kinds, strict=True)]
        around = Surroundings(words, candidates, lexicon, scorer.vocabulary, Reader(words, lexicon).capitals_tell)
        for number, word in enumerate(words):
            if candidates[number] not in CANDIDATES or _within(word.start, message.other):
                continue
            likeness = scorer.likeness(word.core) if kinds[number] in (Kind.UNKNOWN, Kind.INITIALS) else 0
            found.append((around.signs(number, likeness), _within(word.start, message.spans)))
    return found


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def make(left_out: int | None = None) -> Scorer:
    """The scorer of all the material, or of all but one fold: neither its messages nor its names are used then."""
    lexicon = lists.load()
    chance = random.Random(_SEED)
    names = [name for name in sorted(lexicon.names) if len(name) > 3 and material.fold_of(name) != left_out]
    common = sorted(lexicon.rank, key=lambda word: lexicon.rank[word])
    words = [word for word in common if len(word) > 3 and word.isalpha()]
    slips = [material.slip(word, chance) for word in words[:8_000]]
    weights = letters(names, [*words[:20_000], *slips])
    development = [one for one in material.development() if one.fold != left_out]
    calm = [one for one in material.harmless() if one.fold != left_out]
    scorer = Scorer(weights, {}, vocabulary([*development, *calm], lexicon))
    unlisted = material.other_names(left_out, inside=False)
    christened = [word for word in sorted(lexicon.christened) if material.fold_of(word) != left_out]
    messages = [*calm, *(material.with_slips(one, lexicon, _SEED) for one in calm)]
    for one in development:
        messages += material.with_other_names(one, unlisted, christened, _SEED) if one.spans else [one] * 3
    return Scorer(weights, fit(examples(messages, scorer, lexicon)), scorer.vocabulary)
