"""The line of every value of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.located import Located, read

TEXT = """\
# a remark
id: one
steps:
  - first
  - {id: second,
     label: two}
short: |
  One line.
  Another line.
empty:
"""


@pytest.fixture
def located(tmp_path: Path) -> Located:
    path = tmp_path / "one.yml"
    path.write_text(TEXT, encoding="utf-8")
    return read(path)


def test_data_is_text_lists_and_dicts(located: Located) -> None:
    assert located.faults == []
    assert located.data == {
        "id": "one",
        "steps": ["first", {"id": "second", "label": "two"}],
        "short": "One line.\nAnother line.\n",
        "empty": "",
    }


@pytest.mark.parametrize(
    ("way", "line"),
    [
        ((), 2),
        (("id",), 2),
        (("steps",), 3),
        (("steps", 0), 4),
        (("steps", 1), 5),
        (("steps", 1, "id"), 5),
        (("steps", 1, "label"), 6),
        (("short",), 7),
        (("empty",), 10),
    ],
)
def test_line_of_a_value(located: Located, way: tuple[str | int, ...], line: int) -> None:
    assert located.line(way) == line


def test_line_of_what_is_not_there_is_that_of_its_holder(located: Located) -> None:
    assert located.line(("steps", 1, "leads")) == 5
    assert located.line(("steps", 7, "leads")) == 3
    assert located.line(("title",)) == 2


def test_fault_names_the_file_and_the_line(located: Located) -> None:
    assert str(located.fault(("steps", 0), "is odd")) == f"{located.path}: 4: is odd"


def test_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "marked.yml"
    path.write_bytes(b"\xef\xbb\xbfid: one\r\nkind: two\r\n")
    located = read(path)
    assert located.faults == []
    assert located.data == {"id": "one", "kind": "two"}
    assert located.line(("kind",)) == 2


def test_each_alias_of_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "aliases.yml"
    path.write_text("a: &x one\nb: *x\nc:\n  - *x\n", encoding="utf-8")
    assert [(fault.line, fault.reason.split(";")[0]) for fault in read(path).faults] == [
        (2, "uses an alias (*x)"), (4, "uses an alias (*x)"),
    ]  # fmt: skip
