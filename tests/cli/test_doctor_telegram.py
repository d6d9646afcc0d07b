"""`sharewell doctor` with a bot on Telegram: it asks Telegram, and never shows the token."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from tests.support.telegram.running import Emulator
from tests.support.telegram.world import TOKEN


def _found(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    main(["doctor", "--json"])
    said = capsys.readouterr().out
    assert TOKEN not in said and TOKEN.split(":")[1] not in said
    return [finding for finding in json.loads(said)["findings"] if finding["area"] == "telegram"]


def test_the_doctor_says_how_the_bot_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHAREWELL_HOME", str(tmp_path))
    monkeypatch.setenv("SHAREWELL_NLU", str(tmp_path / "nlu"))
    assert _found(capsys) == [], "without a bot nothing is said of it"
    monkeypatch.setenv("SHAREWELL_TELEGRAM_TOKEN", TOKEN)
    with Emulator() as telegram:
        monkeypatch.setenv("SHAREWELL_TELEGRAM_API", telegram.url)
        (well,) = _found(capsys)
        telegram.do(lambda: telegram.world.faults.add("401"))
        (refused,) = _found(capsys)
        monkeypatch.setenv("SHAREWELL_TELEGRAM_WEBHOOK_URL", "https://advice.example.org")
        (unset,) = _found(capsys)
    assert (well["state"], refused["state"], unset["state"]) == ("fine", "mend", "note")
    assert "BotFather" in refused["remedy"] and "log" in unset["remedy"]
