"""How a page of the office is declared: its path, the action that it needs, and what answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from starlette.responses import Response

from bot.accounts import NEEDS_FRESH, Action

if TYPE_CHECKING:
    from bot.channels.office.visit import Visit

ROOT = "/office"
HOME = f"{ROOT}/"


class Open(Enum):
    """What stands in the place of an action where nobody needs to be signed in."""

    EVERYONE = "everyone"


EVERYONE = Open.EVERYONE

Handler = Callable[["Visit"], Response]
"""Answers one request. It runs in a thread of its own, so it may wait for a database."""


@dataclass(frozen=True)
class Page:
    """One path of the office, below /office.

    `access` is the action that an account must be permitted, or EVERYONE. `nav` is its label in the navigation, which
    shows it to those who may open it; `about` says under the label, on the first page, what it is for. `fresh` asks
    for somebody who has just shown who they are; the dangerous actions ask so by themselves. `back` is the path to
    which somebody goes back who had to show that in the middle of a form; by default the page itself.
    """

    path: str
    access: Action | Open
    get: Handler | None = None
    post: Handler | None = None
    nav: str = ""
    about: str = ""
    fresh: bool = False
    back: str = ""

    @property
    def methods(self) -> list[str]:
        return [name for name, handler in (("GET", self.get), ("POST", self.post)) if handler is not None]

    @property
    def needs_fresh(self) -> bool:
        return self.fresh or self.access in NEEDS_FRESH
