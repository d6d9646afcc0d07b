"""Reads HINT3: DIR/VERSION/train/BOT_train.csv and DIR/VERSION/test/BOT_test.csv, with columns sentence and label."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.benchmark.report import BenchmarkError

BOTS = ("sofmattress", "curekart", "powerplay11")
OUT_OF_SCOPE = "NO_NODES_DETECTED"
"""The label of a test question that no intent of the bot answers."""

_COLUMNS = ("sentence", "label")
_REMEDY = "Name the folder that holds v1/train and v1/test of HINT3, unchanged."


@dataclass(frozen=True)
class Row:
    """A sentence and the name of its intent, or OUT_OF_SCOPE."""

    sentence: str
    label: str


@dataclass(frozen=True)
class Bot:
    """What one bot learns from and what it is asked."""

    name: str
    train: tuple[Row, ...]
    test: tuple[Row, ...]

    @property
    def intents(self) -> int:
        return len({row.label for row in self.train})

    @property
    def in_scope(self) -> int:
        return sum(row.label != OUT_OF_SCOPE for row in self.test)

    @property
    def out_of_scope(self) -> int:
        return len(self.test) - self.in_scope


def read(folder: Path, version: str, names: Sequence[str]) -> list[Bot]:
    """The bots `names` of one version. Raises BenchmarkError that names the file and what is wrong with it."""
    if not (folder / version).is_dir():
        raise BenchmarkError(f"There is no folder {folder / version}.", _REMEDY)
    return [_bot(folder / version, name) for name in dict.fromkeys(names)]


def _bot(folder: Path, name: str) -> Bot:
    train_file, test_file = folder / "train" / f"{name}_train.csv", folder / "test" / f"{name}_test.csv"
    bot = Bot(name, _rows(train_file), _rows(test_file))
    if any(row.label == OUT_OF_SCOPE for row in bot.train):
        raise BenchmarkError(f"{train_file} has rows labelled {OUT_OF_SCOPE}, which is not an intent.", _REMEDY)
    if bot.intents < 2:
        raise BenchmarkError(f"{train_file} has fewer than two intents.", _REMEDY)
    if not bot.in_scope or not bot.out_of_scope:
        raise BenchmarkError(f"{test_file} needs questions both in scope and labelled {OUT_OF_SCOPE}.", _REMEDY)
    return bot


def _rows(path: Path) -> tuple[Row, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise BenchmarkError(f"{path} has no column '{missing[0]}'.", _REMEDY)
            rows = tuple(_row(path, reader.line_num, entry) for entry in reader)
    except FileNotFoundError:
        raise BenchmarkError(f"There is no file {path}.", _REMEDY) from None
    except OSError as error:
        raise BenchmarkError(f"{path} cannot be read: {error.strerror}.", _REMEDY) from None
    except UnicodeDecodeError:
        raise BenchmarkError(f"{path} is not UTF-8.", _REMEDY) from None
    except csv.Error as error:
        raise BenchmarkError(f"{path} is not a table of comma-separated values: {error}.", _REMEDY) from None
    if not rows:
        raise BenchmarkError(f"{path} has no rows.", _REMEDY)
    return rows


def _row(path: Path, line: int, entry: dict[str, str | None]) -> Row:
    sentence, label = ((entry[column] or "").strip() for column in _COLUMNS)
    if not sentence or not label:
        raise BenchmarkError(f"{path}: line {line}: the sentence or the label is empty.", _REMEDY)
    return Row(sentence, label)
