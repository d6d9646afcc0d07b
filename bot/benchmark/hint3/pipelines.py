"""The two pipelines that are compared: the product's own and Rasa's default one, both read from where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.benchmark.report import BenchmarkError
from bot.settings import Settings

SEED = 1
OURS = "ours"
DIET = "DIET"

_OURS_WITHOUT = {
    "understanding.context.ContextExtractor": "it tells the guidance's rules what a conversation is in the middle of",
}
_DIET_WITHOUT = {"ResponseSelector": "it chooses among answers of retrieval intents, of which the data have none"}
_DEFAULT_CONFIG = ("rasa", "engine", "recipes", "config_files", "default_config.yml")


@dataclass(frozen=True)
class Pipeline:
    """A pipeline: Rasa's configuration of it, where that was read, and what was left out and why."""

    name: str
    config: Mapping[str, Any]
    source: str
    left_out: tuple[str, ...]

    @property
    def told(self) -> str:
        """One line on what is compared."""
        parts = " > ".join(_described(component) for component in self.config["pipeline"])
        return f"{self.name}: {parts} (from {self.source})"


def ours(settings: Settings) -> Pipeline:
    """The pipeline of nlu/config.yml, without what belongs to guidance alone. Raises BenchmarkError."""
    config = _read(settings.nlu / "config.yml")
    kept, left_out = _parted(config, _OURS_WITHOUT)
    return Pipeline(OURS, {**_head(config), "pipeline": kept}, "nlu/config.yml", left_out)


def diet(settings: Settings, epochs: int) -> Pipeline:
    """The default pipeline of the Rasa that is installed, with a fixed seed. Raises BenchmarkError."""
    config = _read(_default_config(settings))
    kept, left_out = _parted(config, _DIET_WITHOUT)
    if not any(component["name"] == "DIETClassifier" for component in kept):
        raise BenchmarkError("The default pipeline of the installed Rasa has no DIETClassifier.", "Install Rasa 3.6.")
    seeded = [
        {**component, "epochs": epochs, "random_seed": SEED} if component["name"] == "DIETClassifier" else component
        for component in kept
    ]
    return Pipeline(DIET, {**_head(config), "pipeline": seeded}, "the default of the installed Rasa", left_out)


def _default_config(settings: Settings) -> Path:
    found = sorted((settings.nlu / ".venv" / "lib").glob("python3*/site-packages/" + "/".join(_DEFAULT_CONFIG)))
    if not found:
        raise BenchmarkError("Rasa's environment is not set up.", "Run `./sharewell setup`.")
    return found[-1]


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        content = None
    if not isinstance(content, dict) or not content.get("pipeline"):
        raise BenchmarkError(f"{path} holds no pipeline.", "Put the file back as it was delivered.")
    return content


def _head(config: Mapping[str, Any]) -> dict[str, Any]:
    return {"recipe": config["recipe"], "assistant_id": "benchmark", "language": config["language"]}


def _parted(
    config: Mapping[str, Any], without: Mapping[str, str]
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The components that are kept, and a line on each that is not."""
    components: list[dict[str, Any]] = config["pipeline"]
    left_out = [f"{item['name']}: {without[item['name']]}" for item in components if item["name"] in without]
    return [item for item in components if item["name"] not in without], tuple(left_out)


def _described(component: Mapping[str, Any]) -> str:
    options = ", ".join(f"{name} {value}" for name, value in component.items() if name != "name")
    short = str(component["name"]).rpartition(".")[2]
    return f"{short} ({options})" if options else short
