"""Turns what is to be shown into HTML. Everything is escaped; nothing is marked as trusted but the emergency link."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.web import words
from bot.channels.web.markup import blocks, with_calls
from bot.channels.web.settings import WebSettings
from bot.channels.web.transcript import Exchange, is_private
from bot.conversation.assistant import LONGEST_MESSAGE
from bot.conversation.charts import Flowchart
from bot.conversation.library import Library
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.searching import LONGEST_SEARCH
from bot.knowledge import NATIONAL

_HERE = Path(__file__).parent
_SIZE = re.compile(r'width="(?P<width>\d+)" height="(?P<height>\d+)"')
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Problem:
    """What went wrong and what to do next. `field` says whether the message box is where to put it right."""

    title: str
    text: str
    field: bool = False


@dataclass(frozen=True)
class Asset:
    """A file that pages load from this origin; its path changes with its content, so that it may be cached."""

    name: str
    path: str
    body: bytes
    media_type: str


@dataclass(frozen=True)
class Section:
    """Parts of one kind that stand together under one tag."""

    kind: str
    tag: str
    parts: tuple[Part, ...]


class View:
    """The templates and static files, read once."""

    def __init__(self, settings: WebSettings) -> None:
        self.assets = {asset.path: asset for asset in map(_asset, sorted((_HERE / "static").iterdir()))}
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._environment.filters.update(blocks=blocks, with_calls=with_calls, status=_status, size=_size)
        self._environment.tests["private"] = is_private
        self._environment.globals.update(
            words=words, sections=sections, weighted=_weighted, unsent=Problem(*words.UNSENT, field=True),
            tagged=words.ALWAYS_TAGGED, limit=LONGEST_MESSAGE, search_limit=LONGEST_SEARCH,
            exit_url=settings.exit_url,
            asset={each.name: each.path for each in self.assets.values()},
        )  # fmt: skip

    def chat(
        self, exchanges: Iterable[Exchange], csrf: str, problem: Problem | None = None, draft: str = "",
        arrived: Button | None = None,
    ) -> str:  # fmt: skip
        """The whole conversation as a page. `draft` is what the user typed and has not been sent.

        `arrived` is the button for what a visitor comes from, where they come from a page of the guidance.
        """
        shown = list(exchanges)
        newest = shown[-1].reply
        title = f"Problem: {problem.title}" if problem else words.TITLES.get(newest.kind, "")
        return self._render(
            "chat.html", title=title, exchanges=shown, newest=newest, csrf=csrf, problem=problem, draft=draft,
            arrived=arrived,
        )  # fmt: skip

    def turn(self, exchange: Exchange, csrf: str) -> str:
        """One turn, for the script to add to the page."""
        return self._render(
            "fragment.html", title=words.TITLES.get(exchange.reply.kind, ""), turn=exchange, newest=exchange.reply,
            csrf=csrf,
        )  # fmt: skip

    def problem_fragment(self, problem: Problem, csrf: str) -> str:
        """A problem, for the script to show above the message box. An empty `csrf` leaves the form's token alone."""
        return self._render("problem_fragment.html", problem=problem, csrf=csrf)

    def problem_page(self, problem: Problem) -> str:
        return self._render("problem.html", title=f"Problem: {problem.title}", problem=problem)

    def guidance(self, template: str, title: str, library: Library, path: str, **values: object) -> str:
        """A page of the guidance. Its links keep the area, which stands in the address and nowhere else."""
        suffix = "" if library.area.id == NATIONAL else f"?area={library.area.id}"
        return self._render(template, title=title, library=library, path=path, suffix=suffix, **values)

    def walked(self, charts: Sequence[Flowchart]) -> str:
        """The flowcharts of a visitor's own check. The page's title names no check: a browser keeps titles."""
        return self._render("walked.html", title=words.WALKED_TITLE, charts=charts)

    def text_page(self, title: str, parts: Iterable[Part]) -> str:
        """A page of fixed text: help, what is kept, accessibility, the end."""
        return self._render("text.html", title=title, parts=tuple(parts))

    def _render(self, template: str, **values: Any) -> str:
        return self._environment.get_template(template).render(**values)


def sections(reply: Reply) -> list[Section]:
    """The parts of `reply`, those of danger joined under one heading. An outcome to act on now is set as pressing."""
    found: list[Section] = []
    for part_kind, same in groupby(reply.parts, key=lambda part: part.kind):
        kind: str = part_kind
        parts = tuple(same)
        if kind == "outcome" and reply.details.get("urgency") == "now":
            kind = "pressing"
        groups = [parts] if kind == "urgent" else [(part,) for part in parts]
        found.extend(Section(kind, words.TAGS.get(kind, ""), group) for group in groups)
    return found


def _weighted(reply: Reply, weight: str) -> list[Button]:
    return [button for button in reply.buttons if button.weight == weight]


def _status(status: str) -> str:
    return words.STATUSES.get(status, status.replace("-", " "))


def _size(svg: str) -> dict[str, str]:
    """Width and height of a drawing, so that a page keeps its room while it loads."""
    found = _SIZE.search(svg)
    assert found is not None  # every drawing says its size
    return found.groupdict()


def _asset(file: Path) -> Asset:
    body = file.read_bytes()
    version = hashlib.sha256(body).hexdigest()[:12]
    return Asset(file.name, f"/static/{file.stem}.{version}{file.suffix}", body, _MEDIA_TYPES[file.suffix])
