"""Days that somebody typed into a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.channels.office import record_words
from bot.channels.office.view import FieldProblem


def day_of(text: str) -> date | None:
    """The day of a text such as 2026-11-20; None where it is none, or one that no record can have."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date.min < found < date.max else None


@dataclass(frozen=True)
class Days:
    """The first and the last day of a period, as they were typed; empty where a side is open."""

    since: str = ""
    until: str = ""

    def problems(self) -> Iterator[FieldProblem]:
        """What is wrong, at the fields `since` and `until`."""
        for name, text in (("since", self.since), ("until", self.until)):
            if text and day_of(text) is None:
                yield FieldProblem(name, record_words.BAD_DATE)
        first, last = day_of(self.since), day_of(self.until)
        if first and last and first > last:
            yield FieldProblem("since", record_words.BAD_ORDER)

    @property
    def begin(self) -> datetime | None:
        """The first moment, UTC."""
        first = day_of(self.since)
        return datetime.combine(first, time(), UTC) if first else None

    @property
    def end(self) -> datetime | None:
        """The first moment after it, UTC."""
        last = day_of(self.until)
        return datetime.combine(last + timedelta(days=1), time(), UTC) if last else None
