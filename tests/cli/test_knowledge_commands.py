"""`sharewell knowledge` on the command line: what is due, new files, confusions, cues; and `log` without a log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from bot.knowledge import example_digests
from tests.knowledge.folders import Folder

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A knowledge folder without a model beside it."""
    folder = Folder(tmp_path)
    monkeypatch.setenv("SHAREWELL_KNOWLEDGE", str(folder.root))
    monkeypatch.setenv("SHAREWELL_NLU", str(tmp_path / "nlu"))
    monkeypatch.setenv("SHAREWELL_HOME", str(tmp_path / "home"))
    return folder


def train(tmp_path: Path, folder: Folder, pairs: list[dict[str, Any]]) -> None:
    """What a training leaves beside its model."""
    models = tmp_path / "nlu" / "models"
    models.mkdir(parents=True, exist_ok=True)
    (models / "m.tar.gz").write_bytes(b"")
    (models / "current").write_text("m.tar.gz")
    data = {"units": example_digests(folder.load()), "examples": 50, "wrong": 5, "pairs": pairs}
    (models / "m.confusions.json").write_text(json.dumps(data))


def pair(number: int) -> dict[str, Any]:
    return {"unit": f"topic_u{number}", "taken_for": "check_v", "count": 9 - number, "example": "one", "like": "two"}


def lines(capture: Capture, *arguments: str) -> list[str]:
    assert main(["knowledge", *arguments]) == 0
    return capture.readouterr().out.splitlines()


def test_what_is_due_is_listed_in_words(folder: Folder, capsys: Capture) -> None:
    said = lines(capsys, "currency", "--on", "2027-06-01")
    assert "  guide-one: due 2020-03-31, 2618 days past. On it rest 1 topic, 2 checks, 1 trigger;" in "\n".join(said)
    assert any(line.startswith("  guide-two: due 2027-06-30, a date that we propose, in 29 days.") for line in said)
    assert "  act-two: repealed, not certain; checked 2026-11-20; named by 0 topics." in said
    assert "  west: no number for line-manager." in said
    assert "  national: sets no limit, so nothing." in said


def test_what_is_due_is_one_object_a_line(folder: Folder, capsys: Capture) -> None:
    found = [json.loads(line) for line in lines(capsys, "currency", "--on", "2029-01-01", "--area", "west", "--json")]
    held = next(item for item in found if item["kind"] == "withheld")
    assert (held["area"], held["limit"]) == ("west", 365)
    assert held["topics"] == ["first-topic", "second-topic"]
    assert {item["area"] for item in found if item["kind"] == "contact"} == {"west"}


@pytest.mark.parametrize("arguments", [["--area", "atlantis"], ["--on", "tomorrow"]])
def test_what_is_not_there_is_told(folder: Folder, arguments: list[str], capsys: Capture) -> None:
    try:
        code = main(["knowledge", "currency", *arguments])
    except SystemExit as refused:
        code = int(str(refused.code))
    assert code != 0
    assert arguments[1] in capsys.readouterr().err


def test_a_new_file_is_made_and_the_next_step_told(folder: Folder, capsys: Capture) -> None:
    said = " ".join(lines(capsys, "new", "topic", "new-one"))
    assert "topics/new-one.yml" in said
    assert "sharewell knowledge check" in said
    assert main(["knowledge", "check"]) == 1
    assert "new-one.yml: 3: title: write the title" in capsys.readouterr().err
    assert main(["knowledge", "new", "check", "new-one"]) == 1
    assert "already" in capsys.readouterr().err


def test_nearly_the_same_examples_are_told_and_are_no_failure(folder: Folder, capsys: Capture) -> None:
    folder.change("topics/second-topic.yml", "examples:\n", "examples:\n  - if mum says no what\n")
    said = "\n".join(lines(capsys, "check"))
    assert 'first-topic: "what if mum says no" and second-topic: "if mum says no what" differ in the order' in said


def test_confusions_are_listed_with_the_pair_named(folder: Folder, tmp_path: Path, capsys: Capture) -> None:
    train(tmp_path, folder, [pair(number) for number in range(4)])
    said = "\n".join(lines(capsys, "check", "--confusions", "2"))
    assert "Of 50 examples, 5 (10%) are most like one of another unit. The pairs seen most, 2 of 4:" in said
    assert '9 of topic_u0 like check_v, such as "one" and "two"' in said
    assert "topic_u2" not in said


def test_confusions_of_an_older_model_are_not_listed(folder: Folder, tmp_path: Path, capsys: Capture) -> None:
    train(tmp_path, folder, [pair(0)])
    folder.change("topics/first-topic.yml", "  - what if mum says no\n", "  - what if his mum says no\n")
    said = "\n".join(lines(capsys, "check"))
    assert "The model is older than these files: 1 units" in said
    assert "./sharewell setup" in said
    assert "topic_u0" not in said


def test_without_a_model_nothing_is_known_of_confusions(folder: Folder, capsys: Capture) -> None:
    assert "no model was trained here" in "\n".join(lines(capsys, "check"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("any:", "emergency: [\"<nobody> hit\"]\n  any:", "names <nobody>, which does not exist"),
        ("any:", "never: [\"a||b\"]\n  any:", "has an empty word"),
        ("any:", "topics: [\"~\"]\n  any:", "has no first word"),
        ("any:", "all: [[\"hit\", \"b__c\"]]\n  any:", "has an empty word"),
        ("any:", "before: [no-such-trigger]\n  any:", "no urgent trigger 'no-such-trigger'"),
    ],
)  # fmt: skip
def test_a_cue_that_cannot_be_used_is_told_by_file_and_line(
    folder: Folder, old: str, new: str, reason: str, capsys: Capture
) -> None:
    path = "urgent/small-trigger.yml"
    folder.change(path, f"  {old}", f"  {new}")
    line = folder.line_of(path, new.splitlines()[0])
    assert main(["knowledge", "check"]) == 1
    said = capsys.readouterr().err
    assert f"small-trigger.yml: {line}: " in said
    assert reason in said


@pytest.mark.parametrize("arguments", [["verify"], ["show", "1234"], ["export"]])
def test_looking_at_a_log_that_is_not_there_makes_none(
    folder: Folder, tmp_path: Path, arguments: list[str], capsys: Capture
) -> None:
    assert main(["log", *arguments]) == 1
    assert "There is no decision log here yet" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()
