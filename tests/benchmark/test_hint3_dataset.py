"""Reading HINT3's files, and what is said of files that are missing or wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.benchmark.hint3 import read
from bot.benchmark.report import BenchmarkError
from tests.benchmark.hint3_support import OUT_OF_SCOPE, TEST, TRAIN, asked_file, train_file, write_bot, write_table


def test_a_bot_is_read_as_it_was_written(tmp_path: Path) -> None:
    (bot,) = read(write_bot(tmp_path), "v1", ["tiny"])
    assert (bot.name, bot.intents, bot.in_scope, bot.out_of_scope) == ("tiny", 3, 4, 3)
    assert [(row.sentence, row.label) for row in bot.test] == TEST
    assert [row.sentence for row in bot.train] == [text for texts in TRAIN.values() for text in texts]


def test_a_byte_order_mark_and_an_empty_column_do_no_harm(tmp_path: Path) -> None:
    write_bot(tmp_path)
    path = train_file(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(f"{line}," for line in lines), encoding="utf-8-sig")
    (bot,) = read(tmp_path, "v1", ["tiny"])
    assert bot.intents == len(TRAIN)


def test_a_bot_named_twice_is_read_once(tmp_path: Path) -> None:
    assert len(read(write_bot(tmp_path), "v1", ["tiny", "tiny"])) == 1


def _without_folder(folder: Path) -> None:
    (folder / "v1").rename(folder / "v9")


def _without_train(folder: Path) -> None:
    train_file(folder).unlink()


def _without_test(folder: Path) -> None:
    asked_file(folder).unlink()


def _without_column(folder: Path) -> None:
    write_table(asked_file(folder), TEST, ("sentence", "intent"))


def _empty(folder: Path) -> None:
    train_file(folder).write_bytes(b"")


def _without_rows(folder: Path) -> None:
    train_file(folder).write_text("sentence,label\n", encoding="utf-8")


def _not_utf_8(folder: Path) -> None:
    train_file(folder).write_bytes("sentence,label\ncaf\u00e9 hours,OPENING\n".encode("latin-1"))


def _without_label(folder: Path) -> None:
    write_table(train_file(folder), [("when do you open", "OPENING"), ("how much", "")])


def _short_row(folder: Path) -> None:
    train_file(folder).write_text("sentence,label\nwhen do you open\n", encoding="utf-8")


def _unclosed_quote(folder: Path) -> None:
    train_file(folder).write_text('sentence,label\n"when do you open,OPENING\n', encoding="utf-8")


def _one_intent(folder: Path) -> None:
    write_table(train_file(folder), [("when do you open", "OPENING"), ("hours", "OPENING")])


def _trained_on_nothing(folder: Path) -> None:
    write_table(train_file(folder), [("when do you open", "OPENING"), ("tell me a joke", OUT_OF_SCOPE)])


def _all_in_scope(folder: Path) -> None:
    write_table(asked_file(folder), [("when are you open", "OPENING")])


def _a_folder_for_a_file(folder: Path) -> None:
    train_file(folder).unlink()
    train_file(folder).mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without_folder, "There is no folder"),
        (_without_train, "There is no file"),
        (_without_test, "There is no file"),
        (_without_column, "no column 'label'"),
        (_empty, "no column 'sentence'"),
        (_without_rows, "has no rows"),
        (_not_utf_8, "is not UTF-8"),
        (_without_label, "line 3: the sentence or the label is empty"),
        (_short_row, "line 2: the sentence or the label is empty"),
        (_unclosed_quote, "is not a table"),
        (_one_intent, "fewer than two intents"),
        (_trained_on_nothing, "is not an intent"),
        (_all_in_scope, "needs questions both in scope"),
        (_a_folder_for_a_file, "cannot be read"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_what_is_wrong_is_said_with_the_file_and_the_remedy(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(write_bot(tmp_path))
    with pytest.raises(BenchmarkError) as raised:
        read(tmp_path, "v1", ["tiny"])
    assert said in raised.value.message
    assert str(tmp_path) in raised.value.message
    assert "v1/train and v1/test" in raised.value.remedy


def test_a_bot_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="curekart_train"):
        read(write_bot(tmp_path), "v1", ["tiny", "curekart"])
