"""Fits the danger classifier: vectors in, weights out. It never sees a text: the application made the numbers.

Each line of the input is {"label": trigger id or "", "judged": bool, "weight": how much it counts, "evidence":
[name, ...], "features": [[number, weight], ...]}. Judged messages were read one by one, and the threshold is set by
them; the rest are questions and answers, of which a few tell of harm themselves. The output is read by
bot/urgent/classifier.py.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

CALM = ""
RECALL = 0.935
"""The share of the triggers' examples that must be found in cross-validation, where none was trained on.

Many of them were written to be hard: of what people report, more is found. A false alarm is bearable, a miss is not."""

_FOLDS = 5
_STRENGTH = 10.0
"""Inverse of the regularisation: between 3 and 30 it makes little difference."""
_EVIDENCE_SHARE = 0.2
"""The value of one item of evidence, where the vector of words has length 1: 0.1 to 0.3 makes little difference."""
_TRIGGER_STRENGTH = 30.0
"""The same for the choice among triggers, which has fewer messages for each."""

_EXACTLY, _ROUGHLY = 1e-3, 1e-2
"""Tolerances of the search. A threshold or a choice among triggers is the same with the rough one, at half the time."""


@dataclass(frozen=True)
class _Messages:
    """`words` (messages, features) and `evidence` (messages, names) are sparse; the rest has an entry a message."""

    trigger_size: int
    names: List[str]
    labels: Any
    judged: Any
    weights: Any
    words: Any
    evidence: Any

    @property
    def urgent(self) -> Any:
        return self.labels != CALM


def fit(source: Path, output: Path) -> None:
    """Reads vectors from `source` and writes the classifier to `output`, whole or not at all."""
    messages = _read(source)
    matrix = hstack([messages.words, messages.evidence]).tocsr()
    scores = _unseen_scores(matrix, messages)
    judged, urgent = messages.judged, messages.urgent
    threshold = float(np.quantile(scores[judged & urgent], 1.0 - RECALL))
    model = _model(_EXACTLY).fit(matrix, urgent, sample_weight=messages.weights)
    words, evidence = _parted(model.coef_, messages)
    data = {
        "threshold": threshold,
        "bias": float(model.intercept_[0]),
        "weights": _text(words[0]),
        "evidence": evidence[0],
        **_fit_triggers(messages),
        "recall": float((scores[judged & urgent] >= threshold).mean()),
        "false_alarms": float((scores[judged & ~urgent] >= threshold).mean()),
        "questions_raised": float((scores[~judged] >= threshold).mean()) if (~judged).any() else 0.0,
    }
    beside = output.with_name(output.name + ".new")
    beside.write_text(json.dumps(data), encoding="utf-8")
    os.replace(str(beside), str(output))


def _unseen_scores(matrix: Any, messages: _Messages) -> Any:
    """The score of each message by a model that was not fitted on it."""
    scores = np.zeros(len(messages.labels))
    # Shuffled: in the order of the files whole triggers would be left out at once, and the threshold come out too high.
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for seen, unseen in folds.split(matrix, messages.urgent):
        model = _model(_ROUGHLY).fit(matrix[seen], messages.urgent[seen], sample_weight=messages.weights[seen])
        scores[unseen] = model.predict_proba(matrix[unseen])[:, 1]
    return scores


def _fit_triggers(messages: _Messages) -> Dict[str, Any]:
    """One classifier a trigger, each against the others."""
    rows = messages.urgent
    entries = messages.words[rows].tocoo()
    folded = csr_matrix(
        (entries.data, (entries.row, entries.col % messages.trigger_size)), shape=(rows.sum(), messages.trigger_size)
    )
    model = _trigger_model().fit(hstack([folded, messages.evidence[rows]]).tocsr(), messages.labels[rows])
    words, evidence = _parted(model.coef_, messages)
    return {
        "triggers": [str(name) for name in model.classes_],
        "trigger_biases": [float(bias) for bias in model.intercept_],
        "trigger_weights": [_text(row) for row in words],
        "trigger_evidence": evidence,
    }


def _model(tolerance: float) -> Any:
    return LogisticRegression(
        C=_STRENGTH, class_weight="balanced", solver="liblinear", tol=tolerance, max_iter=500, random_state=0
    )


def _trigger_model() -> Any:
    """Not balanced: a trigger with few examples would be chosen too often."""
    return LogisticRegression(C=_TRIGGER_STRENGTH, solver="liblinear", tol=_ROUGHLY, max_iter=500, random_state=0)


def _parted(coefficients: Any, messages: _Messages) -> Tuple[Any, List[Dict[str, float]]]:
    """The weights of words, and those of evidence by name, which count once for each name that stands in a message."""
    named = len(messages.names)
    evidence = [
        {name: round(float(weight) * _EVIDENCE_SHARE, 6) for name, weight in zip(messages.names, row)}
        for row in coefficients[:, coefficients.shape[1] - named :]
    ]
    return coefficients[:, : coefficients.shape[1] - named], evidence


def _read(source: Path) -> _Messages:
    with source.open(encoding="utf-8") as lines:
        header = json.loads(next(lines))
        rows = [json.loads(line) for line in lines]
    names = sorted({name for row in rows for name in row["evidence"]})
    column = {name: place for place, name in enumerate(names)}
    return _Messages(
        trigger_size=int(header["trigger_size"]),
        names=names,
        labels=np.array([row["label"] for row in rows]),
        judged=np.array([bool(row["judged"]) for row in rows]),
        weights=np.array([float(row["weight"]) for row in rows]),
        words=_matrix([row["features"] for row in rows], int(header["size"])),
        evidence=_matrix([[(column[name], _EVIDENCE_SHARE) for name in row["evidence"]] for row in rows], len(names)),
    )


def _matrix(vectors: List[List[Tuple[int, float]]], size: int) -> Any:
    rows = [row for row, vector in enumerate(vectors) for _ in vector]
    columns = [number for vector in vectors for number, _ in vector]
    weights = [weight for vector in vectors for _, weight in vector]
    return csr_matrix((weights, (rows, columns)), shape=(len(vectors), size))


def _text(weights: Any) -> str:
    return base64.b64encode(np.asarray(weights, dtype="<f4").tobytes()).decode("ascii")
