"""What several commands share: lines in, JSON lines out, and a Rasa to ask."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from bot.application import rasa_for
from bot.conversation.nlu_client import NluClient
from bot.conversation.supervisor import running_client
from bot.errors import SharewellError
from bot.knowledge import Area, Knowledge
from bot.settings import Settings


class InputError(SharewellError):
    """What was given on the command line or on standard input cannot be used."""


def log_to_standard_error() -> None:
    """Shows what a service has to tell whoever runs it. No log line of ours ever holds what a user typed."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("bot")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def print_json(data: Mapping[str, Any]) -> None:
    print(json.dumps(data, ensure_ascii=False), flush=True)


def input_lines() -> Iterator[str]:
    """The lines of standard input without their ends; bytes that are not UTF-8 are replaced."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", errors="replace").rstrip("\r\n")


def json_object(line: str, number: int) -> dict[str, Any]:
    """The JSON object on line `number`. Raises InputError naming the line."""
    try:
        data = json.loads(line)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise InputError(
            f"Line {number} of the input is not a JSON object.", 'Write one object a line, such as {"text": "..."}.'
        )
    return data


def area_named(knowledge: Knowledge, name: str) -> Area:
    """The area `name`. Raises InputError with the areas that there are."""
    area = knowledge.areas.get(name)
    if area is None:
        raise InputError(f"There is no area '{name}'.", f"The areas are: {', '.join(sorted(knowledge.areas))}.")
    return area


@asynccontextmanager
async def rasa_client(settings: Settings) -> AsyncIterator[NluClient]:
    """A Rasa to ask: the one that runs already, else one of our own for as long as this lasts.

    Raises SharewellError when Rasa cannot be had.
    """
    settings.prepare()
    client = await running_client(settings.run_folder)
    if client is not None:
        try:
            yield client
        finally:
            await client.close()
        return
    service = rasa_for(settings)
    print("Starting Rasa ...", file=sys.stderr, flush=True)
    service.start()
    try:
        if not await service.wait_until_up():
            raise InputError("Rasa did not start.", "Run `sharewell doctor` to see what is missing.")
        yield service.client
    finally:
        await service.close()
