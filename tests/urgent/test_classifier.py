"""The classifier's arithmetic, on weights that are made by hand, and how the detector weighs it against the cues."""

from __future__ import annotations

import base64
import json
import math
from array import array
from pathlib import Path
from typing import Any

import pytest

from bot.urgent import Classifier, ClassifierError, Detector, load_classifier
from bot.urgent.classifier import TRIGGER_SIZE, windows_of
from bot.urgent.features import SIZE
from tests.urgent.urgent_support import TriggerFile, trigger

NOTHING = array("f", [0.0]) * SIZE
NO_TRIGGER = array("f", [0.0]) * TRIGGER_SIZE
TRIGGERS = {
    "hurt": trigger("hurt", any=("<child> ~ hurt",), emergency=("bleeding",)),
    "order": trigger("order", urgency="same-day", any=("court order",)),
}


def odds(share: float) -> float:
    return math.log(share / (1 - share))


def classifier(share: float = 0.5, **changes: Any) -> Classifier:
    """A classifier that gives every message the score `share`, and whose threshold is 0.4."""
    parts: dict[str, Any] = {
        "weights": NOTHING, "bias": odds(share), "threshold": 0.4, "evidence": {}, "triggers": ("hurt", "order"),
        "trigger_weights": (NO_TRIGGER, NO_TRIGGER), "trigger_biases": (0.0, 0.0), "trigger_evidence": ({}, {}),
    }  # fmt: skip
    return Classifier(**(parts | changes))


def detector(share: float, **changes: Any) -> Detector:
    triggers: dict[str, TriggerFile] = TRIGGERS
    return Detector(triggers, classifier(share, **changes))


def test_evidence_moves_the_score() -> None:
    moved = classifier(0.5, evidence={"event": odds(0.9)})
    assert moved.score(windows_of("some words")) == pytest.approx(0.5)
    assert moved.score(windows_of("some words"), ["event", "unknown"]) == pytest.approx(0.9)


def test_a_text_without_words_scores_nothing() -> None:
    assert classifier(0.9).score(windows_of(" .. ")) == 0.0


def test_a_long_text_is_read_in_windows_that_overlap() -> None:
    assert len(windows_of("word " * 60)) == 1
    assert len(windows_of("word " * 200)) > 5


def test_the_fits_of_triggers_add_up_to_one() -> None:
    found = classifier(trigger_evidence=({"event": 2.0}, {})).fits(windows_of("words"), ["event"])
    assert sum(found.values()) == pytest.approx(1.0)
    assert found["hurt"] > found["order"]


@pytest.mark.parametrize(
    ("text", "share", "raised"),
    [
        ("nothing that a cue names", 0.41, True),
        ("nothing that a cue names", 0.39, False),
        ("the boy was hurt", 0.37, True),
        ("the boy was hurt", 0.35, False),
        ("the boy is bleeding", 0.21, True),
        ("the boy is bleeding", 0.19, False),
        ("the boy was hurt thirty years ago", 0.39, False),
        ("the boy was hurt thirty years ago", 0.41, True),
    ],
)
def test_the_stronger_the_cue_the_less_it_is_doubted(text: str, share: float, raised: bool) -> None:
    assert (detector(share).detect(text) is not None) is raised


def test_the_classifier_names_the_trigger() -> None:
    found = detector(0.9, trigger_biases=(-9.0, 9.0)).detect("the boy was hurt")
    assert found is not None
    assert (found.trigger_id, found.urgency) == ("order", "same-day")


def test_an_emergency_never_becomes_a_trigger_that_can_wait() -> None:
    found = detector(0.9, trigger_biases=(-9.0, 9.0)).detect("the boy is bleeding")
    assert found is not None
    assert (found.trigger_id, found.urgency, found.emergency) == ("hurt", "now", True)


def test_in_doubt_the_trigger_of_which_something_is_due_now_is_chosen() -> None:
    found = detector(0.9, trigger_biases=(0.1, 0.0)).detect("nothing that a cue names")
    assert found is not None
    assert found.trigger_id == "hurt"


def test_what_is_told_as_long_past_can_wait_until_the_same_day() -> None:
    found = detector(0.9, trigger_biases=(9.0, -9.0)).detect("the boy was hurt thirty years ago")
    assert found is not None
    assert (found.trigger_id, found.urgency) == ("hurt", "same-day")


def test_triggers_that_are_no_longer_written_are_left_out() -> None:
    older = classifier(0.9, triggers=("gone", "lost"))
    triggers: dict[str, TriggerFile] = TRIGGERS
    assert Detector(triggers, older).detect("nothing that a cue names") is None
    found = Detector(triggers, older).detect("the boy was hurt")
    assert found is not None
    assert found.trigger_id == "hurt"


def written(path: Path, **changes: object) -> Path:
    def text(size: int) -> str:
        return base64.b64encode(array("f", [0.0]).tobytes() * size).decode()

    data: dict[str, object] = {
        "weights": text(SIZE), "bias": 0.0, "threshold": 0.4, "evidence": {"event": 1.5}, "triggers": ["hurt"],
        "trigger_weights": [text(TRIGGER_SIZE)], "trigger_biases": [0.0], "trigger_evidence": [{"event": 0.5}],
    }  # fmt: skip
    path.write_text(json.dumps(data | changes))
    return path


def test_what_training_wrote_is_read(tmp_path: Path) -> None:
    found = load_classifier(written(tmp_path / "c.json"))
    assert (len(found.weights), found.evidence, found.trigger_evidence) == (SIZE, {"event": 1.5}, ({"event": 0.5},))


def test_what_an_earlier_file_did_not_learn_weighs_nothing(tmp_path: Path) -> None:
    short = base64.b64encode(array("f", [0.25]).tobytes()).decode()
    found = load_classifier(written(tmp_path / "c.json", weights=short, evidence={}))
    assert (found.weights[0], found.weights[1], len(found.weights)) == (0.25, 0.0, SIZE)


@pytest.mark.parametrize(
    "changes",
    [
        {"weights": "no base 64"}, {"weights": ""}, {"bias": None}, {"triggers": ["hurt", "order"]}, {"evidence": "x"},
        {"trigger_biases": []},
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(ClassifierError, match=r"c\.json") as caught:
        load_classifier(written(tmp_path / "c.json", **changes))
    assert "setup" in caught.value.remedy
