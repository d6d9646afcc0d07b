"""Dates as people write them."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date

_WRITTEN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?")


def in_words(written: str) -> str:
    """"2018-06" as June 2018, "2018-06-01" as 1 June 2018. What is no such date stays as it is."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return written
    year, month, day = found.groups()
    return " ".join(filter(None, ((day or "").lstrip("0"), month_name[int(month)], year)))


def day_in_words(day: date) -> str:
    return in_words(day.isoformat())
