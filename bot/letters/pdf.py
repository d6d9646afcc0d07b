"""A draft as a PDF, tagged for screen readers (PDF/UA-1). Words go in as data and are never read as markup."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

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

_TEMPLATE = (Path(__file__).parent / "letter.typ").read_bytes()
_UNKNOWN = "\N{WHITE SQUARE}"
_ALWAYS_KNOWN = frozenset(map(chr, range(0x20, 0x7F)))
_NOT_SHOWN = (
    f"Some letters cannot be set in this PDF and are shown as {_UNKNOWN}. Take the Word document to have them all."
)


def as_pdf(draft: Draft) -> bytes:
    """The draft as a PDF. A letter that the fonts lack is shown as a white square, and the last page says so."""
    data = _data(draft)
    text = json.dumps(data, ensure_ascii=False)
    unknown = frozenset(sign for sign in set(text) - _ALWAYS_KNOWN if not _is_known(sign))
    if unknown:
        data["about"].append({"kind": "paragraph", "runs": [_NOT_SHOWN]})
        text = "".join(_UNKNOWN if sign in unknown else sign for sign in json.dumps(data, ensure_ascii=False))
    return _compiled(_TEMPLATE, text, int(datetime.combine(draft.made, datetime.min.time(), UTC).timestamp()))


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with the library: the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])


def _compiled(template: bytes, document: str, moment: int) -> bytes:
    return typst.compile(
        template, None, font_paths=_fonts(), ignore_system_fonts=True, format="pdf", sys_inputs={"document": document},
        pdf_standards="ua-1", timestamp=moment,
    )  # fmt: skip


@cache
def _is_known(sign: str) -> bool:
    """Whether the fonts have `sign`: the standard refuses a document with a letter that would be an empty box."""
    try:
        _compiled(b'#set document(title: "x")\n#text(font: "Libertinus Serif", sys.inputs.document)', sign, 0)
    except typst.TypstError:
        return False
    return True


def _data(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "heading": draft.heading,
        "blocks": [_block(block) for block in draft.blocks],
        "about_heading": draft.about_heading,
        "about": [_block(block) for block in draft.about],
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
