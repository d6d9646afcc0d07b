"""The second pair of eyes: a linear classifier over words and pieces of words, for reports told indirectly.

The cues of a trigger find what is said outright, without any training. What is told round about ("gave her guinea pig
away, said she will not need it") has no words to look for: the classifier learnt it from the examples of the triggers
and from the calm messages beside them. It is trained with Rasa's model and is a file of numbers; it needs no Rasa.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SharewellError
from bot.urgent.features import SIZE, features

TRIGGER_SIZE = 1 << 15
"""Features that tell one trigger from another: fewer will do, because a message is known to be urgent by then."""

_WINDOW = 300
"""Characters read at once. A long message is read in windows that overlap, so that a report inside it is found."""


class ClassifierError(SharewellError):
    """The file of the classifier cannot be used."""


@dataclass(frozen=True)
class Classifier:
    """Weights of a trained classifier. `threshold` is the score, from 0 to 1, from which a message is urgent."""

    weights: Sequence[float]
    bias: float
    threshold: float
    triggers: tuple[str, ...]
    trigger_weights: tuple[Sequence[float], ...]
    trigger_biases: tuple[float, ...]

    def score(self, text: str) -> float:
        """How sure it is that `text` tells of danger or harm, from 0 to 1: that of the surest window."""
        return max((self._score(window) for window in _windows(text)), default=0.0)

    def trigger(self, text: str) -> str:
        """The id of the trigger that fits an urgent text best."""
        window = max(_windows(text), key=self._score)
        found = features(window)
        scores = [
            bias + sum(weights[number % TRIGGER_SIZE] * weight for number, weight in found.items())
            for weights, bias in zip(self.trigger_weights, self.trigger_biases, strict=True)
        ]
        return self.triggers[scores.index(max(scores))]

    def _score(self, window: str) -> float:
        found = features(window)
        if not found:
            return 0.0
        raised = self.bias + sum(self.weights[number] * weight for number, weight in found.items())
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, raised))))


def load_classifier(path: Path) -> Classifier:
    """Reads the file that training wrote. Raises ClassifierError when it is damaged or of another size."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = Classifier(
            weights=_floats(data["weights"], SIZE),
            bias=float(data["bias"]),
            threshold=float(data["threshold"]),
            triggers=tuple(map(str, data["triggers"])),
            trigger_weights=tuple(_floats(text, TRIGGER_SIZE) for text in data["trigger_weights"]),
            trigger_biases=tuple(map(float, data["trigger_biases"])),
        )
    except (OSError, ValueError, KeyError, TypeError, binascii.Error) as error:
        raise ClassifierError(
            f"The danger classifier {path.name} cannot be read.", "Run `./sharewell setup` to train it again."
        ) from error
    if not len(found.triggers) == len(found.trigger_weights) == len(found.trigger_biases):
        raise ClassifierError(f"The danger classifier {path.name} is incomplete.", "Run `./sharewell setup`.")
    return found


def _windows(text: str) -> list[str]:
    if len(text) <= _WINDOW:
        return [text] if text.strip() else []
    step = _WINDOW // 2
    return [text[start : start + _WINDOW] for start in range(0, len(text) - step, step)]


def _floats(text: str, size: int) -> array[float]:
    numbers: array[float] = array("f")
    numbers.frombytes(base64.b64decode(text, validate=True))
    if sys.byteorder == "big":
        numbers.byteswap()
    if len(numbers) != size:
        raise ValueError("another number of weights")
    return numbers
