"""Rasa's child starts before the guidance is read, and ends with whatever ends the start."""

from __future__ import annotations

import asyncio
import os
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.application import running
from bot.conversation.supervisor import RasaService
from bot.errors import SharewellError
from bot.settings import Settings, from_environment

CHILD = "#!/bin/sh\necho $$ > {told}\nexec sleep 60\n"


def _installation(tmp_path: Path, *, broken: bool) -> tuple[Settings, RasaService, Path]:
    """Settings of a home of its own, a Rasa whose child only waits, and where that child tells its number."""
    told, python = tmp_path / "child", tmp_path / "nlu" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(CHILD.format(told=told))
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    model = tmp_path / "model"
    model.touch()
    settings = from_environment().in_home(tmp_path / "home")
    if broken:
        (tmp_path / "knowledge" / "topics").mkdir(parents=True)
        (tmp_path / "knowledge" / "topics" / "a.yml").write_text("id: [")
        settings = replace(settings, knowledge=tmp_path / "knowledge")
    settings.prepare()
    return settings, RasaService(tmp_path / "nlu", model, settings.run_folder), told


def _has_ended(told: Path) -> bool:
    """Whether the child that wrote its number is gone; it must have begun."""
    deadline = time.monotonic() + 10
    while not told.exists() or not told.read_text().strip():
        assert time.monotonic() < deadline, "the child never began"
        time.sleep(0.01)
    try:
        os.kill(int(told.read_text()), 0)
    except ProcessLookupError:
        return True
    return False


def test_a_fault_in_the_guidance_leaves_no_child(tmp_path: Path) -> None:
    settings, rasa, _ = _installation(tmp_path, broken=True)

    async def start() -> None:
        with pytest.raises(SharewellError):
            async with running(settings, rasa=rasa):
                pytest.fail("broken guidance was taken")

    asyncio.run(start())
    assert (rasa.restarts, rasa.pid) == (0, None), "it never ran, or still does"


def test_the_child_runs_once_the_guidance_is_read_and_ends_with_the_application(tmp_path: Path) -> None:
    settings, rasa, told = _installation(tmp_path, broken=False)

    async def start() -> None:
        async with running(settings, rasa=rasa):
            assert rasa.pid is not None
            assert not await asyncio.to_thread(_has_ended, told)

    asyncio.run(start())
    assert _has_ended(told)


def test_a_child_that_cannot_be_run_holds_up_no_start(tmp_path: Path) -> None:
    settings, rasa, _ = _installation(tmp_path, broken=False)
    (tmp_path / "nlu" / ".venv" / "bin" / "python").chmod(0o600)

    async def start() -> None:
        async with running(settings, rasa=rasa) as application:
            assert application.assistant.bundle.knowledge.topics

    asyncio.run(start())
