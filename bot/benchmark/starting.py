"""How soon a chat answers after its start: a real `sharewell chat --json --no-wait`, before Rasa is ready."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.benchmark.report import BenchmarkError, Figure
from bot.settings import ROOT, Settings

_ANSWER_SECONDS = 30.0
_STOP_SECONDS = 10.0
AIM_SECONDS = 2.0


async def first_answers(settings: Settings, compiled: Path, urgent: str, question: str) -> Figure:
    """Seconds until a button, an urgent message and a search were answered. Raises BenchmarkError when one was not.

    Python keeps the compiled program in the folder `compiled`.
    """
    lines: list[tuple[dict[str, str], Sequence[str]]] = [
        ({"button": "menu"}, ("smalltalk",)),
        ({"text": urgent}, ("urgent",)),
        ({"text": question}, ("unknown", "topic")),
    ]
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli.main", "chat", "--json", "--no-wait",
        cwd=ROOT, env=_environment(settings, compiled),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        limit=1 << 20,
    )  # fmt: skip
    try:
        times = [await _answered(process, line, kinds, began) for line, kinds in lines]
    finally:
        await _end(process)
    button, alarm, search = times
    beside = f"button {button:.2f}, urgent {alarm:.2f}, search {search:.2f} s"
    return Figure("start until buttons, urgent and search answer", search, "s", AIM_SECONDS, beside=beside)


async def _answered(
    process: asyncio.subprocess.Process, line: dict[str, str], kinds: Sequence[str], began: float
) -> float:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(line).encode() + b"\n")
    try:
        await process.stdin.drain()
        answer = await asyncio.wait_for(process.stdout.readline(), _ANSWER_SECONDS)
        kind = json.loads(answer)["kind"]
    except (OSError, TimeoutError, ValueError, KeyError):
        raise BenchmarkError("A chat that was just started did not answer.", "Run `sharewell doctor`.") from None
    if kind not in kinds:
        raise BenchmarkError(f"A chat that was just started answered with '{kind}'.", "Run `sharewell doctor`.")
    return time.perf_counter() - began


async def _end(process: asyncio.subprocess.Process) -> None:
    """Closes its input, which ends the chat and its Rasa."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), _STOP_SECONDS)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _environment(settings: Settings, compiled: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "PYTHONPYCACHEPREFIX": str(compiled),
        "SHAREWELL_HOME": str(settings.home), "SHAREWELL_KNOWLEDGE": str(settings.knowledge),
        "SHAREWELL_NLU": str(settings.nlu), "SHAREWELL_LOG_URL": settings.log_url,
        "SHAREWELL_KEY_FILE": str(settings.key_file),
    }  # fmt: skip
