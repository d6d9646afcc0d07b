"""What people ask of a log that has grown: lists, searches, one record, and the report of a year."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.benchmark.log.filling import FIRST
from bot.benchmark.log.histories import ACCOUNTS, OUTCOMES, TEAMS, team
from bot.benchmark.log.records import AGENCIES, AREAS, CHECKS, DECISIONS
from bot.decision_log import DecisionLog, RecordStatus, RetentionState, Search, Whose
from bot.exports import audit_report
from bot.knowledge import Knowledge

PERIODS = (1, 7, 30, 365)  # days
KINDS = (
    "newest", "older page", "field", "two fields, date", "date", "status", "area", "outcome", "author", "everything",
    "nothing found",
)  # fmt: skip
"""Of searches."""

Ask = Callable[[], object]


class Asker:
    """Asks the log at `now`, with values at random."""

    def __init__(self, log: DecisionLog, chance: random.Random, now: datetime) -> None:
        self._log = log
        self._chance = chance
        self._now = now
        self._last = log.search(Search(limit=1)).records[0].sequence

    def inboxes(self) -> Mapping[str, Callable[[], Ask]]:
        """The inbox of a practitioner, of a team's manager, and of somebody who reads all."""
        return {
            "inbox, own": lambda: self._inbox(self._own()),
            "inbox, team": lambda: self._inbox(self._team()),
            "inbox, all": lambda: self._inbox(None),
            "approvals to tell of": lambda: self._searching(
                Search(status=RecordStatus.WAITING_FOR_APPROVAL, whose=self._team(), limit=200)
            ),
        }

    def searches(self) -> Mapping[str, Callable[[], Ask]]:
        """Searches by what the form has: of all records, of one team's and of one person's in turn."""
        return {
            "search, reference": self._reference,
            **{f"search, {kind}": partial(self._some_search, kind) for kind in KINDS},
        }

    def retention(self) -> Mapping[str, Callable[[], Ask]]:
        """What is due for review or erasure, and what is held."""
        return {
            "reviews due": lambda: lambda: self._log.reviews_due(self._now.date()),
            "retention due, team": lambda: self._due(self._team()),
            "retention due, all": lambda: self._due(None),
            "held, team": lambda: self._searching(Search(retention=RetentionState.HELD, whose=self._team())),
        }

    def audit(self, knowledge: Knowledge) -> Ask:
        """The audit report of the last year."""
        last = self._now.date()
        return lambda: audit_report(self._log, knowledge, last - timedelta(days=365), last, self._now)

    def _own(self) -> Whose:
        account = f"account-{self._chance.randrange(ACCOUNTS)}"
        return Whose(frozenset({account}), account)

    def _team(self) -> Whose:
        return team(self._chance.randrange(TEAMS))

    def _inbox(self, whose: Whose | None) -> Ask:
        return lambda: self._log.inbox(self._now, whose=whose)

    def _due(self, whose: Whose | None) -> Ask:
        return lambda: self._log.retention_due(self._now, whose=whose)

    def _searching(self, search: Search) -> Ask:
        return lambda: self._log.search(search)

    def _reference(self) -> Ask:
        found = self._log.search(Search(before=self._chance.randrange(3, self._last), limit=1)).records[0]
        return lambda: self._log.show(found.reference)

    def _some_search(self, kind: str) -> Ask:
        whose = self._chance.choice((None, self._team(), self._own()))
        return self._searching(replace(self._search(kind), whose=whose))

    def _search(self, kind: str) -> Search:
        chance = self._chance
        since = datetime.fromtimestamp(chance.uniform(FIRST.timestamp(), self._now.timestamp()), UTC)
        until = since + timedelta(days=chance.choice(PERIODS))
        area, decision, agency = chance.choice(AREAS), chance.choice(DECISIONS), chance.choice(AGENCIES)
        outcome, check = f"outcome-{chance.randrange(OUTCOMES)}", chance.choice(CHECKS)
        status = chance.choice(list(RecordStatus))
        return {
            "newest": Search(),
            "older page": Search(area=area, decision=decision, before=chance.randrange(2, self._last)),
            "field": Search(choices={"shared-with": agency}),
            "two fields, date": Search(
                choices={"shared-with": agency, "decision": decision}, since=since, until=until
            ),
            "date": Search(since=since, until=until),
            "status": Search(status=status),
            "area": Search(area=area, decision=decision),
            "outcome": Search(outcome_id=outcome, status=status),
            "author": Search(author=f"account-{chance.randrange(ACCOUNTS)}", decision=decision),
            "everything": Search(
                check_id=check, area=area, outcome_id=outcome, decision=decision, since=since, until=until
            ),
            "nothing found": Search(area="nowhere", since=since, until=until),
        }[kind]
