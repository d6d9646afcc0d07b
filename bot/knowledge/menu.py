"""The menu of knowledge/menu.yml: situations in which people come, each with what to show them, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.faults import Fault
from bot.knowledge.located import Located
from bot.knowledge.model import Explained, Heading, Id

if TYPE_CHECKING:
    from bot.knowledge.model import Knowledge

MENU_FILE = "menu.yml"


class Situation(BaseModel):
    """One entry of the menu. What it lists is shown in this order: urgent triggers, then checks, then topics."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: Id
    title: Heading
    about: Explained
    urgent: tuple[Id, ...] = ()
    checks: tuple[Id, ...] = ()
    topics: Annotated[tuple[Id, ...], Field(min_length=1)]


def faults(knowledge: Knowledge, places: Mapping[tuple[str, str], Located]) -> Iterator[Fault]:
    """What the menu says of units that are not there, or says twice; and the units that stand nowhere in it."""
    units: dict[str, tuple[str, Mapping[str, Any]]] = {
        "urgent": ("triggers", knowledge.triggers),
        "checks": ("checks", knowledge.checks),
        "topics": ("topics", knowledge.topics),
    }
    for place, situation in enumerate(knowledge.situations.values()):
        located = places["situations", situation.id]
        for key, (_, known) in units.items():
            for number, name in enumerate(listed := _listed(situation, key)):
                way = ("situations", place, key, number)
                if name not in known:
                    yield located.fault(way, f"no {_KIND[key]} '{name}'")
                elif name in listed[:number]:
                    yield located.fault(way, f"'{name}' stands twice in this list")
    for key, (kind, known) in units.items():
        shown = {name for situation in knowledge.situations.values() for name in _listed(situation, key)}
        for name in known:
            if name not in shown:
                reason = f"stands in no situation of {MENU_FILE}; add '{name}' to the {key} of one"
                yield places[kind, name].fault(("id",), reason)


_KIND = {"urgent": "urgent trigger", "checks": "check", "topics": "topic"}


def _listed(situation: Situation, key: str) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(situation, key)
    return names
