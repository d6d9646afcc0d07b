"""The fixed words of the conversation keep to the reading limits that hold for the knowledge."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from bot.conversation import buttons, words
from bot.conversation.messages import Button
from bot.knowledge import reading

BOT = Path(__file__).parents[1] / "bot"
LONGEST_LABEL = 40
LONGEST_TITLE = 60

WORDS = {name: text for name, text in vars(words).items() if name.isupper()}
BUTTONS = {name: button for name, button in vars(buttons).items() if isinstance(button, Button)}
_MAKERS = {"Button", "answer", "topic", "check", "tied", "step"}


def _filled(text: str) -> str:
    """`text` with a word in the place of each name in braces."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return text.format(**dict.fromkeys(names, "something"))


def _written_labels() -> list[str]:
    """The labels that modules of the conversation write where they make a button."""
    found = []
    for path in sorted((BOT / "conversation").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            maker = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            label = node.args[0]
            if maker in _MAKERS and isinstance(label, ast.Constant) and isinstance(label.value, str):
                found.append(label.value)
    return found


def test_there_are_words_and_buttons() -> None:
    assert {"GREETING", "PRIVACY", "UNKNOWN", "PREVIEW"} <= set(WORDS)
    assert {"WHY", "BACK", "STOP"} <= set(BUTTONS)
    assert set(_written_labels()) >= {button.label for button in BUTTONS.values()}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_keep_to_the_reading_limits(name: str) -> None:
    assert isinstance(WORDS[name], str)
    assert WORDS[name].strip() == WORDS[name] != ""
    assert reading.problems(_filled(WORDS[name])) == []


@pytest.mark.parametrize("name", sorted(name for name in WORDS if name.endswith("_TITLE")))
def test_titles_are_short(name: str) -> None:
    assert len(_filled(WORDS[name])) <= LONGEST_TITLE


@pytest.mark.parametrize("label", sorted(set(_written_labels())))
def test_labels_of_buttons_keep_to_the_reading_limits(label: str) -> None:
    assert label.strip() == label != ""
    assert len(label) <= LONGEST_LABEL
    assert reading.problems(label) == []


def test_fixed_buttons_are_told_apart() -> None:
    labels = [button.label for button in BUTTONS.values()]
    values = [button.value for button in BUTTONS.values()]
    assert len(set(labels)) == len(labels)
    assert len(set(values)) == len(values)
