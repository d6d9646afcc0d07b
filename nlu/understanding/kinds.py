"""Whether somebody wants to know something or to be led through a decision, told from how it is worded.

A topic and the check on the same subject share all words of the subject. What parts them is the asking around it:
"what does ... say", "is it true that ..." ask to know; "take me through", "i have a case where ..." ask to be led.
That holds whatever the subject, so it is learnt from the examples of all topics and all checks at once: a logistic
regression on runs of one to three words (tf-idf, and only runs that several examples have).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Dict, List, Sequence
from typing import Counter as Counted

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

TOPIC = "topic_"
CHECK = "check_"
"""What the names of these intents begin with."""

STRENGTH = 0.05
"""How far the kind moves a score: to the power of this is taken how much likelier the wording makes the kind."""

LONGEST_RUN = 3
LEAST_EXAMPLES = 3
"""A run of words that fewer examples have says nothing of how people ask."""

INVERSE_REGULARISATION = 3.0
_MOST_ITERATIONS = 300
_LEAST_CHANCE = 0.02
_WORD = re.compile(r"\w+")


class Kinds:
    """Fitted on examples. Make one with `fit`, or with what `terms` and `arrays` of another hold."""

    def __init__(self, terms: Sequence[str], arrays: Dict[str, Any]) -> None:
        self.terms = list(terms)
        """The runs of words, in the order of their columns."""
        self.arrays = arrays
        """`rarity` and `weights` of each run, and `rest`: the intercept, and the part of checks among the examples."""
        self._columns = {term: column for column, term in enumerate(self.terms)}

    @classmethod
    def fit(cls, texts: Sequence[str], names: Sequence[str]) -> Kinds:
        """Learn from the examples of topics and checks among `texts`, whose intents are `names`.

        Without examples of both, and without runs that several have, the wording will move nothing.
        """
        known = [(text, name.startswith(CHECK)) for text, name in zip(texts, names) if name.startswith((TOPIC, CHECK))]
        runs = [_runs(text) for text, _ in known]
        wanted = np.array([is_check for _, is_check in known], dtype=bool)
        having = Counter(run for found in runs for run in found)
        terms = sorted(run for run, count in having.items() if count >= LEAST_EXAMPLES)
        if not terms or wanted.all() or not wanted.any():
            return cls([], {"rarity": np.zeros(0), "weights": np.zeros(0), "rest": np.array([0.0, 0.5])})
        rarity = np.log((1 + len(known)) / (1 + np.array([having[term] for term in terms]))) + 1
        arrays = {"rarity": rarity, "weights": np.zeros(len(terms)), "rest": np.array([0.0, wanted.mean()])}
        features = cls(terms, arrays)._features(runs)
        fitted = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=_MOST_ITERATIONS).fit(features, wanted)
        arrays["weights"] = fitted.coef_[0]
        arrays["rest"] = np.array([fitted.intercept_[0], wanted.mean()])
        return cls(terms, arrays)

    def chances(self, texts: Sequence[str]) -> Any:
        """For each text the chance, from 0 to 1, that it asks to be led: array (number of texts)."""
        features = self._features([_runs(text) for text in texts])
        return expit(features @ self.arrays["weights"] + self.arrays["rest"][0])

    def factors(self, texts: Sequence[str], intents: Sequence[str]) -> Any:
        """What to multiply the scores of `intents` by, float32 (texts, intents); 1 for all but topics and checks."""
        factors = np.ones((len(texts), len(intents)), dtype=np.float32)
        if not self.terms:
            return factors
        usual = self.arrays["rest"][1]
        chances = np.clip(self.chances(texts), _LEAST_CHANCE, 1 - _LEAST_CHANCE)[:, None]
        factors[:, [name.startswith(CHECK) for name in intents]] = (chances / usual) ** STRENGTH
        factors[:, [name.startswith(TOPIC) for name in intents]] = ((1 - chances) / (1 - usual)) ** STRENGTH
        return factors

    def _features(self, runs: Sequence[Counted[str]]) -> csr_matrix:
        """Sparse (texts, terms); each row of length 1, or of zeros where no run is known."""
        ends, columns, values = [0], [], []
        for found in runs:
            known = [(self._columns[run], count) for run, count in found.items() if run in self._columns]
            row = np.array([self.arrays["rarity"][column] * (1 + np.log(count)) for column, count in known])
            values.append(row / np.sqrt(row @ row) if len(row) else row)
            columns += [column for column, _ in known]
            ends.append(len(columns))
        data = np.concatenate(values) if values else np.zeros(0)
        return csr_matrix((data, np.array(columns, dtype=np.int64), ends), shape=(len(runs), len(self.terms)))


def _runs(text: str) -> Counted[str]:
    """Every run of one to three words in the text, and how often it is there."""
    words: List[str] = _WORD.findall(text.lower())
    lengths = range(1, LONGEST_RUN + 1)
    return Counter(" ".join(words[start : start + n]) for n in lengths for start in range(len(words) - n + 1))
