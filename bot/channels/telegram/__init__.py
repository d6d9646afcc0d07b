"""The chat by Telegram, by long polling or webhook: a Message in, a Reply out, and little left in the chat.
Imports the conversation and bot.settings; nothing imports it but the command line and the benchmark."""

from bot.channels.telegram.asking import check, hindrance, link_before
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.organisation import Organisation
from bot.channels.telegram.pace import Pace

__all__ = ["Organisation", "Pace", "Telegram", "check", "hindrance", "link_before"]
