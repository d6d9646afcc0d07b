"""`sharewell backup` and `sharewell restore`: the whole installation in one file, without its keys."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.backups import back_up, restore
from bot.settings import from_environment

_LOCK_WAIT = 60.0
"""Seconds that a command waits for another writer: nobody sits before it."""


def add_to(commands: Any) -> None:
    backup = commands.add_parser(
        "backup", help="write log, accounts, training, numbers and earlier guidance into one new file, without keys"
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="the file to make")
    backup.add_argument(
        "--with-advice", action="store_true", help="take the threads of anonymous advice along, which then last longer"
    )
    backup.set_defaults(run=_backup)
    back = commands.add_parser("restore", help="bring such a file back into an empty home folder, and verify it")
    back.add_argument("file", type=Path, metavar="FILE", help="the backup")
    back.set_defaults(run=_restore)


def _backup(options: argparse.Namespace) -> int:
    settings = from_environment()
    saved = back_up(settings, options.file, datetime.now(UTC), _LOCK_WAIT, advice=options.with_advice)
    print(f"{options.file} holds {len(saved.members)} files. Its digest is {saved.digest}.")
    if saved.absent:
        print(f"Not in it, because there is none or you did not ask for it: {', '.join(saved.absent)}.")
    print("The keys are not in it. Keep a copy of them in another place.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    done = restore(from_environment(), options.file, _LOCK_WAIT)
    for title in done.databases:
        print(f"{title}: restored, and read again as they were written.")
    print(f"Versions of the guidance for the screens of earlier records: {done.versions}.")
    if done.unread:
        print(f"Versions that this program cannot show any more: {done.unread}.")
    if done.entries is None:
        print("The backup holds no decision log.")
    else:
        print(f"The log was restored and is whole: {done.entries} entries.")
    print(f"The digest of the backup is {done.digest}. Compare it with the one that you wrote down.")
    return 0
