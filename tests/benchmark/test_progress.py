"""What a long step tells while it runs."""

from __future__ import annotations

import asyncio
import io

import pytest

from bot.benchmark import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


async def _step(out: io.StringIO, seconds: float = 0.0) -> None:
    async with progress.step("Training", out):
        await asyncio.sleep(seconds)


def test_a_log_gets_a_line_before_and_one_after() -> None:
    out = io.StringIO()
    asyncio.run(_step(out))
    assert out.getvalue() == "Training ...\nTraining: 0 s\n"


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_LINES", 0.05)
    out = io.StringIO()
    asyncio.run(_step(out, 0.3))
    assert out.getvalue().count("Training ... 0 s\n") >= 2


def test_a_terminal_keeps_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_UPDATES", 0.05)
    out = Terminal()
    asyncio.run(_step(out, 0.3))
    assert out.getvalue().count("\n") == 1
    assert out.getvalue().endswith("\r\x1b[KTraining: 0 s\n")


@pytest.mark.parametrize("out", [Terminal(), io.StringIO()])
def test_a_fault_goes_through_and_its_line_ends(out: io.StringIO) -> None:
    async def failing() -> None:
        async with progress.step("Training", out):
            raise OSError

    with pytest.raises(OSError):
        asyncio.run(failing())
    assert out.getvalue().startswith("Training ...")
    assert out.getvalue().endswith("\n")
    assert "Training: " not in out.getvalue()
