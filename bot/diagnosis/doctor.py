"""Looks at everything in turn. Whatever breaks an inspection becomes a finding: the doctor itself never fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.diagnosis import advising, installed, keeping, knowing, running
from bot.diagnosis.findings import Finding, mend, one_line
from bot.errors import SharewellError
from bot.settings import Settings

_Inspection = Callable[[Settings], Iterator[Finding]]
_INSPECTIONS: tuple[tuple[str, _Inspection], ...] = (
    ("installed", installed.application),
    ("installed", installed.rasa),
    ("up to date", installed.requirement_stamps),
    ("trained", running.model),
    ("trained", running.danger_detector),
    ("knowledge", knowing.knowledge),
    ("knowledge", knowing.refusals),
    ("running", running.running_rasa),
    ("running", running.web_port),
    ("kept data", keeping.home),
    ("kept data", keeping.databases),
    ("kept data", keeping.key),
    ("advice", advising.advice),
)


def examine(settings: Settings) -> list[Finding]:
    """Everything that was found, in order. Never raises for a broken installation."""
    return [finding for area, inspection in _INSPECTIONS for finding in _found(area, inspection, settings)]


def _found(area: str, inspection: _Inspection, settings: Settings) -> Iterator[Finding]:
    try:
        yield from inspection(settings)
    except SharewellError as error:
        yield mend(area, one_line(error.message), one_line(error.remedy))
    except Exception as error:
        # What stands in a broken file is unknown; the kind of error is enough to find it by.
        name = inspection.__name__.replace("_", " ")
        reason = f"{type(error).__name__}: {one_line(str(error))}"[:200]
        yield mend(area, f"Looking at the {name} failed ({reason}).", "Run `./sharewell setup`, then look again.")
