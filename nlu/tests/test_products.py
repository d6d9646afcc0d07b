"""The products of a few texts, taken in parts, are those of the whole matrices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from understanding import products
from understanding.products import FEW, High, Wide


@pytest.mark.parametrize("texts", [0, 1, 2, 4, FEW, FEW + 1, 30])
@pytest.mark.parametrize("examples", [1, 7, 1000])
def test_parts_give_what_the_whole_gives(texts: int, examples: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "_NUMBERS_AT_ONCE", 640)  # many parts, the last one not full
    numbers = np.random.default_rng(7)
    of_texts = numbers.random((texts, 12), dtype=np.float32)
    wide = numbers.random((12, examples), dtype=np.float32)
    high = numbers.random((examples, 5), dtype=np.float32)
    cosines = Wide(wide).times(of_texts)
    assert cosines.shape == (texts, examples) and cosines.dtype == np.float32
    np.testing.assert_allclose(cosines, of_texts @ wide, rtol=1e-5)
    scores = High(high).times(cosines)
    assert scores.shape == (texts, 5) and scores.dtype == np.float32
    np.testing.assert_allclose(scores, cosines @ high, rtol=1e-4)


def test_few_texts_are_taken_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "_NUMBERS_AT_ONCE", 640)
    sizes = []

    def noted(texts: Any, part: Any) -> Any:
        sizes.append(part.size)
        return texts @ part

    monkeypatch.setattr(products, "_product", noted)
    ones = np.ones((2, 1000), dtype=np.float32)
    High(np.ones((1000, 5), dtype=np.float32)).times(ones)
    Wide(np.ones((12, 1000), dtype=np.float32)).times(ones[:, :12])
    assert len(sizes) > 2 and max(sizes) <= 640
