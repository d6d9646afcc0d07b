"""The terminal chat: the same conversation as text, readable without colour, and as JSON lines for scripts.
Imports the conversation; nothing imports it but the command line."""

from bot.channels.terminal.chat import chat
from bot.channels.terminal.json_lines import chat_json

__all__ = ["chat", "chat_json"]
