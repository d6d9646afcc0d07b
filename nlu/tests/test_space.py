"""The space: each layer has its share, and the axes keep what tells examples apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from understanding.encoder import DEPTHS, DIMENSIONS, WIDTH
from understanding.space import AXES, SHARES, Space


@pytest.fixture(scope="module")
def vectors() -> Any:
    layers = np.random.default_rng(5).normal(loc=0.5, size=(50, len(DEPTHS), DIMENSIONS))
    return (layers / np.linalg.norm(layers, axis=2, keepdims=True)).reshape(50, WIDTH).astype(np.float32)


def test_each_layer_has_its_share_of_a_length_of_one(vectors: Any) -> None:
    parts = Space.fit(vectors).whole(vectors).reshape(50, len(DEPTHS), DIMENSIONS)
    assert sum(SHARES) == pytest.approx(1.0)
    assert np.allclose(np.square(parts).sum(axis=2), SHARES, atol=1e-5)


def test_what_all_examples_share_is_taken_away(vectors: Any) -> None:
    whole = Space.fit(vectors).whole(vectors)
    products = whole @ whole.T
    assert (vectors @ vectors.T).min() > 0.4
    assert abs(products[~np.eye(50, dtype=bool)].mean()) < 0.1


def test_the_axes_keep_the_products_of_the_examples(vectors: Any) -> None:
    space = Space.fit(vectors)
    whole = space.whole(vectors)
    places = space.placed(whole)
    assert places.shape == (50, AXES)
    assert np.abs(places @ places.T - whole @ whole.T).max() < 1e-4


def test_a_text_that_is_the_mean_of_all_has_a_place() -> None:
    one = np.full((1, WIDTH), 0.05, dtype=np.float32)
    assert np.isfinite(Space.fit(one).whole(one)).all()
