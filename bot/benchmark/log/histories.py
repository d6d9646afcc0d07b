"""What happens to records, as in an organisation of forty teams: most are settled, a few per cent wait."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.benchmark.log.records import AGENCIES, AREAS, CHECKS, DECISIONS, FIELDS, WORDS, draft
from bot.decision_log import Draft, EntryKind, FieldValue, Whose
from bot.decision_log.canonical import utc_text
from bot.decision_log.drafts import content_of

TEAMS = 40
ACCOUNTS = 400
OUTCOMES = 40
NAMELESS = 0.1
"""The share of records that somebody made who had not signed in."""

_RECENT = 0.92
"""Of the age of the log, 0 to 1: half of what needs approval since then waits for it."""

_WAITS_LONG = 0.02
_NOT_YET_REVIEWED = 0.97
_KEPT_TOO_LONG = 0.25


@dataclass(frozen=True)
class Event:
    """One entry about a record before it has its place. `texts` go to the vault."""

    kind: EntryKind
    body: dict[str, Any]
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def erases(self) -> bool:
        """Whether all that the record holds in the vault goes with it."""
        return self.kind is EntryKind.ERASURE

    def erasing(self, vault_ids: list[str]) -> Event:
        """The same, naming the rows of the vault."""
        return replace(self, body={**self.body, "erased": vault_ids})


def team(number: int) -> Whose:
    """Whose records the manager of a team may read: those of ten accounts, and those that nobody put a name to."""
    members = {f"account-{account}" for account in range(number, ACCOUNTS, TEAMS)}
    return Whose(frozenset({*members, _manager(number), ""}), _manager(number))


def decided(chance: random.Random, moment: datetime) -> tuple[Draft, dict[str, Any], dict[str, str]]:
    """A draft, and the body and texts of the entry of its decision."""
    number = int(ACCOUNTS * chance.random() ** 2)  # some write more than others
    written = replace(
        draft(), check_id=chance.choice(CHECKS), outcome_id=f"outcome-{chance.randrange(OUTCOMES)}",
        area=chance.choice(AREAS), by="" if chance.random() < NAMELESS else f"account-{number}",
        approval_needed=chance.random() < 0.4,
        urgency=chance.choice(("same-day", "within-3-working-days", "routine")),
        fields={
            "decision": FieldValue((chance.choice(DECISIONS),)),
            "reasons": FieldValue(("protect-child",), WORDS if chance.random() < 0.6 else ""),
            "shared-with": FieldValue(tuple(chance.sample(AGENCIES, 2))),
            **_reviewed_on(chance, moment),
        },
    )  # fmt: skip
    content = content_of(written, FIELDS)
    body: dict[str, Any] = {"draft": content.public, "automatic": {"when-decided": utc_text(moment)}}
    if written.by:
        body["by"] = written.by
    if written.approval_needed:
        body["approval_due"] = _due(moment)
    return written, body, dict(content.texts)


def happened(chance: random.Random, written: Draft, age: float, moment: datetime) -> Iterator[Event]:
    """What is done about a record that was decided on at `age` of the log: 0 at its beginning, 1 at its end."""
    author = written.by or f"account-{chance.randrange(ACCOUNTS)}"
    manager = {"by": _manager(int(author.removeprefix("account-")) % TEAMS)}
    if chance.random() < 0.15:
        yield Event(EntryKind.IDENTITY, {}, {"case-reference": secrets.token_hex(6)})
    if chance.random() < 0.05:
        change = {"fields": ["decision"], "choices": {"decision": ["not-shared"]}, "dates": {}, "texts": []}
        yield Event(EntryKind.CORRECTION, {"by": author, **change}, {"reason": "It was noted wrongly."})
    if written.approval_needed:
        waits = chance.random() < (0.5 if age > _RECENT else _WAITS_LONG)
        yield from () if waits else _settled(chance, written, author, manager, moment)
    if "review-date" in written.fields and age < _NOT_YET_REVIEWED and chance.random() < 0.95:
        yield Event(EntryKind.REVIEW, manager, {"reason": "Still right."} if chance.random() < 0.2 else {})
    yield from _kept(chance, manager, age)


def _settled(
    chance: random.Random, written: Draft, author: str, manager: dict[str, Any], moment: datetime
) -> Iterator[Event]:
    again = Event(EntryKind.SUBMISSION, {"by": author, "approval_due": _due(moment)})
    if not written.by:
        yield again
    way = chance.random()
    if way < 0.02:
        yield Event(EntryKind.TAKE_OVER, manager, {"reason": "The author is away."})
        return
    if way < 0.07:
        yield Event(EntryKind.RETURN, manager, {"reason": "The grounds are missing."})
        if way > 0.04:
            return
        yield again
    yield Event(EntryKind.APPROVAL, manager)


def _kept(chance: random.Random, manager: dict[str, Any], age: float) -> Iterator[Event]:
    if chance.random() < 0.005:
        yield Event(EntryKind.HOLD, manager, {"reason": "A court asks for it."})
        return
    if age > _KEPT_TOO_LONG or chance.random() < 0.02:
        return
    yield Event(EntryKind.RETENTION_REVIEW, {**manager, "agreed": "erase"}, {"reason": "Nothing speaks against it."})
    if chance.random() < 0.99:
        yield Event(EntryKind.ERASURE, {**manager, "erased": [], "scope": "record", "ground": "retention"})


def _reviewed_on(chance: random.Random, moment: datetime) -> dict[str, FieldValue]:
    if chance.random() < 0.4:
        return {}
    return {"review-date": FieldValue((), (moment + timedelta(days=90)).date().isoformat())}


def _due(moment: datetime) -> str:
    return utc_text(moment + timedelta(hours=24))


def _manager(number: int) -> str:
    return f"manager-{number}"
