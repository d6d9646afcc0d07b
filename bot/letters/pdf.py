"""A draft as a PDF, tagged for screen readers (PDF/UA-1). Words go in as data and are never read as markup."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.letters.draft import (
    BOX,
    TABLE_COLUMNS,
    Block,
    Bullets,
    Draft,
    Gap,
    Lines,
    Run,
    Runs,
    Signatures,
    Table,
    Ticks,
)
from bot.typesetting import typeset

_TEMPLATE = (Path(__file__).parent / "letter.typ").read_bytes()
_NOT_SHOWN = "Some letters cannot be set in this PDF: a white square is shown. Take the Word document to have them all."


def as_pdf(draft: Draft) -> bytes:
    """The draft as a PDF. A letter that the fonts lack is shown as a white square, and the last page says so."""
    made = datetime.combine(draft.made, datetime.min.time(), UTC)
    return typeset(_TEMPLATE, _data(draft), made, _NOT_SHOWN)


def _data(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "heading": draft.heading,
        "blocks": [_block(block) for block in draft.blocks],
        "about_heading": draft.about_heading,
        "about": [_block(block) for block in draft.about],
        "notes": [],
        "footer": draft.footer,
        "made": [draft.made.year, draft.made.month, draft.made.day],
    }


def _block(block: Block) -> dict[str, Any]:
    kind = type(block).__name__.lower()
    if isinstance(block, Lines):
        return {"kind": kind, "lines": [_runs(line) for line in block.lines]}
    if isinstance(block, Bullets):
        return {"kind": kind, "mark": "\N{BULLET}", "items": [_runs(item) for item in block.items]}
    if isinstance(block, Ticks):
        return {"kind": "bullets", "mark": BOX, "items": [_runs(item) for item in block.items]}
    if isinstance(block, Table):
        rows = [{"label": row.label, "entry": _run(row.entry)} for row in block.rows]
        return {"kind": kind, "columns": TABLE_COLUMNS, "rows": rows}
    if isinstance(block, Signatures):
        return {"kind": kind, "columns": block.columns, "rows": block.rows}
    return {"kind": kind, "runs": _runs(block.runs)}


def _runs(runs: Runs) -> list[Any]:
    return [_run(run) for run in runs]


def _run(run: Run) -> Any:
    return {"said": run.text, "room": run.room} if isinstance(run, Gap) else run
