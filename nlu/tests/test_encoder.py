"""The encoder: known likeness, and that batches and padding change nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from understanding.encoder import DIMENSIONS, WeightsError, check_weights, shared_encoder

QUESTIONS = ["how old must a child be to consent", "what age can a kid agree", "my car will not start this morning"]


def test_vectors_are_of_length_one() -> None:
    vectors = shared_encoder().encode(QUESTIONS)
    assert vectors.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_like_questions_are_near_and_unlike_ones_far() -> None:
    child, kid, car = shared_encoder().encode(QUESTIONS)
    assert child @ kid > 0.6
    assert child @ car < 0.2


def test_a_text_has_the_same_vector_alone_and_among_longer_ones() -> None:
    texts = ["no", *QUESTIONS, "can i tell the school " * 30]
    together = shared_encoder().encode(texts)
    alone = np.vstack([shared_encoder().encode([text]) for text in texts])
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
