"""What somebody asks for in the form for finding records, and the search that it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from bot.channels.office import record_words
from bot.channels.office.days import Days
from bot.conversation.dates import relative_date
from bot.decision_log import NOT_RECORDED, RecordStatus, Search
from bot.knowledge import Knowledge, RecordField

FIELD = "field-"
"""Before the id of a record's field, in the names of the form."""

_LARGEST = 2**31 - 1
_LONGEST = 100
_OWN = "decision"
"""The field that has a place of its own in the form."""

_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Asked:
    """What stands in the form, as it was sent. `choices` are options by field; an option that is none is left out."""

    reference: str
    status: str
    check: str
    decision: str
    outcome: str
    area: str
    days: Days
    choices: Mapping[str, str]
    before: str

    @property
    def query(self) -> str:
        """The same as the query of an address, but for the place in the list."""
        plain = {
            "reference": self.reference, "status": self.status, "check": self.check, "decision": self.decision,
            "outcome": self.outcome, "area": self.area, "since": self.days.since, "until": self.days.until,
            **{f"{FIELD}{name}": option for name, option in self.choices.items()},
        }  # fmt: skip
        return urlencode({name: value for name, value in plain.items() if value})

    def search(self) -> Search:
        """The search, once nothing is wrong with the days."""
        known = {status.value for status in RecordStatus}
        before = self.before if self.before.isascii() and self.before.isdecimal() and len(self.before) <= 12 else ""
        return Search(
            status=RecordStatus(self.status) if self.status in known else None,
            since=self.days.begin,
            until=self.days.end,
            check_id=self.check or None,
            decision=self.decision or None,
            outcome_id=self.outcome or None,
            area=self.area or None,
            choices=self.choices,
            before=min(int(before), _LARGEST) if before else None,
        )


def asked_in(query: QueryParams, knowledge: Knowledge) -> Asked:
    """What the query of an address asks for."""

    def one(name: str) -> str:
        return query.get(name, "").replace("\0", "").strip()[:_LONGEST]

    chosen = {field.id: one(f"{FIELD}{field.id}") for field in searchable(knowledge)}
    known = {field.id: {option for option, _ in options_of(field)} for field in searchable(knowledge)}
    return Asked(
        one("reference"), one("status"), one("check"), one("decision"), one("outcome"), one("area"),
        Days(one("since"), one("until")),
        {name: option for name, option in chosen.items() if option in known[name]}, one("before"),
    )  # fmt: skip


def searchable(knowledge: Knowledge) -> Iterator[RecordField]:
    """The fields by whose options records can be found, in the order of the record."""
    for field in knowledge.fields.values():
        if field.options and field.id != _OWN:
            yield field


def options_of(field: RecordField) -> list[tuple[str, str]]:
    """Id and label of what a record may say of a field, with the blank that was chosen."""
    # Most options of a date are spans from the day of the decision: what is kept is the day that they lead to.
    standing = [option for option in field.options if relative_date(option.id, _ANY_DAY) is None]
    return [*((option.id, option.label) for option in standing), (NOT_RECORDED, record_words.BLANK)]
