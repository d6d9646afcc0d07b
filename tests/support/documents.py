"""The words of a document that a channel handed over, whatever its format."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from tests.support.pdf import words_of

_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def text_of(name: str, data: bytes) -> str:
    """Every word of the file `name`, with single spaces. Fails for a file that is neither Word nor PDF."""
    if name.endswith(".pdf"):
        return words_of(data)
    assert name.endswith(".docx"), f"'{name}' is neither DOCX nor PDF"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    paragraphs = ("".join(run.text or "" for run in each.iter(_TEXT)) for each in body.iter(_PARAGRAPH))
    return " ".join(" ".join(paragraphs).split())
