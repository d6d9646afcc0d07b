"""A certificate: what was completed, when, under which pseudonym, on which version of the content. Nothing beyond."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from bot.knowledge import Knowledge
from bot.training.progress import Completed
from bot.typesetting import typeset

_TEMPLATE = (Path(__file__).parent / "certificate.typ").read_bytes()
_VERSION_LENGTH = 12

TITLE = "Certificate of completion"
SAYS = "This certificate was made for the person who learns under this name:"
COMPLETED = "Under this name, these modules of the Sharewell training were completed:"
COLUMNS = ("Module", "Completed on", "Version of the content")
NOTES_TITLE = "What this certificate says"
NOTES = (
    "Complete means two things. Each question of the module was answered correctly at least once, with its reasons "
    "shown after each attempt. And each practice scenario of the module was walked to its end.",
    "It says that the modules were completed, and nothing more. It is no proof of competence, and no test of it.",
    "The name was chosen by the learner. Nobody checked who the learner is.",
    "The training rests on local guidance. Guidance and law change, so follow the present procedures of your area.",
)
FOOTER = "Sharewell training. Made on {day}."
NOT_SHOWN = "Some letters of the name cannot be set here, and are shown as a white square."


def certificate_pdf(name: str, completed: Sequence[Completed], knowledge: Knowledge, made: datetime) -> bytes:
    """The certificate as a PDF, tagged for screen readers. A module that is gone is named by its id."""
    data = {
        "title": TITLE, "says": SAYS, "name": name, "completed": COMPLETED, "columns": COLUMNS,
        "rows": [_row(each, knowledge) for each in completed], "notes_title": NOTES_TITLE, "notes": list(NOTES),
        "footer": FOOTER.format(day=day_text(made.date())), "made": [made.year, made.month, made.day],
    }  # fmt: skip
    return typeset(_TEMPLATE, data, made, NOT_SHOWN)


def day_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _row(completed: Completed, knowledge: Knowledge) -> list[str]:
    module = knowledge.modules.get(completed.module)
    title = module.title if module is not None else completed.module
    return [title, day_text(completed.completed), completed.content_version[:_VERSION_LENGTH]]
