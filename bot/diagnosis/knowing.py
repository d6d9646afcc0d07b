"""The knowledge files: faults, what a running process refuses, what is past its review, what areas have to fill in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import psutil

from bot.diagnosis.findings import Finding, fine, mend, note, one_line
from bot.knowledge import (
    NATIONAL,
    Area,
    Knowledge,
    KnowledgeError,
    changed_intents,
    example_digests,
    load,
    read_trained,
)
from bot.knowledge.due import DueContact, due_contacts, due_law, withheld
from bot.renewal import REFUSED_FILES
from bot.settings import Settings

AREA = "knowledge"


def knowledge(settings: Settings) -> Iterator[Finding]:
    """What the files hold, or their first fault."""
    try:
        found = load(settings.knowledge)
    except KnowledgeError as error:
        count = len(error.faults)
        says = f"{count} fault{'' if count == 1 else 's'} in the knowledge files. The first: {error.faults[0]}"
        yield mend(AREA, says, "Mend it, then run `sharewell knowledge check`.")
        return
    yield fine(
        AREA,
        f"No faults: {len(found.topics)} topics, {len(found.checks)} checks, {len(found.triggers)} urgent triggers.",
    )
    yield from _model_age(found, settings)
    yield from past_review(found, date.today())
    yield from law(found, date.today())
    yield from contacts(found, date.today())
    yield from withholding(found, date.today())


def refusals(settings: Settings) -> Iterator[Finding]:
    """What each running process refuses of the present files. It goes on with what it had read before."""
    for path in sorted(settings.run_folder.glob(REFUSED_FILES)):
        try:
            data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            pid, reasons = int(data["pid"]), [one_line(str(reason)) for reason in data["refused"]]
        except (OSError, ValueError, KeyError, TypeError):
            continue  # it is being written, or has just gone
        if not psutil.pid_exists(pid):
            continue
        for reason in reasons:
            yield mend(
                AREA, f"Knowledge refused: {reason}. The running Sharewell (process {pid}) uses the earlier files.",
                "Mend it: the running Sharewell takes the files by itself.",
            )  # fmt: skip


def _model_age(found: Knowledge, settings: Settings) -> Iterator[Finding]:
    path = settings.confusions()
    if path is None:
        return
    changed = changed_intents(read_trained(path).digests, example_digests(found))
    if changed:
        yield note(
            AREA, f"The model is older than the knowledge: {len(changed)} units are new, gone or have other examples.",
            "Run `./sharewell setup`. Until then new ones are found by key words only.",
        )  # fmt: skip


def law(found: Knowledge, today: date) -> Iterator[Finding]:
    """How much law is to be checked; `sharewell knowledge currency` lists it."""
    uncertain = [item for item in due_law(found, today) if not item.certain or item.reasons[-1].startswith("last")]
    if uncertain:
        yield note(
            AREA, f"{len(uncertain)} entries of law.yml are not certain, or were checked too long ago.",
            "Have your legal lead check those that `sharewell knowledge currency` lists.",
        )  # fmt: skip


def withholding(found: Knowledge, today: date) -> Iterator[Finding]:
    """How much each area withholds today because of the age of its sources."""
    for area in found.areas.values():
        held = withheld(area, found, today)
        if held.topics or held.checks:
            yield note(
                AREA, f"The area {area.id} withholds {len(held.topics)} topics and {len(held.checks)} checks today.",
                f"Renew their sources; `sharewell knowledge currency --area {area.id}` lists them.",
            )  # fmt: skip


def past_review(found: Knowledge, today: date) -> Iterator[Finding]:
    """Each source whose review date lies before `today`: its answers warn."""
    for source in found.sources.values():
        if source.review.due is not None and source.review.due < today:
            yield note(
                AREA, f"The source {source.id} was due for review on {source.review.due:%d %B %Y}; its answers say so.",
                f"Ask {source.publisher} for its present edition, then update knowledge/sources.yml.",
            )  # fmt: skip


def contacts(found: Knowledge, today: date) -> Iterator[Finding]:
    """What an organisation still has to fill in or call again, for each area and role.

    Until then users of the area are told how to find a contact, and warned of an old number.
    """
    for area in found.areas.values():
        owed = list(due_contacts(area, today))
        yield from (_owed(area, item) for item in owed)
        if not owed:
            yield fine(AREA, f"The area {area.id} has all its contacts.")
        if area.id != NATIONAL and not area.sources:
            yield note(
                AREA, f"The area {area.id} has no document of its own: its users read those of other areas.",
                f"Name its sources in knowledge/areas/{area.id}.yml.",
            )  # fmt: skip


def _owed(area: Area, item: DueContact) -> Finding:
    where = f"in knowledge/areas/{area.id}.yml."
    if item.days is None:
        return note(AREA, f"{area.id}, {item.role}: no number.", f"Fill it in, with the date checked, {where}")
    return note(
        AREA, f"{area.id}, {item.role}: the number was checked {item.days} days ago.",
        f"Call it, then renew the date {where}",
    )  # fmt: skip
