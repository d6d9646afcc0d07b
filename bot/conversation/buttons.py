"""The values that buttons carry: stable, readable, at most 64 bytes, and tied to the step they belong to."""

from __future__ import annotations

import hashlib

from bot.checks import Place
from bot.conversation.messages import MAX_BUTTON_BYTES, Button

WHY = Button("Why this is asked", "why", "step")
BACK = Button("Back one step", "back", "step")
STOP = Button("Stop this check", "stop", "step")
CHANGE = Button("Change an earlier answer", "change", "step")
MENU = Button("Open the menu", "menu", "step")
FORGET = Button("Stop and forget", "forget", "step")
HELP = Button("What can you do?", "help", "step")
NOT_A_NAME = Button("That is not identifying", "not-a-name", "step")
WIPE_UNSENT = Button("Wipe it and go on", "advice:drop")
ASK_ADVICE = Button("Ask an adviser without names", "advice")
REPORT = Button("I am worried about someone", "check:report-a-concern")
SHARE = Button("Should I share this?", "check:share-decision")
NONE_OF_THESE = Button("None of these", "none", "step")
RECORD = Button("Record this decision", "record")
SAVE_NOTHING = Button("Save nothing", "save-nothing")
CHOOSE_AREA = Button("Choose your area", "areas", "step")
ALL_CHECKS = Button("See all checks", "checks", "step")
PRIVACY = Button("What do you keep?", "privacy", "step")
LETTERS = Button("Draft a letter or form", "letters")
ALL_LETTERS = Button("See all letters and forms", "all-letters", "step")
GO_BACK = Button("Go back to the outcome", "show", "step")
FLOWCHART = Button("See the flowchart", "flowchart", "step")
TRAINING = Button("Training and practice", "learn:home")
BY_SITUATION = Button("Browse by situation", "situations")
BY_KIND = Button("Browse by kind", "kinds")


def place_code(place: Place) -> str:
    """Six characters that stand for a question or outcome, so that a button of another step is known as such."""
    return hashlib.sha256(str(place).encode()).hexdigest()[:6]


def answer(label: str, place: Place, option: str) -> Button:
    return _within_limit(Button(label, f"answer:{place_code(place)}:{option}"))


def topic(label: str, topic_id: str) -> Button:
    return _within_limit(Button(label, f"topic:{topic_id}"))


def check(label: str, check_id: str) -> Button:
    return _within_limit(Button(label, f"check:{check_id}"))


def tied(label: str, verb: str, *names: str) -> Button:
    """A button whose value is `verb` and names joined by colons, such as field:purpose:care."""
    return _within_limit(Button(label, ":".join((verb, *names))))


def step(label: str, verb: str, *names: str) -> Button:
    """The same, set as a step beside the answers."""
    return _within_limit(Button(label, ":".join((verb, *names)), "step"))


def _within_limit(button: Button) -> Button:
    if len(button.value.encode()) > MAX_BUTTON_BYTES:
        raise ValueError(f"the button value '{button.value}' is longer than {MAX_BUTTON_BYTES} bytes; shorten the ids")
    return button
