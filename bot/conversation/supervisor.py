"""Runs the sealed Rasa as a child process: starts it, notices when it dies or hangs, and starts it again."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from bot.conversation.nlu_client import NluClient, NluDown, Ranked, Understood
from bot.errors import SettingsError

READY_SECONDS = 180.0
"""Seconds that a start may take before it counts as failed: the slowest start measured was 44."""

PATIENCE = 6.0
"""Seconds that a turn waits for Rasa before it searches by key words instead."""

_POLL_SECONDS = 0.1
_PROBE_SECONDS = 5.0
_PROBES_MISSED = 3
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_STOP_SECONDS = 5.0
RUN_FILE = "nlu.json"


class RasaService:
    """Understanding by a supervised child. `model` is the trained model; `run_folder` takes the child's few files.

    `newest` gives the model that a set-up has trained since: a child that is started again takes it, because the set-up
    removes the old one. A shared random key, made anew at each start, keeps other processes of the machine out.
    """

    def __init__(
        self, nlu: Path, model: Path, run_folder: Path, seconds: float = PATIENCE,
        newest: Callable[[], Path | None] = lambda: None,
    ) -> None:  # fmt: skip
        self._nlu = nlu
        self._model = model
        self._newest = newest
        self._run_folder = run_folder
        self._seconds = seconds
        self._process: asyncio.subprocess.Process | None = None
        self._client: NluClient | None = None
        self._task: asyncio.Task[None] | None = None
        self._launched = asyncio.Event()
        self._up = asyncio.Event()
        self._was_up = False
        self._address = ("", "")
        self.restarts = -1

    @property
    def starting(self) -> bool:
        return not self._was_up

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    @property
    def up(self) -> bool:
        return self._up.is_set()

    def start(self) -> None:
        """Begins to supervise. Returns at once; `wait_until_up` waits. Raises SettingsError when Rasa is not set up."""
        if not self._python.exists():
            raise SettingsError("Rasa's environment is not set up.", "Run `./sharewell setup`.")
        if not self._model.exists():
            raise SettingsError("There is no trained model.", "Run `./sharewell setup`.")
        self._task = asyncio.create_task(self._supervise())

    async def launched(self) -> None:
        """Returns as soon as the child runs, or could not be run: what follows may keep the event loop busy."""
        await self._launched.wait()

    async def wait_until_up(self, seconds: float = READY_SECONDS) -> bool:
        """True as soon as Rasa answers; False when it does not within `seconds`."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._up.wait(), seconds)
        return self._up.is_set()

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        return await self._now_up().understand(sender, text, context)

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        return await self._now_up().parse(texts)

    async def forget(self, sender: str) -> None:
        await self._now_up().forget(sender)

    @property
    def address(self) -> tuple[str, str]:
        """The base address of the running child and its key. Raises NluDown while there is none."""
        self._now_up()
        return self._address

    @property
    def client(self) -> NluClient:
        """The client of the running child. Raises NluDown while there is none."""
        return self._now_up()

    async def close(self) -> None:
        """Stops supervising and ends the child."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._end_child()

    def _now_up(self) -> NluClient:
        if self._client is None or not self._up.is_set():
            raise NluDown("it is not running")
        return self._client

    async def _supervise(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            with suppress(OSError):  # no memory, process or port to be had: the next attempt may find one
                if await self._begin_child():
                    pause = _FIRST_PAUSE
                    await self._watch()
            await self._end_child()
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _begin_child(self) -> bool:
        try:
            process, client = await self._launch()
        finally:
            self._launched.set()
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if process.returncode is not None:
                return False
            if await client.ready():
                self._was_up = True
                self._write_run_file()
                self._up.set()
                return True
            await asyncio.sleep(_POLL_SECONDS)
        return False

    async def _launch(self) -> tuple[asyncio.subprocess.Process, NluClient]:
        port, key = _free_port(), secrets.token_hex(32)
        self._process = await asyncio.create_subprocess_exec(
            str(self._python), "-m", "understanding.serve",
            "--model", str(self._newest() or self._model), "--port", str(port), "--with-parent",
            cwd=self._nlu, env=self._environment(key),
            # The child ends when this pipe closes: it never outlives a parent that was killed.
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        self.restarts += 1
        self._address = (f"http://127.0.0.1:{port}", key)
        self._client = NluClient(*self._address, self._seconds)
        return self._process, self._client

    async def _watch(self) -> None:
        """Returns when the child has ended or has not answered several probes in a row."""
        assert self._process is not None and self._client is not None
        ended = asyncio.create_task(self._process.wait())
        missed = 0
        try:
            while missed < _PROBES_MISSED:
                done, _ = await asyncio.wait({ended}, timeout=_PROBE_SECONDS)
                if done:
                    return
                missed = 0 if await self._client.ready() else missed + 1
        finally:
            ended.cancel()

    async def _end_child(self) -> None:
        self._up.clear()
        self._remove_run_file()
        if self._client is not None:
            await self._client.close()
            self._client = None
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOP_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    def _environment(self, key: str) -> dict[str, str]:
        """Next to nothing of our own environment: no token, no database address and no key of ours reaches Rasa."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if name in os.environ}
        return kept | {
            "SHAREWELL_NLU_KEY": key,
            "HOME": str(self._run_folder),
            "TMPDIR": str(self._run_folder),
            "RASA_TELEMETRY_ENABLED": "false",
            "LOG_LEVEL": "CRITICAL",
        }

    def _write_run_file(self) -> None:
        """Lets a `sharewell ask` beside us use this Rasa. Readable by the owner only; gone when Rasa stops."""
        path = self._run_folder / RUN_FILE
        with suppress(OSError):
            path.unlink(missing_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                json.dump(dict(zip(("url", "key"), self._address, strict=True)), file)

    def _remove_run_file(self) -> None:
        """Removes the file unless another process has put its own there since."""
        path = self._run_folder / RUN_FILE
        with suppress(OSError, ValueError, KeyError, TypeError):
            if json.loads(path.read_text())["key"] == self._address[1]:
                path.unlink()

    @property
    def _python(self) -> Path:
        return self._nlu / ".venv" / "bin" / "python"


class NoRasa:
    """Understanding that is switched off: buttons, checks, the log and key words go on."""

    starting = False

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        raise NluDown("it is switched off")

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        raise NluDown("it is switched off")

    async def forget(self, sender: str) -> None:
        return None


async def running_client(run_folder: Path) -> NluClient | None:
    """The client of a Rasa that another process of this installation supervises; None when there is none."""
    try:
        found = json.loads((run_folder / RUN_FILE).read_text())
        client = NluClient(found["url"], found["key"])
    except (OSError, ValueError, KeyError):
        return None
    if await client.ready():
        return client
    await client.close()
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
