"""By when advisers answer: working hours, from Monday to Friday, by the clock of the United Kingdom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.consultations import DEFAULT_LIMITS, URGENCIES, Limit
from bot.consultations.hours import WORKING_HOURS, after, hour_after, hour_of, times


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "hours", "due"),
    [
        ("2026-11-20T09:30", 1, "2026-11-20T11:00"),  # a Friday; the next full hour
        ("2026-11-20T09:00", 1, "2026-11-20T10:00"),
        ("2026-11-20T16:30", 1, "2026-11-23T10:00"),  # half an hour is left on Friday
        ("2026-11-20T19:00", 4, "2026-11-23T13:00"),
        ("2026-11-21T12:00", 8, "2026-11-23T17:00"),  # a Saturday
        ("2026-11-23T05:00", 1, "2026-11-23T10:00"),
        ("2026-11-23T09:00", 40, "2026-11-27T17:00"),
        ("2026-06-05T08:00", 1, "2026-06-05T09:00"),  # nine o'clock in summer
        ("2026-03-27T16:00", 2, "2026-03-30T09:00"),  # over the change of the clocks
    ],
)
def test_hours_are_counted_while_advisers_work(now: str, hours: int, due: str) -> None:
    assert after(hours, _utc(now)) == _utc(due)


def test_the_times_say_when_advisers_are_next_there() -> None:
    working = times(Limit(1, 4), _utc("2026-11-20T09:30"))
    assert working.next_working is None and working.acknowledge_by < working.reply_by
    evening = times(Limit(1, 4), _utc("2026-11-20T18:30"))
    assert evening.next_working == _utc("2026-11-23T09:00") and evening.reply_by == _utc("2026-11-23T13:00")


def test_every_urgency_has_limits_and_the_same_day_is_half_of_one() -> None:
    assert set(DEFAULT_LIMITS) == set(URGENCIES)
    assert DEFAULT_LIMITS["same-day"].reply <= WORKING_HOURS / 2
    replies = [DEFAULT_LIMITS[urgency].reply for urgency in URGENCIES]
    assert replies == sorted(replies) and replies[1] < 3 * WORKING_HOURS


def test_nothing_finer_than_the_hour_is_kept() -> None:
    moment = datetime(2026, 11, 20, 9, 59, 59, 5, timezone(timedelta(hours=1)))
    assert hour_of(moment) == _utc("2026-11-20T08:00") and hour_after(moment) == _utc("2026-11-20T09:00")
    assert hour_after(_utc("2026-11-20T09:00")) == _utc("2026-11-20T09:00")
