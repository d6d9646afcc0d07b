"""`sharewell ask`: one question, or many from standard input, each answered on its own."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from bot.application import detector_for, gate_for
from bot.cli.common import area_named, input_lines, print_json, rasa_client
from bot.conversation.interpret import Interpreted, Interpreter
from bot.knowledge import load
from bot.settings import from_environment

_BATCH = 256


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "ask", help="answer a question, or each line of standard input",
        description="Answers one question, or each line of standard input. Names are masked before they are read.",
    )  # fmt: skip
    command.add_argument("question", nargs="?", metavar="QUESTION", help="the question; without it, lines are read")
    command.add_argument("--json", action="store_true", help="write one JSON object a question")
    command.add_argument("--area", default="national", help="the area whose guidance leads (default: %(default)s)")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    questions = [options.question] if options.question is not None else input_lines()
    return asyncio.run(_ask(questions, options.area, _print_json if options.json else _print_text))


async def _ask(questions: Iterable[str], area_name: str, show: Any) -> int:
    settings = from_environment()
    knowledge = load(settings.knowledge)
    area = area_named(knowledge, area_name)
    async with rasa_client(settings) as client:
        detector = detector_for(knowledge, settings)
        interpreter = Interpreter(knowledge, gate_for(knowledge), detector, area, date.today(), client)
        for batch in _batches(questions):
            for answer in await interpreter.interpret(batch):
                show(answer)
    return 0


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(lines)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _print_json(answer: Interpreted) -> None:
    print_json(answer.as_json())


def _print_text(answer: Interpreted) -> None:
    print(f"? {answer.question}\n")
    if answer.text:
        print(answer.text)
    elif answer.alternatives:
        print("I am not sure what you mean. These are the nearest: " + ", ".join(answer.alternatives))
    else:
        print("I do not have an answer to that. Ask in other words, or ask your safeguarding lead.")
    for line in answer.sources:
        print(f"  Source: {line.text()}")
    print(flush=True)
