"""Trains a pipeline with the real `rasa train nlu`, and asks the trained model through the product's own server."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import yaml

from bot.benchmark.hint3.dataset import Row
from bot.benchmark.hint3.pipelines import Pipeline
from bot.benchmark.hint3.scoring import NOTHING, Prediction
from bot.benchmark.report import BenchmarkError
from bot.benchmark.training import Trained, run_rasa
from bot.conversation.nlu_client import Ranked
from bot.conversation.supervisor import RasaService
from bot.settings import Settings

_TRAINING_SECONDS = 3 * 3600.0
_TEXTS_AT_ONCE = 4
"""Few, so that the server goes on answering whoever asks whether it is alive."""


async def train(settings: Settings, pipeline: Pipeline, rows: Sequence[Row], folder: Path) -> Trained:
    """Trains `pipeline` on `rows`; all that is written goes to `folder`. The seconds hold the start of Rasa, too.

    Raises SharewellError.
    """
    folder.mkdir(parents=True)
    config, data = folder / "config.yml", folder / "data.json"
    config.write_text(yaml.safe_dump(dict(pipeline.config), sort_keys=False), encoding="utf-8")
    # Rasa's JSON form takes a sentence as it stands; in the YAML form brackets would mark entities.
    examples = [{"text": row.sentence, "intent": row.label} for row in rows]
    data.write_text(json.dumps({"rasa_nlu_data": {"common_examples": examples}}), encoding="utf-8")
    began = time.perf_counter()
    await run_rasa(
        settings, ["rasa", "train", "nlu", "--config", str(config), "--nlu", str(data), "--out", str(folder),
                   "--fixed-model-name", "model"], folder, _TRAINING_SECONDS,
    )  # fmt: skip
    model = folder / "model.tar.gz"
    if not model.is_file():
        raise BenchmarkError(f"Rasa left no model of {pipeline.name}.", "Run `./sharewell setup`, then run it again.")
    return Trained(model, time.perf_counter() - began)


async def predict(settings: Settings, model: Path, sentences: Sequence[str], folder: Path) -> list[Prediction]:
    """The best intent of each sentence, before any fallback takes its place. Raises SharewellError."""
    folder.mkdir(parents=True, exist_ok=True)
    service = RasaService(settings.nlu, model, folder)
    service.start()
    try:
        if not await service.wait_until_up():
            raise BenchmarkError("Rasa did not start.", "Run it on a less busy machine.")
        asked = [sentence for sentence in dict.fromkeys(sentences) if _can_be_asked(sentence)]
        found: dict[str, Prediction] = {}
        for first in range(0, len(asked), _TEXTS_AT_ONCE):
            part = asked[first : first + _TEXTS_AT_ONCE]
            rankings = await service.client.parse(part)
            found |= {text: _best(ranking) for text, ranking in zip(part, rankings, strict=True)}
        return [found.get(sentence, NOTHING) for sentence in sentences]
    finally:
        await service.close()


def _can_be_asked(sentence: str) -> bool:
    """Rasa takes what follows a slash for the name of an intent: neither pipeline is asked about such a text."""
    return bool(sentence.strip()) and not sentence.lstrip().startswith("/")


def _best(ranking: Sequence[Ranked]) -> Prediction:
    return Prediction(ranking[0].intent, ranking[0].confidence) if ranking else NOTHING
