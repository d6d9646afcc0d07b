"""What the pages about records work with: the log, the guidance of then and now, and who may read whose record."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from bot.accounts import Account, Accounts, Action, may
from bot.channels.office.view import day, told
from bot.decision_log import DecisionLog, FieldValue, Page, PathStep, Record, Search, Whose
from bot.knowledge import Check, Knowledge, archived
from bot.privacy import TYPES, Gate
from bot.tallies import Found, Tallies, TalliesUnavailable

_LOG = logging.getLogger(__name__)

LISTED = 25
HARM_LABEL = "Someone may be harmed"
_HARM_NOW = "harm-now"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


@dataclass(frozen=True)
class Screen:
    """One question of the walk as it was shown, and the answer. `why` is what stood behind "Why this is asked"."""

    check: str
    asks: str
    why: str
    options: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Outcome:
    """The outcome as it was shown."""

    check: str
    title: str
    means: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Replay:
    """The screens of a walk. `as_then` is true where they are the words of the day of the decision."""

    screens: tuple[Screen, ...]
    outcome: Outcome | None
    as_then: bool


@dataclass(frozen=True)
class Shelf:
    """`knowledge` gives the guidance in use, `archive` holds earlier ones, `gate` finds names in what is typed here."""

    log: DecisionLog
    accounts: Accounts
    knowledge: Callable[[], Knowledge]
    gate: Gate
    archive: Path
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    tallies: Tallies | None = None

    def asked(self, since: date, until: date) -> Mapping[tuple[date, Found], int] | None:
        """How many questions of these days found what; None where that cannot be read."""
        if self.tallies is None:
            return None
        try:
            return self.tallies.between(since, until)
        except TalliesUnavailable as error:
            _LOG.warning("%s %s", error.message, error.remedy)
            return None

    def may_read(self, account: Account, author: str, responsible: str = "") -> bool:
        """Whether `account` may read a record of `author`. Records without an author are the managers' to look at."""
        if may(account, Action.RECORD_READ_ALL) or account.id in (author, responsible):
            return may(account, Action.RECORD_LIST)
        if not may(account, Action.RECORD_READ_TEAM):
            return False
        return not author or author in self.accounts.people.colleagues(account)

    def found(self, account: Account, search: Search) -> Page:
        """One page of the records that `account` may read, newest first."""
        return self.log.search(replace(search, whose=self.readable(account), limit=LISTED))

    def readable(self, account: Account) -> Whose | None:
        """Whose records `account` may read, as `may_read` says of one; None for those of everybody."""
        if may(account, Action.RECORD_READ_ALL):
            return None
        if not may(account, Action.RECORD_READ_TEAM):
            return Whose(frozenset({account.id}), account.id)
        return Whose(self.accounts.people.colleagues(account) | {account.id, ""}, account.id)

    def identifying(self, text: str) -> tuple[str, ...]:
        """What kinds of detail the gate finds in `text`, in words."""
        return tuple(dict.fromkeys(TYPES[span.type].label for span in self.gate.mask(text).spans))

    def rows(self, fields: Mapping[str, FieldValue]) -> Iterator[tuple[str, str]]:
        """Label and value of each field, as people read them."""
        known = self.knowledge().fields
        for name, value in fields.items():
            field = known.get(name)
            chosen = [(field.option(choice) if field else None, choice) for choice in value.choices]
            labels = "; ".join(option.label if option else choice for option, choice in chosen)
            yield field.label if field else name, ", ".join(filter(None, (labels, _readable(value.text))))

    def replay(self, record: Record) -> Replay:
        """The screens of the record's walk, in the words of its day where these were kept."""
        now = self.knowledge()
        kept = archived(self.archive, record.content_version)
        checks = now.checks if kept is None else kept.checks
        screens = tuple(_screen(checks, step) for step in record.path)
        return Replay(
            tuple(screen for screen in screens if screen is not None), _outcome(checks, record),
            kept is not None or now.version == record.content_version,
        )  # fmt: skip

    def check_title(self, check_id: str) -> str:
        check = self.knowledge().checks.get(check_id)
        return check.title if check else check_id

    def outcome_title(self, check_id: str, outcome_id: str) -> str:
        check = self.knowledge().checks.get(check_id)
        outcome = check.outcome(outcome_id) if check else None
        return outcome.title if outcome else outcome_id

    def outcomes(self) -> list[tuple[str, str]]:
        """Titles and ids of the outcomes of all checks. Where checks share an id, its titles stand side by side."""
        titles: dict[str, dict[str, None]] = {}
        for check in self.knowledge().checks.values():
            for outcome in check.outcomes:
                titles.setdefault(outcome.id, {})[outcome.title] = None
        return sorted((" / ".join(named), outcome_id) for outcome_id, named in titles.items())

    def decision_label(self, decision: str | None) -> str:
        if decision is None:
            return ""
        field = self.knowledge().fields.get("decision")
        option = field.option(decision) if field else None
        return option.label if option else decision


def _readable(text: str) -> str:
    """A moment or a day of a field as people read it; any other text as it is."""
    try:
        if _DAY.fullmatch(text):
            return day(datetime.combine(date.fromisoformat(text), time(12), UTC))
        return told(datetime.fromisoformat(text)) if _MOMENT.fullmatch(text) else text
    except ValueError:
        return text


def _screen(checks: Mapping[str, Check], step: PathStep) -> Screen | None:
    check = checks.get(step.check)
    question = check.question(step.question) if check else None
    if check is None or question is None:  # the way back from a check that was jumped to
        return None
    option = question.option(step.option)
    answer = option.text if option else HARM_LABEL if step.option == _HARM_NOW else step.option
    labels = (*(each.text for each in question.options), HARM_LABEL)
    return Screen(check.title, question.asks, question.why, labels, answer)


def _outcome(checks: Mapping[str, Check], record: Record) -> Outcome | None:
    check = checks.get(record.check_id)
    outcome = check.outcome(record.outcome_id) if check else None
    if check is None or outcome is None:
        return None
    return Outcome(check.title, outcome.title, outcome.means, outcome.do)
