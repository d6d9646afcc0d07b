"""Lists of a log that has grown: the same answers by every way to them, each by an index, none longer than asked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.benchmark.log import large
from bot.benchmark.log.records import in_schema
from bot.benchmark.postgresql_server import Server
from bot.decision_log import (
    DecisionLog,
    FieldValue,
    RecordStatus,
    RetentionState,
    Search,
    Whose,
    paths,
    reading,
    schema,
    waiting,
)
from bot.knowledge import load
from tests.decision_log.decision_log_support import NOW, Place, make_draft, open_log

AREAS, ACCOUNTS, AGENCIES = ("north", "south"), ("a", "b", "c", ""), ("police", "hospital")
RECORDS, SEARCHES = 40, 60
MANAGER = "manager"
KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@dataclass(frozen=True)
class Made:
    """What is known of a record that was made."""

    reference: str
    at: datetime
    area: str
    author: str
    agency: str
    waits: bool
    taken: bool
    held: bool

    def fits(self, search: Search) -> bool:
        whose = search.whose
        mine = whose is None or self.author in whose.authors or (self.taken and whose.responsible == MANAGER)
        return (
            mine
            and search.area in (None, self.area)
            and search.author in (None, self.author)
            and (search.status is None or (search.status is RecordStatus.WAITING_FOR_APPROVAL) == self.waits)
            and (search.retention is None or (search.retention is RetentionState.HELD) == self.held)
            and (search.since is None or self.at >= search.since)
            and (search.until is None or self.at < search.until)
            and search.choices.get("shared-with", self.agency) == self.agency
        )


@pytest.fixture
def made(log: DecisionLog) -> list[Made]:
    """Records that differ in what a search can ask for, oldest first."""
    chance, found = random.Random(7), []
    for number in range(RECORDS):
        area, author, agency = chance.choice(AREAS), chance.choice(ACCOUNTS), chance.choice(AGENCIES)
        at, needs = NOW + timedelta(hours=number), chance.random() < 0.5
        fields = {"decision": FieldValue(("shared",)), "shared-with": FieldValue((agency,))}
        draft = replace(make_draft(fields=fields), area=area, by=author, approval_needed=needs, urgency="same-day")
        reference = log.confirm(draft, at).reference
        taken, held = needs and bool(author) and chance.random() < 0.5, chance.random() < 0.3
        if taken:
            log.take_over(reference, MANAGER, "The author is away", at)
        if held:
            log.hold(reference, MANAGER, "A court asks", at)
        found.append(Made(reference, at, area, author, agency, needs and not taken, taken, held))
    return found


def searches() -> Iterator[Search]:
    chance = random.Random(8)
    for _ in range(SEARCHES):
        since = NOW + timedelta(hours=chance.randrange(RECORDS))
        authors = frozenset(chance.sample(ACCOUNTS, 2))
        yield Search(
            area=chance.choice((None, *AREAS)), author=chance.choice((None, None, *ACCOUNTS)),
            status=chance.choice((None, None, RecordStatus.WAITING_FOR_APPROVAL)),
            retention=chance.choice((None, None, RetentionState.HELD, RetentionState.KEPT)),
            since=chance.choice((None, since)), until=chance.choice((None, since + timedelta(hours=15))),
            choices=chance.choice(({}, {"shared-with": chance.choice(AGENCIES)})),
            whose=chance.choice((None, Whose(authors), Whose(authors, MANAGER), Whose(frozenset(), MANAGER))),
        )  # fmt: skip


def all_pages(log: DecisionLog, search: Search) -> list[str]:
    listed: list[str] = []
    before: int | None = None
    while True:
        page = log.search(replace(search, before=before, limit=4))
        listed += [one.reference for one in page.records]
        before = page.before
        if before is None:
            return listed


@pytest.mark.parametrize("few", [1, 5, paths.FEW])
def test_every_way_to_a_list_gives_the_same(
    log: DecisionLog, made: list[Made], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "FEW", few)
    wanted = [([one.reference for one in reversed(made) if one.fits(search)], search) for search in searches()]
    assert sum(bool(references) for references, _ in wanted) > SEARCHES / 3
    for references, search in wanted:
        assert all_pages(log, search) == references, search


@pytest.mark.parametrize("few", [1, paths.FEW])
def test_the_inbox_of_some_is_cut_from_that_of_all(
    log: DecisionLog, made: list[Made], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "FEW", few)
    whose = Whose(frozenset({"a", ""}), MANAGER)
    theirs = [one.reference for one in made if one.waits and one.fits(Search(whose=whose))]
    middle = NOW + timedelta(hours=RECORDS // 2 + 4)
    inbox = log.inbox(middle, RECORDS, whose)
    late = sum(one.waits and one.at + timedelta(hours=4) < middle for one in made if one.reference in theirs)
    assert [one.reference for one in inbox.waiting] == theirs and 0 < late < len(theirs)
    assert [one.reference for one in inbox.overdue] == theirs[:late]
    assert dict(inbox.counts) == {"waiting": len(theirs), "overdue": late, "reviews_due": 0}
    short = log.inbox(middle, late - 1, whose)
    assert [one.reference for one in short.overdue] == theirs[: late - 1]
    assert dict(short.counts) == {"waiting": len(theirs), "overdue": late, "reviews_due": 0}


def test_nobody_counts_further_than_the_limit(
    log: DecisionLog, made: list[Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "COUNT_UP_TO", 4)
    assert sum(one.waits for one in made) > 4
    inbox = log.inbox(NOW + timedelta(days=9), 2)
    assert len(inbox.waiting) == 2 and inbox.counts["waiting"] == inbox.counts["overdue"] == 4


def test_a_walk_over_all_leaves_none_out_and_takes_none_twice(
    log: DecisionLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the clocks of two machines differ, and where many were made at the same moment."""
    monkeypatch.setattr(reading, "PAGE", 3)
    minutes = (0, 3, 1, 1, 1, 1, 2, 5, 4)
    moments = [NOW + timedelta(minutes=number) for number in minutes]
    order = [log.confirm(make_draft(), moment).reference for moment in moments]
    found = list(log.find(since=NOW, until=NOW + timedelta(minutes=5)))
    assert [one.recorded_at for one in found] == sorted(moments)[:-1]
    assert {one.reference for one in found} == set(order) - {order[7]} and len(found) == 8
    assert len(list(log.find())) == 9


