"""The files: the same words in Word and PDF, nothing identifying in their bytes, and no value read as markup."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from docx import Document

from bot.letters import Known, LetterError, drafted, format_named, made
from tests.letters.drafts import (
    CANARY,
    area,
    body_of,
    draft_of,
    everything_known,
    left_over,
    letter_of,
    letters,
    parts_of,
    pieces,
    shown_in_docx,
    shown_in_pdf,
    squeezed,
)
from tests.support.assistants import knowledge
from tests.support.pdf import inside

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKUP = (
    '#panic("x") #text(red)[y] $x^2$ *bold* _it_ `raw` = head // c /* d */ <w:t>z</w:t> & "quoted" \\u{41} @ref '
    "<label> ]]> {{ name }} ${name} %s {reasons} [fill in] -- ~ \\"
)


@pytest.mark.parametrize("filled_in", [Known(), everything_known()], ids=["empty", "filled"])
@pytest.mark.parametrize("name", letters())
def test_both_formats_show_the_same_words_and_nothing_else(name: str, filled_in: Known) -> None:
    draft = draft_of(name, filled_in, "county-durham")
    assert left_over(shown_in_docx(made(draft, "docx")), pieces(draft)) == ""
    assert left_over(shown_in_pdf(made(draft, "pdf"), draft), pieces(draft)) == ""


@pytest.mark.parametrize("name", letters())
def test_nothing_identifying_is_in_the_bytes(name: str) -> None:
    """A value under an identifying field is nowhere. That the search would find it is seen by those that may stand."""
    letter = letter_of(name)
    draft = draft_of(name, everything_known(), "county-durham")
    open_fields = {field.record_field for field in letter.fields if not field.identifying}
    word = b"".join(parts_of(made(draft, "docx")).values())
    pdf = made(draft, "pdf")
    shown = shown_in_pdf(pdf, draft)
    for field in letter.fields:
        if field.identifying and field.record_field and field.record_field not in open_fields:
            canary = CANARY.format(field.record_field)
            assert canary.encode() not in word
            assert canary not in shown
            assert canary.encode() not in inside(pdf)
        elif not field.identifying and field.record_field and field.filled_by is None and letter.about == "case":
            assert CANARY.format(field.record_field).encode() in word
            assert CANARY.format(field.record_field) in shown


@pytest.mark.parametrize("format_name", ["docx", "pdf"])
@pytest.mark.parametrize("name", letters())
def test_the_same_draft_gives_the_same_bytes(name: str, format_name: str) -> None:
    first = made(draft_of(name, everything_known()), format_name)
    assert made(draft_of(name, everything_known()), format_name) == first
    later = drafted(letter_of(name), everything_known(), area(), knowledge(), date(2026, 11, 21))
    assert made(later, format_name) != first


@pytest.mark.parametrize("name", ["record-of-decision", "information-request"])
def test_markup_in_a_value_is_shown_as_it_is(name: str) -> None:
    draft = draft_of(name, Known({"reasons": MARKUP, "purpose": MARKUP}))
    assert squeezed(MARKUP) in shown_in_docx(made(draft, "docx"))
    assert squeezed(MARKUP) in shown_in_pdf(made(draft, "pdf"), draft)


def test_a_long_value_is_set_whole() -> None:
    value = " ".join(f"word{number}" for number in range(1500)) + " " + "x" * 300
    draft = draft_of("record-of-decision", Known({"reasons": value}))
    assert squeezed(value) in shown_in_docx(made(draft, "docx"))
    # A table that goes on over a page repeats its header row in the middle of the words.
    shown = shown_in_pdf(made(draft, "pdf"), draft)
    assert all(f"word{number}" in shown for number in range(1500))
    assert left_over(shown_in_docx(made(draft, "docx")), pieces(draft)) == ""


@pytest.mark.parametrize("value", ["Łódź, naïve café, Ελλάδα, Київ, שלום", "“curly” – dash … £5 €6 ½"])
def test_letters_of_other_alphabets_are_set(value: str) -> None:
    draft = draft_of("record-of-decision", Known({"reasons": value}))
    assert squeezed(value) in shown_in_docx(made(draft, "docx"))
    pdf = shown_in_pdf(made(draft, "pdf"), draft)
    assert "\N{WHITE SQUARE}" not in pdf
    assert "Łódź" in value and "Łódź" in pdf or "curly" in pdf


def test_a_letter_that_the_fonts_lack_is_told_and_kept_in_word() -> None:
    draft = draft_of("record-of-decision", Known({"reasons": "她说不 \N{GRINNING FACE} agreed"}))
    assert "她说不\N{GRINNING FACE}agreed" in shown_in_docx(made(draft, "docx"))
    pdf = shown_in_pdf(made(draft, "pdf"), draft)
    assert "\N{WHITE SQUARE}" * 4 + "agreed" in pdf
    assert squeezed("Take the Word document to have them all.") in pdf


@pytest.mark.parametrize("name", letters())
def test_the_pdf_is_tagged_for_screen_readers(name: str) -> None:
    whole = inside(made(draft_of(name), "pdf"))
    assert b"/StructTreeRoot" in whole
    assert b"/Marked true" in whole
    assert b"/Lang(en-GB)" in whole
    assert b"<pdfuaid:part>1</pdfuaid:part>" in whole
    assert letter_of(name).title.encode() in whole
    assert b"/S/H1" in whole and b"/S/H2" in whole


@pytest.mark.parametrize("name", letters())
def test_the_pdf_brings_its_own_fonts(name: str) -> None:
    whole = inside(made(draft_of(name), "pdf"))
    fonts = set(re.findall(rb"/BaseFont/([A-Z]{6}\+)?(\w+)", whole))
    assert fonts
    assert all(subset and family.startswith((b"Libertinus", b"DejaVu", b"NewCM")) for subset, family in fonts)


@pytest.mark.parametrize("name", letters())
def test_word_opens_it_with_real_styles_and_headers(name: str) -> None:
    data = made(draft_of(name), "docx")
    document = Document(io.BytesIO(data))
    assert document.core_properties.title == letter_of(name).title
    assert document.core_properties.language == "en-GB"
    headings = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 1"]
    assert headings == [letter_of(name).heading]
    assert all(table.rows[0]._tr.find(f"{_W}trPr/{_W}tblHeader") is not None for table in document.tables)
    assert b'w:val="en-GB"' in parts_of(data)["word/styles.xml"]


@pytest.mark.parametrize("name", letters())
def test_every_gap_of_the_word_document_can_be_typed_into(name: str) -> None:
    """A content control for each place that is blank, with the field it belongs to and a number of its own."""
    letter = letter_of(name)
    controls = body_of(made(draft_of(name), "docx")).findall(f".//{_W}sdt")
    tags = [control.find(f"{_W}sdtPr/{_W}tag") for control in controls]
    named = {tag.get(f"{_W}val") for tag in tags if tag is not None}
    signed = {name for block in letter.body if block.signatures for name in block.signatures.columns}
    assert named | signed == {field.id for field in letter.fields}
    numbers = [control.find(f"{_W}sdtPr/{_W}id") for control in controls]
    assert len({number.get(f"{_W}val") for number in numbers if number is not None}) == len(controls)


def test_an_unknown_format_is_refused_in_words() -> None:
    with pytest.raises(LetterError, match="Take it as docx or pdf"):
        made(draft_of("consent-record"), "odt")
    assert format_named("pdf").media_type == "application/pdf"
