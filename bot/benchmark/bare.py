"""Bare Rasa: the same training data and pipeline with static answers, served by `rasa run` with its REST channel."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import yaml

from bot.benchmark.report import BenchmarkError
from bot.benchmark.training import Trained, rasa_environment, rasa_python, trained_once
from bot.knowledge import Knowledge
from bot.nlu_build import write_training_data
from bot.settings import Settings

ANSWER_SECONDS = 10.0
READY_SECONDS = 180.0
_TRAINING_SECONDS = 900.0
_POLL_SECONDS = 0.1
_STOP_SECONDS = 5.0
_WEBHOOK = "/webhooks/rest/webhook"


async def trained(settings: Settings, knowledge: Knowledge, stories: Path) -> Trained:
    """The bare model of the present data, trained only when no earlier run did. Raises SharewellError."""
    folder = settings.home / "bench"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_training_data(knowledge, settings.nlu, stories, folder / "build")
    _make_static(folder / "build" / "domain", knowledge)
    return await trained_once(settings, folder, _TRAINING_SECONDS)


class BareRasa:
    """A plain `rasa run` on a free port of the loopback interface, and a client of its REST channel."""

    def __init__(self, settings: Settings, model: Path, folder: Path) -> None:
        self._settings = settings
        self._model = model
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._http: httpx.AsyncClient | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self, first: str) -> float:
        """Starts it and asks `first` as soon as it listens. Returns the seconds until that was answered.

        Raises BenchmarkError when it does not start.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        credentials, endpoints = self._folder / "credentials.yml", self._folder / "endpoints.yml"
        credentials.write_text("rest:\n")
        endpoints.write_text("{}\n")
        port = _free_port()
        self._http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", timeout=ANSWER_SECONDS, trust_env=False,
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=32),
        )  # fmt: skip
        began = time.perf_counter()
        self._process = await asyncio.create_subprocess_exec(
            str(rasa_python(self._settings)), "-m", "rasa", "run", "--model", str(self._model),
            "--credentials", str(credentials), "--endpoints", str(endpoints),
            "--interface", "127.0.0.1", "--port", str(port),
            cwd=self._settings.nlu, env=rasa_environment(self._folder),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        await self._answered(first, began)
        return time.perf_counter() - began

    async def ask(self, sender: str, text: str) -> str:
        """The text of its answer; empty where it gave none."""
        assert self._http is not None
        response = await self._http.post(_WEBHOOK, json={"sender": sender, "message": text})
        return "\n".join(str(part.get("text", "")) for part in response.json())

    async def close(self) -> None:
        if self._http is not None:
            await self._http.aclose()
        if self._process is None or self._process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), _STOP_SECONDS)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _answered(self, first: str, began: float) -> None:
        assert self._process is not None
        while time.perf_counter() - began < READY_SECONDS:
            if self._process.returncode is not None:
                raise BenchmarkError(f"Bare Rasa ended ({self._process.returncode}).", "Run `sharewell doctor`.")
            with suppress(httpx.HTTPError, ValueError):
                if await self.ask("first", first):
                    return
            await asyncio.sleep(_POLL_SECONDS)
        raise BenchmarkError(f"Bare Rasa did not start in {READY_SECONDS:.0f} s.", "Run it on a less busy machine.")


def _make_static(domain: Path, knowledge: Knowledge) -> None:
    """Gives every response a text of its own in place of a directive: a topic's or check's words, else its name."""
    for path in sorted(domain.glob("*.yml")):
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        responses = content.get("responses", {})
        content["responses"] = {name: [{"text": _static(name, value, knowledge)}] for name, value in responses.items()}
        path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000), encoding="utf-8")


def _static(name: str, value: Any, knowledge: Knowledge) -> str:
    directive = value[0].get("custom", {})
    if directive.get("topic") in knowledge.topics:
        return _literal(knowledge.topics[directive["topic"]].short)
    if directive.get("check") in knowledge.checks:
        return _literal(knowledge.checks[directive["check"]].purpose)
    return name.removeprefix("utter_").replace("_", " ")


def _literal(text: str) -> str:
    """`text` without braces, which Rasa would take for the names of slots."""
    return text.replace("{", "(").replace("}", ")")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
