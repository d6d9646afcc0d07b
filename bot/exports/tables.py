"""Records as a table for a spreadsheet (CSV): one row each, one column a field."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from bot.exports.sheets import Sheet

_FIRST = (
    "reference", "recorded_at", "check", "outcome", "area", "status", "urgency", "approval_needed", "author",
    "review_on", "retention", "erased_on", "content_version",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it, spreadsheets read UTF-8 as something else."""


def as_csv(sheets: Sequence[Sheet]) -> bytes:
    """The table, with the ids of the fields as its head. A cell that a spreadsheet would compute begins with '."""
    names = list(dict.fromkeys(value.field for sheet in sheets for value in sheet.values))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*_FIRST, *(f"field:{name}" for name in names)])
    for sheet in sheets:
        held = {value.field: value.shown for value in sheet.values}
        writer.writerow([_harmless(cell) for cell in (*_facts(sheet), *(held.get(name, "") for name in names))])
    return (_BYTE_ORDER_MARK + out.getvalue()).encode("utf-8")


def _facts(sheet: Sheet) -> tuple[str, ...]:
    record = sheet.record
    return (
        record.reference, record.recorded_at.isoformat(), sheet.check, sheet.outcome, sheet.area, record.status.value,
        record.urgency, "yes" if record.approval_needed else "no", record.author, record.review_on,
        record.retention.value, "" if record.erased_at is None else record.erased_at.date().isoformat(),
        record.content_version,
    )  # fmt: skip


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
