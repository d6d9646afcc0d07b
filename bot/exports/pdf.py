"""Records as a PDF for reading and printing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.decision_log import EntryKind
from bot.exports import words
from bot.exports.sheets import Happening, Sheet
from bot.typesetting import typeset

_TEMPLATE = (Path(__file__).parent / "export.typ").read_bytes()


def as_pdf(title: str, notes: Sequence[str], sheets: Sequence[Sheet], made: datetime) -> bytes:
    """The records, one after the other, each on a new page. Times are UTC."""
    data = {
        "title": title, "notes": list(notes), "footer": words.FOOTER, "made": [made.year, made.month, made.day],
        "records": [_record(sheet) for sheet in sheets],
    }  # fmt: skip
    return typeset(_TEMPLATE, data, made, words.NOT_SHOWN)


def _record(sheet: Sheet) -> dict[str, Any]:
    record = sheet.record
    facts = [
        [words.REFERENCE, record.reference], [words.RECORDED_AT, moment_text(record.recorded_at)],
        [words.CHECK, sheet.check], [words.OUTCOME, sheet.outcome], [words.AREA, sheet.area],
        [words.STATUS, words.STATUSES[record.status]], [words.AUTHOR, record.author or words.NOBODY],
        [words.VERSION, record.content_version],
    ]  # fmt: skip
    stands = [words.WHAT_COLUMN, words.WHAT_STANDS_COLUMN]
    return {
        "heading": f"{record.reference}: {sheet.outcome}",
        "notes": [] if record.erased_at is None else [words.ERASED.format(day=day_text(record.erased_at))],
        "parts": [
            _part(words.FACTS_TITLE, stands, facts),
            _part(words.FIELDS_TITLE, stands, [[value.label, value.shown] for value in sheet.values]),
            _part(words.EVENTS_TITLE, [words.WHAT_COLUMN, words.WHEN_COLUMN], [_row(one) for one in sheet.happenings]),
        ],
    }


def _part(heading: str, columns: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"heading": heading, "columns": columns, "rows": rows, "empty": words.NOTHING_RECORDED}


def _row(one: Happening) -> list[str]:
    event = one.event
    said = f"{moment_text(event.recorded_at)}, {event.by or words.NOBODY}"
    # The words of the decision itself stand among what was recorded.
    texts = () if event.kind is EntryKind.DECISION else one.texts.values()
    return [one.label, "\n".join([said, *texts])]


def day_text(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def moment_text(moment: datetime) -> str:
    return f"{day_text(moment)}, {moment:%H:%M} UTC"
