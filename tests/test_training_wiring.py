"""The application keeps progress where the settings say, opens it when it is first needed, and sweeps it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.application import _progress_swept, assembled
from bot.conversation.supervisor import NoRasa
from bot.errors import SettingsError
from bot.settings import from_environment
from bot.training import Training, UnknownLearner


def test_the_settings_are_read(tmp_path: Path) -> None:
    found = from_environment({"SHAREWELL_HOME": str(tmp_path)})
    assert (found.training_url, found.training_days) == (f"sqlite:///{tmp_path / 'training.db'}", 730)
    given = from_environment({"SHAREWELL_TRAINING_URL": "postgresql://name@host/x", "SHAREWELL_TRAINING_DAYS": "90"})
    assert (given.training_url, given.training_days) == ("postgresql://name@host/x", 90)
    assert "name@host" not in repr(given)
    assert given.in_home(tmp_path).training_url == f"sqlite:///{tmp_path / 'training.db'}"
    with pytest.raises(SettingsError, match="SHAREWELL_TRAINING_DAYS"):
        from_environment({"SHAREWELL_TRAINING_DAYS": "7"})


def test_nothing_is_made_before_somebody_keeps_progress(tmp_path: Path) -> None:
    settings = from_environment({"SHAREWELL_HOME": str(tmp_path), "SHAREWELL_TRAINING_DAYS": "90"})
    path = tmp_path / "training.db"
    with assembled(settings, NoRasa()) as (assistant, known, _):
        assert assistant.training is not None and assistant.training.keep_days == 90
        assert not path.exists()
        learner = assistant.training.begin("Quiet Heron").learner
        assert len(assistant.training.progress(learner.id, known).modules) == 9
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_running_application_destroys_what_was_not_used_for_too_long(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'training.db'}"
    long_ago = Training(url, clock=lambda: datetime.now(UTC) - timedelta(days=800))
    learner = long_ago.begin("Quiet Heron").learner
    training = Training(url)

    def is_kept() -> bool:
        with suppress(UnknownLearner):
            return long_ago.learner(learner.id) == learner
        return False

    assert is_kept()

    async def once() -> None:
        task = asyncio.create_task(_progress_swept(training))
        for _ in range(200):
            await asyncio.sleep(0.05)
            if not is_kept():
                break
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(once())
    assert not is_kept()
    long_ago.close()
    training.close()
