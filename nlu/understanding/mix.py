"""The scores of all intents for a text: a mix of two trained classifiers and of likeness to the examples.

Mixed = 0.45 x kernel ridge regression on the place of the text (three quarters) and its words (one quarter)
+ 0.1 x logistic regression on the layers' means
+ 0.25 x the mean of the two best cosines between the text's vector and those of the intent's examples
+ 0.2 x the same on the words.
The classifiers tell near intents apart; the cosines tell strangers. The score is the mixed number to the power of 0.9,
which keeps the order and the meaning of the thresholds, times a factor near 1 that parts topics from checks by how the
text asks (kinds.py). Scores lie between 0 and 1 and do not add up to 1: where no example is like the text, every score
is low, which is what lets the assistant say that it did not understand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Sequence

import numpy as np
from scipy.sparse import csr_matrix, load_npz, save_npz
from scipy.special import softmax

from understanding.encoder import DIMENSIONS
from understanding.kernel import Products, fit_kernel, likeness
from understanding.kinds import Kinds
from understanding.products import High, Wide
from understanding.regression import fit_regression
from understanding.space import Space
from understanding.wording import Wording

KERNEL_SHARE = 0.45
REGRESSION_SHARE = 0.1
VECTOR_SHARE = 0.25
WORDING_SHARE = 0.2
KERNEL_WORDING = 0.25
"""The part that words have in the likeness that the kernel is made of."""

REGRESSION_WEIGHT = 4.0
INVERSE_REGULARISATION = 3.0
POWER = 0.9
_SETTINGS_FILE = "mix.json"
_ARRAYS_FILE = "mix.npz"
_WORDING_FILE = "wording.npz"
_RARITY = "rarity_"
_KINDS = "kinds_"


class Mix:
    """A trained mix. Make one with `fit` or `read`."""

    def __init__(self, wording: Wording, kinds: Kinds, arrays: Dict[str, Any], words: csr_matrix) -> None:
        self._wording = wording
        self._kinds = kinds
        self._arrays = arrays
        self._words = words
        # Turned once: the product would otherwise turn all examples for every text.
        self._words_turned = words.T.tocsr()
        self._space = Space(arrays["centre"], arrays["axes"])
        self._vectors, self._places = Wide(arrays["vectors"]), Wide(arrays["places"])
        self._kernel_weights = High(arrays["kernel_weights"])
        self.intents: List[str] = [str(name) for name in arrays["intents"]]
        # Examples are sorted by intent, so that each intent is one run of rows.
        self._starts = np.searchsorted(arrays["rows"], np.arange(len(self.intents)))
        self._single = np.diff(np.append(self._starts, len(arrays["rows"]))) == 1

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: Any, names: Sequence[str]) -> Mix:
        """Train on examples: texts, what `encode_depths` gives for them, and the names of their intents."""
        intents, rows = np.unique(np.asarray(names), return_inverse=True)
        order = np.argsort(rows, kind="stable")
        texts, vectors, rows = [texts[index] for index in order], vectors[order], rows[order]
        wording = Wording.fit(texts)
        words = wording.vectors(texts)
        space = Space.fit(vectors)
        whole = space.whole(vectors)
        places = space.placed(whole)
        landmarks, kernel_weights = fit_kernel(_products_of(places, words), rows, len(intents))
        weights, intercept = fit_regression(REGRESSION_WEIGHT * whole, rows, len(intents), INVERSE_REGULARISATION)
        arrays = {
            "intents": intents,
            "rows": rows,
            "centre": space.centre,
            "axes": space.axes,
            "vectors": np.ascontiguousarray(vectors[:, :DIMENSIONS].T, dtype=np.float32),
            "places": np.ascontiguousarray(places[landmarks].T),
            "landmarks": landmarks,
            "kernel_weights": kernel_weights,
            "weights": weights,
            "intercept": intercept,
        }
        return cls(wording, Kinds.fit(texts, [str(intents[row]) for row in rows]), arrays, words)

    def scores(self, texts: Sequence[str], vectors: Any) -> Any:
        """Array (number of texts, number of intents) of scores from 0 to 1, columns in the order of `intents`."""
        whole = self._space.whole(vectors)
        by_vector = self._vectors.times(np.asarray(vectors, dtype=np.float32)[:, :DIMENSIONS])
        by_words = (self._wording.vectors(texts) @ self._words_turned).toarray()
        mixed = (
            KERNEL_SHARE * self._by_kernel(self._space.placed(whole), by_words)
            + REGRESSION_SHARE * self._regress(whole)
            + VECTOR_SHARE * self._best_two(by_vector)
            + WORDING_SHARE * self._best_two(by_words)
        )
        return np.clip(np.clip(mixed, 0.0, 1.0) ** POWER * self._kinds.factors(texts, self.intents), 0.0, 1.0)

    def _by_kernel(self, places: Any, by_words: Any) -> Any:
        landmarks = self._arrays["landmarks"]
        if len(landmarks) < by_words.shape[1]:
            by_words = by_words[:, landmarks]
        products = _both(self._places.times(places), by_words)
        return np.clip(self._kernel_weights.times(likeness(products)), 0.0, 1.0)

    def _regress(self, whole: Any) -> Any:
        logits = np.float32(REGRESSION_WEIGHT) * whole @ self._arrays["weights"] + self._arrays["intercept"]
        return softmax(logits, axis=1)

    def _best_two(self, cosines: Any) -> Any:
        """Mean of the two highest cosines to each intent's examples; an intent with one example counts it alone."""
        best = np.maximum.reduceat(cosines, self._starts, axis=1)
        rest = cosines.copy()
        for row in range(len(rest)):
            rest[row, self._first_best(cosines[row], best[row])] = -np.inf
        second = np.maximum.reduceat(rest, self._starts, axis=1)
        second[:, self._single] = best[:, self._single]
        return np.clip((best + second) / 2, 0.0, 1.0)

    def _first_best(self, cosines: Any, best: Any) -> Any:
        """For each intent the row of one example that reaches its best cosine."""
        rows = self._arrays["rows"]
        hits = np.flatnonzero(cosines == best[rows])
        _, first = np.unique(rows[hits], return_index=True)
        return hits[first]

    def write(self, folder: Path) -> None:
        """Write the mix as numbers and JSON; nothing that runs code when it is read."""
        settings = {"vocabularies": self._wording.vocabularies, "kinds": self._kinds.terms}
        (folder / _SETTINGS_FILE).write_text(json.dumps(settings), encoding="utf-8")
        rarity = {f"{_RARITY}{place}": weights for place, weights in enumerate(self._wording.weights)}
        kinds = {f"{_KINDS}{name}": array for name, array in self._kinds.arrays.items()}
        np.savez(folder / _ARRAYS_FILE, **self._arrays, **rarity, **kinds)
        save_npz(folder / _WORDING_FILE, self._words, compressed=False)

    @classmethod
    def read(cls, folder: Path) -> Mix:
        """Read what `write` wrote. Raises OSError or ValueError when the folder does not hold one."""
        settings = json.loads((folder / _SETTINGS_FILE).read_text(encoding="utf-8"))
        if "kinds" not in settings:
            raise ValueError("The model was trained with another classifier. Run ./sharewell setup.")
        vocabularies = settings["vocabularies"]
        with np.load(folder / _ARRAYS_FILE, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        rarity = [arrays.pop(f"{_RARITY}{place}") for place in range(len(vocabularies))]
        kinds = {name[len(_KINDS) :]: arrays.pop(name) for name in list(arrays) if name.startswith(_KINDS)}
        words = load_npz(folder / _WORDING_FILE)
        return cls(Wording(vocabularies, rarity), Kinds(settings["kinds"], kinds), arrays, words)


def _both(by_place: Any, by_words: Any) -> Any:
    return np.float32(1.0 - KERNEL_WORDING) * by_place + np.float32(KERNEL_WORDING) * by_words


def _products_of(places: Any, words: csr_matrix) -> Products:
    words_turned = words.T.tocsr()

    def products(some: Any, others: Any) -> Any:
        turned = words_turned if len(others) == words.shape[0] else words[others].T.tocsr()
        return _both(places[some] @ places[others].T, (words[some] @ turned).toarray())

    return products
