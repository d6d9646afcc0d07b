"""What managers see of training: the modules completed by those who chose to show it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from bot.accounts import Action
from bot.channels.office import training_words as words
from bot.channels.office.declaring import Page
from bot.channels.office.visit import Visit
from bot.knowledge import Knowledge
from bot.training import SharedProgress, Training

PATH = "/training"
LISTED = 100
"""People that the page shows at once, by name."""


@dataclass(frozen=True)
class _Row:
    """One person of the list: a name, how many modules of all, and each that was completed with its day."""

    name: str
    number: str
    completed: tuple[str, ...]


def pages(training: Training, knowledge: Callable[[], Knowledge]) -> tuple[Page, ...]:
    """The page about training. `knowledge` gives the guidance in use, with the titles of its modules."""

    def show(visit: Visit) -> Response:
        known, people = knowledge(), training.shared()
        start = min(_number(visit.request.query_params.get("from", "")), len(people))
        rows = [_row(person, known) for person in people[start : start + LISTED]]
        following = start + LISTED if start + LISTED < len(people) else None
        return visit.page("training.html", words.TITLE, w=words, rows=rows, following=following, start=start)

    return (Page(PATH, Action.TRAINING_READ, get=show, nav=words.TITLE, about=words.ABOUT),)


def _row(person: SharedProgress, known: Knowledge) -> _Row:
    done = [(known.modules[name].title, day) for name, day in person.completed if name in known.modules]
    told = tuple(words.COMPLETED.format(title=title, day=_day(day)) for title, day in done)
    return _Row(person.name, words.NUMBER.format(done=len(done), of=len(known.modules)), told)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
