"""`sharewell letter`: a letter or form, filled in from a check that is walked by given answers."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from bot.checks import parse_answers, walk
from bot.cli.common import InputError, area_named
from bot.conversation.known import known_of_walk
from bot.knowledge import Area, Knowledge, is_withheld, load
from bot.letters import FORMATS, Known, drafted, made, plain_text
from bot.settings import from_environment

_MODE_OF_NEW = "xb"
"""A file that is there is never written over: somebody may have edited it."""


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "letter", help="draft a letter or form, or list them",
        description="Drafts a letter or form as Word or PDF, or as plain text. Without ID, lists what there is.",
    )  # fmt: skip
    command.add_argument("id", metavar="ID", nargs="?", help="the letter, such as escalation-letter-1")
    command.add_argument("--area", default="national", help="the area whose protocol is named (default: %(default)s)")
    command.add_argument("--check", help="the check whose outcome is filled in, such as share-decision")
    command.add_argument("--answers", default="", help="with --check: question=option,question=option")
    command.add_argument("--output", type=Path, help="FILE.docx or FILE.pdf; without it the text is printed")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    knowledge = load(from_environment().knowledge)
    if options.id is None:
        _list(knowledge)
        return 0
    letter = knowledge.letters.get(options.id)
    if letter is None:
        raise InputError(f"There is no letter '{options.id}'.", "Run `sharewell letter` for the list.")
    area = area_named(knowledge, options.area)
    if is_withheld(letter.sources, area, knowledge, date.today()):
        raise InputError(
            f"Every source of '{letter.id}' is past the limit that {area.name} sets for its review.",
            "Ask for the letter that the area uses now.",
        )
    draft = drafted(letter, _known(options, knowledge, area), area, knowledge, date.today())
    if options.output is None:
        print(plain_text(draft), end="")
        return 0
    _write(options.output, made(draft, _format_of(options.output)))
    print(f"Drafted {letter.id} into {options.output}.")
    return 0


def _list(knowledge: Knowledge) -> None:
    for letter in knowledge.letters.values():
        print(f"{letter.id}: {letter.title}")


def _known(options: argparse.Namespace, knowledge: Knowledge, area: Area) -> Known:
    if options.check is None:
        if options.answers:
            raise InputError("Answers belong to a check.", "Give --check CHECK with them.")
        return Known()
    answers = parse_answers(knowledge.checks, options.check, options.answers)
    return known_of_walk(knowledge, area, walk(knowledge.checks, options.check, answers), answers)


def _format_of(path: Path) -> str:
    ending = path.suffix.removeprefix(".").lower()
    if ending not in {each.id for each in FORMATS}:
        raise InputError(f"'{path}' is neither DOCX nor PDF.", "Let the name of the file end in .docx or .pdf.")
    return ending


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open(_MODE_OF_NEW) as file:
            file.write(data)
    except FileExistsError:
        raise InputError(f"{path} is there already, and is left as it is.", "Give another name.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.", "Choose another --output.") from None
