"""What can go wrong with a backup of the whole installation. Faults of one database keep their own errors."""

from __future__ import annotations

from pathlib import Path

from bot.errors import SharewellError


class WholeBackupError(SharewellError):
    """The backup cannot be made, read or restored."""


def unreadable(path: Path, why: str) -> WholeBackupError:
    return WholeBackupError(f"The backup {path} cannot be read ({why}).", "Give the file that `sharewell backup` made.")


def not_whole(path: Path) -> WholeBackupError:
    return WholeBackupError(
        f"The backup {path} is not whole: a part is missing or was changed. Nothing was restored.",
        "Use another backup.",
    )


def log_not_whole(path: Path) -> WholeBackupError:
    return WholeBackupError(
        f"The log in the backup {path} was not restored: it does not verify, or a log is there by now. The other parts "
        "were restored.",
        "Empty the databases and the home folder, and use another backup.",
    )


def not_written(place: Path, why: str) -> WholeBackupError:
    return WholeBackupError(
        f"{place} cannot be written ({why}). The restoring is not finished.",
        "Mend that, check the free space, and run the command again.",
    )


def filled(name: str, finished: str) -> WholeBackupError:
    """`finished` says what was restored before, in words."""
    return WholeBackupError(
        f"{name} holds something already, and not what is in the backup. {finished}",
        "Restore into empty databases and an empty home folder.",
    )


def log_there() -> WholeBackupError:
    return WholeBackupError(
        "There is a decision log here already. Nothing was restored.",
        "Restore into empty databases and an empty home folder. If the log is this one, run `sharewell log verify`.",
    )
