"""The scores of all intents for a text: a mix of a trained classifier and of likeness to the examples.

Score of an intent = 0.3 x logistic regression (tf-idf of words and of letters, beside 3 x the sentence vector)
+ 0.5 x the mean of the two best cosines between the text's vector and those of the intent's examples
+ 0.2 x the same on tf-idf. Scores lie between 0 and 1 and do not add up to 1: where no example is like the text,
every score is low, which is what lets the assistant say that it did not understand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack, load_npz, save_npz
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from understanding.regression import fit_regression

REGRESSION_SHARE = 0.3
VECTOR_SHARE = 0.5
WORDING_SHARE = 0.2
VECTOR_WEIGHT = 3.0
INVERSE_REGULARISATION = 3.0
_VECTORISERS: Dict[str, Dict[str, Any]] = {
    "words": {"analyzer": "word", "token_pattern": r"(?u)\b\w+\b", "sublinear_tf": False},
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 4), "sublinear_tf": False},
}
_SETTINGS_FILE = "mix.json"
_ARRAYS_FILE = "mix.npz"
_WORDING_FILE = "wording.npz"


class Mix:
    """A trained mix. Make one with `fit` or `read`."""

    def __init__(self, vectorisers: Sequence[TfidfVectorizer], arrays: Dict[str, Any], wording: csr_matrix) -> None:
        self._vectorisers = list(vectorisers)
        self._arrays = arrays
        self._wording = wording
        # Turned once: the product would otherwise turn all examples for every text.
        self._wording_turned = wording.T.tocsr()
        self.intents: List[str] = [str(name) for name in arrays["intents"]]
        # Examples are sorted by intent, so that each intent is one run of rows.
        self._starts = np.searchsorted(arrays["rows"], np.arange(len(self.intents)))
        self._single = np.diff(np.append(self._starts, len(arrays["rows"]))) == 1

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: Any, names: Sequence[str]) -> Mix:
        """Train on examples: texts, their unit vectors (number of texts, 384) and the names of their intents."""
        intents, rows = np.unique(np.asarray(names), return_inverse=True)
        order = np.argsort(rows, kind="stable")
        texts, vectors, rows = [texts[index] for index in order], vectors[order], rows[order]
        vectorisers = [TfidfVectorizer(lowercase=True, **settings) for settings in _VECTORISERS.values()]
        wording = normalize(hstack([vectoriser.fit_transform(texts) for vectoriser in vectorisers]).tocsr())
        weights, intercept = fit_regression(
            wording, VECTOR_WEIGHT * vectors, rows, len(intents), INVERSE_REGULARISATION
        )
        arrays = {
            "intents": intents,
            "rows": rows,
            "vectors": np.ascontiguousarray(vectors.T, dtype=np.float32),
            "weights": weights,
            "intercept": intercept,
        }
        return cls(vectorisers, arrays, wording.astype(np.float32))

    def scores(self, texts: Sequence[str], vectors: Any) -> Any:
        """Array (number of texts, number of intents) of scores from 0 to 1, columns in the order of `intents`."""
        wording = normalize(hstack([part.transform(texts) for part in self._vectorisers]).tocsr()).astype(np.float32)
        logits = self._regress(wording, vectors)
        vector_likeness = self._best_two(np.asarray(vectors, dtype=np.float32) @ self._arrays["vectors"])
        wording_likeness = self._best_two((wording @ self._wording_turned).toarray())
        mixed = (
            REGRESSION_SHARE * softmax(logits, axis=1)
            + VECTOR_SHARE * vector_likeness
            + WORDING_SHARE * wording_likeness
        )
        return np.clip(mixed, 0.0, 1.0)

    def _regress(self, wording: csr_matrix, vectors: Any) -> Any:
        columns = wording.shape[1]
        weights = self._arrays["weights"]
        by_vector = (np.float32(VECTOR_WEIGHT) * vectors) @ weights[columns:]
        return wording @ weights[:columns] + by_vector + self._arrays["intercept"]

    def _best_two(self, cosines: Any) -> Any:
        """Mean of the two highest cosines to each intent's examples; an intent with one example counts it alone."""
        best = np.maximum.reduceat(cosines, self._starts, axis=1)
        rest = cosines.copy()
        for row in range(len(rest)):
            rest[row, self._first_best(cosines[row], best[row])] = -np.inf
        second = np.maximum.reduceat(rest, self._starts, axis=1)
        second[:, self._single] = best[:, self._single]
        return (best + second) / 2

    def _first_best(self, cosines: Any, best: Any) -> Any:
        """For each intent the row of one example that reaches its best cosine."""
        rows = self._arrays["rows"]
        hits = np.flatnonzero(cosines == best[rows])
        _, first = np.unique(rows[hits], return_index=True)
        return hits[first]

    def write(self, folder: Path) -> None:
        """Write the mix as numbers and JSON; nothing that runs code when it is read."""
        vocabularies = [
            {term: int(column) for term, column in vectoriser.vocabulary_.items()} for vectoriser in self._vectorisers
        ]
        (folder / _SETTINGS_FILE).write_text(json.dumps({"vocabularies": vocabularies}), encoding="utf-8")
        weighting = {f"idf_{place}": part.idf_ for place, part in enumerate(self._vectorisers)}
        np.savez(folder / _ARRAYS_FILE, **self._arrays, **weighting)
        save_npz(folder / _WORDING_FILE, self._wording, compressed=False)

    @classmethod
    def read(cls, folder: Path) -> Mix:
        """Read what `write` wrote. Raises OSError or ValueError when the folder does not hold one."""
        settings = json.loads((folder / _SETTINGS_FILE).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS_FILE, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        vectorisers = []
        for place, (options, vocabulary) in enumerate(zip(_VECTORISERS.values(), settings["vocabularies"])):
            vectoriser = TfidfVectorizer(lowercase=True, vocabulary=vocabulary, **options)
            vectoriser.idf_ = arrays.pop(f"idf_{place}")
            vectorisers.append(vectoriser)
        return cls(vectorisers, arrays, load_npz(folder / _WORDING_FILE))

