"""Anonymous advice: whether its threads can be opened, whether any is late, and whether somebody answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.advising import open_advice
from bot.consultations import Advice, Numbers, Subject
from bot.diagnosis.findings import Finding, fine, note
from bot.knowledge import NATIONAL, load
from bot.settings import Settings

AREA = "advice"


def advice(settings: Settings) -> Iterator[Finding]:
    """What waits, and on which subjects nobody answers. Raises SharewellError where the threads cannot be opened."""
    address = make_url(settings.advice_url)
    if address.get_backend_name() == "sqlite" and not Path(str(address.database)).is_file():
        return  # it is made at the next start
    opened = open_advice(settings, cache(lambda: load(settings.knowledge)))
    try:
        yield _waiting(opened.numbers())
        yield from _unanswered(opened)
    finally:
        opened.close_database()


def _waiting(numbers: Numbers) -> Finding:
    says = f"{numbers.threads} threads of advice; {numbers.waiting} wait for an adviser, {numbers.overdue} are overdue."
    if numbers.overdue:
        return note(AREA, says, "Ask the advisers to look at Advice in the office.")
    return fine(AREA, says)


def _unanswered(opened: Advice) -> Iterator[Finding]:
    lacking = [subject.value.replace("-", " ") for subject in Subject if not opened.answered(NATIONAL, subject)]
    if not lacking:
        yield fine(AREA, "Somebody answers on every subject.")
        return
    yield note(
        AREA, f"No adviser answers on: {', '.join(lacking)}. Users are told so.",
        "Give an account the role adviser and these subjects, under People in the office.",
    )  # fmt: skip
