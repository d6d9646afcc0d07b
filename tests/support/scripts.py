"""Conversation scripts: YAML that says what a user does and what they must see, run on every channel alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from bot.consultations import Advice
from tests.support.advice import reply
from tests.support.documents import text_of
from tests.support.screen import Driver, Screen

WITHOUT_DETAILS = frozenset({"telegram"})
"""Channels of a third party: identifying details are never typed there."""

FOLDER = Path(__file__).resolve().parent.parent / "conversations"


class Step(BaseModel):
    """One thing the user does, and what the screen must then show (`see`), not show (`not`), or offer as buttons.

    `take`: takes the document behind a button; `holds` and `lacks` are words of the file.

    `adviser`: what an adviser answers meanwhile in the thread whose reference was kept as `advice`.

    `private`: only on channels that take identifying details, once a record was confirmed.

    `first`: the reply begins so. `keep`: names a pattern whose first group is kept for `{name}` in later steps.
    """

    model_config = ConfigDict(extra="forbid")

    say: str | None = None
    press: str | None = None
    first: str | None = None
    see: tuple[str, ...] = ()
    not_: Annotated[tuple[str, ...], Field(alias="not")] = ()
    offers: tuple[str, ...] = ()
    keep: dict[str, str] = {}
    until: str | None = None
    take: str | None = None
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    private: bool = False
    adviser: str | None = None


class Script(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    steps: tuple[Step, ...]


def scripts() -> list[Path]:
    return sorted(FOLDER.glob("*.yml"))


def load_script(path: Path) -> Script:
    return Script.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # "yes" is a word


def run(script: Script, driver: Driver, advice: Advice | None = None) -> dict[str, str]:
    """Runs the script, with the advisers of `advice`. Returns what its steps kept."""
    kept: dict[str, str] = {}
    screen = driver.open()
    for number, step in enumerate(script.steps, start=1):
        where = f"{script.title}, step {number}, {driver.name}"
        if step.private and driver.name in WITHOUT_DETAILS:
            continue
        if step.adviser is not None:
            assert advice is not None, f"{where}: there is no adviser"
            reply(advice, kept["advice"], step.adviser)
            continue
        if step.take is not None:
            _take(step, driver, kept, where)
            continue
        screen = _do(step, driver, screen, kept)
        _look(step, screen, kept, where)
    return kept


def _do(step: Step, driver: Driver, screen: Screen, kept: dict[str, str]) -> Screen:
    if step.say is not None:
        return driver.say(step.say.format(**kept))
    if step.press is not None and step.until is not None:
        for _ in range(40):
            screen = driver.press(step.press)
            if step.until in screen.text:
                break
        return screen
    return screen if step.press is None else driver.press(step.press.format(**kept))


def _take(step: Step, driver: Driver, kept: dict[str, str], where: str) -> None:
    """The screen stays as it is: a document is handed over beside it."""
    assert step.take is not None
    name, data = driver.take(step.take)
    words = text_of(name, data)
    for wanted in step.holds:
        assert wanted.format(**kept) in words, f"{where}: {name} does not hold '{wanted}'; it holds: {words}"
    for wanted in step.lacks:
        assert wanted not in words, f"{where}: {name} holds '{wanted}'"


def _look(step: Step, screen: Screen, kept: dict[str, str], where: str) -> None:
    for words in step.see:
        assert words.format(**kept) in screen.text, f"{where}: does not show '{words}'; shows: {screen.text}"
    for words in step.not_:
        assert words not in screen.text, f"{where}: shows '{words}'"
    for label in step.offers:
        offered = list(screen.buttons)
        assert any(shown.startswith(label) for shown in offered), f"{where}: no '{label}' in {offered}"
    if step.first is not None:
        assert screen.text.startswith(step.first), f"{where}: begins '{screen.text[:120]}', not '{step.first}'"
    for name, pattern in step.keep.items():
        match = re.search(pattern, screen.text)
        assert match, f"{where}: nothing like '{pattern}' in: {screen.text}"
        kept[name] = match[1]
