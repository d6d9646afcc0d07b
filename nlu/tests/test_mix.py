"""The mix: its parts against plain reference calculations, and what it says of strangers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Tuple

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from understanding import mix
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
    return Mix.fit(texts, shared_encoder().encode_depths(texts), names)


def best(trained: Mix, text: str) -> Tuple[str, float]:
    scores = trained.scores([text], shared_encoder().encode_depths([text]))[0]
    return trained.intents[int(scores.argmax())], float(scores.max())


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in EXAMPLES.items() for text in texts])
def test_an_example_is_understood_as_its_own_intent(trained: Mix, name: str, text: str) -> None:
    assert best(trained, text)[0] == name


def test_new_wording_is_understood(trained: Mix) -> None:
    assert best(trained, "her mother will not agree to it")[0] == "consent"
    assert best(trained, "at which age may a kid say yes")[0] == "age"


@pytest.mark.parametrize("text", ["nice weather today", "qwrtz plmk", "how do i bake bread"])
def test_a_stranger_scores_low_everywhere(trained: Mix, text: str) -> None:
    assert best(trained, text)[1] < 0.45


def test_the_likeness_of_vectors_is_the_mean_of_the_two_best_cosines(trained: Mix) -> None:
    vector = shared_encoder().encode(["does mum need to say yes"])
    names = [name for name, examples in EXAMPLES.items() for _ in examples]
    examples = shared_encoder().encode([text for examples in EXAMPLES.values() for text in examples])
    cosines = examples @ vector[0]
    for column, intent in enumerate(trained.intents):
        own = np.sort(cosines[[name == intent for name in names]])[::-1]
        expected = max(own[:2].mean(), 0.0)
        got = trained._best_two(vector @ trained._arrays["vectors"])[0, column]
        assert got == pytest.approx(expected, abs=1e-5)


def test_the_shares_are_those_of_a_whole() -> None:
    shares = (mix.KERNEL_SHARE, mix.REGRESSION_SHARE, mix.VECTOR_SHARE, mix.WORDING_SHARE)
    assert sum(shares) == pytest.approx(1.0)


def test_the_score_is_the_parts_with_their_shares(trained: Mix) -> None:
    texts = ["can mum refuse", "call the police"]
    vectors = shared_encoder().encode_depths(texts)
    whole = trained._space.whole(vectors)
    by_words = (trained._wording.vectors(texts) @ trained._words.T).toarray()
    by_vector = shared_encoder().encode(texts) @ trained._arrays["vectors"]
    mixed = (
        mix.KERNEL_SHARE * trained._by_kernel(trained._space.placed(whole), by_words)
        + mix.REGRESSION_SHARE * trained._regress(whole)
        + mix.VECTOR_SHARE * trained._best_two(by_vector)
        + mix.WORDING_SHARE * trained._best_two(by_words)
    )
    assert np.allclose(trained.scores(texts, vectors), mixed**mix.POWER, atol=1e-6)


def test_the_likeness_of_wording_is_that_to_every_example(trained: Mix) -> None:
    assert np.array_equal((trained._words @ trained._words_turned).toarray(), _likeness_one_by_one(trained))


def _likeness_one_by_one(trained: Mix) -> Any:
    return np.vstack([(row @ trained._words.T).toarray() for row in trained._words])


def test_what_is_written_is_read_back_the_same(trained: Mix, tmp_path: Path) -> None:
    trained.write(tmp_path)
    again = Mix.read(tmp_path)
    texts = ["can mum refuse", "call the police", "x"]
    vectors = shared_encoder().encode_depths(texts)
    assert np.array_equal(trained.scores(texts, vectors), again.scores(texts, vectors))


def test_the_asking_parts_a_topic_from_its_check(tmp_path: Path) -> None:
    subjects = ("refusal", "consent form", "police request")
    asked = [(f"what is said about a {subject}", f"topic_{subject[0]}") for subject in subjects]
    asked += [(f"take me through a {subject}", f"check_{subject[0]}") for subject in subjects]
    texts = [text for text, _ in asked]
    Mix.fit(texts, shared_encoder().encode_depths(texts), [name for _, name in asked]).write(tmp_path)
    again = Mix.read(tmp_path)
    for text in ("what is said of a no, a refusal", "take me through it, a refusal"):
        scores = again.scores([text], shared_encoder().encode_depths([text]))[0]
        without = scores / again._kinds.factors([text], again.intents)[0]
        gap = scores[again.intents.index("check_r")] - scores[again.intents.index("topic_r")]
        gap_without = without[again.intents.index("check_r")] - without[again.intents.index("topic_r")]
        assert (gap > gap_without) == text.startswith("take me")


def test_what_an_earlier_classifier_wrote_is_refused_with_the_remedy(trained: Mix, tmp_path: Path) -> None:
    trained.write(tmp_path)
    (tmp_path / "mix.json").write_text('{"vocabularies": []}', encoding="utf-8")
    with pytest.raises(ValueError, match="sharewell setup"):
        Mix.read(tmp_path)


def test_a_batch_scores_as_each_text_alone(trained: Mix) -> None:
    texts = ["can mum refuse", "call the police", "what age"]
    vectors = shared_encoder().encode_depths(texts)
    together = trained.scores(texts, vectors)
    alone = np.vstack([trained.scores([text], vectors[row : row + 1]) for row, text in enumerate(texts)])
    assert np.allclose(together, alone, atol=1e-5)


def _classes() -> Tuple[Any, Any]:
    random = np.random.default_rng(7)
    rows = np.repeat(np.arange(5), 12)
    return random.normal(size=(60, 8)) + rows[:, None] * 0.3, rows


def test_the_regression_is_that_of_scikit_learn() -> None:
    vectors, rows = _classes()
    weights, intercept = fit_regression(vectors, rows, 5, 3.0)
    reference = LogisticRegression(C=3.0, max_iter=5000, tol=1e-8).fit(vectors, rows)
    logits = vectors @ weights + intercept
    ours = np.exp(logits - logits.max(axis=1, keepdims=True))
    ours /= ours.sum(axis=1, keepdims=True)
    assert np.abs(ours - reference.predict_proba(vectors)).max() < 0.01
