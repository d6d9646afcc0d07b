"""The templates and files of the office. Everything is escaped; nothing is marked as trusted but the emergency link."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.accounts import LONGEST_NAME, LONGEST_PASSWORD, LONGEST_PLACE, SHORTEST_PASSWORD
from bot.channels.office import words
from bot.channels.office.declaring import ROOT
from bot.channels.web.markup import blocks, with_calls
from bot.channels.web.view import Asset

_HERE = Path(__file__).parent
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript"}


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with a field of a form, and what to do. `field` is the id of the field in the page."""

    field: str
    text: str


class OfficeView:
    """The templates and static files, read once. `shared` are the files of the web chat."""

    def __init__(self, shared: Iterable[Asset]) -> None:
        own = [_asset(path) for path in sorted((_HERE / "static").iterdir())]
        self.assets = {asset.path: asset for asset in own}
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._environment.filters.update(blocks=blocks, with_calls=with_calls, told=told, day=day)
        self._environment.globals.update(
            words=words, root=ROOT, longest_name=LONGEST_NAME, longest_place=LONGEST_PLACE,
            shortest_password=SHORTEST_PASSWORD, longest_password=LONGEST_PASSWORD,
            asset={each.name: each.path for each in (*shared, *own)},
        )  # fmt: skip

    def page(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(**values)


def told(moment: datetime) -> str:
    """A moment as people read it, by the clock of the United Kingdom."""
    there = moment.astimezone(_clock())
    return f"{day(moment)}, {there:%H:%M}"


def day(moment: datetime) -> str:
    there = moment.astimezone(_clock())
    return f"{there.day} {there:%B %Y}"


def _clock() -> ZoneInfo:
    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:  # a system without time zones
        return UTC  # type: ignore[return-value]


def _asset(file: Path) -> Asset:
    body = file.read_bytes()
    version = hashlib.sha256(body).hexdigest()[:12]
    return Asset(file.name, f"{ROOT}/static/{file.stem}.{version}{file.suffix}", body, _MEDIA_TYPES[file.suffix])
