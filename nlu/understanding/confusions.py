"""Which examples the model would take for another unit: each is asked as if it had never been an example.

The nearest other example decides (cosine of the sentence vectors, then of the words too for the nearest few), so pairs
of units whose examples lie among one another come out. Authors read the pairs; nothing else is done with them.

The file beside the model: {"units": {intent: digest of its examples}, "examples": how many, "wrong": how many,
"pairs": [{"unit", "taken_for", "count", "example", "like"}, ...]}, the most frequent pair first. An `example` of `unit`
is like the example `like` of `taken_for`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Dict, Iterator, List, Sequence, Tuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from understanding.encoder import DIMENSIONS, shared_encoder

VECTOR_SHARE = 0.7
"""The rest is the likeness of the words."""

_NEAREST = 12
"""How many examples, nearest by their vectors, are compared by their words too."""

_ROWS_AT_ONCE = 512
_INTENT = re.compile(r"^\s*- intent: (\S+)$")
_EXAMPLES = re.compile(r"^\s*examples: \|$")
_EXAMPLE = re.compile(r"^\s+- (.+)$")


@contextmanager
def remembered_vectors() -> Iterator[Dict[str, Any]]:
    """The vector of every text that is encoded meanwhile: encoding them again would take as long as training does."""
    encoder: Any = shared_encoder()
    encode = encoder.encode_depths
    vectors: Dict[str, Any] = {}

    def remembering(texts: Sequence[str]) -> Any:
        found = encode(texts)
        vectors.update(zip(texts, found[:, :DIMENSIONS]))
        return found

    encoder.encode_depths = remembering
    try:
        yield vectors
    finally:
        encoder.encode_depths = encode


def examples_in(data: Path) -> List[Tuple[str, str]]:
    """Every example of the training data in the folder, with its intent before it."""
    found: List[Tuple[str, str]] = []
    for path in sorted(data.glob("*.yml")):
        intent, listing = "", False
        for line in path.read_text(encoding="utf-8").splitlines():
            begins = _INTENT.match(line)
            example = _EXAMPLE.match(line) if listing else None
            if begins:
                intent, listing = begins.group(1), False
            elif _EXAMPLES.match(line):
                listing = True
            elif example:
                found.append((intent, example.group(1).strip()))
            else:
                listing = False
    return found


def write(data: Path, vectors: Dict[str, Any], output: Path) -> None:
    """Finds the confusions of the examples in `data` and writes them to `output`, whole or not at all."""
    examples = examples_in(data)
    intents, texts = [intent for intent, _ in examples], [text for _, text in examples]
    missing = [text for text in dict.fromkeys(texts) if text not in vectors]
    known = {**vectors, **dict(zip(missing, shared_encoder().encode(missing)))} if missing else vectors
    matrix = np.array([known[text] for text in texts], dtype=np.float32).reshape(len(texts), DIMENSIONS)
    report = _report(intents, texts, nearest_others(texts, matrix))
    beside = output.with_name(output.name + ".new")
    beside.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    os.replace(str(beside), str(output))


def nearest_others(texts: Sequence[str], vectors: Any) -> Any:
    """For each text the row of the most like of the others; for a single text, itself."""
    if len(texts) < 2:
        return np.zeros(len(texts), dtype=np.int64)
    wording = TfidfVectorizer(token_pattern=r"(?u)\b\w+\b").fit_transform(texts).astype(np.float32)
    kept = min(_NEAREST, len(texts) - 1)
    best = np.empty(len(texts), dtype=np.int64)
    for start in range(0, len(texts), _ROWS_AT_ONCE):
        rows = np.arange(start, min(start + _ROWS_AT_ONCE, len(texts)))
        likeness = vectors[rows] @ vectors.T
        likeness[np.arange(len(rows)), rows] = -np.inf
        near = np.argpartition(likeness, len(texts) - kept, axis=1)[:, -kept:]
        by_words = wording[np.repeat(rows, kept)].multiply(wording[near.ravel()]).sum(axis=1)
        by_words = np.asarray(by_words).reshape(near.shape)
        by_vector = np.take_along_axis(likeness, near, axis=1)
        mixed = VECTOR_SHARE * by_vector + (1.0 - VECTOR_SHARE) * by_words
        best[rows] = np.take_along_axis(near, mixed.argmax(axis=1)[:, None], axis=1)[:, 0]
    return best


def _report(intents: List[str], texts: List[str], nearest: Any) -> Dict[str, Any]:
    wrong = [(row, int(other)) for row, other in enumerate(nearest) if intents[row] != intents[other]]
    counts = Counter((intents[row], intents[other]) for row, other in wrong)
    shown = {(intents[row], intents[other]): (texts[row], texts[other]) for row, other in reversed(wrong)}
    pairs = [
        {"unit": unit, "taken_for": taken_for, "count": count, "example": shown[unit, taken_for][0],
         "like": shown[unit, taken_for][1]}
        for (unit, taken_for), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]  # fmt: skip
    return {"units": digests(list(zip(intents, texts))), "examples": len(texts), "wrong": len(wrong), "pairs": pairs}


def digests(examples: Sequence[Tuple[str, str]]) -> Dict[str, str]:
    """For each intent a digest of its examples, as bot/knowledge/trained.py makes it: it tells an outdated model."""
    of_each: Dict[str, List[str]] = {}
    for intent, text in examples:
        of_each.setdefault(intent, []).append(text)
    return {
        intent: hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()[:16] for intent, texts in of_each.items()
    }
