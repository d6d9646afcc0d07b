"""Examples that are most like one of another intent: found, counted and written beside the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from understanding import confusions
from understanding.encoder import DIMENSIONS, shared_encoder

DATA = """\
version: "3.1"

nlu:
  - intent: topic_a
    examples: |
      - first of a
      - second of a
      - stray of a
  - intent: topic_b
    examples: |
      - first of b
      - second of b
"""
RULES = """\
rules:
  - rule: topic_a
    steps:
      - intent: topic_a
      - action: utter_answer_a
"""


def _vector(*places: int) -> Any:
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    vector[list(places)] = 1.0
    return vector / np.linalg.norm(vector)


VECTORS = {
    "first of a": _vector(0), "second of a": _vector(0, 1), "stray of a": _vector(5),
    "first of b": _vector(5, 6), "second of b": _vector(6),
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "knowledge.yml").write_text(DATA, encoding="utf-8")
    (tmp_path / "rules.yml").write_text(RULES, encoding="utf-8")
    return tmp_path


def test_examples_are_read_with_their_intents(data: Path) -> None:
    assert confusions.examples_in(data) == [
        ("topic_a", "first of a"), ("topic_a", "second of a"), ("topic_a", "stray of a"),
        ("topic_b", "first of b"), ("topic_b", "second of b"),
    ]  # fmt: skip


def test_an_example_among_those_of_another_intent_is_a_confusion(data: Path, tmp_path: Path) -> None:
    confusions.write(data, dict(VECTORS), tmp_path / "m.confusions.json")
    found = json.loads((tmp_path / "m.confusions.json").read_text(encoding="utf-8"))
    assert (found["examples"], found["wrong"]) == (5, 1)
    assert found["pairs"] == [
        {"unit": "topic_a", "taken_for": "topic_b", "count": 1, "example": "stray of a", "like": "first of b"}
    ]
    assert set(found["units"]) == {"topic_a", "topic_b"}


def test_no_example_is_its_own_neighbour() -> None:
    texts, vectors = ["the same words", "other ones"], np.array([_vector(0), _vector(9)])
    assert list(confusions.nearest_others(texts, vectors)) == [1, 0]


def test_words_decide_between_examples_whose_vectors_are_level() -> None:
    texts = ["may i share it", "who asks", "may i share"]
    vectors = np.array([_vector(0), _vector(1), _vector(1)])
    level = np.array([_vector(0, 1), vectors[1], vectors[2]])
    assert confusions.nearest_others(texts, level)[0] == 2


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_examples_to_compare(count: int) -> None:
    assert len(confusions.nearest_others(["one"] * count, np.zeros((count, DIMENSIONS), dtype=np.float32))) == count


def test_vectors_are_remembered_and_the_encoder_is_left_as_it_was() -> None:
    encoder = shared_encoder()
    with confusions.remembered_vectors() as vectors:
        made = encoder.encode(["may i share this", "who is the lead"])
    assert np.array_equal(vectors["who is the lead"], made[1])
    encoder.encode(["after it"])
    assert "after it" not in vectors


def test_what_was_not_remembered_is_encoded(data: Path, tmp_path: Path) -> None:
    confusions.write(data, {}, tmp_path / "m.confusions.json")
    assert json.loads((tmp_path / "m.confusions.json").read_text(encoding="utf-8"))["examples"] == 5
