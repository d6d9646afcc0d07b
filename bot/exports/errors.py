"""What can go wrong with an export.

ExportError
├── ExportEmpty       no record fits that this person may read
├── ExportRefused     a record was named that this person may not read
└── ExportTooLarge    more records than one export holds
"""

from __future__ import annotations

from bot.errors import SharewellError


class ExportError(SharewellError):
    """Any fault of an export. Nothing was exported, and nothing was written into the log."""


class ExportEmpty(ExportError):
    """No record fits that this person may read."""

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to export. No record fits that you may read, so no file was made.",
            "Check the references, or choose other days.",
        )


class ExportRefused(ExportError):
    """A record was named that this person may not read."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"You may not read the record {reference}. No file was made.", "Leave it out, or ask its manager."
        )


class ExportTooLarge(ExportError):
    """More records than one export holds."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"That is more than {most} records. No file was made.", "Choose a shorter time, and export it in parts."
        )
