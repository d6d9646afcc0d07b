"""A made-up bot in the form of HINT3's files."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

OUT_OF_SCOPE = "NO_NODES_DETECTED"
TRAIN = {
    "OPENING": ["when do you open", "what are your hours", "are you open on sunday", "opening times", "open [today]?"],
    "PRICE": ["how much is it", "what does it cost", "price of a ticket", "is it expensive", "ticket prices, please"],
    "PLACE": ["where are you", "what is your address", "how do i get there", 'the "old" street?', "how to find you"],
}
TEST = [
    ("when are you open", "OPENING"), ("how much does a ticket cost", "PRICE"), ("where is it", "PLACE"),
    ("do you open\nmondays", "OPENING"), ("tell me a joke", OUT_OF_SCOPE), ("my dog is ill", OUT_OF_SCOPE),
    ("/restart", OUT_OF_SCOPE),
]  # fmt: skip


def write_table(path: Path, rows: Iterable[tuple[str, str]], columns: tuple[str, ...] = ("sentence", "label")) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def write_bot(folder: Path, name: str = "tiny", version: str = "v1") -> Path:
    """Writes the bot and returns `folder`."""
    write_table(train_file(folder, name, version), [(text, label) for label, texts in TRAIN.items() for text in texts])
    write_table(asked_file(folder, name, version), TEST)
    return folder


def train_file(folder: Path, name: str = "tiny", version: str = "v1") -> Path:
    return folder / version / "train" / f"{name}_train.csv"


def asked_file(folder: Path, name: str = "tiny", version: str = "v1") -> Path:
    return folder / version / "test" / f"{name}_test.csv"
