"""Commands and deep links: what of the conversation each of them opens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from telegram import BotCommand

from bot.channels.telegram import words
from bot.channels.telegram.enrolling import INVITED
from bot.conversation import buttons
from bot.conversation.browsing import entry
from bot.knowledge import Knowledge

_FIRST = re.compile(r"\S*")
"""A command ends at a line break too: the words of the next line are not part of its name."""

LINKED = ("topic", "check", "urgent")
"""Kinds of unit that a deep link may open: https://t.me/NAME?start=check_share-decision."""

LONGEST_PAYLOAD = 64
_PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_PAYLOAD}}}")
"""What Telegram lets a link hand over. Words of a user are not made of these alone."""

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
    first = _FIRST.match(text, 1)
    assert first is not None  # it matches nothing at all as well
    name = first.group().split("@", 1)[0].casefold()
    return Command(name, text[first.end() :].strip()) if name in words.COMMANDS else None


def press_of(command: Command) -> str | None:
    """The button that the command stands for; None where it stands for none."""
    return _PRESSES.get(command.name)


def linked(payload: str, knowledge: Knowledge) -> str | None:
    """The button that the deep link `payload` (KIND_ID) stands for; None where it leads to nothing."""
    kind, _, name = payload[:LONGEST_PAYLOAD].partition("_")
    return f"{kind}:{name}" if kind in LINKED and entry(knowledge, kind, name) is not None else None


def is_invitation(payload: str) -> bool:
    """Whether `payload` is that of a link with an invitation, and of nothing else besides."""
    return payload.startswith(INVITED) and _PAYLOAD.fullmatch(payload) is not None


def is_link(command: Command, knowledge: Knowledge) -> bool:
    """Whether what stands after `command` names a unit or an invitation: it is then read for nothing else.

    Names of units tell of dangers, and look like names of accounts; an invitation is letters at random.
    """
    rest = command.rest
    if command.name == "check":
        return linked(f"check_{rest}", knowledge) == f"check:{rest}"
    if command.name != "start" or _PAYLOAD.fullmatch(rest) is None:
        return False
    return is_invitation(rest) or linked(rest, knowledge) is not None
