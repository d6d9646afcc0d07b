"""Commands and deep links: what of the conversation each of them opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from telegram import BotCommand

from bot.channels.telegram import words
from bot.conversation import buttons
from bot.conversation.browsing import entry
from bot.knowledge import Knowledge

LINKED = ("topic", "check", "urgent")
"""Kinds of unit that a deep link may open: https://t.me/NAME?start=check_share-decision."""

LONGEST_PAYLOAD = 64
_PRESSES: Mapping[str, str] = MappingProxyType({
    "check": buttons.ALL_CHECKS.value, "record": buttons.RECORD.value, "advice": buttons.ASK_ADVICE.value,
    "area": buttons.CHOOSE_AREA.value, "privacy": buttons.PRIVACY.value, "help": buttons.HELP.value,
    "stop": buttons.FORGET.value, "train": buttons.TRAINING.value,
})  # fmt: skip


@dataclass(frozen=True)
class Command:
    """A command as it was typed, in lower case and without the bot's name, and what stood after it."""

    name: str
    rest: str = ""


def listed() -> list[BotCommand]:
    """The commands with their descriptions, for Telegram to show."""
    return [BotCommand(name, said) for name, said in words.COMMANDS.items()]


def command_in(text: str) -> Command | None:
    """The command that `text` is; None where it is none that is known here."""
    if not text.startswith("/"):
        return None
    first, _, rest = text[1:].partition(" ")
    name = first.split("@", 1)[0].casefold()
    return Command(name, rest.strip()) if name in words.COMMANDS else None


def press_of(command: Command) -> str | None:
    """The button that the command stands for; None where it stands for none."""
    return _PRESSES.get(command.name)


def linked(payload: str, knowledge: Knowledge) -> str | None:
    """The button that the deep link `payload` (KIND_ID) stands for; None where it leads to nothing."""
    kind, _, name = payload[:LONGEST_PAYLOAD].partition("_")
    return f"{kind}:{name}" if kind in LINKED and entry(knowledge, kind, name) is not None else None
