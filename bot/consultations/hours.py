"""When advisers are there, and by when they answer. Times within working hours, by the clock of the United Kingdom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.consultations.model import Times

OPENS = 9
CLOSES = 17
WORKING_HOURS = CLOSES - OPENS
"""Of a working day, which is any day from Monday to Friday: public holidays are for the advisers to announce."""

HOUR = 3600  # seconds


@dataclass(frozen=True)
class Limit:
    """Working hours within which an adviser acknowledges and replies."""

    acknowledge: int
    reply: int


DEFAULT_LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "same-day": Limit(1, 4),
        "within-3-working-days": Limit(WORKING_HOURS, 2 * WORKING_HOURS),
        "routine": Limit(2 * WORKING_HOURS, 5 * WORKING_HOURS),
    }
)
"""Ours: no source sets them. Three working days leave one to act on the reply."""


def times(limit: Limit, now: datetime) -> Times:
    """The times of a request that is sent `now` (aware)."""
    opening = _opening(now)
    later = None if opening <= now else opening.astimezone(UTC)
    return Times(after(limit.acknowledge, now), after(limit.reply, now), later)


def after(hours: int, now: datetime) -> datetime:
    """The full hour (UTC) by which `hours` working hours have passed since `now`."""
    here = _opening(now).astimezone(_clock())
    left = timedelta(hours=hours)
    while True:
        closing = datetime.combine(here.date(), time(CLOSES), _clock())
        if here + left <= closing:
            return hour_after(here + left)
        left -= closing - here
        here = _opening(closing).astimezone(_clock())


def hour_of(moment: datetime) -> datetime:
    """The hour (UTC) in which a moment lies: nothing finer is kept."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def hour_after(moment: datetime) -> datetime:
    """The first full hour (UTC) that is not before a moment."""
    hour = hour_of(moment)
    return hour if hour == moment else hour + timedelta(hours=1)


def _opening(now: datetime) -> datetime:
    """`now` in working hours; otherwise when they next begin."""
    here = now.astimezone(_clock())
    day = here.date()
    if here.weekday() < 5:
        if time(OPENS) <= here.time() < time(CLOSES):
            return now
        if here.time() < time(OPENS):
            return datetime.combine(day, time(OPENS), _clock())
    day += timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(OPENS), _clock())


def _clock() -> tzinfo:
    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:  # a system without time zones
        return UTC
