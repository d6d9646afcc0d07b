"""The words of texts as numbers: tf-idf of words and of the letters within them, which typing errors change little."""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

_VECTORISERS: Tuple[Dict[str, Any], ...] = (
    {"analyzer": "word", "token_pattern": r"(?u)\b\w+\b"},
    {"analyzer": "char_wb", "ngram_range": (2, 4)},
)


class Wording:
    """Fitted on the examples' texts. Make one with `fit` or `read`."""

    def __init__(self, vocabularies: Sequence[Dict[str, int]], weights: Sequence[Any]) -> None:
        self.vocabularies = list(vocabularies)
        """For each kind of term, the terms and their columns."""
        self.weights = [np.asarray(weight, dtype=np.float64) for weight in weights]
        """How rare each term is, in the order of the columns."""
        self._analysers = [TfidfVectorizer(lowercase=True, **one).build_analyzer() for one in _VECTORISERS]
        self._columns = sum(len(vocabulary) for vocabulary in self.vocabularies)

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Wording:
        parts = [TfidfVectorizer(lowercase=True, **settings).fit(texts) for settings in _VECTORISERS]
        vocabularies = [{term: int(column) for term, column in part.vocabulary_.items()} for part in parts]
        return cls(vocabularies, [part.idf_ for part in parts])

    def vectors(self, texts: Sequence[str]) -> csr_matrix:
        """Sparse (number of texts, terms), float32; each row of length 1, or of zeros where no term is known.

        What scikit-learn's vectorisers give side by side; made at once, because for one text theirs take longer than
        all the rest.
        """
        rows = [self._row(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([columns for columns, _ in rows]) if rows else np.zeros(0, dtype=np.int64)
        values = np.concatenate([values for _, values in rows]) if rows else np.zeros(0)
        return csr_matrix((values.astype(np.float32), columns, ends), shape=(len(rows), self._columns))

    def _row(self, text: str) -> Tuple[Any, Any]:
        """The columns of a text's terms and their values; each kind of term has the same length."""
        found: List[Tuple[Any, Any]] = []
        first = 0
        for analyse, vocabulary, weights in zip(self._analysers, self.vocabularies, self.weights):
            counts = Counter(vocabulary[term] for term in analyse(text) if term in vocabulary)
            columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
            values = np.fromiter(counts.values(), dtype=np.float64, count=len(counts)) * weights[columns]
            found.append((columns + first, _of_length_one(values)))
            first += len(vocabulary)
        columns = np.concatenate([columns for columns, _ in found])
        return columns, _of_length_one(np.concatenate([values for _, values in found]))


def _of_length_one(values: Any) -> Any:
    length = np.sqrt(values @ values)
    return values / length if length else values
