"""Puts a letter or form into a folder that the user names, and never over a file that is there."""

from __future__ import annotations

import os
from pathlib import Path

from bot.conversation.messages import File
from bot.errors import SharewellError

_MOST_COPIES = 99
_MODE = 0o600
"""The file holds what one person decided: other accounts of the machine need not read it."""


class SavingError(SharewellError):
    """A file that cannot be put where the user wants it."""


def saved(file: File, named: str) -> Path:
    """Writes `file` into the folder `named`, or the current one where that is empty. Raises SavingError.

    Where the name of the file is taken, the next free number is added to it.
    """
    folder = _folder(named)
    for path in _names(file.name, folder):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
        except FileExistsError:
            continue
        except OSError as error:
            raise _unwritable(folder, error) from None
        try:
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(file.data)
        except OSError as error:
            path.unlink(missing_ok=True)  # half a document is worth nothing
            raise _unwritable(folder, error) from None
        return path
    raise SavingError(f"The folder {folder} is full of earlier copies.", "Nothing was saved. Name another folder.")


def _folder(named: str) -> Path:
    try:
        folder = Path(named or ".").expanduser()
        if folder.is_dir():
            return folder
    except (RuntimeError, ValueError):  # the home of an account that is not there; a name that no folder can have
        pass
    raise SavingError("There is no such folder.", "Nothing was saved. Name a folder that is there.")


def _names(name: str, folder: Path) -> list[Path]:
    first = Path(name)
    numbered = (f"{first.stem}-{number}{first.suffix}" for number in range(2, _MOST_COPIES + 1))
    return [folder / each for each in (name, *numbered)]


def _unwritable(folder: Path, error: OSError) -> SavingError:
    return SavingError(
        f"The folder {folder} cannot be written: {error.strerror}.", "Nothing was saved. Name another folder."
    )
