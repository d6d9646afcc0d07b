"""A whole run over HINT3: for each bot both pipelines are trained and asked, one after the other."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from bot.benchmark import progress
from bot.benchmark.hint3.dataset import Bot, read
from bot.benchmark.hint3.pipelines import Pipeline, diet, ours
from bot.benchmark.hint3.rasa_nlu import predict, train
from bot.benchmark.hint3.result import Compared, Hint3Report, Measured
from bot.benchmark.hint3.scoring import score
from bot.settings import Settings


async def measure(settings: Settings, data: Path, version: str, names: tuple[str, ...], epochs: int) -> Hint3Report:
    """Trains and asks both pipelines on the bots `names` of the folder `data`.

    Everything that is written goes to a temporary folder outside the checkout, which is removed. Raises SharewellError.
    """
    bots = read(data, version, names)
    ours_now, diet_now = ours(settings), diet(settings, epochs)
    began = time.perf_counter()
    folder = Path(tempfile.mkdtemp(prefix="sharewell-hint3-"))
    try:
        compared = []
        for number, bot in enumerate(bots, start=1):
            place = f"{bot.name} ({number} of {len(bots)})"
            ours_measured = await _measured(settings, ours_now, bot, folder, place)
            compared.append(Compared(bot, ours_measured, await _measured(settings, diet_now, bot, folder, place)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Hint3Report(version, tuple(compared), (ours_now, diet_now), time.perf_counter() - began)


async def _measured(settings: Settings, pipeline: Pipeline, bot: Bot, folder: Path, place: str) -> Measured:
    home = folder / f"{bot.name}-{pipeline.name}"
    async with progress.step(f"{place}: training {pipeline.name} on {len(bot.train)} examples"):
        trained = await train(settings, pipeline, bot.train, home)
    async with progress.step(f"{place}: asking {pipeline.name} {len(bot.test)} questions"):
        predictions = await predict(settings, trained.model, [row.sentence for row in bot.test], home / "run")
    shutil.rmtree(home, ignore_errors=True)
    return Measured(score([row.label for row in bot.test], predictions), trained.seconds)
