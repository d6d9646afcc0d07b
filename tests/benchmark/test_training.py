"""Training for the benchmarks: what fails is said, and what was begun does not stay."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from bot.benchmark.report import BenchmarkError
from bot.benchmark.training import run_rasa, trained_once
from bot.errors import SettingsError
from bot.settings import from_environment

SETTINGS = from_environment({})


def test_without_rasas_environment_there_is_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="setup"):
        asyncio.run(run_rasa(replace(SETTINGS, nlu=tmp_path), ["rasa"], tmp_path, 5.0))


def test_a_failure_is_told_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"code 2: .*--build"):
        asyncio.run(run_rasa(SETTINGS, ["understanding.train"], tmp_path, 60.0))


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"did not train in 3 s"):
        asyncio.run(run_rasa(SETTINGS, ["http.server", "0", "--bind", "127.0.0.1"], tmp_path, 3.0))
    # The servers of other tests may be children of this process, too.
    assert [child for child in psutil.Process().children() if "http.server" in child.cmdline()] == []


def test_data_that_cannot_be_learnt_from_leave_nothing_behind(tmp_path: Path) -> None:
    for name in ("domain", "data"):
        (tmp_path / "build" / name).mkdir(parents=True)
        (tmp_path / "build" / name / "file.yml").write_text("version: [", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="did not train"):
        asyncio.run(trained_once(SETTINGS, tmp_path, 120.0))
    assert [path.name for path in tmp_path.iterdir()] == ["build"]
