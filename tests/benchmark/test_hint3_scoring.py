"""The measures of `sharewell bench hint3`, against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest

from bot.benchmark.hint3.dataset import OUT_OF_SCOPE
from bot.benchmark.hint3.scoring import (
    GRID,
    Prediction,
    area,
    correlation,
    in_scope_accuracy,
    labels_at,
    out_of_scope_recall,
    score,
)
from bot.benchmark.report import BenchmarkError

OUT = OUT_OF_SCOPE
WANTED = ["a", "a", "b", "b", OUT, OUT, OUT, OUT]
PREDICTIONS = [
    Prediction("a", 0.9), Prediction("b", 0.8), Prediction("b", 0.4), Prediction("b", 0.05),
    Prediction("a", 0.6), Prediction("b", 0.3), Prediction("a", 0.05), Prediction(OUT, 0.0),
]  # fmt: skip


def test_the_grid_has_nine_thresholds() -> None:
    assert list(GRID) == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]


def test_under_the_threshold_is_out_of_scope_and_at_it_is_not() -> None:
    predictions = [Prediction("a", 0.29), Prediction("a", 0.3), Prediction("a", 0.31)]
    assert labels_at(predictions, 0.3) == [OUT, "a", "a"]


def test_accuracy_counts_in_scope_questions_only() -> None:
    assert in_scope_accuracy(WANTED, PREDICTIONS, 0.1) == 2 / 4  # the second is wrong, the fourth rejected
    assert in_scope_accuracy(WANTED, PREDICTIONS, 0.0) == 3 / 4
    assert in_scope_accuracy(WANTED, PREDICTIONS, 0.5) == 1 / 4


def test_recall_counts_out_of_scope_questions_only() -> None:
    assert out_of_scope_recall(WANTED, PREDICTIONS, 0.5) == 3 / 4
    assert out_of_scope_recall(WANTED, PREDICTIONS, 0.1) == 2 / 4


def test_the_correlation_of_two_labels_is_the_usual_one() -> None:
    # 6 true positives, 3 false positives, 1 false negative, 2 true negatives:
    # (6 x 2 - 3 x 1) / sqrt(9 x 7 x 5 x 3) = 9 / sqrt(945)
    wanted = ["y"] * 6 + ["n"] * 3 + ["y"] + ["n"] * 2
    given = ["y"] * 6 + ["y"] * 3 + ["n"] + ["n"] * 2
    assert correlation(wanted, given) == pytest.approx(9 / math.sqrt(945))


def test_the_correlation_of_three_labels() -> None:
    # 4 right of 6; wanted a 2, b 2, c 2; given a 3, b 2, c 1.
    # 4 x 6 - (2 x 3 + 2 x 2 + 2 x 1) = 12; 36 - (9 + 4 + 1) = 22; 36 - 12 = 24.
    assert correlation(["a", "a", "b", "b", "c", "c"], ["a", "a", "b", "a", "c", "b"]) == pytest.approx(
        12 / math.sqrt(22 * 24)
    )


@pytest.mark.parametrize(
    ("wanted", "given", "value"),
    [
        (["a", "b", "c"], ["a", "b", "c"], 1.0),
        (["a", "b"], ["b", "a"], -1.0),
        (["a", "b"], ["a", "a"], 0.0),
        (["a", "a"], ["a", "a"], 0.0),
    ],
)
def test_the_ends_of_the_correlation(wanted: list[str], given: list[str], value: float) -> None:
    assert correlation(wanted, given) == pytest.approx(value)


def test_the_area_is_the_chance_of_being_told_apart() -> None:
    # In scope .9 .8 .4 .05, out of scope .6 .3 .05 0: won 4 + 4 + 3 + 1, and half for the two that are equal, of 16.
    assert area(WANTED, PREDICTIONS) == pytest.approx(12.5 / 16)


def test_the_ends_of_the_area() -> None:
    sure, unsure = Prediction("a", 0.9), Prediction("a", 0.1)
    assert area(["a", OUT], [sure, unsure]) == 1.0
    assert area(["a", OUT], [unsure, sure]) == 0.0
    assert area(["a", OUT], [sure, sure]) == 0.5


def test_a_score_holds_all_measures_and_the_lowest_of_the_best_thresholds() -> None:
    found = score(["a", "b", OUT], [Prediction("a", 0.95), Prediction("b", 0.65), Prediction("b", 0.35)])
    assert (found.accuracy, found.recall, found.area) == (1.0, 1.0, 1.0)
    assert found.correlation == pytest.approx(1.0)
    assert found.best_at == 0.4


def test_what_cannot_be_counted_is_an_error() -> None:
    one = [Prediction("a", 0.5)]
    with pytest.raises(BenchmarkError):
        score(["a", OUT], one)
    with pytest.raises(BenchmarkError):
        in_scope_accuracy([OUT], one, 0.1)
    with pytest.raises(BenchmarkError):
        out_of_scope_recall(["a"], one, 0.5)
    with pytest.raises(BenchmarkError):
        area(["a"], one)
