"""The space in which texts are compared: the layers' means, centred on the examples and laid on their main axes.

Texts of one subject share much of every layer's mean. With the examples' mean taken away, what is left tells them
apart; the axes on which the examples differ most hold nearly all of it in a quarter of the numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from understanding.encoder import DEPTHS, DIMENSIONS

AXES = 384
SHARES = (0.4, 0.25, 0.2, 0.15)
"""The part of each layer of `DEPTHS` in the product of two texts."""

_LEAST_LENGTH = 1e-12


class Space:
    """`centre` (layers, 384) and `axes` (layers x 384, AXES), both float32."""

    def __init__(self, centre: Any, axes: Any) -> None:
        self.centre = centre
        self.axes = axes

    @classmethod
    def fit(cls, vectors: Any) -> Space:
        """The space of examples: `vectors` is what `encode_depths` gave for them."""
        centre = _layers_of(vectors).mean(axis=0)
        whole = _whole(vectors, centre)
        # The eigenvectors of the largest values come last.
        _, axes = np.linalg.eigh((whole.T @ whole).astype(np.float64))
        return cls(centre, np.ascontiguousarray(axes[:, -AXES:], dtype=np.float32))

    def whole(self, vectors: Any) -> Any:
        """Centred vectors of length 1, (texts, layers x 384), in which each layer has its share."""
        return _whole(vectors, self.centre)

    def placed(self, whole: Any) -> Any:
        """What `whole` gave, on the main axes: (texts, AXES), of a length of at most 1."""
        return whole @ self.axes


def _layers_of(vectors: Any) -> Any:
    return np.asarray(vectors, dtype=np.float32).reshape(len(vectors), len(DEPTHS), DIMENSIONS)


def _whole(vectors: Any, centre: Any) -> Any:
    layers = _layers_of(vectors) - centre
    layers /= np.maximum(np.linalg.norm(layers, axis=2, keepdims=True), _LEAST_LENGTH)
    layers *= np.sqrt(np.array(SHARES, dtype=np.float32))[:, None]
    return layers.reshape(len(layers), -1)
