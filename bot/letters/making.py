"""The formats in which a draft can be taken, and the making of the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import SharewellError
from bot.letters.draft import Draft


class LetterError(SharewellError):
    """A letter that is not there or cannot be had now, or a format in which none is made."""


@dataclass(frozen=True)
class Format:
    """`id` is also the ending of the file's name; `label` is what a button says."""

    id: str
    label: str
    media_type: str


FORMATS = (
    Format("docx", "Take it as Word (DOCX)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    Format("pdf", "Take it as PDF", "application/pdf"),
)


def format_named(name: str) -> Format:
    """The format `name`. Raises LetterError."""
    found = next((each for each in FORMATS if each.id == name), None)
    if found is None:
        names = " or ".join(each.id for each in FORMATS)
        raise LetterError("Letters are not made in this format.", f"Take it as {names}.")
    return found


def made(draft: Draft, format_name: str) -> bytes:
    """The draft as a file of this format; the same draft always gives the same bytes. Raises LetterError.

    It takes a fraction of a second of computing: a server calls it in a worker thread.
    """
    return _makers()[format_named(format_name).id](draft)


def _makers() -> dict[str, Callable[[Draft], bytes]]:
    # Both libraries take a while to load: only those who take a document wait for them.
    from bot.letters.pdf import as_pdf
    from bot.letters.word import as_docx

    return {"docx": as_docx, "pdf": as_pdf}
