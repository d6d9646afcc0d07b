"""A whole conversation as JSON lines: a message in, a Reply out."""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any, TextIO

from bot.channels.terminal.lines import Lines
from bot.conversation.assistant import Assistant
from bot.conversation.messages import Message, document_named
from bot.errors import SharewellError

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
    wanted = document_named(button)
    if wanted is not None:
        return await _document(assistant, key, *wanted)
    reply = await assistant.turn(Message(key, text=text, button=button))
    return reply.as_json()


async def _document(assistant: Assistant, key: str, letter_id: str, format_name: str) -> dict[str, Any]:
    """The letter as a file within the line: `data` is in base 64. Only the button of a document asks for it."""
    try:
        file = await assistant.document(key, letter_id, format_name)
    except SharewellError as error:
        return {"kind": "error", "text": f"{error.message} {error.remedy}"}
    data = base64.b64encode(file.data).decode()
    return {
        "kind": "document", "id": letter_id, "format": format_name, "name": file.name, "media_type": file.media_type,
        "data": data,
    }  # fmt: skip
