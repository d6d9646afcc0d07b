"""The encoder: known likeness, and that batches and padding change nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.special import erf

from understanding import encoder
from understanding.encoder import DEPTHS, DIMENSIONS, WIDTH, WeightsError, check_weights, shared_encoder

QUESTIONS = ["how old must a child be to consent", "what age can a kid agree", "my car will not start this morning"]


def test_vectors_are_of_length_one() -> None:
    vectors = shared_encoder().encode(QUESTIONS)
    assert vectors.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_the_means_of_each_layer_are_of_length_one_and_the_last_layer_is_first() -> None:
    depths = shared_encoder().encode_depths(QUESTIONS)
    assert depths.shape == (3, WIDTH)
    parts = depths.reshape(3, len(DEPTHS), DIMENSIONS)
    assert np.allclose(np.linalg.norm(parts, axis=2), 1.0, atol=1e-5)
    assert np.array_equal(parts[:, 0], shared_encoder().encode(QUESTIONS))
    assert all(np.abs(parts[0, 0] - parts[0, layer]).max() > 0.01 for layer in range(1, len(DEPTHS)))


def test_the_order_of_words_changes_every_layer_but_the_words_themselves() -> None:
    one, other = shared_encoder().encode_depths(["tell mum not dad", "tell dad not mum"]).reshape(2, len(DEPTHS), -1)
    near = np.einsum("ij,ij->i", one, other)
    assert near[DEPTHS.index(0)] == near.max() < 1.0


def test_like_questions_are_near_and_unlike_ones_far() -> None:
    child, kid, car = shared_encoder().encode(QUESTIONS)
    assert child @ kid > 0.6
    assert child @ car < 0.2


def test_a_text_has_the_same_vector_alone_and_among_longer_ones() -> None:
    texts = ["no", *QUESTIONS, "can i tell the school " * 30]
    together = shared_encoder().encode_depths(texts)
    alone = np.vstack([shared_encoder().encode_depths([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-5


def test_a_very_long_text_is_cut_and_not_refused() -> None:
    assert shared_encoder().encode(["consent " * 2000]).shape == (1, DIMENSIONS)


def test_no_texts_give_no_vectors() -> None:
    assert shared_encoder().encode([]).shape == (0, DIMENSIONS)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"not the published file")
    with pytest.raises(WeightsError, match="not the published file"):
        check_weights(weights)


def test_the_bend_between_layers_is_the_exact_one_to_the_last_digits() -> None:
    values = np.linspace(-8.0, 8.0, 4_003, dtype=np.float32).reshape(-1, 1)
    bent = values.copy()
    encoder._gelu(bent)
    exact = values * (1.0 + erf(values.astype(np.float64) / 2**0.5)) / 2
    assert np.abs(bent - exact).max() < 1e-6
