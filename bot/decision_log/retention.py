"""For how long records are kept: the schedule, what is due by it, and the digest by which a list is agreed to."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import ColumnElement, Connection, and_, case, or_, select

from bot.decision_log.canonical import sha256
from bot.decision_log.drafts import ID
from bot.decision_log.errors import ScheduleError
from bot.decision_log.queries import Whose, among
from bot.decision_log.schema import NOT_ERASED, record
from bot.decision_log.states import RetentionState

SHIPPED = Path(__file__).parent / "retention.yml"
ANY = "any"
MOST_MONTHS = 1200
LARGEST_FILE = 100_000  # bytes
REVIEWS = {"required": True, "none": False}


@dataclass(frozen=True)
class RetentionRule:
    """Records of an area and a decision are kept for so many months; `review` where somebody must look first."""

    area: str
    decision: str
    months: int
    review: bool


@dataclass(frozen=True)
class Due:
    """A record whose time is over. `agreed` where it may be erased now; otherwise it waits for its review."""

    reference: str
    area: str
    decision: str
    kept_from: str
    keep_until: str
    agreed: bool
    author: str = ""
    responsible: str = ""


@dataclass(frozen=True)
class DueList:
    """What is due, oldest first, and the digest that agrees to erasing those that may be erased."""

    erasable: tuple[Due, ...]
    waiting: tuple[Due, ...]
    digest: str


@dataclass(frozen=True)
class Schedule:
    """The rules in order; the first that fits a record counts."""

    rules: tuple[RetentionRule, ...]

    def due(
        self, connection: Connection, now: datetime, limit: int | None = None, whose: Whose | None = None
    ) -> DueList:
        """What is due at `now`, of all records or those of `whose`; at most `limit` records, the oldest."""
        today = now.astimezone(UTC).date()
        query = (
            select(record.c.reference, record.c.area, record.c.decision, record.c.kept_from, record.c.keep_until,
                   record.c.retention, record.c.author, record.c.responsible, self._review().label("review"))
            .where(
                NOT_ERASED,
                record.c.retention.in_([RetentionState.KEPT.value, RetentionState.AGREED.value]),
                # The shortest time first: it is all that an index can help with.
                record.c.kept_from < self._latest(today),
                record.c.kept_from < self._cutoff(today),
                or_(record.c.keep_until == "", record.c.keep_until <= today.isoformat()),
                *among(whose),
            )
            .order_by(record.c.kept_from, record.c.sequence).limit(limit)
            .with_hint(record, "INDEXED BY record_kept", "sqlite")
        )  # fmt: skip
        found = [
            Due(row.reference, row.area, row.decision, row.kept_from, row.keep_until,
                row.retention == RetentionState.AGREED.value or not row.review, row.author, row.responsible)
            for row in connection.execute(query)
        ]  # fmt: skip
        erasable = tuple(due for due in found if due.agreed)
        waiting = tuple(due for due in found if not due.agreed)
        return DueList(erasable, waiting, digest_of(erasable))

    def _cutoff(self, today: date) -> Any:
        whens = [(_fits(rule), _before(today, rule.months)) for rule in self.rules[:-1]]
        last = _before(today, self.rules[-1].months)
        return case(*whens, else_=last) if whens else last

    def _review(self) -> Any:
        whens = [(_fits(rule), int(rule.review)) for rule in self.rules]
        return case(*whens, else_=1)

    def _latest(self, today: date) -> str:
        return _before(today, min(rule.months for rule in self.rules))


def digest_of(erasable: Sequence[Due]) -> str:
    """Names a list of records, and what is known of each: 16 hexadecimal digits, to be typed."""
    return sha256([[due.reference, due.kept_from, due.keep_until] for due in erasable])[:16]


def read_schedule(path: Path | None = None) -> Schedule:
    """The schedule of a file, or the one that is shipped. Raises ScheduleError naming what is wrong with it."""
    place = path or SHIPPED
    try:
        with place.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        read = yaml.load(content, yaml.BaseLoader)
    except OSError as error:
        raise ScheduleError(
            f"The retention schedule {place} cannot be read ({error.strerror}).", "Correct SHAREWELL_RETENTION."
        ) from None
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError):
        read = None
    rules = read.get("rules") if isinstance(read, dict) and len(content) <= LARGEST_FILE else None
    if not isinstance(rules, list) or not rules:
        raise ScheduleError(
            f"The retention schedule {place} holds no rules.", f"Begin from a copy of {SHIPPED.name} of the program."
        )
    schedule = Schedule(tuple(_rule(rule, number, place) for number, rule in enumerate(rules, start=1)))
    if (schedule.rules[-1].area, schedule.rules[-1].decision) != (ANY, ANY):
        raise ScheduleError(
            f"The last rule of the retention schedule {place} does not fit every record.",
            "Let its area and its decision be any.",
        )
    return schedule


def _rule(read: Any, number: int, place: Path) -> RetentionRule:
    parts: Mapping[str, Any] = read if isinstance(read, dict) else {}
    months = str(parts.get("months", ""))
    whole = (
        set(parts) == {"area", "decision", "months", "review"}
        and all(isinstance(parts[name], str) and ID.fullmatch(parts[name]) for name in ("area", "decision"))
        and months.isdecimal() and 0 < int(months[:6]) <= MOST_MONTHS
        and parts["review"] in REVIEWS
    )  # fmt: skip
    if not whole:
        raise ScheduleError(
            f"Rule {number} of the retention schedule {place} cannot be read.",
            f"Give area, decision, months (1 to {MOST_MONTHS}) and review (required or none).",
        )
    return RetentionRule(parts["area"], parts["decision"], int(months), REVIEWS[parts["review"]])


def _fits(rule: RetentionRule) -> ColumnElement[bool]:
    conditions = [record.c.reference != ""]
    if rule.area != ANY:
        conditions.append(record.c.area == rule.area)
    if rule.decision != ANY:
        conditions.append(record.c.decision == rule.decision)
    return and_(*conditions)


def _before(today: date, months: int) -> str:
    """The day `months` before `today`, or the last of its month; text that sorts before every moment of that day."""
    count = today.year * 12 + today.month - 1 - months
    year, month = max(count // 12, 1), count % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1])).isoformat()
