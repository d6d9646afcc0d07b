"""`sharewell bench hint3` as it is used: a small bot, both pipelines trained and asked by the real Rasa."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.benchmark.hint3.dataset import Bot, Row
from bot.benchmark.hint3.pipelines import Pipeline
from bot.benchmark.hint3.result import Compared, Hint3Report, Measured
from bot.benchmark.hint3.scoring import Score
from bot.settings import ROOT
from tests.benchmark.hint3_support import asked_file, write_bot

GOOD = Measured(Score(0.9, 0.8, 0.7, 0.4, 0.95), 8.0)
POOR = Measured(Score(0.7, 0.4, 0.5, 0.6, 0.8), 200.0)
BOT = Bot("tiny", (Row("open?", "OPENING"),), (Row("when", "OPENING"), Row("joke", "NO_NODES_DETECTED")))
PIPELINE = Pipeline("ours", {"pipeline": [{"name": "understanding.a.Part", "size": 3}]}, "a file", ("that: no use",))


def _bench(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "temporary").mkdir(exist_ok=True)
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary"), "SHAREWELL_HOME": str(tmp_path / "home")}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli.main", "bench", "hint3", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip


def test_both_pipelines_are_trained_and_asked_and_nothing_is_left(tmp_path: Path) -> None:
    data = write_bot(tmp_path / "data")
    done = _bench(tmp_path, str(data), "--bots", "tiny", "--epochs", "2", "--json")
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(done.stdout)
    bot = report["bots"]["tiny"]
    assert bot["ours"]["accuracy"] == 1.0
    assert bot["ours"]["recall"] > 0
    assert all(0 <= bot["diet"][name] <= 1 for name in ("accuracy", "recall", "area"))
    assert bot["diet"] != bot["ours"]
    assert all(bot[name]["seconds"] > 1 for name in ("ours", "diet"))
    assert done.returncode == (0 if report["beaten"] else 1)
    assert report["beaten"] == all(bot["beaten"].values())
    assert "training DIET" in done.stderr, "the progress is shown"
    assert list((tmp_path / "temporary").iterdir()) == []
    assert not (ROOT / "nlu" / ".rasa").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["nowhere"], "There is no folder"), (["data", "--version", "v2"], "There is no folder"),
     (["data"], "sofmattress_train.csv")],
)  # fmt: skip
def test_a_missing_or_incomplete_folder_is_refused(tmp_path: Path, arguments: list[str], said: str) -> None:
    write_bot(tmp_path / "data")
    done = _bench(tmp_path, str(tmp_path / arguments[0]), *arguments[1:])
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert done.stdout == ""


def test_no_question_of_the_data_is_in_an_error(tmp_path: Path) -> None:
    data = write_bot(tmp_path / "data")
    asked_file(data).write_text("sentence,label\nsecret words,\n", encoding="utf-8")
    done = _bench(tmp_path, str(data), "--bots", "tiny")
    assert done.returncode == 1
    assert "secret" not in done.stderr


def _report(ours: Measured, diet: Measured) -> Hint3Report:
    return Hint3Report("v1", (Compared(BOT, ours, diet),), (PIPELINE,), 12.3)


def test_all_beaten_is_said_in_words() -> None:
    report = _report(GOOD, POOR)
    assert report.beaten
    assert report.verdict() == "Ours beats DIET on every bot measured, in every measure."
    lines = report.table().splitlines()
    assert any(line.split()[:3] == ["DIET", "70.0%", "40.0%"] for line in lines)
    assert any(line.split()[:4] == ["ours", "90.0%", "80.0%", "0.700"] for line in lines)
    assert any("Open Database License" in line for line in lines)
    assert any("Part (size 3)" in line for line in lines)
    assert any("left out: that: no use" in line for line in lines)


def test_what_is_not_beaten_is_named_with_both_values() -> None:
    report = _report(replace(GOOD, score=replace(GOOD.score, recall=0.3, area=0.8)), POOR)
    assert not report.beaten
    assert report.verdict() == (
        "Ours does not beat DIET on: tiny, out-of-scope recall (30.0% against 40.0%); "
        "tiny, area under the curve (0.800 against 0.800)."
    )
    assert report.as_json()["bots"]["tiny"]["beaten"] == {
        "accuracy": True, "recall": False, "correlation": True, "area": False,
    }  # fmt: skip


def test_no_bot_at_all_is_not_beaten() -> None:
    assert not Hint3Report("v1", (), (PIPELINE,), 0.0).beaten
