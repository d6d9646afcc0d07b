"""`sharewell evaluate`: what needs no Rasa, and how a wrong call is explained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.main import main


def test_privacy_is_measured_by_its_own_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "privacy", "--json"]) == 0
    (data,) = json.loads(capsys.readouterr().out).values()
    assert data["identifying"] > 0
    assert 0.0 <= data["whole_recall"] <= 1.0
    assert 0.0 <= data["false_alarm_rate"] <= 1.0
    assert data["set"].startswith("privacy_blind")


@pytest.mark.parametrize(("header", "words"), [("yes", "used for tuning"), ("no", "not used for tuning")])
def test_privacy_says_which_set_it_measured(
    header: str, words: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(f"# Used for tuning: {header}\n- {{text: hello}}\n", encoding="utf-8")
    assert main(["evaluate", "privacy", "--set", str(path)]) == 0
    assert f"Privacy, on mine.yml ({words}" in capsys.readouterr().out


def test_urgent_is_measured_by_its_own_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "urgent", "--json"]) == 0
    (data,) = json.loads(capsys.readouterr().out).values()
    assert data["urgent"] > 0
    assert 0.0 <= data["recall"] <= 1.0


def test_confusions_are_listed_only_when_they_are_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "urgent.yml"
    urgent, calm = "[{text: what is consent, expect: [child-disclosure]}]", "[{text: hello, kind: policy}]"
    path.write_text(f"urgent: {urgent}\ncalm: {calm}\n")
    assert main(["evaluate", "urgent", "--set", str(path)]) == 0
    assert "missed: what is consent" not in capsys.readouterr().out
    assert main(["evaluate", "urgent", "--set", str(path), "--confusions"]) == 0
    assert "missed: what is consent" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["evaluate", "--set", "x.yml"], "--set needs to know what it is for"),
        (["evaluate", "privacy", "--set", "/nowhere.yml"], "/nowhere.yml"),
        (["evaluate", "urgent", "--set", "/nowhere.yml"], "/nowhere.yml"),
        (["evaluate", "understanding", "--set", "/nowhere.yml"], "/nowhere.yml"),
        (["evaluate", "replies", "--set", "/nowhere.yml"], "/nowhere.yml"),
    ],
)
def test_a_wrong_call_is_explained(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 1
    assert words in capsys.readouterr().err
