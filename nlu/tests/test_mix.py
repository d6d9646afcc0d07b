"""The mix: its parts against plain reference calculations, and what it says of strangers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Tuple

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from understanding.encoder import shared_encoder
from understanding.mix import Mix
from understanding.regression import fit_regression

EXAMPLES = {
    "consent": ["what if mum says no", "she refuses consent", "he wont sign", "they said no to sharing"],
    "police": ["can i tell the police", "do i ring 101", "police want the file", "should the police know"],
    "age": ["how old to consent", "what age can a child agree", "is 13 old enough", "can a 15 year old decide"],
    "single": ["who is the caldicott guardian"],
}


@pytest.fixture(scope="module")
def trained() -> Mix:
    texts = [text for examples in EXAMPLES.values() for text in examples]
    names = [name for name, examples in EXAMPLES.items() for _ in examples]
    return Mix.fit(texts, shared_encoder().encode(texts), names)


def best(mix: Mix, text: str) -> Tuple[str, float]:
    scores = mix.scores([text], shared_encoder().encode([text]))[0]
    return mix.intents[int(scores.argmax())], float(scores.max())


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in EXAMPLES.items() for text in texts])
def test_an_example_is_understood_as_its_own_intent(trained: Mix, name: str, text: str) -> None:
    assert best(trained, text)[0] == name


def test_new_wording_is_understood(trained: Mix) -> None:
    assert best(trained, "her mother will not agree to it")[0] == "consent"
    assert best(trained, "at which age may a kid say yes")[0] == "age"


@pytest.mark.parametrize("text", ["nice weather today", "qwrtz plmk", "how do i bake bread"])
def test_a_stranger_scores_low_everywhere(trained: Mix, text: str) -> None:
    assert best(trained, text)[1] < 0.45


def test_the_parts_are_mixed_as_documented(trained: Mix) -> None:
    text = "does mum need to say yes"
    vector = shared_encoder().encode([text])
    names = [name for name, examples in EXAMPLES.items() for _ in examples]
    examples = shared_encoder().encode([text for examples in EXAMPLES.values() for text in examples])
    cosines = examples @ vector[0]
    for column, intent in enumerate(trained.intents):
        own = np.sort(cosines[[name == intent for name in names]])[::-1]
        expected = own[:2].mean()
        got = trained._best_two(vector @ trained._arrays["vectors"])[0, column]
        assert got == pytest.approx(expected, abs=1e-5)


def test_the_likeness_of_wording_is_that_to_every_example(trained: Mix) -> None:
    assert np.array_equal((trained._wording @ trained._wording_turned).toarray(), _likeness_one_by_one(trained))


def _likeness_one_by_one(mix: Mix) -> Any:
    return np.vstack([(row @ mix._wording.T).toarray() for row in mix._wording])


def test_what_is_written_is_read_back_the_same(trained: Mix, tmp_path: Path) -> None:
    trained.write(tmp_path)
    again = Mix.read(tmp_path)
    texts = ["can mum refuse", "call the police", "x"]
    vectors = shared_encoder().encode(texts)
    assert np.array_equal(trained.scores(texts, vectors), again.scores(texts, vectors))


def test_a_batch_scores_as_each_text_alone(trained: Mix) -> None:
    texts = ["can mum refuse", "call the police", "what age"]
    vectors = shared_encoder().encode(texts)
    together = trained.scores(texts, vectors)
    alone = np.vstack([trained.scores([text], vectors[row : row + 1]) for row, text in enumerate(texts)])
    assert np.allclose(together, alone, atol=1e-5)


def _classes() -> Tuple[Any, Any, Any]:
    random = np.random.default_rng(7)
    rows = np.repeat(np.arange(5), 12)
    wording = np.where(random.random((60, 40)) < 0.2, random.random((60, 40)), 0.0)
    vectors = random.normal(size=(60, 8)) + rows[:, None] * 0.3
    return csr_matrix(wording), vectors, rows


def test_the_regression_is_that_of_scikit_learn() -> None:
    wording, vectors, rows = _classes()
    weights, intercept = fit_regression(wording, vectors, rows, 5, 3.0)
    features = np.hstack([wording.toarray(), vectors])
    reference = LogisticRegression(C=3.0, max_iter=5000, tol=1e-8).fit(features, rows)
    logits = features @ weights + intercept
    ours = np.exp(logits - logits.max(axis=1, keepdims=True))
    ours /= ours.sum(axis=1, keepdims=True)
    assert np.abs(ours - reference.predict_proba(features)).max() < 0.01
