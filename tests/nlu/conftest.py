"""A running Rasa with the trained model, for the tests that ask it."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
_SECONDS_TO_START = 90


@dataclass(frozen=True)
class Served:
    """The running server: how to ask it, where it lies, and where what it prints goes."""

    client: httpx.Client
    printed: Path
    scratch: Path
    process: int

    def turn(self, text: Any, context: str = "none", sender: str = "tester") -> httpx.Response:
        return self.client.post("turn", json={"sender": sender, "text": text, "context": context})

    def directives(self, text: str, context: str = "none") -> Any:
        answer = self.turn(text, context)
        assert answer.status_code == 200, answer.text
        return answer.json()["directives"]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    scratch = folder / "scratch"
    scratch.mkdir()
    key, port = secrets.token_hex(16), _free_port()
    models = ROOT / "nlu/models"
    model = models / (models / "current").read_text().strip()
    command = [str(ROOT / "nlu/.venv/bin/python"), "-W", "ignore", "-m", "understanding.serve"]
    printed = folder / "printed"
    with printed.open("w") as output:
        process = subprocess.Popen(
            [*command, "--model", str(model), "--port", str(port)],
            cwd=ROOT / "nlu",
            env={**os.environ, "SHAREWELL_NLU_KEY": key, "TMPDIR": str(scratch), "HOME": str(scratch)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    base = f"http://127.0.0.1:{port}/webhooks/sharewell/"
    try:
        with httpx.Client(base_url=base, headers={"X-Sharewell-Key": key}, timeout=30, trust_env=False) as client:
            _wait(client, process)
            yield Served(client, printed, scratch, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if client.get("ready").json() == {"ready": True}:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("Rasa did not start.")
