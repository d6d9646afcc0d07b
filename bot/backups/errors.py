"""What can go wrong with a backup of the whole installation. Faults of one database keep their own errors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.errors import SharewellError

_BEGIN_ANEW = "Empty the databases and the home folder, and use another backup."


class WholeBackupError(SharewellError):
    """The backup cannot be made, read or restored."""


def unreadable(path: Path, why: str) -> WholeBackupError:
    return WholeBackupError(f"The backup {path} cannot be read ({why}).", "Give the file that `sharewell backup` made.")


def not_whole(path: Path) -> WholeBackupError:
    return WholeBackupError(
        f"The backup {path} is not whole: a part is missing or was changed. Nothing was restored.",
        "Use another backup.",
    )


def of_a_newer(path: Path) -> WholeBackupError:
    return WholeBackupError(
        f"The backup {path} was written by another or a newer program. Nothing was restored.",
        "Restore it with the version that made it, or a newer one.",
    )


def of_an_earlier(path: Path, title: str, schema: int | None, known: int) -> WholeBackupError:
    """`schema` is None where the backup does not say it: it was made before backups did."""
    found = "an earlier schema" if schema is None else f"schema {schema}"
    return WholeBackupError(
        f"{title} in the backup {path} have {found}, and this program restores schema {known}. Nothing was restored.",
        "Restore it with the version that made it. Then install this version and start it: that brings all up to date.",
    )


def part_not_whole(path: Path, title: str) -> WholeBackupError:
    return WholeBackupError(
        f"The backup {path} is not whole: its rows do not fit together. Not restored from it: {_lowered(title)}.",
        _BEGIN_ANEW,
    )


def changed_meanwhile(path: Path) -> WholeBackupError:
    return WholeBackupError(
        f"The backup {path} cannot be read any more, or was changed meanwhile. The restoring is not finished.",
        "Copy the file to this machine, and run the command again.",
    )


def log_not_whole(path: Path) -> WholeBackupError:
    return WholeBackupError(
        f"The log in the backup {path} was not restored: it does not verify, or a log is there by now.", _BEGIN_ANEW
    )


def restored_so_far(restored: Sequence[str]) -> str:
    """What was restored when a fault came, in words: titles."""
    return f"Restored before that: {', '.join(map(_lowered, restored))}." if restored else "Nothing was restored."


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def older_database(title: str, schema: int, known: int) -> WholeBackupError:
    return WholeBackupError(
        f"{title} have schema {schema}, and this program copies schema {known}. Nothing was written or changed.",
        "Make the backup with the version that ran before. Or start this one once, which brings them up to date.",
    )


def newer_database(title: str, schema: int, known: int) -> WholeBackupError:
    return WholeBackupError(
        f"{title} have schema {schema}, and this program knows schema {known}. Nothing was written or changed.",
        "Install the newer version of the program.",
    )


def no_address(title: str, variable: str) -> WholeBackupError:
    return WholeBackupError(
        f"The address of {_lowered(title)} names neither an SQLite file nor a PostgreSQL database.",
        f"Correct {variable}.",
    )


def of_another(title: str, variable: str) -> WholeBackupError:
    return WholeBackupError(
        f"This database belongs to something other than {_lowered(title)}. Nothing in it was touched.",
        f"Correct {variable}.",
    )


def not_looked_at(title: str, variable: str, what: str) -> WholeBackupError:
    """`what` is what the database calls its fault."""
    return WholeBackupError(
        f"The database of {_lowered(title)} is busy or cannot be read ({what}). Nothing was changed.",
        f"Try again in a minute. Then check that it runs, and that {variable} names it.",
    )


def not_written(place: Path, why: str) -> WholeBackupError:
    return WholeBackupError(
        f"{place} cannot be written ({why}). The restoring is not finished.",
        "Mend that, check the free space, and run the command again.",
    )


def filled(name: str) -> WholeBackupError:
    return WholeBackupError(
        f"{name} holds something already, and not what is in the backup. Nothing was restored.",
        "Restore into empty databases and an empty home folder.",
    )


def log_there() -> WholeBackupError:
    return WholeBackupError(
        "There is a decision log here already. Nothing was restored.",
        "Restore into empty databases and an empty home folder. If the log is this one, run `sharewell log verify`.",
    )
