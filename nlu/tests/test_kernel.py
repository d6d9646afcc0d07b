"""The kernel regression against scikit-learn's, and what it does with more examples than it compares at once."""

from __future__ import annotations

from typing import Any, Tuple

import numpy as np
import pytest
from sklearn.kernel_ridge import KernelRidge

from understanding import kernel
from understanding.kernel import fit_kernel, likeness

CLASSES = 4


def _examples(each: int) -> Tuple[Any, Any]:
    random = np.random.default_rng(3)
    rows = np.repeat(np.arange(CLASSES), each)
    places = random.normal(size=(CLASSES, 6))[rows] + 0.4 * random.normal(size=(len(rows), 6))
    places /= np.linalg.norm(places, axis=1, keepdims=True)
    return places.astype(np.float32), rows


def _fitted(places: Any, rows: Any) -> Tuple[Any, Any]:
    return fit_kernel(lambda some, others: places[some] @ places[others].T, rows, CLASSES)


def test_likeness_is_one_for_the_same_and_curved_below() -> None:
    products = np.array([1.0, 0.9, 0.0, -1.0], dtype=np.float32)
    found = likeness(products)
    assert found == pytest.approx(np.exp(2.0 * (products - 1.0)), abs=1e-6)
    assert list(products) == [np.float32(value) for value in (1.0, 0.9, 0.0, -1.0)]


def test_it_is_the_kernel_ridge_of_scikit_learn() -> None:
    places, rows = _examples(30)
    chosen, weights = _fitted(places, rows)
    assert list(chosen) == list(range(120))
    reference = KernelRidge(alpha=kernel.REGULARISATION, kernel="precomputed")
    reference.fit(likeness(places @ places.T).astype(np.float64), np.eye(CLASSES)[rows])
    ours = likeness(places @ places.T) @ weights
    assert np.abs(ours - reference.predict(likeness(places @ places.T))).max() < 1e-3


def test_with_many_examples_some_from_every_class_stand_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    places, rows = _examples(30)
    monkeypatch.setattr(kernel, "MOST_EXAMPLES", 100)
    monkeypatch.setattr(kernel, "LANDMARKS", 40)
    monkeypatch.setattr(kernel, "_ROWS_AT_ONCE", 16)
    chosen, weights = _fitted(places, rows)
    assert weights.shape == (40, CLASSES)
    assert set(rows[chosen]) == set(range(CLASSES))
    found = likeness(places @ places[chosen].T) @ weights
    assert (found.argmax(axis=1) == rows).mean() > 0.95


def test_landmarks_at_every_example_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    places, rows = _examples(10)
    _, exact = _fitted(places, rows)
    monkeypatch.setattr(kernel, "MOST_EXAMPLES", 1)
    monkeypatch.setattr(kernel, "LANDMARKS", 40)
    chosen, weights = _fitted(places, rows)
    compared = likeness(places @ places[chosen].T)
    assert np.abs(compared @ weights - compared @ exact).max() < 0.02
