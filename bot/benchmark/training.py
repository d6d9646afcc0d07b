"""Trains Rasa as the set-up does, for the benchmarks: in its own environment, and only when no earlier run did."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.benchmark.report import BenchmarkError
from bot.errors import SettingsError
from bot.settings import Settings


@dataclass(frozen=True)
class Trained:
    """A model, and how long its training took in seconds."""

    model: Path
    seconds: float


async def trained_once(settings: Settings, folder: Path, seconds: float) -> Trained:
    """The model of the training data in `folder`/build, which must be trained within `seconds`.

    It is kept in `folder`, where it takes the place of older ones. Raises SharewellError.
    """
    build, config = folder / "build", settings.nlu / "config.yml"
    name = _digest([*sorted(build.rglob("*.yml")), config, *sorted((settings.nlu / "understanding").glob("*.py"))])
    model, figures = folder / f"{name}.tar.gz", folder / f"{name}.json"
    if model.is_file() and figures.is_file():
        return Trained(model, float(json.loads(figures.read_text())["seconds"]))
    for old in (*folder.glob("*.tar.gz"), *folder.glob("*.json")):
        old.unlink()
    # What training leaves when it is stopped goes with this folder.
    work = Path(tempfile.mkdtemp(prefix="training-", dir=folder))
    try:
        taken = await _train(settings, build, work / model.name, seconds)
        os.replace(work / model.name, model)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    figures.write_text(json.dumps({"seconds": taken}))
    return Trained(model, taken)


async def _train(settings: Settings, build: Path, model: Path, seconds: float) -> float:
    """Trains as the set-up does, and returns the seconds it took."""
    began = time.perf_counter()
    options = ["--build", str(build), "--config", str(settings.nlu / "config.yml"), "--output", str(model)]
    await run_rasa(settings, ["understanding.train", *options], model.parent, seconds)
    if not model.is_file():
        raise BenchmarkError("Rasa left no model.", "Run `./sharewell setup`, then run it again.")
    return time.perf_counter() - began


async def run_rasa(settings: Settings, module: Sequence[str], folder: Path, seconds: float) -> None:
    """Runs a module of Rasa's environment, with its arguments, to its end; what it writes goes to `folder`.

    Raises SharewellError when it fails or takes longer than `seconds`.
    """
    python = rasa_python(settings)
    if not python.exists():
        raise SettingsError("Rasa's environment is not set up.", "Run `./sharewell setup`.")
    process = await asyncio.create_subprocess_exec(
        str(python), "-W", "ignore", "-m", *module, cwd=settings.nlu, env=rasa_environment(folder),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(seconds):
            _, printed = await process.communicate()
    except TimeoutError:
        raise BenchmarkError(f"Rasa did not train in {seconds:.0f} s.", "Run it on a less busy machine.") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode != 0:
        lines = printed.decode("utf-8", errors="replace").strip().splitlines()
        said = lines[-1][:300] if lines else "it printed nothing"
        raise BenchmarkError(f"Rasa did not train (code {process.returncode}: {said}).", "Run `sharewell doctor`.")


def rasa_environment(folder: Path) -> dict[str, str]:
    """What Rasa needs of our environment and no more: quiet, and with `folder` for all that it writes."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if name in os.environ}
    return kept | {
        "HOME": str(folder), "TMPDIR": str(folder), "RASA_CACHE_DIRECTORY": str(folder / "cache"),
        "RASA_TELEMETRY_ENABLED": "false", "LOG_LEVEL": "CRITICAL", "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }  # fmt: skip


def rasa_python(settings: Settings) -> Path:
    return settings.nlu / ".venv" / "bin" / "python"


def _digest(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]
