"""A real Rasa at an address of its own, with its key in a file, that a test can end and start again."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import ROOT, from_environment


class RasaApart:
    """Where it is, whether or not it runs. `key_file` is readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.key_file = folder / "rasa-key"
        self.key_file.touch(0o600)
        self.key_file.write_text(secrets.token_hex(32) + "\n")
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def key(self) -> str:
        return self.key_file.read_text().strip()

    def start(self) -> None:
        """Begins; it answers some seconds later."""
        model = from_environment({}).model()
        assert model is not None, "no trained model: run the tests with ./sharewell test, which trains it"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SHAREWELL_")}
        self._process = subprocess.Popen(
            [ROOT / "nlu/.venv/bin/python", "-W", "ignore", "-m", "understanding.serve",
             "--model", model, "--port", str(self.port)],
            cwd=ROOT / "nlu", stdin=subprocess.DEVNULL,
            env=kept | {
                "SHAREWELL_NLU_KEY_FILE": str(self.key_file), "HOME": str(self._folder), "TMPDIR": str(self._folder),
            },
        )  # fmt: skip

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def rasa_apart(folder: Path) -> Iterator[RasaApart]:
    """A Rasa that does not run yet, and none that still runs afterwards."""
    apart = RasaApart(folder)
    try:
        yield apart
    finally:
        apart.kill()
