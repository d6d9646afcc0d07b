"""A whole conversation as JSON lines: a message in, a Reply out."""

from __future__ import annotations

import json
import secrets
from typing import Any, TextIO

from bot.channels.terminal.lines import Lines
from bot.conversation.assistant import Assistant
from bot.conversation.messages import Message

_FORM = 'Write {"text": "..."} or {"button": "..."} on a line.'


async def chat_json(assistant: Assistant, *, chat: str | None, source: TextIO, sink: TextIO) -> None:
    """Answers each line of `source` on `sink`. A line that is no message gets an error object, and the talk goes on."""
    key = chat or secrets.token_hex(16)
    await assistant.sweep()
    lines = Lines(source)
    while (line := await lines.next()) is not None:
        if line.strip():
            print(json.dumps(await _answer(assistant, key, line), ensure_ascii=False), file=sink, flush=True)
    if chat is None:  # nobody knows the key, so nobody could go on with it
        await assistant.forget(key)


async def _answer(assistant: Assistant, key: str, line: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError:
        return {"kind": "error", "text": f"The line is not JSON. {_FORM}"}
    if not isinstance(data, dict) or len(data.keys() & {"text", "button"}) != 1:
        return {"kind": "error", "text": f"The line is not a message. {_FORM}"}
    text, button = data.get("text"), data.get("button")
    if not isinstance(text if button is None else button, str):
        return {"kind": "error", "text": f"The value is not a string. {_FORM}"}
    reply = await assistant.turn(Message(key, text=text, button=button))
    return reply.as_json()
