"""Drives the real terminal chat: what a person types goes in through a pipe, what they would see comes out."""

from __future__ import annotations

import asyncio
import io
import os
import re
import tempfile
import threading
import time
from pathlib import Path

from bot.channels.terminal import chat
from bot.conversation.assistant import Assistant
from tests.support.screen import Screen

_PROMPT = "\n> "
_NUMBERED = re.compile(r"^ {2,4}(\d{1,2})  (\S.*)$")
_PATIENCE = 30.0


class _Sink(io.StringIO):
    """What the terminal would show. `wait` blocks until the prompt stands at its end."""

    def wait(self) -> str:
        deadline = time.monotonic() + _PATIENCE
        while not self.getvalue().endswith(_PROMPT):
            assert time.monotonic() < deadline, f"no prompt; the screen ends: {self.getvalue()[-300:]}"
            time.sleep(0.005)
        shown = self.getvalue()
        self.seek(0)
        self.truncate()
        return shown


class TerminalDriver:
    """One terminal conversation with `assistant`."""

    name = "terminal"

    def __init__(self, assistant: Assistant, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        reading, self._writing = os.pipe()
        self._source = os.fdopen(reading, "r", encoding="utf-8")
        self._sink = _Sink()
        self._screen = Screen("", {}, "")
        self._done = asyncio.run_coroutine_threadsafe(
            chat(assistant, folder, new=False, source=self._source, sink=self._sink), loop
        )

    def open(self) -> Screen:
        return self._look()

    def say(self, text: str) -> Screen:
        self._type(text)
        return self._look()

    def press(self, label: str) -> Screen:
        number = self._screen.number(label)
        self._type(str(number))
        return self._look()

    def take(self, label: str) -> tuple[str, bytes]:
        """Saves the document into a folder of this test, and reads it back."""
        screen = self._screen
        with tempfile.TemporaryDirectory(prefix="sharewell-taken-") as folder:
            assert "Type the folder" in self.press(label).text
            self._type(folder)
            said = self._look().text
            paths = list(Path(folder).iterdir())
            assert len(paths) == 1 and f"Saved as {paths[0]}" in said, said
            self._screen = screen
            return paths[0].name, paths[0].read_bytes()

    def close(self) -> None:
        os.close(self._writing)
        self._done.result(_PATIENCE)
        self._source.close()

    def _type(self, line: str) -> None:
        # A terminal sends a line at a time: a line break inside a text would be two messages.
        data = (line.replace("\n", " ") + "\n").encode()
        threading.Thread(target=os.write, args=(self._writing, data), daemon=True).start()

    def _look(self) -> Screen:
        shown = self._sink.wait().removesuffix(_PROMPT)
        self._screen = _screen_of(shown)
        return self._screen


def _screen_of(shown: str) -> Screen:
    lines: list[str] = []
    buttons: dict[str, str] = {}
    last: str | None = None
    for line in shown.splitlines():
        match = _NUMBERED.match(line)
        if match:
            last = match[1]
            buttons[last] = match[2]
        elif last is not None and line.startswith("      "):
            buttons[last] += " " + line.strip()
        else:
            last = None
            lines.append(line)
    text = " ".join(" ".join(lines).split())
    return Screen(text, {label: number for number, label in buttons.items()}, "terminal")
