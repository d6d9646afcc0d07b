"""A new file is there whole, or not at all, and leaves nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.new_files import appearing


def test_it_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    with appearing(path) as file:
        file.write(b"all of it")
        file.flush()
        assert not path.exists()
    assert path.read_bytes() == b"all of it"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_fault_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), appearing(tmp_path / "kept") as file:
        file.write(b"half")
        raise OSError("the disk is full")
    assert list(tmp_path.iterdir()) == []


def test_one_that_came_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    with pytest.raises(FileExistsError), appearing(path) as file:
        file.write(b"ours")
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), appearing(tmp_path / "nowhere" / "kept"):
        pytest.fail("there is nothing to write to")
