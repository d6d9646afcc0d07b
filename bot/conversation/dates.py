"""Dates as users give them: "in-2-weeks" from a button, or a day typed in British order or as year-month-day.

And the dates of sources as users read them.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

MAX_YEARS_AHEAD = 5

_DATED = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?")
_RELATIVE = re.compile(r"in-(\d+)-(day|week|month|year)s?")
_TYPED = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}))")


def readable(date: str) -> str:
    """A source's date as people write it: "2018-06" is June 2018. What is no such date stays as it is."""
    found = _DATED.fullmatch(date)
    if found is None:
        return date
    year, month, day = found.groups()
    return " ".join(filter(None, ((day or "").lstrip("0"), calendar.month_name[int(month)], year)))


def relative_date(option: str, today: date) -> date | None:
    """The day that an option such as in-2-weeks or today stands for; None for one that names no day."""
    if option in ("today", "now"):
        return today
    if option == "tomorrow":
        return today + timedelta(days=1)
    match = _RELATIVE.fullmatch(option)
    if match is None:
        return None
    count, unit = int(match[1]), match[2]
    if unit == "day":
        return today + timedelta(days=count)
    if unit == "week":
        return today + timedelta(weeks=count)
    return _months_later(today, count * (12 if unit == "year" else 1))


def date_in(text: str, today: date) -> date | None:
    """The day that the whole of `text` names, from today to five years ahead; None for anything else."""
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        typed = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return typed if today <= typed <= _months_later(today, 12 * MAX_YEARS_AHEAD) else None


def _months_later(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
