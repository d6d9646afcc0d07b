"""The measures of HINT3's paper, on one prediction for each test question.

A prediction whose confidence is under the threshold counts as OUT_OF_SCOPE.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.benchmark.hint3.dataset import OUT_OF_SCOPE
from bot.benchmark.report import BenchmarkError

ACCURACY_THRESHOLD = 0.1
RECALL_THRESHOLD = 0.5
GRID = tuple(step / 10 for step in range(1, 10))
"""The thresholds of which the one with the best Matthews correlation is reported."""


@dataclass(frozen=True)
class Prediction:
    """The best intent for a question and its confidence, from 0 to 1."""

    label: str
    confidence: float


NOTHING = Prediction(OUT_OF_SCOPE, 0.0)
"""The prediction for a question that no intent was given."""


@dataclass(frozen=True)
class Score:
    """The measures of one pipeline on one bot. `best_at`: the threshold of the best correlation, the lowest of equals.

    `accuracy`, `recall` and `area` go from 0 to 1, `correlation` from -1 to 1.
    """

    accuracy: float
    recall: float
    correlation: float
    best_at: float
    area: float


def score(wanted: Sequence[str], predictions: Sequence[Prediction]) -> Score:
    """The measures, where `wanted` holds the label of each question. Raises BenchmarkError on unlike lengths."""
    if len(wanted) != len(predictions):
        raise BenchmarkError("Not every question has a prediction.", "Run it again.")
    correlations = {at: correlation(wanted, labels_at(predictions, at)) for at in GRID}
    best_at = max(GRID, key=lambda at: correlations[at])
    return Score(
        in_scope_accuracy(wanted, predictions, ACCURACY_THRESHOLD),
        out_of_scope_recall(wanted, predictions, RECALL_THRESHOLD),
        correlations[best_at],
        best_at,
        area(wanted, predictions),
    )


def labels_at(predictions: Sequence[Prediction], threshold: float) -> list[str]:
    """The label of each prediction, or OUT_OF_SCOPE where it is under the threshold."""
    return [item.label if item.confidence >= threshold else OUT_OF_SCOPE for item in predictions]


def in_scope_accuracy(wanted: Sequence[str], predictions: Sequence[Prediction], threshold: float) -> float:
    """The share of the in-scope questions that get their intent."""
    pairs = zip(wanted, labels_at(predictions, threshold), strict=True)
    return _share([label == given for label, given in pairs if label != OUT_OF_SCOPE])


def out_of_scope_recall(wanted: Sequence[str], predictions: Sequence[Prediction], threshold: float) -> float:
    """The share of the out-of-scope questions that are rejected."""
    pairs = zip(wanted, labels_at(predictions, threshold), strict=True)
    return _share([given == OUT_OF_SCOPE for label, given in pairs if label == OUT_OF_SCOPE])


def correlation(wanted: Sequence[str], given: Sequence[str]) -> float:
    """Matthews correlation over many labels: 1 where all are right, 0 where the labels given say nothing."""
    total, right = len(wanted), sum(label == other for label, other in zip(wanted, given, strict=True))
    true, predicted = Counter(wanted), Counter(given)
    shared = right * total - sum(true[label] * predicted[label] for label in true)
    spread = math.sqrt(total**2 - sum(count**2 for count in predicted.values()))
    spread *= math.sqrt(total**2 - sum(count**2 for count in true.values()))
    return shared / spread if spread else 0.0


def area(wanted: Sequence[str], predictions: Sequence[Prediction]) -> float:
    """The area under the curve that tells in scope from out of scope by confidence.

    It is the chance that a random in-scope question is given more confidence than a random out-of-scope one; equals
    count half.
    """
    inside = [item.confidence for label, item in zip(wanted, predictions, strict=True) if label != OUT_OF_SCOPE]
    outside = sorted(item.confidence for label, item in zip(wanted, predictions, strict=True) if label == OUT_OF_SCOPE)
    if not inside or not outside:
        raise BenchmarkError("There are no questions to tell apart.", "Run it with the whole of the test data.")
    won = sum((bisect_left(outside, value) + bisect_right(outside, value)) / 2 for value in inside)
    return won / (len(inside) * len(outside))


def _share(hits: Sequence[bool]) -> float:
    if not hits:
        raise BenchmarkError("There are no questions to count.", "Run it with the whole of the test data.")
    return sum(hits) / len(hits)
