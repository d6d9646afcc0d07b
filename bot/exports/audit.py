"""The audit report: what was decided in a period, in numbers that tell nobody apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from bot.decision_log import DecisionLog, EntryKind, RecordStatus, RecordSummary, Settlement
from bot.exports import audit_words as words
from bot.exports.suppression import FEWEST, Cells, hidden
from bot.knowledge import Knowledge
from bot.tallies import Found

MOST_DAYS = 366
_SHARED = ("shared", "shared-in-part", "refusal-overridden")
_NO_DECISION = ""
_GROUNDS, _ANSWER = "grounds-relied-on", "consent-answer"
_CONSENTED = frozenset(
    {(_GROUNDS, "consent"), (_ANSWER, "given"), (_ANSWER, "given-with-limits"), (_ANSWER, "given-after-refusal")}
)
_CONSENTS = (("with", words.WITH_CONSENT), ("without", words.WITHOUT_CONSENT), ("unknown", words.CONSENT_UNKNOWN))
_OUTCOMES = (
    (EntryKind.APPROVAL.value, words.APPROVED), (EntryKind.RETURN.value, words.RETURNED),
    (EntryKind.TAKE_OVER.value, words.TAKEN_OVER),
)  # fmt: skip
_TIMES = (("4", words.HOURS_4), ("24", words.HOURS_24), ("72", words.HOURS_72), ("longer", words.LONGER))
_ASKED = (
    (Found.ANSWER.value, words.ASKED_ANSWER), (Found.SUGGESTIONS.value, words.ASKED_SUGGESTIONS),
    (Found.NOTHING.value, words.ASKED_NOTHING),
)  # fmt: skip
_NOTHING = f"asked:{Found.NOTHING.value}"
_HOUR = timedelta(hours=1)

Asked = Mapping[tuple[date, Found], int]
"""How many questions of a day found what (bot.tallies)."""


@dataclass(frozen=True)
class Row:
    """One line of a table. `count` is None where it is hidden; `shown` says so. `share` of the longest bar, 0 to 1."""

    label: str
    count: int | None
    shown: str
    share: float


@dataclass(frozen=True)
class Table:
    """One table and its chart. `total` is empty where the table has none."""

    title: str
    column: str
    rows: tuple[Row, ...]
    total: str = ""
    note: str = ""


@dataclass(frozen=True)
class Report:
    """All tables of a period; `until` is its last day."""

    since: date
    until: date
    made: datetime
    tables: tuple[Table, ...]


def audit_report(
    log: DecisionLog, knowledge: Knowledge, since: date, until: date, now: datetime, asked: Asked | None = None
) -> Report:
    """The report of the days from `since` to `until`, both included, by UTC. Raises LogUnavailable.

    Without `asked` it says nothing of questions.
    """
    begin = datetime(since.year, since.month, since.day, tzinfo=UTC)
    end = datetime(until.year, until.month, until.day, tzinfo=UTC) + timedelta(days=1)
    records = list(log.find(since=begin, until=end))
    settled = log.settlements(begin, end)
    kinds, weeks = _kinds(knowledge, records), _weeks(since, until)
    counts = Counter(_decided(log, records, begin, end))
    counts.update(_settled(settled))
    counts.update(_waiting(records, now))
    for (day, found), questions in (asked or {}).items():
        counts.update(dict.fromkeys(_asked_names(day, found), questions))
    names = Names(tuple(kinds), tuple(weeks))
    counts.update({"total": len(records), "settled": len(settled)})
    counts["sharing"] = sum(counts[f"kind:{kind}"] for kind in _SHARED)
    totals = frozenset({"total", "sharing", "settled", "asked"})
    shut = hidden({name: counts[name] for name in names.all}, names.sums, totals)
    shower = _Shower(counts, shut)
    tables: tuple[Table, ...] = (
        shower.table(words.KIND_TITLE, words.KIND_COLUMN, "kind", kinds.items(), "total"),
        shower.table(words.WEEK_TITLE, words.WEEK_COLUMN, "week", weeks.items(), "total"),
        shower.table(words.CONSENT_TITLE, words.CONSENT_COLUMN, "consent", _CONSENTS, "sharing"),
        shower.table(words.OUTCOME_TITLE, words.OUTCOME_COLUMN, "outcome", _OUTCOMES, "settled"),
        shower.table(words.TIME_TITLE, words.TIME_COLUMN, "time", _TIMES, "settled", _median(settled)),
        shower.table(words.LATE_TITLE, words.TIME_COLUMN, "late", (("no", words.IN_TIME), ("yes", words.LATE)),
                     "settled"),
        shower.table(words.WAITING_TITLE, words.TIME_COLUMN, "waiting",
                     (("no", words.STILL_IN_TIME), ("yes", words.OVERDUE)), ""),
    )  # fmt: skip
    if asked is not None:
        tables += (
            shower.table(words.ASKED_TITLE, words.ASKED_COLUMN, "asked", _ASKED, "asked", words.ASKED_NOTE),
            shower.table(words.NOTHING_TITLE, words.WEEK_COLUMN, "nothing", weeks.items(), _NOTHING),
        )
    return Report(since, until, now, tables)


@dataclass(frozen=True)
class Names:
    """The names of all numbers of a report, and which of them add up to the same."""

    kinds: tuple[str, ...]
    weeks: tuple[str, ...]

    @property
    def all(self) -> Cells:
        """Every name."""
        return frozenset().union(*(cells for same in self.sums for cells in same), {"waiting:no", "waiting:yes"})

    @property
    def sums(self) -> Sequence[Sequence[Cells]]:
        """Each list holds sets of numbers with the same sum."""
        sharing = frozenset(f"kind:{kind}" for kind in self.kinds if kind in _SHARED)
        others = frozenset(f"kind:{kind}" for kind in self.kinds if kind not in _SHARED)
        consents = frozenset(f"consent:{name}" for name, _ in _CONSENTS)
        weeks = frozenset(f"week:{week}" for week in self.weeks)
        return (
            (frozenset({"total"}), sharing | others, weeks, others | {"sharing"}, others | consents),
            (frozenset({"sharing"}), sharing, consents),
            (
                frozenset({"settled"}), frozenset(f"outcome:{name}" for name, _ in _OUTCOMES),
                frozenset(f"time:{name}" for name, _ in _TIMES), frozenset({"late:no", "late:yes"}),
            ),
            (frozenset({"asked"}), frozenset(f"asked:{name}" for name, _ in _ASKED)),
            (frozenset({_NOTHING}), frozenset(f"nothing:{week}" for week in self.weeks)),
        )  # fmt: skip


@dataclass(frozen=True)
class _Shower:
    counts: Mapping[str, int]
    shut: Cells

    def table(
        self, title: str, column: str, group: str, labels: Iterable[tuple[str, str]], total: str, note: str = ""
    ) -> Table:
        pairs = list(labels)
        open_counts = [self.counts[f"{group}:{name}"] for name, _ in pairs if f"{group}:{name}" not in self.shut]
        longest = max([1, *open_counts])
        rows = tuple(self._row(f"{group}:{name}", label, longest) for name, label in pairs)
        return Table(title, column, rows, self._shown(total) if total else "", note)

    def _row(self, name: str, label: str, longest: int) -> Row:
        count = None if name in self.shut else self.counts[name]
        return Row(label, count, self._shown(name), 0.0 if count is None else count / longest)

    def _shown(self, name: str) -> str:
        if name not in self.shut:
            return str(self.counts[name])
        return words.FEW if self.counts[name] < FEWEST else words.WITHHELD


def _kinds(knowledge: Knowledge, records: Sequence[RecordSummary]) -> dict[str, str]:
    field = knowledge.fields.get("decision")
    known = {option.id: option.label for option in field.options} if field else {}
    known[_NO_DECISION] = words.NO_DECISION
    return known | {record.decision: record.decision for record in records if record.decision and
                    record.decision not in known}  # fmt: skip


def _weeks(since: date, until: date) -> dict[str, str]:
    monday = since - timedelta(days=since.weekday())
    days = [monday + timedelta(weeks=number) for number in range((until - monday).days // 7 + 1)]
    return {day.isoformat(): day_text(day) for day in days}


def _decided(
    log: DecisionLog, records: Sequence[RecordSummary], begin: datetime, end: datetime
) -> Iterator[str]:
    chosen = log.chosen((_GROUNDS, _ANSWER), begin, end)
    for record in records:
        day = record.recorded_at.astimezone(UTC).date()
        yield f"kind:{record.decision or _NO_DECISION}"
        yield f"week:{day - timedelta(days=day.weekday())}"
        if record.decision in _SHARED:
            options = {pair for pair in chosen.get(record.sequence, ()) if pair[1] != "not-recorded"}
            yield "consent:with" if options & _CONSENTED else "consent:without" if options else "consent:unknown"


def _settled(settled: Sequence[Settlement]) -> Iterator[str]:
    for one in settled:
        hours = (one.settled_at - one.waited_from) / _HOUR
        yield f"outcome:{one.kind.value}"
        yield f"time:{next((name for name, _ in _TIMES[:-1] if hours <= float(name)), 'longer')}"
        yield "late:yes" if one.due_at is not None and one.settled_at > one.due_at else "late:no"


def _waiting(records: Sequence[RecordSummary], now: datetime) -> Iterator[str]:
    for record in records:
        if record.status is RecordStatus.WAITING_FOR_APPROVAL and record.due_at is not None:
            yield "waiting:yes" if record.due_at < now else "waiting:no"


def _asked_names(day: date, found: Found) -> Iterator[str]:
    yield "asked"
    yield f"asked:{found.value}"
    if found is Found.NOTHING:
        yield f"nothing:{day - timedelta(days=day.weekday())}"


def _median(settled: Sequence[Settlement]) -> str:
    if len(settled) < FEWEST:
        return ""
    return words.MEDIAN.format(hours=round(median((one.settled_at - one.waited_from) / _HOUR for one in settled)))


def day_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
