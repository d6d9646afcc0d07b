"""Kernel ridge regression: the score of an intent is a weighted sum of a text's likeness to every example.

Likeness of two texts whose product is c is exp(2 (c - 1)): 1 for the same text, and curved, so that near examples say
more than far ones. The weights are found at once, by solving one set of linear equations.
"""

from __future__ import annotations

from typing import Any, Callable, Tuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve

REGULARISATION = 0.1
SHARPNESS = 2.0
MOST_EXAMPLES = 16_000
"""Up to here every example is compared with every other: 12,000 take ten seconds and somewhat over a gigabyte."""

LANDMARKS = 8_000
"""Of more examples than that, so many, from all over them, are what a text is compared with."""

_ROWS_AT_ONCE = 1_024
_JITTER = 1e-5
"""Of the mean of the diagonal: what float32 loses over tens of thousands of examples stays below it."""

Products = Callable[[Any, Any], Any]
"""The products of the examples of some numbers with those of others, float32 (some, others), each at most 1."""


def likeness(products: Any) -> Any:
    """The likeness of texts with these products, from 0 to 1."""
    curved = np.float32(SHARPNESS) * (products - np.float32(1.0))
    return np.exp(curved, out=curved)


def fit_kernel(products: Products, rows: Any, classes: int) -> Tuple[Any, Any]:
    """Fit on examples of which `rows` holds the class numbers; examples of one class lie together.

    Returns the numbers of the examples that texts are to be compared with, and their weights (these, classes), float32.
    """
    wanted = np.zeros((len(rows), classes), dtype=np.float32)
    wanted[np.arange(len(rows)), rows] = 1.0
    every = np.arange(len(rows))
    if len(rows) <= MOST_EXAMPLES:
        return every, _solved(_ridged(_compared(products, every)), wanted)
    chosen = np.linspace(0, len(rows) - 1, LANDMARKS).astype(np.int64)
    return chosen, _by_landmarks(products, chosen, wanted)


def _by_landmarks(products: Products, chosen: Any, wanted: Any) -> Any:
    """Weights at the chosen examples only, which come nearest to what is wanted of every example."""
    matrix = np.float32(REGULARISATION) * _compared(products, chosen)
    target = np.zeros((len(chosen), wanted.shape[1]), dtype=np.float32)
    for start in range(0, len(wanted), _ROWS_AT_ONCE):
        some = np.arange(start, min(start + _ROWS_AT_ONCE, len(wanted)))
        part = likeness(products(some, chosen))
        matrix += part.T @ part
        target += part.T @ wanted[some]
    diagonal = np.diag_indices(len(matrix))
    matrix[diagonal] += np.float32(_JITTER) * matrix[diagonal].mean()
    return _solved(matrix, target)


def _compared(products: Products, numbers: Any) -> Any:
    """The likeness of the examples of these numbers to one another; of two examples only the earlier has the other."""
    matrix = np.zeros((len(numbers), len(numbers)), dtype=np.float32)
    for start in range(0, len(numbers), _ROWS_AT_ONCE):
        end = start + _ROWS_AT_ONCE
        matrix[start:end, start:] = likeness(products(numbers[start:end], numbers[start:]))
    return matrix


def _ridged(matrix: Any) -> Any:
    matrix[np.diag_indices(len(matrix))] += np.float32(REGULARISATION)
    return matrix


def _solved(matrix: Any, target: Any) -> Any:
    # Of the transposed matrix, which lies as the solver wants it, the solver reads the lower half: our upper one.
    factor = cho_factor(matrix.T, lower=True, overwrite_a=True, check_finite=False)
    return np.ascontiguousarray(cho_solve(factor, target, check_finite=False), dtype=np.float32)
