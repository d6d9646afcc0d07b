"""The fit of the danger classifier: it separates, keeps its recall, and writes what the application reads."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, Dict

import numpy as np
import pytest

from understanding.danger import RECALL, fit

SIZE, TRIGGER_SIZE = 64, 16


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Dict[str, Any]:
    """Messages of three triggers (features 1, 2 and 5), calm ones (feature 3) and unjudged questions (feature 4)."""
    folder = tmp_path_factory.mktemp("danger")
    rng = np.random.default_rng(0)
    lines = [json.dumps({"size": SIZE, "trigger_size": TRIGGER_SIZE})]
    for label, feature, judged, evidence in (
        ("fire", 1, True, ["event"]), ("flood", 2, True, ["no cue"]), ("storm", 5, True, ["event"]),
        ("", 3, True, ["no cue"]), ("", 4, False, ["asks"]),
    ):  # fmt: skip
        for _ in range(40):
            noise = int(rng.integers(10, 30))
            features = [[feature, 0.8], [noise, 0.6]]
            line = {"label": label, "judged": judged, "weight": 1.0 if judged else 0.3}
            lines.append(json.dumps({**line, "evidence": evidence, "features": features}))
    (folder / "danger.jsonl").write_text("\n".join(lines) + "\n")
    fit(folder / "danger.jsonl", folder / "danger.json")
    found: Dict[str, Any] = json.loads((folder / "danger.json").read_text())
    return found


def weights(text: str) -> Any:
    return np.frombuffer(base64.b64decode(text), dtype="<f4")


def test_words_of_danger_weigh_for_it_and_calm_ones_against(fitted: Dict[str, Any]) -> None:
    found = weights(fitted["weights"])
    assert len(found) == SIZE
    assert min(found[1], found[2]) > 0 > max(found[3], found[4])


def test_evidence_is_weighed_by_name(fitted: Dict[str, Any]) -> None:
    assert set(fitted["evidence"]) == {"event", "no cue", "asks"}
    assert fitted["evidence"]["event"] > fitted["evidence"]["asks"]


def test_each_trigger_has_its_words_and_evidence(fitted: Dict[str, Any]) -> None:
    assert fitted["triggers"] == ["fire", "flood", "storm"]
    rows = [weights(text) for text in fitted["trigger_weights"]]
    assert [len(row) for row in rows] == [TRIGGER_SIZE] * 3
    assert len(fitted["trigger_biases"]) == len(fitted["trigger_evidence"]) == 3
    assert rows[0][1] > rows[0][2] and rows[1][2] > rows[1][1]


def test_the_threshold_keeps_the_recall_on_messages_it_was_not_fitted_on(fitted: Dict[str, Any]) -> None:
    assert 0 < fitted["threshold"] < 1
    assert fitted["recall"] >= RECALL - 0.02
    assert fitted["false_alarms"] < 0.1 and fitted["questions_raised"] < 0.1


def test_a_second_fit_gives_the_same_file(tmp_path: Path) -> None:
    lines = [json.dumps({"size": SIZE, "trigger_size": TRIGGER_SIZE})]
    for number in range(60):
        label = ("fire", "flood", "storm", "")[number % 4]
        row = {"label": label, "judged": True, "weight": 1.0, "evidence": ["x"], "features": [[number % 4 + 1, 1.0]]}
        lines.append(json.dumps(row))
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n")
    fit(tmp_path / "in.jsonl", tmp_path / "one.json")
    fit(tmp_path / "in.jsonl", tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert not list(tmp_path.glob("*.new"))
