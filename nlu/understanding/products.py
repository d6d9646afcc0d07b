"""Products of a few texts with a matrix of all examples.

The matrix library copies a matrix anew for every product with more than one row, which for two to eight rows takes
longer than the product. Taken a row at a time, and in parts that stay in the processor's cache from one row to the
next, it reads the matrix from memory once: four texts take a third of the time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

FEW = 8
"""Up to so many texts are taken a row at a time."""

_NUMBERS_AT_ONCE = 1 << 19
"""Two megabytes of float32: about the second-level cache of one core."""


class Wide:
    """A matrix (numbers of a text, examples), float32, more wide than high."""

    def __init__(self, matrix: Any) -> None:
        columns = max(1, _NUMBERS_AT_ONCE // max(1, len(matrix)))
        starts = range(0, matrix.shape[1], columns)
        self._parts = [matrix[:, start : start + columns] for start in starts]

    def times(self, texts: Any) -> Any:
        """The product of `texts` (texts, numbers of a text) with the matrix: (texts, examples)."""
        return np.concatenate([_product(texts, part) for part in self._parts], axis=1)


class High:
    """A matrix (examples, intents), float32, more high than wide."""

    def __init__(self, matrix: Any) -> None:
        self._matrix = matrix
        self._rows = max(1, _NUMBERS_AT_ONCE // max(1, matrix.shape[1]))

    def times(self, texts: Any) -> Any:
        """The product of `texts` (texts, examples) with the matrix: (texts, intents)."""
        if not 1 < len(texts) <= FEW:
            return texts @ self._matrix
        product = np.zeros((len(texts), self._matrix.shape[1]), dtype=np.float32)
        for start in range(0, len(self._matrix), self._rows):
            end = start + self._rows
            product += _product(texts[:, start:end], self._matrix[start:end])
        return product


def _product(texts: Any, part: Any) -> Any:
    return np.stack([row @ part for row in texts]) if 0 < len(texts) <= FEW else texts @ part
