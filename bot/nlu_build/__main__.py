"""`python -m bot.nlu_build KNOWLEDGE NLU STORIES BUILD`: writes the training data and prints its hash."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.errors import SharewellError
from bot.knowledge import load
from bot.nlu_build.writing import write_training_data


def main() -> int:
    """Returns 1, with the reason on standard error, when the knowledge or an example cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu_build", description="Writes Rasa's training data.")
    for name, meaning in (
        ("knowledge", "the folder of topics and checks"),
        ("nlu", "the Rasa project: domain.yml and data/"),
        ("stories", "the folder of rules.yml"),
        ("build", "the folder to write"),
    ):
        parser.add_argument(name, type=Path, help=meaning)
    folders = parser.parse_args()
    try:
        print(write_training_data(load(folders.knowledge), folders.nlu, folders.stories, folders.build))
    except SharewellError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