def test_in_a_file_every_list_goes_by_an_index(log_in_file: DecisionLog) -> None:
    log_in_file.confirm(make_draft(), NOW)
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(log_in_file._store._engine, "after_cursor_execute", note)
    for search in searches():
        log_in_file.search(search)
    for whose in (None, Whose(frozenset({"a", "b"}), MANAGER)):
        log_in_file.inbox(NOW, whose=whose)
        log_in_file.retention_due(NOW, whose=whose)
    event.remove(log_in_file._store._engine, "after_cursor_execute", note)
    plans = [step for statement, parameters in asked if statement.startswith("SELECT")
             for step in plan(log_in_file, statement, parameters)]  # fmt: skip
    assert any("record_waiting" in step for step in plans) and any("record_kept" in step for step in plans)
    assert [step for step in plans if step.startswith("SCAN record") and "INDEX" not in step] == []


def plan(log: DecisionLog, statement: str, parameters: Any) -> list[str]:
    with log._store.reading() as connection:
        return [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]


def test_postgresql_plans_a_list_for_what_is_asked(in_postgresql: Place) -> None:
    log = open_log(in_postgresql)
    with log._store.reading() as connection:
        asked = ("plan_cache_mode", "jit", "max_parallel_workers_per_gather", "transaction_read_only")
        said = [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in asked]
        known = connection.exec_driver_sql("SELECT stxname FROM pg_statistic_ext").scalars().all()
    log.close()
    assert said == ["force_custom_plan", "off", "0", "on"] and "record_choice_pairs" in known


def test_the_indices_of_some_records_name_what_states_are_called() -> None:
    assert RecordStatus.WAITING_FOR_APPROVAL.value in str(schema.WAITING)
    assert f"'{RetentionState.KEPT.value}'" in str(schema.NOT_JUST_KEPT)


def test_the_measurement_of_a_large_log_runs_on_postgresql(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "TIMES", 1)
    monkeypatch.setattr(large, "REPORTS", 1)
    with in_schema(server, tmp_path) as empty:
        measured = large.measure_large(empty, 600, random.Random(1), load(KNOWLEDGE))
    assert measured.verified.whole and set(measured.crowded) < set(measured.usual)
