"""A draft as a Word document to go on editing: real styles, headings and table headers, in British English.

Each gap is a content control: what is typed there takes the place of the bracketed words.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bot.letters.draft import (
    BOX,
    TABLE_COLUMNS,
    Block,
    Bullets,
    Draft,
    Gap,
    Heading,
    Lines,
    Note,
    Paragraph,
    Run,
    Runs,
    Signatures,
    Table,
    Ticks,
)

_LANGUAGE = "en-GB"
_FONT = "Arial"
_GREY = RGBColor(0x5A, 0x5A, 0x5A)
_SHADE = "EBEBEB"
_ROOM = {"words": 12, "line": 26, "lines": 60}
"""No-break spaces, underlined, that a gap leaves for writing by hand."""

_ROW_HEIGHT = {"words": Cm(1.0), "line": Cm(1.0), "lines": Cm(2.2)}
_FIRST_COLUMN, _SECOND_COLUMN = Cm(5.6), Cm(10.6)
_NOTE_STYLE, _TICK_STYLE = "Note", "Tick"
_EARLIEST_ZIP = 1980


def as_docx(draft: Draft) -> bytes:
    """The draft as the bytes of a DOCX file."""
    writer = _Writer(draft)
    writer.write()
    file = io.BytesIO()
    writer.document.save(file)
    return _settled(file.getvalue(), draft.made)


class _Writer:
    """Writes one draft into one document."""

    def __init__(self, draft: Draft) -> None:
        self.document: Any = Document()
        self._draft = draft
        self._numbers: Iterator[int] = count(1)

    def write(self) -> None:
        self._prepare()
        self._heading((self._draft.heading,), 1)
        for block in self._draft.blocks:
            self._block(block)
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self._heading((self._draft.about_heading,), 2)
        for block in self._draft.about:
            self._block(block)
        self._footer()

    def _prepare(self) -> None:
        """Page, properties and styles."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.4)
        moment = datetime.combine(self._draft.made, datetime.min.time(), UTC)
        properties = self.document.core_properties
        properties.title, properties.author, properties.language = self._draft.title, "Sharewell", _LANGUAGE
        properties.comments = properties.last_modified_by = ""
        properties.created = properties.modified = moment
        styles = self.document.styles
        for name, size in (("Normal", 11), ("Heading 1", 16), ("Heading 2", 12.5), ("List Bullet", 11)):
            _set_font(styles[name], size)
        styles["Normal"].paragraph_format.space_after = Pt(8)
        styles["Heading 1"].paragraph_format.space_after = Pt(12)
        styles["Heading 2"].paragraph_format.space_before = Pt(14)
        styles["Heading 2"].paragraph_format.space_after = Pt(6)
        note = styles.add_style(_NOTE_STYLE, 1)
        note.base_style = styles["Normal"]
        note.font.italic = True
        note.font.color.rgb = _GREY
        tick = styles.add_style(_TICK_STYLE, 1)
        tick.base_style = styles["Normal"]
        tick.paragraph_format.left_indent, tick.paragraph_format.first_line_indent = Cm(0.9), Cm(-0.6)
        _set_language(self.document)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block.runs, 2)
        elif isinstance(block, Paragraph):
            self._runs(self.document.add_paragraph(), block.runs)
        elif isinstance(block, Note):
            self._runs(self.document.add_paragraph(style=_NOTE_STYLE), block.runs)
        elif isinstance(block, Lines):
            for line in block.lines:
                self._runs(self.document.add_paragraph(), line)
        elif isinstance(block, Bullets):
            for item in block.items:
                self._runs(self.document.add_paragraph(style="List Bullet"), item)
        elif isinstance(block, Ticks):
            for item in block.items:
                self._runs(self.document.add_paragraph(style=_TICK_STYLE), (f"{BOX} ", *item))
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._signatures(block)

    def _heading(self, runs: Runs, level: int) -> None:
        self._runs(self.document.add_heading(level=level), runs)

    def _runs(self, paragraph: Any, runs: Runs) -> None:
        for run in runs:
            self._run(paragraph, run)

    def _run(self, paragraph: Any, run: Run) -> None:
        if isinstance(run, Gap):
            paragraph._p.append(self._control(run, "\N{NO-BREAK SPACE}" * _ROOM[run.room]))
        else:
            paragraph.add_run(run)

    def _table(self, block: Table) -> None:
        table = self._empty_table(TABLE_COLUMNS)
        for row in block.rows:
            cells = table.add_row()
            cells.cells[0].paragraphs[0].add_run(row.label)
            entry = cells.cells[1].paragraphs[0]
            if isinstance(row.entry, Gap):
                entry._p.append(self._control(row.entry, ""))
                cells.height = _ROW_HEIGHT[row.entry.room]
            else:
                entry.add_run(row.entry)
            _keep_whole(cells)
        for cells in table.rows:
            cells.cells[0].width, cells.cells[1].width = _FIRST_COLUMN, _SECOND_COLUMN
        self._after_table()

    def _signatures(self, block: Signatures) -> None:
        table = self._empty_table(block.columns)
        for _ in range(block.rows):
            cells = table.add_row()
            cells.height = _ROW_HEIGHT["line"]
            _keep_whole(cells)
        self._after_table()

    def _empty_table(self, columns: tuple[str, ...]) -> Any:
        table = self.document.add_table(rows=1, cols=len(columns), style="Table Grid")
        for cell, name in zip(table.rows[0].cells, columns, strict=True):
            cell.paragraphs[0].add_run(name).bold = True
            cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_SHADE))
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
        _keep_whole(table.rows[0])
        return table

    def _after_table(self) -> None:
        """Room below a table: Word joins tables that follow one another without a paragraph between them."""
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _control(self, gap: Gap, room: str) -> Any:
        """A content control that shows `room` to write in, underlined, and what belongs there."""
        control, properties, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
        for element in (
            _element("w:alias", val=gap.said), _element("w:tag", val=gap.field),
            _element("w:id", val=str(next(self._numbers))), OxmlElement("w:showingPlcHdr"), OxmlElement("w:text"),
        ):  # fmt: skip
            properties.append(element)
        if room:
            content.append(_run_of(room, _element("w:u", val="single")))
        content.append(_run_of(f" {gap.text}" if room else gap.text, _element("w:color", val=str(_GREY))))
        control.extend((properties, content))
        return control

    def _footer(self) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{self._draft.footer} Page ")
        _add_field(paragraph, "PAGE")
        paragraph.add_run(" of ")
        _add_field(paragraph, "NUMPAGES")
        for run in paragraph.runs:
            run.font.size = Pt(9)
            run.font.color.rgb = _GREY


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _run_of(text: str, style: Any) -> Any:
    run, properties, words = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:t")
    properties.append(style)
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.extend((properties, words))
    return run


def _add_field(paragraph: Any, name: str) -> None:
    """A number that Word works out: PAGE or NUMPAGES."""
    run = paragraph.add_run()
    run._r.append(_element("w:fldChar", fldCharType="begin"))
    instruction = OxmlElement("w:instrText")
    instruction.text = name
    run._r.append(instruction)
    run._r.append(_element("w:fldChar", fldCharType="separate"))
    shown = OxmlElement("w:t")
    shown.text = "1"
    run._r.append(shown)
    run._r.append(_element("w:fldChar", fldCharType="end"))


def _keep_whole(row: Any) -> None:
    """A row is not broken between two pages."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def _set_font(style: Any, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]  # a font of the theme would go before the one that is named
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), _FONT)


def _set_language(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(_element("w:lang", val=_LANGUAGE, eastAsia=_LANGUAGE, bidi="ar-SA"))


def _settled(data: bytes, day: date) -> bytes:
    """The same file with `day` as the time of each part: otherwise the clock of the moment would stand in it."""
    file = io.BytesIO()
    moment = (max(day.year, _EARLIEST_ZIP), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as settled:
        for name in given.namelist():
            settled.writestr(zipfile.ZipInfo(name, moment), given.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()
