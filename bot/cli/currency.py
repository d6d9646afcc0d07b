"""`sharewell knowledge currency`: what is due in the knowledge files on a day, and what each area withholds."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from bot.cli.common import area_named, print_json
from bot.knowledge import (
    NEAR_DAYS,
    OLDEST_LAW_DAYS,
    Due,
    DueContact,
    DueLaw,
    DueSource,
    Withheld,
    due,
    due_as_json,
    load,
)
from bot.settings import from_environment


def add_to(actions: Any) -> None:
    command = actions.add_parser(
        "currency", help="list what is due: sources, law, contacts, and what is withheld",
        description="Lists sources past or near their review date, law to check, contacts to fill in or call again, "
        "and what each area withholds.",
    )  # fmt: skip
    command.add_argument(
        "--on", type=_day, metavar="DATE", help="the day to look from, such as 2026-11-20 (default: today)"
    )
    command.add_argument("--area", help="contacts and what is withheld for this area only")
    command.add_argument("--json", action="store_true", help="write one JSON object for each thing that is due")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    knowledge = load(from_environment().knowledge)
    areas = (area_named(knowledge, options.area),) if options.area else tuple(knowledge.areas.values())
    found = list(due(knowledge, areas, options.on or date.today()))
    if options.json:
        for item in found:
            print_json(due_as_json(item))
    else:
        print("\n".join(_lines(found)))
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no date; write it as 2026-11-20") from None


def _lines(found: list[Due]) -> Iterator[str]:
    sources = [item for item in found if isinstance(item, DueSource)]
    law = [item for item in found if isinstance(item, DueLaw)]
    contacts = [item for item in found if isinstance(item, DueContact)]
    yield from _section(f"Sources past their review date, or within {NEAR_DAYS} days of it", sources, _source_line)
    yield from _section(f"Law: not in force, not certain, or checked over {OLDEST_LAW_DAYS} days ago", law, _law_line)
    yield from _section("Contacts to fill in, or to call again", _by_area(contacts), str)
    yield from _section("Withheld", [item for item in found if isinstance(item, Withheld)], _withheld_line)


def _section(title: str, items: Iterable[Any], line: Callable[[Any], str]) -> Iterator[str]:
    yield title
    yield from [f"  {line(item)}" for item in items] or ["  nothing"]
    yield ""


def _source_line(item: DueSource) -> str:
    when = f"{-item.days} days past" if item.days < 0 else f"in {item.days} days"
    proposed = ", a date that we propose" if item.basis == "proposed" else ""
    counts = f"{_counted(item.topics, 'topic')}, {_counted(item.checks, 'check')}, {_counted(item.triggers, 'trigger')}"
    return f"{item.id}: due {item.due}{proposed}, {when}. On it rest {counts}; {item.alone} of them on nothing else."


def _law_line(item: DueLaw) -> str:
    reasons = ", ".join(item.reasons)
    return f"{item.id}: {reasons}; checked {item.last_checked}; named by {_counted(item.topics, 'topic')}."


def _by_area(contacts: list[DueContact]) -> Iterator[str]:
    for area in dict.fromkeys(item.area for item in contacts):
        own = [item for item in contacts if item.area == area]
        empty = [item.role for item in own if item.days is None]
        if empty:
            yield f"{area}: no number for {', '.join(empty)}."
        for item in own:
            if item.days is not None:
                yield f"{area}: the number for {item.role} was checked {item.days} days ago."


def _withheld_line(item: Withheld) -> str:
    if item.limit is None:
        return f"{item.area}: sets no limit, so nothing."
    counts = f"{_counted(len(item.topics), 'topic')} and {_counted(len(item.checks), 'check')}"
    listed = ", ".join((*item.topics, *item.checks))
    return f"{item.area}: {counts} past its limit of {item.limit} days{f': {listed}' if listed else ''}."


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
