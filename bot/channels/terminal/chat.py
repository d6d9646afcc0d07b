"""The chat at a keyboard: type a question, or the number of a choice."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TextIO

from bot.channels.terminal.lines import Lines
from bot.channels.terminal.render import SAVE_PICTURE, choices, rendered
from bot.channels.terminal.saving import saved
from bot.checks import as_png
from bot.conversation.assistant import Assistant
from bot.conversation.messages import File, Message, Picture, Reply, document_named
from bot.errors import SharewellError

_HINT = "Type a question, or the number of a choice. Ctrl-D leaves; the conversation is kept until it expires."
_FOLDER = "Type the folder to save it in, or press Enter for the folder that you are in."
PICTURE_WIDTH = 720
"""Pixels: two for each unit of the drawing."""

_KEY_FILE = "terminal-chat"
_MOST_DIGITS = 2
"""Digits of the number of a choice: 999 and 101 are what somebody in danger may type, and no choice."""


async def chat(
    assistant: Assistant, run_folder: Path, *, new: bool, source: TextIO, sink: TextIO, site_url: str = ""
) -> None:
    """Talks until the input ends. An open conversation is resumed, unless `new` asks for a fresh one.

    `site_url` is the address of the web pages, to which links lead; without it none is shown.
    """
    key = _chat_key(run_folder)
    if new:
        await assistant.forget(key)
    reply = await assistant.opening(key)
    _show(reply, sink, site_url)
    print(f"\n{_HINT}", file=sink)
    lines = Lines(source)
    while (line := await _typed(lines, sink)) is not None:
        message = _message(key, line, reply)
        if message is None:
            print("There is no such number. Choose one from the list.", file=sink)
            continue
        taking = _taking(assistant, key, message.button, reply.picture)
        if taking is not None:
            print(f"\n{_FOLDER}", file=sink)
            folder = await _typed(lines, sink)
            if folder is not None:
                print(f"\n{await _saved(taking, folder)}", file=sink)
            continue
        reply = await assistant.turn(message)
        if reply.echo and reply.echo != line.strip() and reply.kind != "urgent":
            print(f"\nRead as: {reply.echo}", file=sink)
        _show(reply, sink, site_url)
        await assistant.sweep()


def _message(key: str, line: str, reply: Reply) -> Message | None:
    text = line.strip()
    if not text.isdecimal() or len(text) > _MOST_DIGITS or reply.entry == "private" and int(text) > len(choices(reply)):
        return Message(key, text=line)
    number = int(text)
    offered = choices(reply)
    return Message(key, button=offered[number - 1].value) if 1 <= number <= len(offered) else None


def _taking(
    assistant: Assistant, key: str, button: str | None, picture: Picture | None
) -> Callable[[], Awaitable[File]] | None:
    """What makes the file that the choice `button` asks for; None for a choice that is no file."""
    wanted = document_named(button)
    if wanted is not None:
        return partial(assistant.document, key, *wanted)
    return None if picture is None or button != SAVE_PICTURE.value else partial(asyncio.to_thread, _painted, picture)


def _painted(picture: Picture) -> File:
    return File(f"flowchart-{picture.check}.png", "image/png", as_png(picture.svg, PICTURE_WIDTH))


async def _saved(taking: Callable[[], Awaitable[File]], folder: str) -> str:
    """Saves what is taken in `folder`, and says where it is or why it is not."""
    try:
        path = await asyncio.to_thread(saved, await taking(), folder.strip())
    except SharewellError as error:
        return f"{error.message}\n{error.remedy}"
    return f"Saved as {path}"


async def _typed(lines: Lines, sink: TextIO) -> str | None:
    print("\n> ", end="", file=sink, flush=True)
    return await lines.next()


def _show(reply: Reply, sink: TextIO, site_url: str) -> None:
    print(f"\n{rendered(reply, shutil.get_terminal_size().columns, site_url)}", file=sink, flush=True)


def _chat_key(run_folder: Path) -> str:
    """The key of this user's terminal conversation, kept so that it can be resumed; readable by the owner only."""
    path = run_folder / _KEY_FILE
    with suppress(OSError):
        if found := path.read_text().strip():
            return found
    key = secrets.token_hex(16)
    with suppress(OSError), os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key)
    return key
