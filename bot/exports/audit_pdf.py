"""The audit report as a PDF."""

from __future__ import annotations

from pathlib import Path

from bot.exports import audit_words as words
from bot.exports.audit import Report, Table, day_text
from bot.typesetting import typeset

_TEMPLATE = (Path(__file__).parent / "audit.typ").read_bytes()


def audit_pdf(report: Report) -> bytes:
    """The tables of the report, each with its bars."""
    made = report.made
    data = {
        "title": words.REPORT_TITLE, "footer": words.FOOTER, "total": words.TOTAL,
        "made": [made.year, made.month, made.day], "notes": audit_notes(report),
        "tables": [_table(table) for table in report.tables],
    }  # fmt: skip
    return typeset(_TEMPLATE, data, made, words.NOT_SHOWN)


def audit_notes(report: Report) -> list[str]:
    """What stands above the tables."""
    period = words.PERIOD.format(
        since=day_text(report.since), until=day_text(report.until), day=day_text(report.made.date())
    )
    return [period, words.SUPPRESSED, words.OVERLAP]


def _table(table: Table) -> dict[str, object]:
    return {
        "title": table.title, "columns": [table.column, words.NUMBER_COLUMN, words.BAR_COLUMN],
        "rows": [{"label": row.label, "shown": row.shown, "share": row.share} for row in table.rows],
        "total": table.total, "note": table.note,
    }  # fmt: skip
