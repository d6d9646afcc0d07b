"""`sharewell log checkpoint`, `public-key`, `upgrade`, `rebuild`, `rotate-key`, `backup`, `restore`, `accept-clock`."""

from __future__ import annotations

import argparse
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.advising import follow_rotation
from bot.application import key_source, open_existing_log
from bot.cli.common import InputError
from bot.cli.webhooks import post_json
from bot.decision_log import COMMAND_LINE, Checkpoint, DecisionLog, restore_backup, upgrade_log, write_backup
from bot.knowledge import load
from bot.settings import from_environment

LOCK_WAIT = 60.0
"""Seconds that a command waits for another writer: nobody sits before it."""


def add_to(actions: Any) -> None:
    checkpoint = actions.add_parser("checkpoint", help="sign how the log stands, for a witness outside")
    where = checkpoint.add_mutually_exclusive_group(required=True)
    where.add_argument("--output", type=Path, metavar="FILE", help="add it to a file, as one line")
    where.add_argument("--webhook", metavar="URL", help="send it to an address of the witness, as JSON")
    where.add_argument("--print", dest="printed", action="store_true", help="print it as one line")
    checkpoint.set_defaults(run=_checkpoint)
    public = actions.add_parser("public-key", help="write the key with which anybody can verify checkpoints")
    public.add_argument("--output", type=Path, metavar="FILE", help="write it into a file instead")
    public.set_defaults(run=_public_key)
    actions.add_parser("upgrade", help="bring a log of an earlier release up to date").set_defaults(run=_upgrade)
    actions.add_parser("rebuild", help="make the lists of records anew from the ledger").set_defaults(run=_rebuild)
    rotate = actions.add_parser("rotate-key", help="put a new master key in the place of the present one")
    rotate.add_argument(
        "--destroy-earlier", action="store_true", help="delete the earlier key: backups made before cannot be read then"
    )
    rotate.set_defaults(run=_rotate)
    backup = actions.add_parser("backup", help="write the log into a new file, without its keys")
    backup.add_argument("file", type=Path, metavar="FILE", help="the file to make")
    backup.set_defaults(run=_backup)
    restore = actions.add_parser("restore", help="bring a backup back into an empty database, and verify it")
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup")
    restore.set_defaults(run=_restore)
    clock = actions.add_parser("accept-clock", help="say that the clock is right now, and was wrong at the last entry")
    clock.set_defaults(run=_accept_clock)


def _log() -> closing[DecisionLog]:
    return closing(open_existing_log(from_environment(), {}))


def _checkpoint(options: argparse.Namespace) -> int:
    with _log() as log:
        made = log.checkpoint(datetime.now(UTC))
    if options.webhook is not None:
        post_json(options.webhook, made.line())
        print(f"The checkpoint of {made.entries} entries was sent and accepted.")
    elif options.output is not None:
        _add_line(options.output, made)
        print(f"The checkpoint of {made.entries} entries was added to {options.output}.")
    else:
        print(made.line())
    return 0


def _add_line(path: Path, checkpoint: Checkpoint) -> None:
    try:
        with path.open("ab") as file:
            file.write(checkpoint.line().encode("utf-8") + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise InputError(
            f"The file {path} cannot be written ({error.strerror}).", "Name another file for the checkpoint."
        ) from None


def _public_key(options: argparse.Namespace) -> int:
    with _log() as log:
        key = log.public_key()
    if options.output is None:
        print(key)
        return 0
    try:
        options.output.write_text(key + "\n", encoding="ascii")
    except OSError as error:
        raise InputError(f"The file {options.output} cannot be written ({error.strerror}).", "Name another.") from None
    print(f"The public key was written to {options.output}.")
    return 0


def _upgrade(_options: argparse.Namespace) -> int:
    settings = from_environment()
    done = upgrade_log(settings.log_url, key_source(settings), LOCK_WAIT)
    if done.before == done.after:
        print(f"The log is up to date already: schema {done.after}, {done.entries} entries, verified.")
    else:
        print(f"The log was brought from schema {done.before} to {done.after}: {done.entries} entries, verified.")
    return 0


def _rebuild(_options: argparse.Namespace) -> int:
    with _log() as log:
        print(f"The lists of {log.rebuild()} records were made anew.")
    return 0


def _rotate(options: argparse.Namespace) -> int:
    with _log() as log:
        done = log.rotate_key(COMMAND_LINE, datetime.now(UTC))
    settings = from_environment()
    follow_rotation(settings, lambda: load(settings.knowledge))
    print(f"The master key was rotated: {done.rows} rows were wrapped anew. It is generation {done.generation}.")
    if done.earlier_key is None:
        print(f"Now put the content of {done.new_key} into SHAREWELL_KEY, and restart Sharewell.")
    elif options.destroy_earlier:
        done.earlier_key.unlink(missing_ok=True)
        print("The earlier key was deleted. Backups made before now cannot be read any more. Make a new one.")
    else:
        print(f"The earlier key is kept in {done.earlier_key}. Backups made before now need it.")
        print("Move it to where those backups are, and destroy it with them. Then make a new backup.")
    return 0


def _backup(options: argparse.Namespace) -> int:
    made = write_backup(from_environment().log_url, options.file, datetime.now(UTC), LOCK_WAIT)
    print(f"{made.entries} entries were written to {options.file}. Its digest is {made.digest}.")
    print("The keys are not in it. Keep a copy of them in another place.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    settings = from_environment()
    settings.prepare()
    found = restore_backup(settings.log_url, options.file, key_source(settings), LOCK_WAIT)
    print(f"The log was restored and is whole: {found.entries} entries.")
    return 0


def _accept_clock(_options: argparse.Namespace) -> int:
    with _log() as log:
        entry = log.accept_clock(COMMAND_LINE, datetime.now(UTC))
    print(f"Entry {entry.sequence} says that the clock is right now: {entry.recorded_at}.")
    return 0
