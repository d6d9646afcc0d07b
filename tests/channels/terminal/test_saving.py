"""A document goes into the folder that the user names, and never over a file that is there."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bot.channels.terminal.render import choices, rendered
from bot.channels.terminal.saving import SavingError, saved
from bot.conversation.messages import Button, Document, File, Part, Reply

FILE = File("consent-record-2026-11-20.docx", "application/octet-stream", b"the words")


def test_it_is_saved_for_its_owner_only(tmp_path: Path) -> None:
    path = saved(FILE, str(tmp_path))
    assert (path.name, path.read_bytes()) == (FILE.name, b"the words")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_left_and_a_number_is_added(tmp_path: Path) -> None:
    (tmp_path / FILE.name).write_bytes(b"edited since")
    assert saved(FILE, str(tmp_path)).name == "consent-record-2026-11-20-2.docx"
    assert saved(FILE, str(tmp_path)).name == "consent-record-2026-11-20-3.docx"
    assert (tmp_path / FILE.name).read_bytes() == b"edited since"


def test_nothing_named_is_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    saved(FILE, "")
    assert (tmp_path / FILE.name).exists()


@pytest.mark.parametrize("named", ["not there", "~nobody-has-this-account", "with\0nothing", "file"])
def test_what_is_no_folder_is_said(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SavingError, match=r"There is no such folder\. Nothing was saved\."):
        saved(FILE, named)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_that_cannot_be_written_is_said() -> None:
    """/proc takes no files from anybody, not even from whoever may write everywhere."""
    with pytest.raises(SavingError, match=r"The folder /proc cannot be written: .*Name another folder\."):
        saved(FILE, "/proc")


def test_a_disk_that_is_full_leaves_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_anything = os.open

    def full(path: Path, flags: int, mode: int) -> int:
        open_anything(path, flags, mode)
        return open_anything("/dev/full", os.O_WRONLY)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(SavingError, match="No space left"):
        saved(FILE, str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_formats_are_numbered_after_the_buttons() -> None:
    letter = Document("consent-record", "Consent record", ("docx", "pdf"))
    menu = Button("Menu", "menu")
    reply = Reply((Part("It records consent."),), "letter", letter.id, (menu,), documents=(letter,))
    assert [button.value for button in choices(reply)] == [
        "menu", "document:consent-record:docx", "document:consent-record:pdf",
    ]  # fmt: skip
    assert " 2  Take it as Word (DOCX): Consent record" in rendered(reply, 80)
