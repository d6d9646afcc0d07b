"""Every fixed sentence of the export page. A test holds them to the reading limits."""

from __future__ import annotations

from types import MappingProxyType

from bot.exports import Format, ScopeKind

EXPORT_TITLE = "Export"
EXPORT_ABOUT = "Take records out of the log, with proof that nothing was changed."
EXPORT = (
    "You get a file with the records that you choose. That you made it is written into the log. Identifying details "
    "are never in it."
)
WHAT_LABEL = "What do you want to export?"
REFERENCES_LABEL = "References"
REFERENCES_HINT = "One or more, with a space between two. Not needed for a period."
SINCE_LABEL = "Recorded from"
UNTIL_LABEL = "Recorded up to"
DAYS_HINT = "For a period only."
FORMAT_LABEL = "Which kind of file?"
TEXT_LABEL = "Words"
TEXT_OPTION = "Include what was written in words"
TEXT_HINT = "Words may tell who somebody is. Tick this only if whoever gets the file needs them."
EXPORT_BUTTON = "Make the file"
NEEDS_WHAT = "Choose what to export."
NEEDS_FORMAT = "Choose a kind of file."
NEEDS_REFERENCE = "Type the reference of at least one record."
NEEDS_DAYS = "Give the first day, the last day, or both."
WHATS = MappingProxyType(
    {
        ScopeKind.RECORD: ("Records by their reference", ""),
        ScopeKind.PERIOD: ("The records of a period", "Those that you may read."),
        ScopeKind.SUBJECT_ACCESS: (
            "What is held about a person who asks for it",
            "Give the references of their records. The file holds all words. Look for other people in it before you "
            "hand it over.",
        ),
    }
)
FORMATS = MappingProxyType(
    {
        Format.ZIP: ("Everything, with proof (ZIP)", "Holds the other three, and a script that checks them."),
        Format.PDF: ("For reading and printing (PDF)", ""),
        Format.CSV: ("For a spreadsheet (CSV)", ""),
        Format.JSON: ("For a program (JSON)", ""),
    }
)
