"""The second pair of eyes: a linear classifier over words, pieces of words, and what the cues found.

The cues of a trigger find what is said outright, without any training. What is told round about ("gave her guinea pig
away, said she will not need it") has no words to look for: the classifier learnt it from the examples of the triggers
and from the calm messages beside them. It also learnt how far each kind of cue is to be believed. It is trained with
Rasa's model and is a file of numbers; it needs no Rasa.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import sys
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from pathlib import Path

from bot.errors import SharewellError
from bot.urgent.features import SIZE, features

TRIGGER_SIZE = 1 << 15
"""Features that tell one trigger from another: fewer will do, because a message is known to be urgent by then."""

_WINDOW = 300
"""Characters read at once. A long message is read in windows that overlap, so that a report inside it is found."""


Windows = Sequence[Mapping[int, float]]
"""Features of a message, window by window."""


class ClassifierError(SharewellError):
    """The file of the classifier cannot be used."""


@dataclass(frozen=True)
class Classifier:
    """Weights of a trained classifier. `threshold` is the score, from 0 to 1, from which a message is urgent.

    `evidence` and each of `trigger_evidence` hold a weight for every name of bot/urgent/evidence.py that was learnt.
    """

    weights: Sequence[float]
    bias: float
    threshold: float
    evidence: Mapping[str, float]
    triggers: tuple[str, ...]
    trigger_weights: tuple[Sequence[float], ...]
    trigger_biases: tuple[float, ...]
    trigger_evidence: tuple[Mapping[str, float], ...]

    def score(self, windows: Windows, evidence: Collection[str] = ()) -> float:
        """How sure it is that a message tells of danger or harm, from 0 to 1: that of the surest window."""
        said = self.bias + sum(self.evidence.get(name, 0.0) for name in evidence)
        return max((_share(said + _sum(self.weights, found)) for found in windows), default=0.0)

    def fits(self, windows: Windows, evidence: Collection[str] = ()) -> dict[str, float]:
        """How well each trigger fits an urgent message, by its surest window; the values add up to 1."""
        found: Mapping[int, float] = max(windows, key=lambda window: _sum(self.weights, window), default={})
        folded: dict[int, float] = {}
        for number, weight in found.items():
            folded[number % TRIGGER_SIZE] = folded.get(number % TRIGGER_SIZE, 0.0) + weight
        shares = {
            name: _share(bias + _sum(weights, folded) + sum(known.get(item, 0.0) for item in evidence))
            for name, weights, bias, known in zip(
                self.triggers, self.trigger_weights, self.trigger_biases, self.trigger_evidence, strict=True
            )
        }
        total = sum(shares.values()) or 1.0
        return {name: share / total for name, share in shares.items()}


def windows_of(text: str) -> Windows:
    """The features of each window of a text that has any."""
    step = _WINDOW // 2
    starts = [0] if len(text) <= _WINDOW else range(0, len(text) - step, step)
    return [found for start in starts if (found := features(text[start : start + _WINDOW]))]


def load_classifier(path: Path) -> Classifier:
    """Reads the file that training wrote. Raises ClassifierError when it is damaged or of another size."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        triggers = tuple(map(str, data["triggers"]))
        found = Classifier(
            weights=_floats(data["weights"], SIZE),
            bias=float(data["bias"]),
            threshold=float(data["threshold"]),
            evidence=_named(data.get("evidence", {})),
            triggers=triggers,
            trigger_weights=tuple(_floats(text, TRIGGER_SIZE) for text in data["trigger_weights"]),
            trigger_biases=tuple(map(float, data["trigger_biases"])),
            trigger_evidence=tuple(map(_named, data.get("trigger_evidence", [{}] * len(triggers)))),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise ClassifierError(
            f"The danger classifier {path.name} cannot be read.", "Run `./sharewell setup` to train it again."
        ) from error
    parts = (found.trigger_weights, found.trigger_biases, found.trigger_evidence)
    if any(len(part) != len(triggers) for part in parts):
        raise ClassifierError(f"The danger classifier {path.name} is incomplete.", "Run `./sharewell setup`.")
    return found


def _sum(weights: Sequence[float], found: Mapping[int, float]) -> float:
    return float(sum(map(mul, map(weights.__getitem__, found), found.values())))


def _share(raised: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, raised))))


def _named(weights: Mapping[str, object]) -> dict[str, float]:
    return {str(name): float(str(weight)) for name, weight in weights.items()}


def _floats(text: str, size: int) -> array[float]:
    """`size` weights. A file of an earlier version may have fewer: what it did not learn weighs nothing."""
    numbers: array[float] = array("f")
    numbers.frombytes(base64.b64decode(text, validate=True))
    if sys.byteorder == "big":
        numbers.byteswap()
    if not 0 < len(numbers) <= size:
        raise ValueError("another number of weights")
    numbers.extend([0.0] * (size - len(numbers)))
    return numbers
