"""Fits the danger classifier: vectors in, weights out. It never sees a text: the application made the numbers.

Each line of the input is {"label": trigger id or "", "features": [[number, weight], ...]}, with "judged": true for the
calm messages proper, by which the threshold is set. The output is read by bot/urgent/classifier.py.
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

CALM = ""
FALSE_ALARMS = 0.15
"""The share of the calm messages proper that may raise an alarm in cross-validation: many were written to be hard.

A false alarm is bearable, a miss is not."""

_FOLDS = 5
_STRENGTH = 10.0
"""Inverse of the regularisation: between 3 and 30 it makes little difference."""


def fit(source: Path, output: Path) -> None:
    """Reads vectors from `source` and writes the classifier to `output`, whole or not at all."""
    header, labels, judged, vectors = _read(source)
    size, trigger_size = int(header["size"]), int(header["trigger_size"])
    matrix = _matrix(vectors, size)
    urgent = np.array([label != CALM for label in labels])
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=500)
    # Shuffled: in the order of the files whole triggers would be left out at once, and the threshold come out too high.
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    scores = cross_val_predict(model, matrix, urgent, cv=folds, method="predict_proba")[:, 1]
    threshold = float(np.quantile(scores[np.array(judged)], 1.0 - FALSE_ALARMS))
    model.fit(matrix, urgent)
    which = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=500)
    short = [[(number % trigger_size, weight) for number, weight in vector] for vector in vectors]
    folded = _matrix(short, trigger_size)
    which.fit(folded[urgent], np.array(labels)[urgent])
    data = {
        "threshold": threshold,
        "bias": float(model.intercept_[0]),
        "weights": _text(model.coef_[0]),
        "triggers": [str(name) for name in which.classes_],
        "trigger_biases": [float(bias) for bias in which.intercept_],
        "trigger_weights": [_text(row) for row in which.coef_],
        "recall": float((scores[urgent] >= threshold).mean()),
    }
    beside = output.with_name(output.name + ".new")
    beside.write_text(json.dumps(data), encoding="utf-8")
    os.replace(str(beside), str(output))


def _read(source: Path) -> Tuple[Dict[str, Any], List[str], List[bool], List[List[Tuple[int, float]]]]:
    with source.open(encoding="utf-8") as lines:
        header = json.loads(next(lines))
        rows = [json.loads(line) for line in lines]
    vectors = [[(int(number), float(weight)) for number, weight in row["features"]] for row in rows]
    return header, [row["label"] for row in rows], [bool(row.get("judged")) for row in rows], vectors


def _matrix(vectors: List[List[Tuple[int, float]]], size: int) -> Any:
    rows = [row for row, vector in enumerate(vectors) for _ in vector]
    columns = [number for vector in vectors for number, _ in vector]
    weights = [weight for vector in vectors for _, weight in vector]
    return csr_matrix((weights, (rows, columns)), shape=(len(vectors), size))


def _text(weights: Any) -> str:
    return base64.b64encode(np.asarray(weights, dtype="<f4").tobytes()).decode("ascii")
