"""Starts `sharewell` as a process of its own, as a user or a script would, in a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment whose every temporary file lands below `home`."""
    temporary = home / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHAREWELL_")}
    return kept | {
        "SHAREWELL_HOME": str(home / "var"), "HOME": str(home), "TMPDIR": str(temporary), "XDG_CACHE_HOME": str(home),
    } | more  # fmt: skip


class JsonChat:
    """`sharewell chat --json`, one line in, one Reply out."""

    def __init__(self, home: Path, *options: str, **more: str) -> None:
        self.errors = home / "errors.txt"
        self.home = home
        with self.errors.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli.main", "chat", "--json", *options],
                cwd=ROOT, env=environment(home, **more),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip

    def send(self, **message: Any) -> dict[str, Any]:
        return self.send_line(json.dumps(message))

    def send_line(self, line: str) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"the process ended: {self.errors.read_text()[-2000:]}"
        return dict(json.loads(answer))

    def press(self, label: str, reply: dict[str, Any]) -> dict[str, Any]:
        values = [button["value"] for button in reply["buttons"] if button["label"].startswith(label)]
        assert values, f"no button '{label}' in {[button['label'] for button in reply['buttons']]}"
        return self.send(button=values[0])

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._close_pipes()

    def close(self) -> int:
        assert self.process.stdin
        self.process.stdin.close()
        try:
            return self.process.wait(30)
        finally:
            self._close_pipes()

    def _close_pipes(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
