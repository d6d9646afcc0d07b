"""The words of texts: spelling mistakes stay near, and what is read back is what was fitted."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from understanding.wording import Wording

TEXTS = ["may i share without consent", "who is the lead professional", "she refused consent"]


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.fit(TEXTS)


def test_vectors_are_of_length_one_and_of_zeros_where_nothing_is_known(wording: Wording) -> None:
    vectors = wording.vectors([*TEXTS, "\N{GREEK SMALL LETTER OMEGA}"]).toarray()
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1.0, 1.0, 1.0, 0.0], atol=1e-6)


def test_a_typing_error_is_nearer_than_another_text(wording: Wording) -> None:
    wrong = wording.vectors(["may i shaer withuot consnt"])
    near, far, _ = (wrong @ wording.vectors(TEXTS).T).toarray()[0]
    assert near > 0.3 > far


def test_they_are_those_of_scikit_learn(wording: Wording) -> None:
    words = TfidfVectorizer(token_pattern=r"(?u)\b\w+\b").fit(TEXTS)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)).fit(TEXTS)
    asked = ["Who may SHARE it, who", "she is the lead", "zzz"]
    expected = normalize(hstack([words.transform(asked), letters.transform(asked)]))
    assert np.abs(wording.vectors(asked).toarray() - expected.toarray()).max() < 1e-6


def test_no_texts_give_no_rows(wording: Wording) -> None:
    assert wording.vectors([]).shape[0] == 0


def test_what_is_read_back_gives_the_same(wording: Wording) -> None:
    again = Wording(wording.vocabularies, wording.weights)
    assert np.array_equal(again.vectors(TEXTS).toarray(), wording.vectors(TEXTS).toarray())
