"""What the screens of the training share: their buttons, their state, and the part that marks practice."""

from __future__ import annotations

import re

from bot.conversation import buttons, learning_words
from bot.conversation.learning_state import Learning
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, notice

HOME = Button("Training menu", "learn:home", "step")
MODULES = Button("The modules", "learn:modules")
FIRST_DAY = Button("First day: ten minutes", "learn:day")
THREE = Button("Three questions", "learn:three")
PROGRESS = Button("My progress", "learn:progress")
PRIVACY = Button("What the training keeps", "learn:privacy")
GO_ON = Button("Go on with the training", "learn:show")
LEAVE = Button("Leave the training", "learn:leave", "step")
BACK = Button("Back one step", "back", "step")
BACK_TO_PROGRESS = Button("Back to my progress", "learn:progress", "step")


def state(turn: Turn) -> Learning:
    """The training state of this conversation, made where there is none."""
    if turn.session.learning is None:
        turn.session.learning = Learning()
    return turn.session.learning


def now(turn: Turn, label: str, verb: str, *names: str) -> Button:
    """A button of the step shown now: it does nothing once the conversation has gone on."""
    return buttons.tied(label, "learn", verb, state(turn).code, *names)


def opens(label: str, verb: str, *names: str) -> Button:
    """A button that opens a screen of the training from anywhere."""
    return buttons.tied(label, "learn", verb, *names)


def reply(name: str, *parts: Part | None, offer: tuple[Button, ...]) -> Reply:
    """A step of the training; parts that are None are left out."""
    return Reply(tuple(part for part in parts if part is not None), "training", name, offer)


def practice() -> Part:
    """What stands at the head of every step of a scenario."""
    return notice(learning_words.PRACTICE, learning_words.PRACTICE_TITLE)


def flowed(text: str) -> str:
    """`text` with the lines of each paragraph joined: a story is written in lines of one length. Lists stay lists."""
    return "\n\n".join(re.sub(r"\n(?!- )", " ", paragraph) for paragraph in text.split("\n\n"))


def bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
