"""Trains the model: `python -m understanding.train --build FOLDER --config FILE --output FILE`."""

from __future__ import annotations

from understanding.quiet import silence

silence()

import argparse  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import List, Optional  # noqa: E402

from understanding.confusions import remembered_vectors, write  # noqa: E402
from understanding.danger import fit  # noqa: E402


def main(arguments: Optional[List[str]] = None) -> int:
    """Train on FOLDER/domain and FOLDER/data. The model appears under its name only when it is complete."""
    parser = argparse.ArgumentParser(prog="python -m understanding.train", description="Trains the model.")
    parser.add_argument("--build", required=True, type=Path, help="the folder with domain/ and data/")
    parser.add_argument("--config", required=True, type=Path, help="Rasa's config.yml")
    parser.add_argument("--output", required=True, type=Path, help="the model to write, a .tar.gz file")
    options = parser.parse_args(arguments)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.output.parent) as folder:
        _train(options.build.resolve(), options.config.resolve(), Path(folder), options.output.resolve())
    return 0


def _beside(model: Path, ending: str) -> Path:
    """The file of that ending which belongs to the model."""
    return model.with_name(model.name[: -len(".tar.gz")] + ending)


def _train(build: Path, config: Path, folder: Path, output: Path) -> None:
    # Rasa writes a cache of its own into the working folder; the model is kept by name, so it has no use.
    os.environ["RASA_CACHE_DIRECTORY"] = str(folder / "cache")
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    import rasa
    from rasa.utils.log_utils import configure_structlog

    configure_structlog()
    with remembered_vectors() as vectors:
        result = rasa.train(
            domain=str(build / "domain"),
            config=str(config),
            training_files=[str(build / "data")],
            output=str(folder),
            fixed_model_name="model",
        )
    if result.code != 0 or result.model is None:
        raise SystemExit(f"Rasa did not train (code {result.code}).")
    # These first: a model that stands under its name has its classifier and its confusions beside it.
    fit(build / "danger.jsonl", _beside(output, ".danger.json"))
    write(build / "data", vectors, _beside(output, ".confusions.json"))
    os.replace(result.model, output)


if __name__ == "__main__":
    sys.exit(main())
